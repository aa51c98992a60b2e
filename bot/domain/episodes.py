"""An episode of twitching, in days: when it is asked how it goes, and for which day an answer counts. Pure.

Days are the person's local dates; an episode's days are counted from its onset (the day it began is day 0). Four
questions in two weeks: after that a doctor should look, whatever the strength (NHS, "Twitching eyes and muscles").
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

ROUNDS = (1, 3, 7, 14)
"""So many days after the onset it is asked how it goes."""
TOO_LATE = 3
"""A question that comes more than so many days late is not asked any more."""
OLDEST = timedelta(days=14)
"""An answer counts for a day at most so long ago."""
RECENT = 3
"""The last entry is offered to be taken again when it is at most so many days old."""
WEEK = 7
DAY = timedelta(days=1)


def coming(days: int) -> int | None:
    """Return in how many days the next question comes; None after the last."""
    return next((number - days for number in ROUNDS if number > days), None)


def due(days: int) -> int | None:
    """Return which question is asked on this day of the episode: the newest one that is due, unless it is too late."""
    newest = max((number for number in ROUNDS if number <= days), default=None)
    return newest if newest is not None and days - newest <= TOO_LATE else None


def counts_for(asked: str | None, today: date) -> date:
    """Return the day of an entry that was asked for on day `asked` (ISO): that one, or today if it is none."""
    try:
        day = today if asked is None else date.fromisoformat(asked)
    except ValueError:
        return today
    return day if today - OLDEST <= day <= today else today


def last_before(days: Iterable[date], today: date) -> date | None:
    """Return the newest of these days that lies 1 to 3 days back."""
    return max((day for day in days if 1 <= (today - day).days <= RECENT), default=None)


def within_week(days: Iterable[date], today: date) -> int:
    """Return how many of these days are among the last seven, today included."""
    return sum(0 <= (today - day).days < WEEK for day in days)


def calm_in_a_row(moods: Mapping[date, str], today: date) -> int:
    """Return how many entries of the last seven days are calm, one after the other, the newest first.

    A day without an entry is a gap: it neither counts nor breaks the row.
    """
    row = 0
    for day in sorted((day for day in moods if 0 <= (today - day).days < WEEK), reverse=True):
        if moods[day] != "calm":
            break
        row += 1
    return row
