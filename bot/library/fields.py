"""What a name of `data:` may hold, and whether what an author puts there fits. All types are settled at loading."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never, cast
from zoneinfo import ZoneInfo

from bot.engine.acts import Given
from bot.engine.conditions import BOOL, ConditionError, Expression, Type, compile_expression
from bot.engine.facts import FACTS
from bot.engine.kinds import (
    Choice,
    Country,
    Field,
    Flag,
    Kind,
    Moment,
    Several,
    Span,
    Times,
    Told,
    Value,
    WallTime,
    Whole,
    Words,
    Zone,
)
from bot.library.schema import Data
from bot.library.shapes import COUNTRY

LEVELS = ("none", "self_care")
_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that an expression or a text may use, with what they hold."""

    fields: Mapping[str, Field]
    types: Mapping[str, Type]


def scope(data: Mapping[str, Field], tables: Mapping[str, Type]) -> Scope:
    """Return a flow's data, the facts and the tables. What a fact is called (`water.today`) can be no data."""
    fields = {**{name: fact.field for name, fact in FACTS.items()}, **data}
    return Scope(fields, {**{name: type_of(field) for name, field in fields.items()}, **tables})


def type_of(field: Field) -> Type:
    """Return the type that conditions see."""
    optional = field.optional
    match field.kind:
        case Choice(options):
            return Type("text", frozenset(options) or None, optional=optional)
        case Several(options):
            return Type("set", frozenset(options) or None, optional=optional)
        case Told():
            return Type("text", frozenset(LEVELS), optional=optional)
        case Whole():
            return Type("int", optional=optional)
        case Flag():
            return Type("bool", optional=optional)
        case Times() | Span():
            return Type("set", optional=optional)
        case Words() | WallTime() | Moment() | Zone() | Country():
            return Type("text", optional=optional)
        case _:
            assert_never(field.kind)


def kind_of(data: Data, vocabulary: Mapping[str, tuple[str, ...]]) -> Kind:
    """Return the kind that an author declared. `ConditionError` for a list that vocabulary.yaml has not."""
    if data.choice is not None:
        return Choice(_options(data.choice, vocabulary))
    if data.set_ is not None:
        return Several(_options(data.set_, vocabulary))
    if data.int_ is not None:
        return Whole(*data.int_)
    if data.words is not None:
        return Words(data.words)
    if data.time is not None:
        return WallTime()
    if data.times is not None:
        return Times()
    if data.moment is not None:
        return Moment(until=data.moment == "until")
    if data.span is not None:
        return Span()
    if data.zone is not None:
        return Zone()
    if data.country is not None:
        return Country()
    return Told() if data.told is not None else Flag()


def _options(named: str | list[str], vocabulary: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if isinstance(named, list):
        if not named or len(set(named)) < len(named):
            raise ConditionError("needs options, each once; write [calm, worse]")
        return tuple(named)
    if named not in vocabulary:
        known = ", ".join(sorted(vocabulary)) or "none yet"
        raise ConditionError(f"names the list «{named}», which flows/vocabulary.yaml has not; there are {known}")
    return vocabulary[named]


def condition(source: str, names: Scope) -> Expression:
    """Return a checked condition. Raises `ConditionError` with a remedy."""
    expression = compile_expression(source, names.types)
    if expression.type != BOOL:
        raise ConditionError(f"is {expression.type} where true or false belongs; compare it with something")
    return expression


def read_given(raw: object, target: Field, names: Scope) -> Given:
    """Return what an author put there, if it fits the target. Raises `ConditionError` with a remedy."""
    if isinstance(raw, str) and raw.startswith("="):
        expression = compile_expression(raw[1:], names.types)
        _fits(expression, target, names)
        return expression
    value = cast("Value", tuple(raw) if isinstance(raw, list) else raw)  # the schema let only these in
    wanted = _refused(value, target)
    if wanted:
        raise ConditionError(f"is {raw!r}, where {wanted} belongs")
    return value


def fits(source: Field, target: Field) -> str | None:
    """Return why a value of `source` cannot go where `target` is, or None if it can."""
    if source.optional and not target.optional:
        return "may be missing, and must not be here; give it a default: (… or 0)"
    match source.kind, target.kind:
        case Whole(low, high), Whole(least, most):
            return (
                None
                if least <= low and high <= most
                else f"can be from {low} to {high}, and here from {least} to {most}"
            )
        case Words(longest), Words(most):
            return None if longest <= most else f"can be {longest} characters, and here {most}"
        case (Choice() | Told(), Choice() | Told()) | (Several(), Several()):
            return _options_fit(type_of(source), type_of(target))
        case one, two:
            return None if type(one) is type(two) else f"is {described(one)}, and here {described(two)} belongs"


def described(kind: Kind) -> str:
    """Return what a kind is called in a fault."""
    names = {
        Choice: "one of some words", Whole: "a whole number", Several: "a set", Flag: "true or false",
        Words: "free words", Told: "how serious it sounded", WallTime: "a clock time", Times: "clock times",
        Moment: "a moment", Span: "a span of time", Zone: "a time zone", Country: "a country",
    }  # fmt: skip
    return names[type(kind)]


def _fits(expression: Expression, target: Field, names: Scope) -> None:
    wanted = type_of(target)
    bare = names.fields.get(expression.source.strip())
    why = fits(bare, target) if bare is not None else None
    if bare is None:
        if expression.type.optional and not target.optional:
            why = "may be missing, and must not be here; give it a default: (… or 0)"
        elif expression.type.base != wanted.base:
            why = f"is {expression.type}, and here {described(target.kind)} belongs"
        elif isinstance(target.kind, Zone | WallTime | Times | Moment | Span | Country) and any(
            type(names.fields[name].kind) is not type(target.kind) for name in expression.reads
        ):
            why = f"is other words, and here {described(target.kind)} belongs"
        elif expression.type.base in {"text", "set"}:
            why = _options_fit(expression.type, wanted)
    if why:
        raise ConditionError(f"is «{expression.source}», which {why}")


def _options_fit(source: Type, target: Type) -> str | None:
    if target.options is None or (source.options is not None and source.options <= target.options):
        return None
    others = ", ".join(sorted(source.options - target.options)) if source.options else "anything"
    return f"can be {others}, and here only {', '.join(sorted(target.options))}"


def _refused(value: Value, target: Field) -> str | None:
    """Return what belongs there if `value` does not."""
    if value is None:
        return None if target.optional else "a value"
    match target.kind:
        case Choice(options):
            return None if value in options else "one of " + ", ".join(options)
        case Told():
            return None if value in LEVELS else "one of " + ", ".join(LEVELS)
        case Several(options):
            right = isinstance(value, tuple) and (not options or set(value) <= set(options))
            return None if right else "a list of " + (", ".join(options) or "words")
        case Whole(low, high):
            right = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
            return None if right else f"a whole number from {low} to {high}"
        case Flag():
            return None if isinstance(value, bool) else "true or false"
        case Words(longest):
            return None if isinstance(value, str) and len(value) <= longest else f"text of at most {longest} characters"
        case WallTime():
            return None if isinstance(value, str) and _CLOCK.fullmatch(value) else 'a clock time such as "09:00"'
        case Times():
            right = isinstance(value, tuple) and all(_CLOCK.fullmatch(time) for time in value)
            return None if right else 'clock times such as ["09:00", "18:30"]'
        case Moment() | Span():
            return f"{described(target.kind)}, which only somebody's words give"
        case Zone():
            return None if isinstance(value, str) and _is_zone(value) else "a time zone such as Europe/Berlin"
        case Country():
            return None if isinstance(value, str) and re.match(COUNTRY, value) else "a country's code such as CA"
        case _:
            assert_never(target.kind)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
