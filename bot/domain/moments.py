"""Which moment is meant by what was said of when: always one that is ahead, or why there is none.

A moment by their clock (`2026-03-06T18:30`) stays at that time where the zone changes; one that was said as a length
(`2026-03-06T17:20Z`) is that very instant wherever they are. What clocks skip or repeat: `bot.domain.schedule`.
"""

import calendar
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.domain.days import Part, Said
from bot.domain.schedule import Moment, fixed, local_day, occurrence_of, wall

Trouble = Literal["past", "far", "weekly", "no_hour"]
"""It is over; too far; on certain days again and again; a day on which the time is missing."""
FAR = 60
"""Days ahead that a reminder, or the end of a pause, may lie: as many as a pause in days may have."""
_DAY = timedelta(days=1)
MORNING = time(9)
_HOURS: dict[Part, tuple[time, ...]] = {
    "": (MORNING,),
    "morning": tuple(map(time, (9, 10, 11))),
    "afternoon": tuple(map(time, (15, 16, 17))),
    "evening": tuple(map(time, (20, 21, 22, 23))),
    "night": tuple(map(time, (20, 21, 22, 23))),
}
"""When in a part of the day, where no time was said: the first that is ahead."""
_BEGINS: dict[Part, time] = {"morning": time(8), "afternoon": time(12), "evening": time(18), "night": time(20)}
"""When a part of the day begins, for a pause until it."""


def once(told: Said, now: datetime, zone: ZoneInfo, *, bare: bool = True) -> Moment | Trouble | None:
    """Return the moment at which something is wanted once.

    None where it says no single moment: a time of day without a day is one only if `bare`, and so is a length without
    «in». `now` is aware; the moment is after it.
    """
    if told.again:
        return "weekly"
    if told.lead in {"until", "for"} or (not bare and (told.lead == "bare" or not (told.dated or told.after))):
        return None
    if told.after is not None:
        return _so_long(told.after, now, zone)
    if not told.dated:
        return None if told.at is None else _first(_at(told, _from(local_day(now, zone)), (told.at,)), now, zone)
    if told.at is None and told.ahead == 0 and not told.part:
        return "no_hour"
    return _dated(told, _HOURS.get(told.part, (MORNING,)) if told.at is None else (told.at,), now, zone)


def until(told: Said, now: datetime, zone: ZoneInfo) -> Moment | Trouble | None:
    """Return until when something is paused: the beginning of a day, if no time was said. It is after `now`."""
    if told.again:
        return None
    if told.after is not None:
        return _so_long(told.after, now, zone)
    if not told.dated:
        return None if told.at is None else _first(_at(told, _from(local_day(now, zone)), (told.at,)), now, zone)
    return _dated(told, (_BEGINS.get(told.part, time(0)),) if told.at is None else (told.at,), now, zone)


def so_long(after: timedelta, now: datetime) -> Moment:
    """Return the instant so long from now, never sooner: the next full minute."""
    at = now.astimezone(UTC) + after + timedelta(seconds=59, microseconds=999_999)
    return fixed(at.replace(second=0, microsecond=0))


def _so_long(after: timedelta, now: datetime, zone: ZoneInfo) -> Moment | Trouble:
    return "far" if (local_day(now + after, zone) - local_day(now, zone)).days > FAR else so_long(after, now)


def _dated(told: Said, hours: tuple[time, ...], now: datetime, zone: ZoneInfo) -> Moment | Trouble | None:
    today = local_day(now, zone)
    days = list(_days(told, today))
    if not days:
        return None  # the 31st of February
    found = _first(_at(told, days, hours), now, zone)
    if found != "past":
        return found
    return "far" if days and days[-1] > today + FAR * _DAY else "past"


def _first(moments: Iterable[Moment], now: datetime, zone: ZoneInfo) -> Moment | Trouble:
    """Return the first that is ahead; `far` where that is too far."""
    for moment in moments:
        coming = occurrence_of(moment, zone)
        if coming.at > now:
            return "far" if (coming.day - local_day(now, zone)).days > FAR else moment
    return "past"


def _at(told: Said, days: Iterable[date], hours: tuple[time, ...]) -> Iterator[Moment]:
    for day in days:
        for at in hours:
            # Midnight ends the day that is named, and what is small on the clock tonight is tomorrow's.
            late = told.part == "midnight" or (told.part == "night" and told.ahead == 0 and at < time(5))
            if late and told.part != "midnight":
                yield wall(day, at)
            yield wall(day + _DAY if late else day, at)


def _from(today: date) -> Iterator[date]:
    yield from (today + n * _DAY for n in range(3))


def _days(told: Said, today: date) -> Iterator[date]:
    """Yield the days that can be meant, the nearest first."""
    if told.number is not None:
        yield from _dates(told, today)
    elif told.weekday is not None:
        away = (told.weekday - today.weekday()) % 7
        if told.next_week:
            yield today + timedelta(days=7 - today.weekday() + told.weekday)
        else:
            yield from (today + away * _DAY, today + (away + 7) * _DAY)
    elif told.ahead is not None:
        yield today + told.ahead * _DAY


def _dates(told: Said, today: date) -> Iterator[date]:
    """Yield a date that was said, this year or the next; of a day of the month, the next months that have it."""
    assert told.number is not None
    if told.month is None:
        months = [(today.year + (today.month + n - 1) // 12, (today.month + n - 1) % 12 + 1) for n in range(3)]
    elif told.year is not None:
        months = [(told.year, told.month)]
    else:
        # Who names a day that has just passed means no day of next year.
        passed = 0 <= (today - _safe(today.year, told.month, told.number)).days <= FAR
        months = [(today.year + n, told.month) for n in range(1 if passed else 9)]
    for year, month in months:
        if 1 <= told.number <= calendar.monthrange(year, month)[1]:
            yield date(year, month, told.number)


def _safe(year: int, month: int, number: int) -> date:
    return date(year, month, max(1, min(number, calendar.monthrange(year, month)[1])))
