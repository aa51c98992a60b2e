"""The last four weeks in one picture, read on a phone from left to right: strength, water, exercises, signs. Pure.

A day without an entry is hatched, and nothing is drawn there: no line leads over it, no bar of height zero is in it.
Each kind has a shape of its own, for those who see colours otherwise; one of which nothing was noted takes no room.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.diary.sheet import GRID, WIDTH, Point, Sheet
from bot.domain.diary import DAY, WEEKS, Day

STRENGTH, WATER, EXERCISE, SIGN = "#2b6a4d", "#2a6496", "#6a5a1c", "#7d4a12"
DAYS = 7 * WEEKS
LEFT, RIGHT = 90, WIDTH - 24
STEP = (RIGHT - LEFT) / DAYS
MARGIN = 24
TITLE = 64
FOOT = 124
LINE = 54
MOST_GLASSES = 8
"""How far the scale of water goes at least."""
LEAST_BAR = 6
"""A glass is seen beside however many."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words in the picture. `weeks`: the first day of each week, as people write it, the oldest first."""

    strength: str
    water: str
    exercises: str
    signs: str
    gap: str
    unnumbered: str
    """Said beside a ring."""
    weeks: Sequence[str]


def draw(days: Mapping[date, Day], today: date, labels: Labels) -> bytes:
    """Return a PNG of the 28 days that end `today`. Some tenths of a second of work: not for the event loop."""
    columns = [days.get(today - DAY * ago) for ago in range(DAYS - 1, -1, -1)]
    parts = list(_parts(columns, labels))
    rings = any(day is not None and day.unnumbered for day in columns)
    sheet = Sheet(MARGIN + sum(part.height for part in parts) + FOOT + LINE * rings)
    top = MARGIN
    for part in parts:
        sheet.words((LEFT, top + 42), part.title, 42)
        high, low = top + TITLE, top + part.height - MARGIN
        for number, day in enumerate(columns):
            if day is None or part.lacks(day):
                sheet.hatch((LEFT + number * STEP, high, LEFT + (number + 1) * STEP, low))
        for week in range(WEEKS):
            sheet.line((LEFT + 7 * week * STEP, high), (LEFT + 7 * week * STEP, low), GRID, 2)
        part.draw(sheet, high, low)
        top += part.height
    for week, label in enumerate(labels.weeks):
        sheet.words((LEFT + 7 * week * STEP, top + 32), label)
    sheet.hatch((LEFT, top + 62, LEFT + 44, top + 98))
    sheet.words((LEFT + 64, top + 94), labels.gap)
    if rings:
        sheet.disc((LEFT + 22, top + LINE + 81), 12, STRENGTH, hollow=True)
        sheet.words((LEFT + 64, top + LINE + 94), labels.unnumbered)
    return sheet.png()


def middle(number: int) -> float:
    """Return where the middle of a day is, the oldest being 0."""
    return LEFT + (number + 0.5) * STEP


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of what was noted: a title, and below it what is drawn between `high` and `low`."""

    title: str
    columns: Sequence[Day | None]

    @property
    def height(self) -> int:
        """How much room it takes, in pixels, title and all."""
        return TITLE + 64 + MARGIN

    def lacks(self, _: Day) -> bool:
        """Whether a day of which something was noted is a gap all the same."""
        return False

    def draw(self, sheet: Sheet, high: float, low: float) -> None:
        """Draw the days."""
        raise NotImplementedError

    def known(self) -> Iterator[tuple[int, Day]]:
        """Days of which something was noted, by their number."""
        return ((number, day) for number, day in enumerate(self.columns) if day is not None)


def scale(sheet: Sheet, high: float, low: float, numbers: Sequence[int]) -> None:
    """Draw a line for each number, the first one at `low`, the last one at `high`."""
    for number in numbers:
        y = low + (high - low) * number / numbers[-1]
        sheet.line((LEFT, y), (RIGHT, y), GRID, 2)
        sheet.words((LEFT - 14, y), str(number), anchor="rm")


class Strength(Part):
    """Dots from 0 to 10, joined where days follow each other. A ring below: noted, but without a number."""

    __slots__ = ()

    @property
    def height(self) -> int:
        """How much room it takes."""
        return TITLE + 380 + MARGIN + (50 if any(day.unnumbered for _, day in self.known()) else 0)

    def lacks(self, day: Day) -> bool:
        """Water alone tells nothing of the toes."""
        return day.mood is None

    def draw(self, sheet: Sheet, high: float, low: float) -> None:
        """Draw the days."""
        floor = high + 350
        scale(sheet, high + 30, floor, (0, 5, 10))
        places: dict[int, Point] = {
            number: (middle(number), floor - 32 * level)
            for number, day in self.known()
            if (level := day.level) is not None
        }
        for one, other in pairwise(places):
            if other == one + 1:
                sheet.line(places[one], places[other], STRENGTH, 5)
        for at in places.values():
            sheet.disc(at, 12, STRENGTH)
        for number, day in self.known():
            if day.unnumbered:
                sheet.disc((middle(number), (floor + low) / 2), 12, STRENGTH, hollow=True)


class Water(Part):
    """A bar of glasses for each day with any."""

    __slots__ = ()

    @property
    def height(self) -> int:
        """How much room it takes."""
        return TITLE + 200 + MARGIN

    def draw(self, sheet: Sheet, high: float, low: float) -> None:
        """Draw the days."""
        most = max(MOST_GLASSES, *(day.glasses or 0 for _, day in self.known()))
        high, low = high + 24, low - 16
        scale(sheet, high, low, (0, most))
        for number, day in self.known():
            if day.glasses:
                x, up = middle(number), max((low - high) * day.glasses / most, LEAST_BAR)
                sheet.bar((x - 11, low - up, x + 11, low), WATER)


class Exercises(Part):
    """A disc for each day with an exercise."""

    __slots__ = ()

    def draw(self, sheet: Sheet, high: float, low: float) -> None:
        """Draw the days."""
        for number, day in self.known():
            if day.rounds:
                sheet.disc((middle(number), (high + low) / 2), 13, EXERCISE)


class Signs(Part):
    """A diamond for each day on which a warning sign was ticked."""

    __slots__ = ()

    def lacks(self, day: Day) -> bool:
        """Signs are asked for in a check-in."""
        return day.mood is None

    def draw(self, sheet: Sheet, high: float, low: float) -> None:
        """Draw the days."""
        for number, day in self.known():
            if day.signs:
                sheet.diamond((middle(number), (high + low) / 2), 15, SIGN)


def _parts(columns: Sequence[Day | None], labels: Labels) -> Iterator[Part]:
    known = [day for day in columns if day is not None]
    if any(day.mood is not None for day in known):
        yield Strength(labels.strength, columns)
    if any(day.glasses for day in known):
        yield Water(labels.water, columns)
    if any(day.rounds for day in known):
        yield Exercises(labels.exercises, columns)
    if any(day.signs for day in known):
        yield Signs(labels.signs, columns)
