"""On which days a check-in comes: what people type, how it is kept, and when it comes next."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rhythm import DAILY, SAID, WEEKDAYS, Rhythm, days_said
from bot.domain.schedule import next_occurrence

TODAY = date(2026, 3, 6)  # a Friday
rhythms = st.one_of(
    st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(sorted),
    st.sampled_from(["daily", "second", "third", "weekly"]).map(lambda word: [word]),
).flatmap(lambda said: st.dates(date(2025, 1, 1), date(2027, 1, 1)).map(lambda since: Rhythm.of(said, since)))
zones = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Nuuk", "Pacific/Apia", "Asia/Kathmandu"]
)
instants = st.integers(0, 1_000_000).map(lambda past: datetime(2025, 6, 1, tzinfo=UTC) + timedelta(minutes=past))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("monday 8am", "mon"),
        ("Mondays and Thursdays at 9", "mon thu"),
        ("mon-fri", "mon tue wed thu fri"),
        ("fri to mon", "mon fri sat sun"),
        ("weekends", "sat sun"),
        ("every day but sunday", "mon tue wed thu fri sat"),
        ("weekdays except wed", "mon tue thu fri"),
        ("every other day at 20:00", "second"),
        ("every 3 days", "third"),
        ("once a week", "weekly"),
        ("every week on sundays", "sun"),
        ("daily", "daily"),
        ("twice a day", "several"),
        ("in the morning and in the evening", "several"),
        ("three times a day please", "several"),
        ("twice a week", "some"),
        ("some days", "some"),
        ("20:00", ""),
        ("not every day", ""),
        ("money on my mind", ""),
    ],
)
def test_days_are_read_as_people_type_them(text: str, said: str) -> None:
    """Days of the week in any form, how far apart, how often; what says no days says none."""
    assert days_said(text) == tuple(said.split())


@given(st.text())
def test_whatever_is_typed_is_days_or_none(text: str) -> None:
    """Any text is read without an error, as words that are known, each once."""
    said = days_said(text)
    assert len(set(said)) == len(said)
    assert set(said) <= set(SAID)


@given(rhythms)
def test_a_rhythm_is_read_as_it_was_kept(rhythm: Rhythm) -> None:
    """What was written down says the same days, and all seven days are every day."""
    kept = Rhythm.read(rhythm.dump())
    assert kept == rhythm
    assert (kept == DAILY) == (rhythm.dump() == "") == (rhythm.word == "daily")


@given(rhythms, zones, instants, st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_the_next_is_the_first_of_the_daily_ones_on_such_a_day(
    rhythm: Rhythm, name: str, after: datetime, slot: time
) -> None:
    """It comes when a daily one would, on the first of its days: through every change of the clock, never between."""
    zone = ZoneInfo(name)
    found = next_occurrence([slot], zone, after, rhythm=rhythm)
    daily, at = [], after
    while (one := next_occurrence([slot], zone, at)) is not None and one.at <= after + timedelta(days=9):
        daily.append(one)
        at = one.at
    assert found == next(one for one in daily if rhythm.on(one.day))


@given(rhythms, instants)
def test_none_is_far_away(rhythm: Rhythm, after: datetime) -> None:
    """From one of its days to the next there are no more than it says, and never more than a week."""
    days = [after.date() + timedelta(days=number) for number in range(8)]
    assert rhythm.longest <= 7
    assert any(rhythm.on(day) for day in days[: rhythm.longest])


def test_every_third_day_counts_from_the_day_it_was_chosen() -> None:
    """The first is that day itself, while its time is ahead; else the third day after it."""
    rhythm, zone = Rhythm.of(["third"], TODAY), ZoneInfo("Europe/Berlin")
    for hour, day in ((10, 6), (21, 9)):
        coming = next_occurrence([time(20)], zone, datetime(2026, 3, 6, hour, tzinfo=UTC), rhythm=rhythm)
        assert coming is not None
        assert coming.day == date(2026, 3, day)
