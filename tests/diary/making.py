"""Diaries, written short."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.domain.diary import Day

TODAY = date(2026, 3, 1)


def ago(days: int) -> date:
    """Return the day so many days before today."""
    return TODAY - timedelta(days=days)


def levels(*told: int | None, until: int = 0) -> Iterator[Day]:
    """Return days with these strengths, the last one `until` days ago; None is a gap."""
    for back, level in enumerate(reversed(told), until):
        if level is not None:
            yield Day(ago(back), mood="same", strength=level)
