"""Which moment is meant: always ahead, by the clock of whoever said it, through jumps, leap days and the year's end."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import Said, said
from bot.domain.moments import FAR, Trouble, once, so_long, until
from bot.domain.schedule import Moment, fixed, local_day, occurrence_of, wall

ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Apia",
        "America/Nuuk", "Australia/Lord_Howe", "Africa/Casablanca",
    )
]  # fmt: skip
TROUBLES: tuple[Trouble, ...] = ("past", "far", "weekly", "no_hour")
INSTANTS = st.integers(0, 1200 * 86_400).map(lambda n: datetime(2025, 12, 1, tzinfo=UTC) + timedelta(seconds=n))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None))
DAYS = (
    st.builds(Said, ahead=st.integers(0, 80), at=st.none() | TIMES)
    | st.builds(Said, weekday=st.integers(0, 6), next_week=st.booleans(), at=st.none() | TIMES)
    | st.builds(Said, number=st.integers(1, 31), month=st.none() | st.integers(1, 12), at=st.none() | TIMES)
    | st.builds(Said, ahead=st.just(0), part=st.sampled_from(["morning", "afternoon", "evening", "night"]))
    | st.builds(Said, after=st.integers(1, 60 * 24 * 70).map(lambda n: timedelta(minutes=n)), lead=st.just("in"))
    | st.builds(Said, at=TIMES)
)


def _moment(text: str, now: datetime, zone: ZoneInfo) -> str | None:
    told = said(text)
    assert told is not None
    return once(told, now, zone)


@given(DAYS, INSTANTS, st.sampled_from(ZONES))
def test_whatever_is_said_is_ahead(told: Said, now: datetime, zone: ZoneInfo) -> None:
    """A moment, or the end of a pause, lies after now and at most 60 local days away, wherever somebody is."""
    for found in (once(told, now, zone), until(told, now, zone)):
        if found is None or found in TROUBLES:
            continue
        coming = occurrence_of(Moment(found), zone)
        assert coming.at > now
        assert coming.day <= local_day(now, zone) + timedelta(days=FAR)


@given(st.integers(0, FAR - 1), TIMES, INSTANTS, st.sampled_from(ZONES))
def test_it_is_that_time_on_that_day_of_theirs(ahead: int, at: time, now: datetime, zone: ZoneInfo) -> None:
    """So many days from today, at a time, is that time on their clock that day, unless the clock jumps over it."""
    found = once(Said(ahead=ahead, at=at), now, zone)
    if found == "past":
        assert ahead == 0
        return
    assert found == wall(local_day(now, zone) + timedelta(days=ahead), at)
    local = occurrence_of(Moment(found), zone).at.astimezone(zone)
    there_and_back = datetime.combine(local_day(now, zone) + timedelta(days=ahead), at, zone)
    if there_and_back.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == there_and_back.replace(tzinfo=None):
        assert local.replace(tzinfo=None) == there_and_back.replace(tzinfo=None)


@given(st.integers(1, 60 * 24), INSTANTS, st.sampled_from(ZONES))
def test_a_length_is_an_instant(minutes: int, now: datetime, zone: ZoneInfo) -> None:
    """So many minutes from now is never sooner, less than a minute later, and no jump of a clock changes that."""
    found = once(Said(after=timedelta(minutes=minutes), lead="in"), now, zone)
    assert found is not None
    late = occurrence_of(Moment(found), zone).at - now - timedelta(minutes=minutes)
    assert timedelta() <= late < timedelta(minutes=1)


@given(INSTANTS, st.sampled_from(ZONES))
def test_an_instant_there_and_back(now: datetime, zone: ZoneInfo) -> None:
    """What is written as an instant is read as that instant in every zone."""
    minute = now.replace(second=0, microsecond=0)
    assert occurrence_of(fixed(minute), zone).at == minute


@given(st.dates(date(2020, 1, 1), date(2032, 12, 31)), TIMES)
def test_a_wall_time_there_and_back(day: date, at: time) -> None:
    """What is written by their clock has the name of that day and time."""
    coming = occurrence_of(wall(day, at), ZoneInfo("Europe/Berlin"))
    assert (coming.day, coming.slot) == (day, at)


@pytest.mark.parametrize(
    ("text", "now", "zone", "instant"),
    [
        ("tomorrow at 2:30", "2026-03-28T12:00Z", "Europe/Berlin", "2026-03-29T01:30Z"),  # skipped: 03:30
        ("tomorrow at 2:30", "2026-10-24T12:00Z", "Europe/Berlin", "2026-10-25T00:30Z"),  # twice: the first
        ("in 20 minutes", "2026-10-25T00:50Z", "Europe/Berlin", "2026-10-25T01:10Z"),  # in the second of the two hours
        ("in 2 hours", "2026-03-29T00:30Z", "Europe/Berlin", "2026-03-29T02:30Z"),
        ("tomorrow at 9", "2026-03-01T20:00Z", "Pacific/Auckland", "2026-03-02T20:00Z"),
    ],
)  # fmt: skip
def test_where_the_clock_jumps(text: str, now: str, zone: str, instant: str) -> None:
    """A skipped time comes as much later, a repeated one the first time, and a length is as long as it was said."""
    there = ZoneInfo(zone)
    found = _moment(text, datetime.fromisoformat(now), there)
    assert found is not None
    assert occurrence_of(Moment(found), there).at == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    ("text", "now", "found"),
    [
        ("29 february", "2028-02-01T12:00Z", "2028-02-29T09:00"),
        ("29 february", "2026-02-01T12:00Z", "far"),
        ("the 31st", "2026-04-30T12:00Z", "2026-05-31T09:00"),
        ("the 30th", "2026-02-10T12:00Z", "2026-03-30T09:00"),
        ("3 january", "2026-12-20T12:00Z", "2027-01-03T09:00"),
        ("tomorrow", "2026-12-31T12:00Z", "2027-01-01T09:00"),
        ("monday", "2026-12-31T12:00Z", "2027-01-04T09:00"),
        ("the 1st", "2026-12-31T12:00Z", "2027-01-01T09:00"),
        ("20 december", "2026-12-28T12:00Z", "past"),
        ("friday at 18:30", "2026-03-06T12:00Z", "2026-03-06T18:30"),
        ("friday at 10:30", "2026-03-06T12:00Z", "2026-03-13T10:30"),
        ("tonight", "2026-03-06T20:30Z", "2026-03-06T21:00"),
        ("tonight", "2026-03-06T23:30Z", "past"),
    ],
)
def test_calendar(text: str, now: str, found: str) -> None:
    """Leap days, short months, the year's end, and a day of the week that is today."""
    assert _moment(text, datetime.fromisoformat(now), ZoneInfo("UTC")) == found


def test_a_minute_has_one_name() -> None:
    """Where a name was used on that day, by a clock that went back, the next minute takes its place."""
    berlin, used = ZoneInfo("Europe/Berlin"), datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    first = occurrence_of(so_long(timedelta(0), used), berlin)
    again = occurrence_of(so_long(timedelta(hours=1), used), berlin, {(first.day, first.slot)})
    assert again.at == used + timedelta(hours=1, minutes=1)
    assert (again.day, again.slot) == (first.day, time(2, 51))
