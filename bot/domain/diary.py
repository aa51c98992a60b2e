"""The last weeks as they were told: what was not noted is a gap, and never a zero. Pure.

Days are the person's local dates. A week here is seven days that end today, or a multiple of seven days ago.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

WEEKS = 4
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """What was noted of one day; None: nothing of that kind.

    `mood`: calm, better, same or worse, if they checked in. `strength`: 0 to 10. `signs`: how many warning signs they
    ticked. `glasses`, `rounds`: at least one.
    """

    day: date
    mood: str | None = None
    strength: int | None = None
    signs: int = 0
    glasses: int | None = None
    rounds: int | None = None

    @property
    def level(self) -> int | None:
        """How strong it was, 0 to 10. A calm day is told without a number, and is a 0 that somebody told."""
        return 0 if self.strength is None and self.mood == "calm" else self.strength

    @property
    def unnumbered(self) -> bool:
        """Whether they checked in, and did not say how strong it was."""
        return self.mood is not None and self.level is None


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, `first` and `last` included, and those of them of which something was noted."""

    first: date
    last: date
    days: tuple[Day, ...]

    @property
    def levels(self) -> tuple[int, ...]:
        """How strong it was, on the days that were told, in their order."""
        return tuple(level for day in self.days if (level := day.level) is not None)

    @property
    def unnumbered(self) -> int:
        """Days with a check-in that does not say how strong it was."""
        return sum(day.unnumbered for day in self.days)

    @property
    def glasses(self) -> tuple[int, ...]:
        """Glasses, on the days with any."""
        return tuple(day.glasses for day in self.days if day.glasses)

    @property
    def exercised(self) -> int:
        """Days with an exercise."""
        return sum(bool(day.rounds) for day in self.days)

    @property
    def signed(self) -> int:
        """Days with a warning sign."""
        return sum(bool(day.signs) for day in self.days)


def last_weeks(days: Iterable[Day], today: date, count: int = WEEKS) -> tuple[Week, ...]:
    """Return the last `count` weeks, the oldest first. Days outside of them are left out."""
    known: Mapping[date, Day] = {day.day: day for day in days}
    firsts = [today - WEEK * number + DAY for number in range(count, 0, -1)]
    return tuple(
        Week(first, first + WEEK - DAY, tuple(known[at] for n in range(7) if (at := first + DAY * n) in known))
        for first in firsts
    )
