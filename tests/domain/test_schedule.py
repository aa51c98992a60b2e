from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.rhythm import Rhythm
from bot.domain.schedule import (
    ON_TIME,
    Occurrence,
    Quiet,
    due_after,
    local_day,
    next_occurrence,
    out_of_quiet,
    send_until,
    verdict,
    wall_clock,
)
from bot.domain.zones import use_pinned_data

QUIET = Quiet()
# Half-hour and 45-minute offsets, 30-minute summer time, both hemispheres, jumps at midnight and before it, the date
# line, summer time that follows the moon, and none at all.
ZONES = (
    "Europe/Berlin",
    "Europe/Dublin",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Havana",
    "America/Santiago",
    "America/Nuuk",
    "America/Scoresbysund",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Pyongyang",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Fakaofo",
    "Pacific/Kiritimati",
    "Antarctica/Troll",
    "UTC",
)
LEFT_OUT = {("Pacific/Apia", date(2011, 12, 30)), ("Pacific/Fakaofo", date(2011, 12, 30))}

zones = st.sampled_from(ZONES)
slots = st.times().map(lambda t: t.replace(second=0, microsecond=0))
instants = st.datetimes(datetime(2000, 1, 3), datetime(2099, 12, 28), timezones=st.just(UTC))  # noqa: DTZ001
plans = st.lists(slots, min_size=1, max_size=4, unique=True)
lates = st.timedeltas(timedelta(0), timedelta(hours=30))


@pytest.fixture(autouse=True, scope="module")
def _pinned() -> None:
    use_pinned_data()


def utc(text: str) -> datetime:
    """Return the UTC instant written so."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def coming(zone: str, after: str, *times: str) -> Occurrence:
    """Return what comes next in this zone."""
    found = next_occurrence([time.fromisoformat(t) for t in times], ZoneInfo(zone), utc(after))
    assert found is not None
    return found


def iterate(times: list[time], zone: ZoneInfo, after: datetime, until: datetime) -> Iterator[Occurrence]:
    """Yield what comes, as the dispatcher walks: each from the one before, with those of the last days as fired."""
    fired: set[tuple[date, time]] = set()
    while (found := next_occurrence(times, zone, after, fired)) is not None and found.at < until:
        yield found
        fired = {(day, slot) for day, slot in fired if day > found.day - timedelta(days=3)} | {(found.day, found.slot)}
        after = found.at


def test_the_next_slot_of_today() -> None:
    """The nearest slot of the day comes next, whatever order they are kept in."""
    found = coming("Europe/Berlin", "2026-01-15T08:00", "18:00", "10:00", "14:00")
    assert found == Occurrence(utc("2026-01-15T09:00"), date(2026, 1, 15), time(10))


def test_strictly_after() -> None:
    """An occurrence at this very instant is past; the next is tomorrow's."""
    assert coming("Europe/Berlin", "2026-01-15T19:00", "20:00").day == date(2026, 1, 16)


def test_no_times_no_occurrence() -> None:
    """A reminder without times never comes."""
    assert next_occurrence([], ZoneInfo("UTC"), utc("2026-01-01")) is None


@pytest.mark.parametrize(
    ("zone", "after", "slot", "at", "day"),
    [
        # Gaps: as much later as the clock jumped.
        ("Europe/Berlin", "2026-03-28T12:00", "02:30", "2026-03-29T01:30", "2026-03-29"),  # 03:30 CEST
        ("America/New_York", "2026-03-08T00:00", "02:30", "2026-03-08T07:30", "2026-03-08"),  # 03:30 EDT
        ("Australia/Lord_Howe", "2026-10-03T06:00", "02:15", "2026-10-03T15:45", "2026-10-04"),  # 02:45, half an hour
        ("America/Sao_Paulo", "2018-11-03T12:00", "00:30", "2018-11-04T03:30", "2018-11-04"),  # 01:30: no midnight
        ("America/Nuuk", "2026-03-28T12:00", "23:30", "2026-03-29T01:30", "2026-03-28"),  # 00:30 of the day after
        ("America/Nuuk", "2026-03-29T01:10", "23:30", "2026-03-29T01:30", "2026-03-28"),  # asked after midnight
        # Overlaps: the first of the two.
        ("Europe/Berlin", "2026-10-24T12:00", "02:30", "2026-10-25T00:30", "2026-10-25"),  # CEST, not CET
        ("America/New_York", "2026-10-31T12:00", "01:30", "2026-11-01T05:30", "2026-11-01"),  # EDT, not EST
        ("Australia/Lord_Howe", "2026-04-04T06:00", "01:45", "2026-04-04T14:45", "2026-04-05"),  # +11, not +10:30
        # After the first pass of an hour that comes twice, its second does not count.
        ("America/New_York", "2026-11-01T05:45", "01:30", "2026-11-02T06:30", "2026-11-02"),
        # Around the change, the wall time stays and the instant moves.
        ("Europe/Berlin", "2026-03-28T20:00", "20:00", "2026-03-29T18:00", "2026-03-29"),
        ("Europe/Berlin", "2026-10-24T20:00", "20:00", "2026-10-25T19:00", "2026-10-25"),
        # A date that was left out: from the 29th to the 31st.
        ("Pacific/Apia", "2011-12-29T18:00", "08:00", "2011-12-30T18:00", "2011-12-31"),
    ],
)
def test_when_the_clock_jumps(zone: str, after: str, slot: str, at: str, day: str) -> None:
    """A wall time that does not exist comes later by the jump, one that exists twice comes the first time."""
    assert coming(zone, after, slot) == Occurrence(utc(at), date.fromisoformat(day), time.fromisoformat(slot))


def test_pushed_slots_keep_the_order_of_time() -> None:
    """On the night of the jump 03:00 comes before 02:30, which has become 03:30."""
    first = coming("Europe/Berlin", "2026-03-29T00:00", "02:30", "03:00")
    second = coming("Europe/Berlin", "2026-03-29T01:00", "02:30", "03:00")
    assert (first.slot, second.slot) == (time(3), time(2, 30))


def test_a_slot_pushed_over_midnight_waits_its_turn() -> None:
    """In Nuuk 23:30 of the night of the jump has become 00:30; 00:15 of the new day comes before it."""
    found = iterate(
        [time(23, 30), time(0, 15)], ZoneInfo("America/Nuuk"), utc("2026-03-28T12:00"), utc("2026-03-29T02:00")
    )
    assert [(one.day.day, one.slot) for one in found] == [(29, time(0, 15)), (28, time(23, 30))]


def test_two_slots_pushed_together_are_one() -> None:
    """Where the jump makes 02:30 fall on 03:30, only 03:30 comes, once."""
    found = list(
        iterate([time(2, 30), time(3, 30)], ZoneInfo("Europe/Berlin"), utc("2026-03-28T23:00"), utc("2026-03-29T22:00"))
    )
    assert found == [Occurrence(utc("2026-03-29T01:30"), date(2026, 3, 29), time(3, 30))]


def test_a_move_to_the_west_brings_nothing_back() -> None:
    """At 20:00 in Berlin it came; 20:00 of that day in New York is passed over."""
    zone = ZoneInfo("America/New_York")
    found = next_occurrence([time(20)], zone, utc("2026-01-15T19:01"), {(date(2026, 1, 15), time(20))})
    assert found == Occurrence(utc("2026-01-17T01:00"), date(2026, 1, 16), time(20))


@given(zones, plans, instants, st.sets(st.integers(-2, 5)))
def test_strictly_after_and_never_fired(name: str, times: list[time], after: datetime, gone: set[int]) -> None:
    """It always comes, later than `after`, soon, and is none of those dealt with."""
    zone = ZoneInfo(name)
    fired = {(local_day(after, zone) + timedelta(days=n), times[0]) for n in gone}
    found = next_occurrence(times, zone, after, fired)
    assert found is not None
    assert found.at.tzinfo is UTC
    assert after < found.at <= after + timedelta(days=3 + len(gone))
    assert (found.day, found.slot) not in fired
    assert found.slot in times


@given(zones, slots, instants)
def test_it_is_that_time_on_their_clock(name: str, slot: time, after: datetime) -> None:
    """Their clock shows the slot, or the clock jumped in the hours before."""
    zone = ZoneInfo(name)
    found = next_occurrence([slot], zone, after)
    assert found is not None
    local = found.at.astimezone(zone)
    if (local.date(), local.time()) != (found.day, found.slot):
        before = (found.at - timedelta(days=1)).astimezone(zone)
        assert before.utcoffset() != local.utcoffset()


@settings(max_examples=60, deadline=None)
@given(zones, plans, st.integers(2000, 2099))
def test_a_year_has_each_date_once_a_slot(name: str, times: list[time], year: int) -> None:
    """Through a year every date has each slot once, but for dates left out and slots that a jump pushes together."""
    zone = ZoneInfo(name)
    start = datetime(year, 1, 1, tzinfo=zone)
    found = list(iterate(times, zone, start.astimezone(UTC) - timedelta(microseconds=1), utc(f"{year + 1}-01-02")))
    named = [(one.day, one.slot) for one in found]
    assert len(named) == len(set(named))
    assert [one.at for one in found] == sorted({one.at for one in found})
    first = date(year, 1, 2)
    days = [first + timedelta(days=n) for n in range(363)]
    together = {one.at for one in found}
    for day in days:
        for slot in times:
            if (name, day) in LEFT_OUT:
                assert (day, slot) not in named
            elif (day, slot) not in named:
                pushed = datetime.combine(day, slot, zone).astimezone(UTC)
                assert pushed.astimezone(zone).time() != slot
                assert pushed in together


def test_a_missing_date_is_left_out_of_the_year() -> None:
    """Apia had 364 days in 2011."""
    zone = ZoneInfo("Pacific/Apia")
    found = list(iterate([time(9)], zone, utc("2011-01-01T11:00"), utc("2011-12-31T10:00")))
    assert len({one.day for one in found}) == 364
    assert date(2011, 12, 30) not in {one.day for one in found}


def due(at: str, slot: str = "20:00") -> Occurrence:
    """Return an occurrence of a person in UTC."""
    return Occurrence(utc(at), date.fromisoformat(at[:10]), time.fromisoformat(slot))


@pytest.mark.parametrize(
    ("at", "now", "said"),
    [
        ("2026-01-15T20:00", "2026-01-15T20:00", "send"),
        ("2026-01-15T20:00", "2026-01-15T21:59", "send"),
        ("2026-01-15T20:00", "2026-01-15T22:00", "skipped:quiet"),
        ("2026-01-15T20:00", "2026-01-15T22:00:01", "skipped:late"),
        ("2026-01-15T12:00", "2026-01-15T14:00", "send"),
        ("2026-01-15T12:00", "2026-01-15T14:01", "skipped:late"),
        ("2026-01-15T21:50", "2026-01-15T22:05", "send"),
        ("2026-01-15T21:50", "2026-01-15T22:06", "skipped:quiet"),
        # They asked for 23:00 and 06:30.
        ("2026-01-15T23:00", "2026-01-15T23:15", "send"),
        ("2026-01-15T23:00", "2026-01-15T23:16", "skipped:quiet"),
        ("2026-01-15T06:30", "2026-01-15T06:30", "send"),
        ("2026-01-15T06:30", "2026-01-15T07:30", "skipped:quiet"),
        ("2026-01-15T06:30", "2026-01-15T08:00", "send"),
    ],
)
def test_verdicts(at: str, now: str, said: str) -> None:
    """On time it goes out even in the night they chose; late it goes out by day within two hours, else never."""
    assert verdict(due(at), utc(now), ZoneInfo("UTC"), QUIET) == said


@given(zones, slots, instants, lates)
def test_nothing_late_in_quiet_hours(name: str, slot: time, after: datetime, late: timedelta) -> None:
    """Whatever the zone: later than 15 minutes nothing is sent between 22:00 and 08:00, nor after two hours."""
    zone = ZoneInfo(name)
    found = next_occurrence([slot], zone, after)
    assert found is not None
    now = found.at + late
    said = verdict(found, now, zone, QUIET)
    hour = now.astimezone(zone).hour
    if late > ON_TIME and (hour >= 22 or hour < 8):
        assert said != "send"
    if late > timedelta(hours=2):
        assert said == "skipped:late"
    if late <= ON_TIME:
        assert said == "send"


@pytest.mark.parametrize(
    ("quiet", "inside", "outside"),
    [
        (Quiet(), ("22:00", "00:00", "07:59"), ("08:00", "12:00", "21:59")),
        (Quiet(time(1), time(6)), ("01:00", "05:59"), ("00:59", "06:00", "23:00")),
        (Quiet(time(0), time(0)), (), ("00:00", "12:00", "23:59")),
    ],
)
def test_quiet_hours(quiet: Quiet, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    """They run from their start until before their end, over midnight or not, or never."""
    assert all(quiet.covers(time.fromisoformat(wall)) for wall in inside)
    assert not any(quiet.covers(time.fromisoformat(wall)) for wall in outside)


@pytest.mark.parametrize(
    ("now", "after", "at", "comes"),
    [
        ("2026-03-27T19:00", timedelta(days=3), "20:00", "2026-03-30T18:00"),  # over the jump: still 20:00 for them
        ("2026-01-15T19:30", timedelta(hours=1), "20:00", "2026-01-16T19:00"),  # 20:00 is past: tomorrow
        ("2026-01-15T12:00", timedelta(hours=1), "20:00", "2026-01-15T19:00"),
        ("2026-01-15T19:00", timedelta(0), "20:00", "2026-01-16T19:00"),  # not this instant
        ("2026-01-15T12:00", timedelta(hours=2), None, "2026-01-15T14:00"),
        ("2026-01-15T20:00", timedelta(hours=2), None, "2026-01-16T07:00"),  # 23:00 there
        ("2026-01-15T12:00", timedelta(days=1), "23:00", "2026-01-17T07:00"),  # the house chose it: quiet hours win
        ("2026-03-29T00:30", timedelta(minutes=5), None, "2026-03-29T06:00"),  # 08:00 after a short night
    ],
)
def test_once_only_timers(now: str, after: timedelta, at: str | None, comes: str) -> None:
    """A timer comes at its local time, never in the past, never in quiet hours (here: Berlin)."""
    slot = None if at is None else time.fromisoformat(at)
    assert due_after(utc(now), after, slot, ZoneInfo("Europe/Berlin"), QUIET) == utc(comes)


@given(zones, instants, st.timedeltas(timedelta(0), timedelta(days=30)), st.none() | slots)
def test_timers_are_ahead_and_by_day(name: str, now: datetime, after: timedelta, at: time | None) -> None:
    """Whatever the zone: not in the past, outside quiet hours, and within a day or two of what was asked."""
    zone = ZoneInfo(name)
    comes = due_after(now, after, at, zone, QUIET)
    assert comes.tzinfo is UTC
    assert comes >= now + after if at is None else comes > now
    assert not QUIET.covers(comes.astimezone(zone).time())
    assert abs(comes - (now + after)) <= timedelta(days=2, hours=12)


@given(zones, instants, slots, slots)
def test_out_of_quiet_never_goes_back(name: str, at: datetime, start: time, end: time) -> None:
    """The end of quiet hours is ahead, within a day or so, also where it lies in an hour that comes twice."""
    zone = ZoneInfo(name)
    moved = out_of_quiet(at, zone, Quiet(start, end))
    assert at <= moved <= at + timedelta(days=2, hours=2)


def test_quiet_hours_that_end_in_an_hour_that_comes_twice() -> None:
    """In the second pass of the hour their first end is behind us, so they end at the second."""
    moved = out_of_quiet(utc("2026-11-01T06:10"), ZoneInfo("America/New_York"), Quiet(time(22), time(1, 30)))
    assert moved == utc("2026-11-01T06:30")


def test_their_day_and_clock() -> None:
    """The date and the time are those of their wall, not of UTC."""
    now = utc("2026-01-15T11:05")
    assert local_day(now, ZoneInfo("Pacific/Auckland")) == date(2026, 1, 16)
    assert wall_clock(now, ZoneInfo("Pacific/Auckland")) == "00:05"
    assert wall_clock(now, ZoneInfo("Asia/Kathmandu")) == "16:50"


@given(zones, slots, instants)
def test_what_may_go_may_go_until_its_end_and_no_longer(name: str, slot: time, after: datetime) -> None:
    """The end told beforehand is where the verdict turns."""
    zone = ZoneInfo(name)
    coming = next_occurrence([slot], zone, after)
    assert coming is not None
    end, moment = send_until(coming, zone, QUIET), timedelta(microseconds=1)
    assert verdict(coming, end - moment, zone, QUIET) == "send"
    assert verdict(coming, end + moment, zone, QUIET) != "send"
    assert end > coming.at


@pytest.mark.parametrize(
    ("slot", "end"), [("06:00", "06:15"), ("07:50", "09:50"), ("20:30", "22:00"), ("21:50", "22:05")]
)
def test_until_when_a_slot_near_the_night_may_go(slot: str, end: str) -> None:
    """One in the quiet hours only on time; one before them until they begin, one at their end as by day."""
    zone = ZoneInfo("Europe/London")
    coming = next_occurrence([time.fromisoformat(slot)], zone, utc("2026-01-15T00:00"))
    assert coming is not None
    assert send_until(coming, zone, QUIET) == utc(f"2026-01-15T{end}")


@given(plans, zones, instants, st.integers(0, 6))
def test_weekly_is_daily_on_one_day(times: list[time], name: str, after: datetime, weekday: int) -> None:
    """A weekly slot comes when the daily one does on that day of the week, and never on another."""
    zone = ZoneInfo(name)
    found = next_occurrence(times, zone, after, rhythm=Rhythm(frozenset({weekday})))
    assert found is not None
    assert found.day.weekday() == weekday
    daily = [one for one in iterate(times, zone, after, after + timedelta(days=16)) if one.day.weekday() == weekday]
    assert found == daily[0]
