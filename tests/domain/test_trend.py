"""The trend says which way it went, and never more than the days allow."""

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.diary import Day, last_weeks
from bot.domain.trend import CHANCE, ENOUGH, Doubt, Trend, Way, by_chance, trend

LEVEL = st.integers(0, 10)
WEEK = st.lists(LEVEL, min_size=1, max_size=7)
FULL = st.lists(LEVEL, min_size=ENOUGH, max_size=7)
OTHER = {Way.MILDER: Way.STRONGER, Way.SAME: Way.SAME, Way.STRONGER: Way.MILDER}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        ([6, 7, 5, 6, 7, 6, 6], [3, 2, 4, 3, 2, 3, 3], Trend(Way.MILDER, 7, None)),
        ([3, 2, 4, 3, 2], [6, 7, 5, 6, 7, 6], Trend(Way.STRONGER, 5, None)),
        ([5, 6, 5, 6], [3, 2, 3, 2], Trend(Way.MILDER, 4, Doubt.FEW_DAYS)),
        ([5, 5, 5, 5, 5], [5, 5, 5, 5, 5], Trend(Way.SAME, 5, None)),
        ([5], [5], Trend(Way.SAME, 1, Doubt.FEW_DAYS)),
        ([1, 9, 2, 8, 1], [2, 9, 1, 9, 5], Trend(Way.STRONGER, 5, Doubt.UNEVEN)),
        ([], [4, 4, 4], None),
        ([4, 4, 4], [], None),
    ],
)
def test_what_is_said(before: Sequence[int], now: Sequence[int], expected: Trend | None) -> None:
    """A clear change is sure; few days, or days that differ much, are not; without a week before nothing is said."""
    assert trend(before, now) == expected


@given(WEEK, WEEK)
def test_few_days_are_never_sure(before: list[int], now: list[int]) -> None:
    """With fewer than five days in either week there is a doubt, and it says so."""
    found = trend(before, now)
    assert found is not None
    assert found.days == min(len(before), len(now))
    assert (found.doubt is Doubt.FEW_DAYS) == (found.days < ENOUGH)


@given(WEEK, WEEK)
def test_the_weeks_exchanged_are_the_other_way(before: list[int], now: list[int]) -> None:
    """What was milder is stronger from the other side, with the same doubt."""
    one, other = trend(before, now), trend(now, before)
    assert one is not None
    assert other is not None
    assert (other.way, other.doubt) == (OTHER[one.way], one.doubt)


@given(WEEK, WEEK)
def test_the_order_of_days_does_not_matter(before: list[int], now: list[int]) -> None:
    """A week is the same week whichever day was the bad one."""
    assert trend(before, now) == trend(sorted(before), sorted(now, reverse=True))


@given(st.lists(st.integers(0, 5), min_size=1, max_size=7), st.lists(st.integers(0, 5), min_size=1, max_size=7))
def test_it_is_about_the_difference(before: list[int], now: list[int]) -> None:
    """Both weeks stronger by the same is the same trend."""
    assert trend([level + 5 for level in before], [level + 5 for level in now]) == trend(before, now)


@given(WEEK)
def test_the_same_week_is_the_same(week: list[int]) -> None:
    """A week that repeats itself is no change."""
    found = trend(week, week)
    assert found is not None
    assert found.way is Way.SAME


@given(FULL, FULL)
def test_a_worse_day_never_makes_it_milder(before: list[int], now: list[int]) -> None:
    """One day of this week stronger than told: the trend goes up, or stays."""
    order = [Way.MILDER, Way.SAME, Way.STRONGER]
    one, more = trend(before, now), trend(before, [*now[:-1], 10])
    assert one is not None
    assert more is not None
    assert order.index(more.way) >= order.index(one.way)


@given(WEEK, WEEK)
def test_chance_is_a_part_of_all_ways(before: list[int], now: list[int]) -> None:
    """It is at least the one way that was seen, and the whole where all days are alike."""
    part = by_chance(before, now)
    assert 0 < part <= 1
    if len({*before, *now}) == 1:
        assert part == 1


def test_chance_by_hand() -> None:
    """Three and three days fully apart: one of the twenty ways."""
    assert Fraction(by_chance([7, 8, 9], [1, 2, 3])).limit_denominator(100) == Fraction(1, 20)
    assert by_chance([5, 6, 7, 8, 9], [0, 1, 2, 3, 4]) < CHANCE


@given(st.dictionaries(st.integers(0, 40), LEVEL), st.integers(0, 3000))
def test_gaps_are_no_zeros(told: dict[int, int], shift: int) -> None:
    """Days that nobody told of change nothing, whatever the calendar says."""
    today = date(2026, 3, 1) + timedelta(days=shift)
    days = [Day(today - timedelta(days=ago), mood="same", strength=level) for ago, level in told.items()]
    empty = [Day(today - timedelta(days=ago), glasses=3) for ago in range(41) if ago not in told]
    *_, before, now = last_weeks(days, today)
    assert trend(before.levels, now.levels) == trend(
        [told[ago] for ago in range(7, 14) if ago in told], [told[ago] for ago in range(7) if ago in told]
    )
    *_, before_too, now_too = last_weeks([*days, *empty], today)
    assert (before_too.levels, now_too.levels) == (before.levels, now.levels)


def test_a_calm_day_is_a_zero_that_was_told() -> None:
    """Calm is told without a number and counts as 0; any other day without a number counts as none."""
    today = date(2026, 3, 1)
    assert Day(today, mood="calm").level == 0
    assert Day(today, mood="calm", strength=2).level == 2
    assert Day(today, mood="worse").level is None
    assert Day(today, glasses=4).level is None


@given(st.sets(st.integers(-3, 40)))
def test_weeks_hold_each_day_once(ago: set[int]) -> None:
    """The last 28 days, each in its week, in order; nothing of the future, nothing older."""
    today = date(2026, 3, 1)
    weeks = last_weeks([Day(today - timedelta(days=n), rounds=1) for n in ago], today)
    assert [week.last - week.first for week in weeks] == [timedelta(days=6)] * 4
    assert weeks[-1].last == today
    kept = [day.day for week in weeks for day in week.days]
    assert kept == sorted(today - timedelta(days=n) for n in ago if 0 <= n < 28)
    assert all(week.first <= day.day <= week.last for week in weeks for day in week.days)
