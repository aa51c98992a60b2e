"""What is said of when: variants as people type them, and what is left alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.days import said, with_time
from bot.domain.moments import once, until
from bot.domain.times import typed_time

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=BERLIN)
"""A Monday."""

ONCE = {
    "in 20 minutes": "14:20Z",
    "in 20 min": "14:20Z",
    "in 20mins": "14:20Z",
    "in 20 minuts": "14:20Z",
    "in twenty minutes": "14:20Z",
    "in about 20 minutes please": "14:20Z",
    "20 minutes from now": "14:20Z",
    "in 20": "14:20Z",
    "in 2 hours": "16:00Z",
    "in 2h": "16:00Z",
    "in 2 hrs": "16:00Z",
    "in 2h30": "16:30Z",
    "in 1 h 30 min": "15:30Z",
    "in an hour": "15:00Z",
    "in half an hour": "14:30Z",
    "in a quarter of an hour": "14:15Z",
    "in an hour and a half": "15:30Z",
    "in one and a half hours": "15:30Z",
    "in 1.5 hours": "15:30Z",
    "in a couple of hours": "16:00Z",
    "in 2 hours and 20 minutes": "16:20Z",
    "in twenty five minutes": "14:25Z",
    "in 90 minuets": "15:30Z",
    "today at 18:30": "02T18:30",
    "today 6pm": "02T18:00",
    "later today at 5 pm": "02T17:00",
    "tomorrow": "03T09:00",
    "tomorrow 9am": "03T09:00",
    "tomorrow at 9": "03T09:00",
    "9am tomorrow": "03T09:00",
    "tomorow at 9": "03T09:00",
    "tommorow at 9": "03T09:00",
    "tommorrow at 9": "03T09:00",
    "tmrw at 9": "03T09:00",
    "2moro 9am": "03T09:00",
    "Tomorrow, 9:00": "03T09:00",
    "tomorrow at noon": "03T12:00",
    "tomorrow at midnight": "04T00:00",
    "tomorrow at half past six": "03T06:30",
    "tomorrow evening at 7": "03T19:00",
    "tomorrow at half past six in the evening": "03T18:30",
    "tomorrow morning": "03T09:00",
    "tomorrow evening": "03T20:00",
    "the day after tomorrow at 8": "04T08:00",
    "tonight": "02T20:00",
    "tonight at 11": "02T23:00",
    "tonite at 8": "02T20:00",
    "tonight at 1": "03T01:00",
    "tonight at midnight": "03T00:00",
    "this evening": "02T20:00",
    "this evening at 7": "02T19:00",
    "this afternoon": "02T16:00",
    "friday": "06T09:00",
    "fri 10am": "06T10:00",
    "on friday at 18:30": "06T18:30",
    "18:30 on friday": "06T18:30",
    "on firday at 18:30": "06T18:30",
    "next friday at 10": "06T10:00",
    "this saturday at noon": "07T12:00",
    "monday": "09T09:00",
    "on wensday at 10": "04T10:00",
    "on sun at 10": "08T10:00",
    "on sunday morning": "08T09:00",
    "at the weekend": "07T09:00",
    "next week": "09T09:00",
    "tuesday next week": "10T09:00",
    "next week on tuesday at 9": "10T09:00",
    "on the 3rd": "03T09:00",
    "the 3rd at 10": "03T10:00",
    "31st": "31T09:00",
    "3 march": "03T09:00",
    "march 3 at 9": "03T09:00",
    "mar 3rd": "03T09:00",
    "3rd of march at 6pm": "03T18:00",
    "on friday 6 march at 9": "06T09:00",
    "2026-03-20 at 10": "20T10:00",
    "in 3 days": "05T09:00",
    "in 3 days at 10": "05T10:00",
    "in a week": "09T09:00",
    "in two weeks at 9": "16T09:00",
}


@pytest.mark.parametrize(("text", "moment"), ONCE.items())
def test_a_moment_as_people_type_it(text: str, moment: str) -> None:
    """Each means once, beside daily times too, at that moment in March 2026."""
    told = said(text)
    assert told is not None
    expected = f"2026-03-02T{moment}" if moment.endswith("Z") else f"2026-03-{moment}"
    assert once(told, NOW, BERLIN, bare=False) == expected


UNTIL = {
    "until friday": "06T00:00",
    "till monday": "09T00:00",
    "til tuesday": "03T00:00",
    "untill friday": "06T00:00",
    "until the 5th": "05T00:00",
    "until 3 april": "2026-04-03T00:00",
    "until april": "2026-04-01T00:00",
    "for 10 days": "12T00:00",
    "10 days": "12T00:00",
    "for two weeks": "16T00:00",
    "for a week": "09T00:00",
    "for 2 hours": "02T16:00Z",
    "until 18:00": "02T18:00",
    "until 6pm": "02T18:00",
    "until noon": "03T12:00",
    "until tomorrow": "03T00:00",
    "until tomorrow morning": "03T08:00",
    "until friday 18:00": "06T18:00",
    "until midnight": "03T00:00",
    "until next week": "09T00:00",
    "until next month": "2026-04-01T00:00",
    "for today": "03T00:00",
    "for the rest of the day": "03T00:00",
    "until this evening": "02T18:00",
    "friday": "06T00:00",
    "until the weekend": "07T00:00",
}


@pytest.mark.parametrize(("text", "moment"), UNTIL.items())
def test_an_end_as_people_type_it(text: str, moment: str) -> None:
    """A day ends a pause at its beginning; a time of day at that time."""
    told = said(text)
    assert told is not None
    assert until(told, NOW, BERLIN) == (moment if moment.startswith("2026") else f"2026-03-{moment}")


@pytest.mark.parametrize(
    ("text", "trouble"),
    [
        ("today at 8", "past"), ("1 march", "past"), ("this morning at 9", "past"), ("3 december", "far"),
        ("in 100 days", "far"), ("in 3 months", "far"), ("every friday", "weekly"), ("every friday at 18:30", "weekly"),
        ("on fridays at 8", "weekly"), ("every other day", "weekly"), ("every week", "weekly"),
        ("on weekdays", "weekly"),
        ("today", "no_hour"), ("later today", "no_hour"),
    ],
)  # fmt: skip
def test_why_there_is_no_moment(text: str, trouble: str) -> None:
    """What is over, too far, again and again or without its time is told apart, so that each has its own answer."""
    told = said(text)
    assert told is not None
    assert once(told, NOW, BERLIN, bare=False) == trouble


@pytest.mark.parametrize(
    "text",
    [
        "18:30", "8", "at 8 and 20:00", "half past six", "every day at 8", "every 2 hours", "each morning",
        "daily at 9",
        "20 minutes", "10 days", "for 2 hours", "until friday", "noon",
    ],
)  # fmt: skip
def test_what_is_no_moment_beside_daily_times(text: str) -> None:
    """A time alone stays every day, and so do «every …» and a bare length."""
    told = said(text)
    assert told is None or once(told, NOW, BERLIN, bare=False) is None


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "I don't know", "8 or 9 tomorrow", "tomorrow or friday", "tomorrow my toe hurts", "in the evening",
        "2026-13-01", "2026-00-10", "the 0th", "on the 31st of february", "february 30", "sun", "in the sun", "march",
        "may", "yesterday", "last friday", "three weeks ago", "the 45th", "in 0 minutes",
    ],
)  # fmt: skip
def test_what_says_no_moment(text: str) -> None:
    """What says nothing, two things or something else as well is left alone."""
    told = said(text)
    assert told is None or (once(told, NOW, BERLIN) is None and until(told, NOW, BERLIN) is None)


def test_a_time_said_elsewhere() -> None:
    """«Tomorrow evening … at 7» is 19:00; a time that was said with the day stays."""
    evening, at_nine = said("tomorrow evening"), said("tomorrow at 9")
    seven = typed_time("7")
    assert evening is not None
    assert at_nine is not None
    assert seven is not None
    assert once(with_time(evening, seven), NOW, BERLIN) == "2026-03-03T19:00"
    assert with_time(at_nine, seven) == at_nine


def test_a_bare_time_is_the_next_one() -> None:
    """Where no daily time is awaited a time alone is a moment: today if it is ahead, else tomorrow."""
    later, before = said("18:30"), said("8")
    assert later is not None
    assert before is not None
    assert once(later, NOW, BERLIN) == "2026-03-02T18:30"
    assert once(before, NOW, BERLIN) == "2026-03-03T08:00"


WORDS = st.sampled_from(
    [
        "in", "on", "at", "the", "until", "for", "every", "next", "3", "20", "2026-02-29", "31st", "0", "99", "a",
        "half",
        "hour", "hours", "minute", "day", "days", "friday", "feb", "may", "tomorrow", "today", "tonight", "morning",
        "midnight", "noon", "18:30", "9am", "of", "and", "24:00", "week", "month", "december",
    ]
)  # fmt: skip


@given(st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=80))
def test_it_never_raises(text: str) -> None:
    """Whatever is typed has a reading or none."""
    told = said(text)
    if told is not None:
        once(told, NOW, BERLIN)
        until(told, NOW, BERLIN)
