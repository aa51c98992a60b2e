"""What a question offers, and what a press or a typed word answers to it. Parsed once; what does not fit is `None`.

Options that every flow shares begin with `~`, which no author's option can.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.engine.effects import Option
from bot.engine.events import Heard
from bot.engine.kinds import (
    Choice,
    Country,
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
from bot.engine.model import Ask
from bot.engine.spoken import plain

BACK, SKIP, NONE, DONE = "~back", "~skip", "~none", "~done"
MOST_NUMBERS = 12
"""A wider range than this is typed, not pressed."""
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
MOST_TIMES = 12
"""Times of day in one answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of the question's field, and the options that stand for it (to show what was chosen)."""

    value: Value
    chosen: tuple[Option, ...] = ()
    other: bool = False
    """It fills the question's other data."""
    days: tuple[str, ...] = ()
    """The days that were said with it."""


@dataclass(frozen=True, slots=True)
class Toggle:
    """One of several was switched on or off; the question stays open with these picked."""

    picked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Several places fit what was typed; the question stays open and offers them."""

    zones: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Return:
    """Back to the question before."""


Parsed = Answer | Toggle | Candidates | Return | None


def options(
    ask: Ask,
    picked: Sequence[str],
    zones: Sequence[tuple[str, str]] = (),
    among: Sequence[str] | None = None,
) -> tuple[Option, ...]:
    """Return the buttons of a question, in order.

    `picked`: the toggles that are on; `zones`: the places offered; `among`: the only words of a choice that are shown.
    """
    match ask.kind:
        case Choice(words):
            shown = words if among is None else [word for word in among if word in words]
            own = [Option(word, key=ask.labels.get(word, "")) for word in shown]
        case Whole(low, high):
            own = [_itself(str(n)) for n in range(low, high + 1)] if high - low < MOST_NUMBERS else []
        case Several(words):
            own = [Option(word, key=ask.labels.get(word, ""), picked=word in picked) for word in words]
            last = DONE if picked and not ask.at_once else NONE
            own.append(Option(last, key=ask.labels.get(last, f"common.{last[1:]}")))
        case WallTime() | Times():
            own = [_itself(time) for time in (ask.suggest if among is None else among)]
        case Zone():
            own = [Option(zone, label=city) for zone, city in zones]
        case Flag() | Words() | Told() | Country() | Moment() | Span():
            own = []
        case _:
            assert_never(ask.kind)
    if ask.skips:
        own.append(Option(SKIP, key=ask.labels.get(SKIP, "common.skip")))
    if ask.back is not None:
        own.append(Option(BACK, key="common.back"))
    return tuple(own)


def pressed(ask: Ask, option: str, picked: Sequence[str], offered: Sequence[str]) -> Parsed:
    """Read a press. `offered`: the zones that this question showed. Forged options are `None`."""
    if option == BACK:
        return Return() if ask.back is not None else None
    if option == SKIP:
        return Answer(None, (_shared(ask, SKIP),)) if ask.skips else None
    match ask.kind:
        case Choice(words):
            return Answer(option, (Option(option, key=ask.labels.get(option, "")),)) if option in words else None
        case Whole():
            return _number(ask.kind, int(option)) if option.isascii() and option.isdigit() else None
        case Several(words):
            return _several(ask, words, option, picked)
        case WallTime():
            return Answer(option, (_itself(option),)) if option in ask.suggest else None
        case Times():
            offers = option in ask.suggest or (ask.among is not None and _CLOCK.fullmatch(option) is not None)
            return Answer((option,), (_itself(option),)) if offers else None
        case Zone():
            return _place(option) if option in offered else None
        case Flag() | Words() | Told() | Country() | Moment() | Span():
            return None
        case _:
            assert_never(ask.kind)


def named(ask: Ask, text: str, picked: Sequence[str]) -> Parsed:
    """Read a label, or another word that an author gave for it, typed instead of pressed, in any language."""
    said = plain(text)
    meant = next((words[said] for words in ask.spoken.values() if said in words), None)
    return None if meant is None else pressed(ask, meant, picked, ())


def wished(ask: Ask, heard: Heard) -> Parsed:
    """Read a wish as an answer: its time where one is awaited, or, without details, the option called like it."""
    if heard.moment is not None and heard.words is None and (kind := moment_kind(ask)) is not None:
        meant = heard.intent not in {"remind", "pause"} or (heard.intent == "pause") == kind.until
        return typed(ask, "", heard, ()) if meant else None
    match ask.kind:
        case WallTime():
            return typed(ask, "", heard, ()) if heard.intent == "remind" else None
        case Times():
            return typed(ask, "", heard, ()) if heard.intent == "remind" and heard.words is None else None
        case Choice(words) if heard.intent is not None and heard.intent in words:
            details = heard.amount or heard.about or heard.at or heard.hours or heard.moment or heard.trouble
            return None if details else pressed(ask, heard.intent, (), ())
        case _:
            return None


def typed(ask: Ask, text: str, heard: Heard, picked: Sequence[str]) -> Parsed:
    """Read typed words; labels count as presses."""
    parsed = named(ask, text, picked)
    if parsed is not None:
        return parsed
    if ask.other_kind is not None and (value := _said(ask.other_kind, heard)) is not None:
        return Answer(value, other=True)
    match ask.kind:
        case Moment() | Span():
            value = _said(ask.kind, heard)
            return None if value is None else Answer(value)
        case Whole():
            return None if heard.number is None else _number(ask.kind, heard.number)
        case WallTime():
            return None if heard.time is None else Answer(heard.time, (_itself(heard.time),))
        case Times():
            days = heard.days if ask.days else ()
            at = heard.beside_days if days else heard.at
            return Answer(at, tuple(map(_itself, at)), days=days) if at or days else None
        case Zone():
            return placed(heard.zones)
        case Country():
            return None if heard.country is None else Answer(heard.country)
        case Words(longest):
            return Answer(text.strip()[:longest]) if text.strip() else None
        case Told():
            return Answer("self_care" if heard.level == "self_care" else "none")
        case Choice() | Several() | Flag():
            return None
        case _:
            assert_never(ask.kind)


def moment_kind(ask: Ask) -> Moment | None:
    """Return the moment that answers the question, or that else may be typed there; None where neither is one."""
    return next((kind for kind in (ask.kind, ask.other_kind) if isinstance(kind, Moment)), None)


def _said(kind: Kind, heard: Heard) -> Value:
    """Return the moment or span that was said, if that is what is awaited."""
    match kind:
        case Moment():
            return heard.moment
        case Span():
            return heard.span or None
        case _:
            return None


def placed(zones: Sequence[tuple[str, str]]) -> Parsed:
    """Read a place, by the zones that it can be in.

    The city of its zone is not said back: it is seldom the one that was named, and a place on the map has none.
    """
    if len(zones) > 1:
        return Candidates(tuple(zones))
    return Answer(zones[0][0]) if zones else None


def _several(ask: Ask, words: tuple[str, ...], option: str, picked: Sequence[str]) -> Parsed:
    if option in {NONE, DONE} and picked:
        # “Nothing else”, typed below what is ticked, takes no tick away.
        return Answer(tuple(picked), tuple(Option(word, key=ask.labels.get(word, "")) for word in picked))
    if option == NONE:
        return Answer((), (_shared(ask, NONE),))
    if option not in words:
        return None
    if ask.at_once:
        return Answer((option,), (Option(option, key=ask.labels.get(option, "")),))
    now_picked = set(picked) ^ {option}
    return Toggle(tuple(word for word in words if word in now_picked))


def _number(kind: Whole, number: int) -> Answer | None:
    return Answer(number, (_itself(str(number)),)) if kind.low <= number <= kind.high else None


def _place(zone: str) -> Answer:
    return Answer(zone, (Option(zone, label=city(zone)),))


def city(zone: str) -> str:
    """Return the readable end of a zone's name (`America/New_York` → `New York`)."""
    return zone.rpartition("/")[2].replace("_", " ")


def _itself(value: str) -> Option:
    return Option(value, label=value)


def _shared(ask: Ask, option: str) -> Option:
    return Option(option, key=ask.labels.get(option, f"common.{option[1:]}"))
