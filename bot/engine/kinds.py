"""What an answer may be, and what a flow's data holds."""

from dataclasses import dataclass

from bot.engine.conditions import Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; a button each."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Several:
    """Any of a few words, none too; buttons that toggle, then one that goes on."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; computed or given, never asked."""


@dataclass(frozen=True, slots=True)
class Words:
    """Free text of at most `longest` characters. Kept in the talk, so only asked after consent."""

    longest: int


@dataclass(frozen=True, slots=True)
class Told:
    """Free text that is read and not kept: the value is how serious it sounded, `none` or `self_care`.

    Anything more serious never gets here: it is a card of its own before the question sees it.
    """


@dataclass(frozen=True, slots=True)
class WallTime:
    """A local clock time, `HH:MM`."""


@dataclass(frozen=True, slots=True)
class Times:
    """One or more local clock times, `HH:MM`, early to late; typed as times, or as how far apart."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that comes once: `YYYY-MM-DDTHH:MM` by their clock, or with a Z behind it an instant.

    `until`: it ends something, and is the beginning of a day where no time is said.
    """

    until: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one local clock time until another, `HH:MM`: two of them. Four, where what was typed can be either."""


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA time zone. Typed as a place or as the present time there; the candidates are offered as buttons."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country, ISO 3166 alpha-2. Typed by its name, or by a place in it."""


Kind = Choice | Whole | Several | Flag | Words | Told | WallTime | Times | Moment | Span | Zone | Country
Value = int | bool | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Field:
    """A name of a flow's `data:`. Computed ones are never stored: they follow from the others."""

    kind: Kind
    optional: bool = False
    computed: Expression | None = None
