"""Diaries, written short. `python -m tests.diary.making` draws the one that the pages show."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from bot.diary.picture import Labels, draw
from bot.domain.diary import Day

TODAY = date(2026, 3, 1)
IN_THE_PAGES = Path(__file__).parents[2] / "docs/pictures/diary.png"
LABELS = Labels(
    strength="How strong, 0 to 10",
    water="Water, glasses",
    exercises="Exercises",
    signs="Warning signs",
    gap="No entry",
    unnumbered="Noted without a number",
    weeks=["Feb 2", "Feb 9", "Feb 16", "Feb 23"],
)


def ago(days: int) -> date:
    """Return the day so many days before today."""
    return TODAY - timedelta(days=days)


def levels(*told: int | None, until: int = 0) -> Iterator[Day]:
    """Return days with these strengths, the last one `until` days ago; None is a gap."""
    for back, level in enumerate(reversed(told), until):
        if level is not None:
            yield Day(ago(back), mood="same", strength=level)


def sample() -> dict[date, Day]:
    """Return four weeks of somebody who gets better, with gaps, a day without a number and two with a sign."""
    told = (
        7,
        None,
        None,
        7,
        6,
        7,
        5,
        4,
        None,
        6,
        5,
        5,
        None,
        4,
        None,
        None,
        None,
        4,
        3,
        None,
        4,
        2,
        2,
        3,
        None,
        1,
        0,
        0,
    )
    glasses = (5, 0, 0, 3, 4, 0, 6, 3, 8, 0, 4, 7, 5, 0, 0, 0, 4, 5, 0, 0, 8, 6, 5, 3, 0, 4, 6, 7)
    found = {}
    for number, (level, amount) in enumerate(zip(told, glasses, strict=True)):
        day = ago(27 - number)
        mood = "same" if level is not None or number == 12 else None
        if mood is not None or amount:
            signs = 1 if number in {3, 4} else 0
            found[day] = Day(day, mood, level, signs, amount or None, 1 if number % 5 < 2 and amount else None)
    return found


if __name__ == "__main__":
    IN_THE_PAGES.write_bytes(draw(sample(), TODAY, LABELS))
