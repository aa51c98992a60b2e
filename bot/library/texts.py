"""One text of an author, made ready once: literal parts, places for values, plural forms. No template engine.

Values are escaped, whatever they are; what an author writes is HTML of a few tags and was checked when it was read.
"""

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale

from bot.engine.kinds import Value
from bot.library.limits import markup_faults, units, visible

Values = Mapping[str, Value]
Plural = Callable[[int], str]

_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?"
_CLOCK = re.compile(r"[0-9]{2}:[0-9]{2}")
_PLACE = re.compile(rf"\{{({_NAME})(?:/({_NAME}|[1-9][0-9]{{0,3}}))?\}}")
MISSING = "–"
"""What stands for a value that is not known."""


DONE, OPEN = "●", "○"
MOST_CELLS, FEW_CELLS = 12, 10
"""A bar has a cell for each of up to 12; of more, 10 share them."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a value (`{glasses}`), or for a bar of how much is done of a whole (`{glasses/6}`, `{done/goal}`)."""

    name: str
    whole: str | int | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names whose values it needs."""
        return (self.name, self.whole) if isinstance(self.whole, str) else (self.name,)

    def __call__(self, values: Values) -> str:
        """Return what stands there, escaped."""
        if self.whole is None:
            return printed(values[self.name])
        done, whole = values[self.name], values[self.whole] if isinstance(self.whole, str) else self.whole
        return bar(done, whole) if isinstance(done, int) and isinstance(whole, int) else MISSING

    def width(self, widths: Mapping[str, int]) -> int:
        """Return the units that it takes at most; `widths`: those of the values."""
        return widths.get(self.name, 0) if self.whole is None else MOST_CELLS


@dataclass(frozen=True, slots=True)
class Form:
    """A format for `%` and the places that fill it, in order."""

    format: str
    places: tuple[Place, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names whose values it needs."""
        return tuple(name for place in self.places for name in place.names)

    def __call__(self, values: Values) -> str:
        """Return the text with its values, escaped."""
        return self.format % tuple([place(values) for place in self.places])


@dataclass(frozen=True, slots=True)
class Text:
    """A text with one form, or with one for each plural category, told apart by the whole number `by`."""

    forms: Mapping[str, Form]
    by: str | None
    plural: Plural

    @property
    def counted(self) -> frozenset[str]:
        """The names of which bars are made: whole numbers."""
        bars = [place for form in self.forms.values() for place in form.places if place.whole is not None]
        return frozenset(name for place in bars for name in place.names)

    @property
    def names(self) -> frozenset[str]:
        """The names whose values it needs."""
        own = frozenset(name for form in self.forms.values() for name in form.names)
        return own if self.by is None else own | {self.by}

    def __call__(self, values: Values) -> str:
        """Return the text with its values, as HTML."""
        if self.by is None:
            return self.forms["other"](values)
        number = values[self.by]
        category = self.plural(number) if isinstance(number, int) else "other"
        return self.forms.get(category, self.forms["other"])(values)

    def longest(self, widths: Mapping[str, int]) -> int:
        """Return the units that it takes at most; `widths`: those of the values."""
        return max(
            units(visible(form.format % (("",) * len(form.places)))) + sum(place.width(widths) for place in form.places)
            for form in self.forms.values()
        )


def bar(done: int, whole: int) -> str:
    """Return how much is done as cells: ●●○○○○. More than the whole fills it; part of a cell is none."""
    cells = whole if whole <= MOST_CELLS else FEW_CELLS
    full = max(0, min(cells, done * cells // whole)) if whole > 0 else 0
    return DONE * full + OPEN * (cells - full)


def printed(value: Value) -> str:
    """Return a value as HTML; times of day one after the other.

    Other sets, and flags, have no words of their own: asking for them is a bug.
    """
    if value is None:
        return MISSING
    if isinstance(value, str):
        return html.escape(value, quote=False)
    if isinstance(value, tuple) and value and all(map(_CLOCK.fullmatch, value)):
        return ", ".join(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"a text cannot show {value!r}")
    return str(value)


def read_text(raw: Any, plural: Plural) -> tuple[Text | None, list[str]]:
    """Return the text that an author wrote, and what is wrong with it."""
    if isinstance(raw, str):
        form, faults = _form(raw)
        return Text({"other": form}, None, plural), faults
    if not isinstance(raw, dict):
        return None, ["is not text; put it in quotes"]
    by = raw.get("by")
    texts = {name: part for name, part in raw.items() if name != "by"}
    if not isinstance(by, str):
        return None, ["lacks «by:», the name of the number that chooses its form; write {by: days, one: …, other: …}"]
    faults = _category_faults(set(texts), plural)
    forms: dict[str, Form] = {}
    for name, part in texts.items():
        if not isinstance(part, str):
            return None, [f"is not text at «{name}»; put it in quotes"]
        forms[name], more = _form(part)
        faults += more
    return (Text(forms, by, plural) if "other" in forms else None), faults


def fixed(markup: str) -> Text:
    """Return a text without places."""
    return Text({"other": Form(markup.replace("%", "%%"), ())}, None, lambda _: "other")


def plural_of(language: str) -> Plural:
    """Return CLDR's plural rule of a language. `ValueError` or babel's `UnknownLocaleError` where there is none."""
    rule: Plural = Locale.parse(language.replace("-", "_")).plural_form
    return rule


def _category_faults(written: set[str], plural: Plural) -> list[str]:
    needed = {plural(number) for number in range(201)} | {"other"}
    known = needed | set(getattr(plural, "tags", ()))
    return [
        *(f"lacks the plural form «{name}»; add it" for name in sorted(needed - written)),
        *(
            f"has the plural form «{name}», which the language has not; leave it out"
            for name in sorted(written - known)
        ),
    ]


def _form(raw: str) -> tuple[Form, list[str]]:
    text = raw.strip()
    places = tuple(Place(name, int(of) if of.isdigit() else of or None) for name, of in _PLACE.findall(text))
    bare = _PLACE.sub("", text)
    faults = markup_faults(_PLACE.sub("{}", text))
    if "{" in bare or "}" in bare:
        faults.append("has a brace that holds no name; a place for a value is {name}")
    if not text:
        faults.append("says nothing; write something or leave it out")
    return Form(_PLACE.sub("%s", text.replace("%", "%%")), places), faults
