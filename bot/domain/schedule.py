"""When a reminder comes: always from the local wall time and the IANA zone, never from yesterday's instant plus a day.

A local time that the clock jumps over happens as much later as the clock jumped (02:30 becomes 03:30: what PEP 495
says of `fold=0` in a gap). One that comes twice happens the first time. A date that a zone left out (Apia,
2011-12-30) has no occurrence. Instants are aware and UTC; slots are naive local times.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, NewType
from zoneinfo import ZoneInfo

from bot.domain.rhythm import DAILY, Rhythm

Verdict = Literal["send", "skipped:late", "skipped:quiet"]

Moment = NewType("Moment", str)
"""Something that comes once: `2026-03-06T18:30`, by their clock; or `2026-03-06T17:20Z`, at that very instant."""

ON_TIME = timedelta(minutes=15)
"""So much later is still the time they asked for."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The local hours in which the house stays silent: from `start` until before `end`. Equal: there are none."""

    start: time = time(22)
    end: time = time(8)

    def covers(self, wall: time) -> bool:
        """Return whether this local time is a quiet one."""
        if self.start <= self.end:
            return self.start <= wall < self.end
        return wall >= self.start or wall < self.end


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One coming of a daily slot: `at` (UTC) is when, `day` and `slot` (local) are its name for ever."""

    at: datetime
    day: date
    slot: time


def next_occurrence(
    times: Sequence[time],
    zone: ZoneInfo,
    after: datetime,
    fired: Collection[tuple[date, time]] = (),
    rhythm: Rhythm = DAILY,
) -> Occurrence | None:
    """Return the first occurrence strictly after `after`; None only where there are no times.

    `rhythm`: on which days; else daily.

    What is in `fired` is passed over: a move to the west brings a local time back on the same day. Where a jump of the
    clock pushes one slot on to the instant of another, the other stands alone: nobody needs both in one minute.
    """
    past = frozenset(fired)

    def ahead(day: date) -> list[Occurrence]:
        if not rhythm.on(day):
            return []
        return [one for one in _on(day, times, zone) if one.at > after and (one.day, one.slot) not in past]

    # A slot pushed over midnight (Nuuk, in spring at 23:00) belongs to the day before, and may come after the first
    # of the next. Each further day that yields nothing has a slot in `fired`, or was left out by the zone.
    day = local_day(after, zone) - _DAY
    last = day + timedelta(days=4 + len(past)) * rhythm.longest
    while times and day <= last:
        if found := ahead(day):
            found += ahead(day + _DAY)
            return min(found, key=lambda one: (one.at, _pushed(one, zone), one.day, one.slot))
        day += _DAY
    return None


def wall(day: date, slot: time) -> Moment:
    """Return what comes once when it is `slot` on their clock, on that local day."""
    return Moment(datetime.combine(day, slot).isoformat(timespec="minutes"))


def fixed(at: datetime) -> Moment:
    """Return what comes once at an instant (full minutes), whatever their clock shows then."""
    return Moment(f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}Z")


def occurrence_of(moment: Moment, zone: ZoneInfo, fired: Collection[tuple[date, time]] = ()) -> Occurrence:
    """Return when a moment comes in a zone: past or future. `ValueError` where it is none.

    By their clock it follows the rules of a slot. A minute that bears the name of one in `fired` (the clock went back,
    or they went west) gives way to the next one: no two occurrences have one name.
    """
    said = datetime.fromisoformat(moment)
    if said.tzinfo is None:
        coming = Occurrence(_instant(said.date(), said.time(), zone), said.date(), said.time())
    else:
        local = said.astimezone(zone)
        coming = Occurrence(said.astimezone(UTC), local.date(), local.time())
    while (coming.day, coming.slot) in fired:
        later = coming.at + timedelta(minutes=1)
        local = later.astimezone(zone)
        coming = Occurrence(later, local.date(), local.time().replace(second=0, microsecond=0))
    return coming


def verdict(
    occurrence: Occurrence, now: datetime, zone: ZoneInfo, quiet: Quiet, grace: timedelta = timedelta(hours=2)
) -> Verdict:
    """Return whether an occurrence that fell due may still go out at `now`, or why it is recorded as skipped.

    A time that a person chose is kept even inside the quiet hours (23:00 is what they asked for), if we are on time:
    within 15 minutes. What is later than that never goes out in quiet hours, and later than `grace` not at all.
    """
    late = now - occurrence.at
    if late > grace:
        return "skipped:late"
    if late > ON_TIME and quiet.covers(_wall(now, zone)):
        return "skipped:quiet"
    return "send"


def send_until(occurrence: Occurrence, zone: ZoneInfo, quiet: Quiet, grace: timedelta = timedelta(hours=2)) -> datetime:
    """Return when (UTC) an occurrence that was let go at its time may go no more, should Telegram be out of reach.

    The end of its grace, or the quiet hours if they begin sooner; on time it is in any case, and no longer than that
    where they asked to be reminded in their quiet hours.
    """
    on_time, last = occurrence.at + ON_TIME, occurrence.at + grace
    if quiet.covers(_wall(on_time, zone)):
        return on_time
    wall = _wall(last, zone)
    if not quiet.covers(wall):
        return last
    day = local_day(last, zone)
    if wall < quiet.start:
        day -= _DAY
    return max(_instant(day, quiet.start, zone), on_time)


def due_after(now: datetime, after: timedelta, at: time | None, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Return when a once-only timer is due (UTC): `after` from now, at local `at` of that day if given.

    Never at or before `now` where `at` is given: it is the next day's then. The house chose this time, not the
    person: in quiet hours it moves to their end.
    """
    moment = (now + after).astimezone(UTC)
    if at is not None:
        day = local_day(moment, zone)
        moment = _instant(day, at, zone)
        while moment <= now:
            day += _DAY
            moment = _instant(day, at, zone)
    return out_of_quiet(moment, zone, quiet)


def out_of_quiet(at: datetime, zone: ZoneInfo, quiet: Quiet) -> datetime:
    """Return `at` (UTC), or the end of the quiet hours that it lies in."""
    wall = _wall(at, zone)
    if not quiet.covers(wall):
        return at.astimezone(UTC)
    day = local_day(at, zone)
    if wall >= quiet.end:
        day += _DAY
    # In an hour that comes twice the first end may already be behind us; then it is the second.
    ends = (_instant(day, quiet.end, zone, fold) for fold in (0, 1))
    return next((end for end in ends if end > at), at.astimezone(UTC))


def local_day(now: datetime, zone: ZoneInfo) -> date:
    """Return the date on the person's calendar."""
    return now.astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return when (UTC) a local day begins."""
    return _instant(day, time.min, zone)


def wall_clock(now: datetime, zone: ZoneInfo) -> str:
    """Return the time on the person's clock as `HH:MM`."""
    return f"{now.astimezone(zone):%H:%M}"


def _wall(now: datetime, zone: ZoneInfo) -> time:
    return now.astimezone(zone).time()


def _instant(day: date, slot: time, zone: ZoneInfo, fold: Literal[0, 1] = 0) -> datetime:
    return datetime.combine(day, slot, zone).replace(fold=fold).astimezone(UTC)


def _on(day: date, times: Sequence[time], zone: ZoneInfo) -> Iterator[Occurrence]:
    if _exists(day, zone):
        for slot in times:
            yield Occurrence(_instant(day, slot, zone), day, slot)


def _exists(day: date, zone: ZoneInfo) -> bool:
    """Return whether this date was on the zone's calendar: its first or its last moment comes back as itself."""
    return any(local_day(_instant(day, edge, zone), zone) == day for edge in (time.min, time.max))


def _pushed(coming: Occurrence, zone: ZoneInfo) -> bool:
    return _wall(coming.at, zone) != coming.slot
