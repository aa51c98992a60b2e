"""An episode's days: which question is due, for which day an answer counts, what is calm in a row."""

from datetime import date, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.domain.episodes import (
    ROUNDS,
    TOO_LATE,
    calm_in_a_row,
    coming,
    counts_for,
    due,
    last_before,
    within_week,
)

TODAY = date(2026, 3, 15)
DAYS = st.integers(-30, 5).map(lambda back: TODAY + timedelta(days=back))


def test_each_question_has_its_day() -> None:
    """From the onset on, what comes is 1, 3, 7, 14 days after it, and each is due on its day."""
    assert [coming(day) for day in range(16)] == [1, 2, 1, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, None, None]
    assert [due(number) for number in ROUNDS] == list(ROUNDS)


@pytest.mark.parametrize(
    ("day", "which"), [(0, None), (2, 1), (6, 3), (10, 7), (11, None), (13, None), (17, 14), (18, None)]
)
def test_the_newest_is_asked_or_none(day: int, which: int | None) -> None:
    """A question that comes late gives way to a newer one, and after three days it is not asked at all."""
    assert due(day) == which


@given(st.integers(0, 400))
def test_what_is_due_is_never_to_come(day: int) -> None:
    """On any day, what is due lies at most three days back, and what comes lies ahead."""
    now, ahead = due(day), coming(day)
    assert now is None or (now in ROUNDS and 0 <= day - now <= TOO_LATE)
    assert ahead is None or (ahead > 0 and day + ahead in ROUNDS)
    assert not [number for number in ROUNDS if now is not None and now < number <= day]


@given(st.none() | st.text(max_size=12) | DAYS.map(date.isoformat))
def test_an_answer_counts_for_a_day_that_can_be(asked: str | None) -> None:
    """Whatever stands there: it is the day asked, if that is today or at most two weeks ago; else today."""
    day = counts_for(asked, TODAY)
    assert TODAY - timedelta(days=14) <= day <= TODAY
    possible = {(TODAY - timedelta(days=back)).isoformat(): back for back in range(15)}
    assert (TODAY - day).days == possible.get(asked or "", 0)


@given(st.sets(DAYS))
def test_the_last_entry_is_one_of_the_three_days_before(days: set[date]) -> None:
    """It is offered again only while it is fresh; a gap is no entry, and today's is not the last one."""
    last = last_before(days, TODAY)
    near = [TODAY - timedelta(days=back) for back in (1, 2, 3) if TODAY - timedelta(days=back) in days]
    assert last == (near[0] if near else None)
    assert within_week(days, TODAY) == len(days & {TODAY - timedelta(days=back) for back in range(7)})


@pytest.mark.parametrize(
    ("moods", "row"),
    [
        ({}, 0),
        ({0: "calm"}, 1),
        ({0: "calm", 1: "calm"}, 2),
        ({0: "calm", 3: "calm"}, 2),
        ({0: "calm", 1: "same", 2: "calm"}, 1),
        ({0: "worse", 1: "calm"}, 0),
        ({7: "calm", 8: "calm"}, 0),
    ],
)
def test_calm_in_a_row(moods: dict[int, str], row: int) -> None:
    """A day without an entry neither counts nor breaks the row; another mood does."""
    told = {TODAY - timedelta(days=back): mood for back, mood in moods.items()}
    assert calm_in_a_row(told, TODAY) == row
