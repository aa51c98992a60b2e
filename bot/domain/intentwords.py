"""The shape of `content/<language>/intents.yaml`: how people say what they want, in words that anybody can mend.

A saying is written as phrases are in signs.yaml (`give+ up`, `{drank}`, `a|b_c`, `x?`), and has to fit the whole
message. Six of its groups are read and not listed: `{amount}` is a number, `{volume}` one of litres or millilitres,
`{clock}` one or more times of day, `{every}` how far apart, `{once}` a day or how long from now, perhaps with a time
(`bot/domain/days.py`), `{until}` the end of a pause.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from bot.domain.signwords import Phrase, Said, Shape
from bot.domain.wordforms import TooMuchError, Wordings

Name = Literal[
    "drank", "exercised", "remind", "stop_reminders", "pause", "undo", "greeting", "thanks", "goodbye", "who",
    "checkin", "diary", "signs", "erase", "help", "privacy", "stop", "nod", "plainly", "upset", "library",
    "exercise", "over", "glasses",
]  # fmt: skip
About = Literal["water", "exercise", "own"]
SLOTS = ("amount", "volume", "clock", "every", "once", "until")
Minutes = Annotated[int, Field(ge=1, le=1440)]


class Ways(Shape):
    """How one intent is said. `about_water` and `about_exercise` name the kind too, `says` leaves it open."""

    says: tuple[Said, ...] = ()
    about_water: tuple[Said, ...] = ()
    about_exercise: tuple[Said, ...] = ()
    asks: bool = True
    """It may be a question: can you remind me. One that may not is a report."""


class Amounts(Shape):
    """How much was drunk, or how often something was done."""

    numbers: dict[str, Annotated[int, Field(ge=0, le=1000)]]
    """Number words: two, a …"""
    vague: tuple[Said, ...] = ()
    """Some amount, and nobody knows which: it is asked then."""
    glass: Annotated[int, Field(ge=50, le=1000)]
    """Millilitres of a glass."""
    volumes: dict[Phrase, Annotated[int, Field(ge=1, le=2000)]]
    """Millilitres of what follows a number: litre, ml …"""
    halves: tuple[Phrase, ...] = ()
    """Half of the volume that follows: half a …"""


class Intervals(Shape):
    """How far apart."""

    each: tuple[Phrase, ...]
    """every, each …"""
    units: dict[Phrase, Minutes]
    whole: dict[Phrase, Minutes] = Field(default_factory=dict)
    """hourly, every half an hour …"""


class Own(Shape):
    """A reminder in words of their own, which stand between what is said `before` them and `after` them."""

    before: tuple[Said, ...]
    """remind me to …"""
    bare: tuple[Said, ...] = ()
    """remind me tomorrow at 9 …: when, and nothing between that and their words."""
    after: tuple[Said, ...] = ()
    """… at 18:30: when, every day."""
    once: tuple[Said, ...] = ()
    """… later: what is no time of every day, and no moment either. So the time is asked."""


class IntentWords(Shape):
    """One language's `intents.yaml`."""

    spellings: dict[str, str] = Field(default_factory=dict)
    """Words that are read as others: didnt → did not."""
    fillers: tuple[Said, ...] = ()
    """They may stand anywhere and change nothing: please, just now …"""
    ordinary: tuple[str, ...] = ()
    """Right words that look like a slip of another."""
    clock: tuple[str, ...] = ()
    """Words that can be part of a time of day: half, past, morning …"""
    forms: dict[str, tuple[Phrase, ...]] = Field(default_factory=dict)
    """Verbs whose forms no rule tells."""
    groups: dict[str, tuple[Said, ...]] = Field(default_factory=dict)
    amounts: Amounts
    intervals: Intervals
    intents: dict[Name, Ways]
    own: Own | None = None

    @model_validator(mode="after")
    def _groups_are_known(self) -> Self:
        own = {name for name in SLOTS if name in self.groups}
        if own:
            raise ValueError(f"groups.{own.pop()} is read by the program; call the group something else")
        wordings = Wordings({**self.groups, **{slot: (slot,) for slot in SLOTS}}, self.forms)
        said = {"fillers": self.fillers, "amounts.vague": self.amounts.vague}
        said |= {f"groups.{name}": phrases for name, phrases in self.groups.items()}
        if self.own is not None:
            said |= {
                "own.before": self.own.before,
                "own.bare": self.own.bare,
                "own.after": self.own.after,
                "own.once": self.own.once,
            }
        for name, ways in self.intents.items():
            said[f"intents.{name}"] = (*ways.says, *ways.about_water, *ways.about_exercise)
        for where, phrases in said.items():
            for phrase in phrases:
                for step in phrase.split():
                    try:
                        wordings.of(step)
                    except KeyError as unknown:
                        raise ValueError(f"{where} names the group {unknown}, which is not under groups") from None
                    except TooMuchError as wrong:
                        raise ValueError(f"{where}: {wrong}") from None
        return self
