import re
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.times import clock_readings, typed_time, typed_times

ANY = st.text(max_size=80) | st.text("0123456789:.h apm,-/andtoflvegqur'", max_size=40)
minutes = st.integers(0, 24 * 60 - 1).map(lambda m: time(m // 60, m % 60))


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("8", "08:00"),
        ("08", "08:00"),
        ("8?", "08:00"),
        ("20", "20:00"),
        ("8pm", "20:00"),
        ("8 pm", "20:00"),
        ("8 P.M.", "20:00"),
        ("8 p. m.", "20:00"),
        ("8p", "20:00"),
        ("8am", "08:00"),
        ("12am", "00:00"),
        ("12 pm", "12:00"),
        ("12:30 am", "00:30"),
        ("20:30", "20:30"),
        ("8.30", "08:30"),
        ("8:30pm", "20:30"),
        ("20:30 pm", "20:30"),
        ("19h30", "19:30"),
        ("19h", "19:00"),
        ("2030", "20:30"),
        ("830pm", "20:30"),
        ("8 30", "08:30"),
        ("24:00", "00:00"),
        ("00:00", "00:00"),
        ("half past eight", "08:30"),
        ("half eight", "08:30"),
        ("quarter to 9 pm", "20:45"),
        ("a quarter to nine", "08:45"),
        ("quarter past 8pm", "20:15"),
        ("quarter of nine", "08:45"),
        ("quarter to 12 at night", "23:45"),
        ("ten to eight", "07:50"),
        ("20 past 7", "07:20"),
        ("twenty five past eight in the evening", "20:25"),
        ("3 minutes to midnight", "23:57"),
        ("half past midnight", "00:30"),
        ("quarter to noon", "11:45"),
        ("eight", "08:00"),
        ("eight thirty", "08:30"),
        ("eight oh five pm", "20:05"),
        ("twenty-one thirty", "21:30"),
        ("8 o'clock", "08:00"),
        ("eight o’clock in the evening", "20:00"),
        ("at noon", "12:00"),
        ("12 noon", "12:00"),
        ("midday", "12:00"),
        ("midnight", "00:00"),
        ("12 midnight", "00:00"),
        ("7 in the morning", "07:00"),
        ("12 in the morning", "00:00"),
        ("3 in the afternoon", "15:00"),
        ("9 in the evening", "21:00"),
        ("11 at night", "23:00"),
        ("12 at night", "00:00"),
        ("3 at night", "03:00"),
        ("in the evening, at 8", "20:00"),
        ("tomorrow morning around 9", "09:00"),
        ("tonight at half past nine", "21:30"),
        ("every evening at 7", "19:00"),
        ("at 8 please", "08:00"),
        ("8ish", "08:00"),
        ("maybe about 8-ish?", "08:00"),
        ("Let's say 9:15!", "09:15"),
        ("🕗 8", "08:00"),
        ("it's 21:40 here", "21:40"),
        ("I usually go to bed at 10pm", "22:00"),
        ("8 and 8 am", "08:00"),
    ],
)
def test_one_time(text: str, at: str) -> None:
    """A time of day is read however people write it; a bare number is of the morning."""
    assert typed_time(text) == time.fromisoformat(at)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "evening",
        "25",
        "25:00",
        "8:60",
        "24:30",
        "20:30:15",
        "15 am",
        "0 pm",
        "13 in the morning",
        "-8",
        "8.5",
        "8%",
        "8/10",
        "1,000",
        "2026-03-29",
        "08.30.2026",
        "+49 30 1234",
        "8 hours",
        "8 glasses",
        "I slept 8 hours",
        "I had 3 coffees",
        "not 8",
        "every 2 hours",
        "9 to 5",
        "8 or 9",
        "between 8 and 10",
        "8 15",
        "that one is fine",
        "half of it",
        "half",
        "a quarter",
        "past eight",
        "am",
    ],
)
def test_no_time(text: str) -> None:
    """What is no time of day, or more than one, is none: the talk asks again."""
    assert typed_time(text) is None


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("10 and 14 and 18", "10:00 14:00 18:00"),
        ("at 9, 1pm and 6pm", "09:00 13:00 18:00"),
        ("9,13,18", "09:00 13:00 18:00"),
        ("9 13 18", "09:00 13:00 18:00"),
        ("10, 2 and 6", "10:00 14:00 18:00"),
        ("8 and 8", "08:00 20:00"),
        ("9pm and 8am", "08:00 21:00"),
        ("every day at 7:30, 12:00 & 19:15 please", "07:30 12:00 19:15"),
        ("8 in the morning and 9 at night", "08:00 21:00"),
        ("morning at 8 and evening at 9", "08:00 21:00"),
        ("8 in the evening, 6", "06:00 20:00"),
        ("noon and midnight", "00:00 12:00"),
        ("half past eight and quarter to nine pm", "08:30 20:45"),
        ("8, 8:00 and 08:00 am", "08:00 20:00"),
        ("8", "08:00"),
        ("3 times a day", ""),
        ("every 2 hours", ""),
        ("never", ""),
        ("", ""),
    ],
)
def test_several_times(text: str, at: str) -> None:
    """All times that are said, early to late; one that would go back without am or pm is of the afternoon."""
    assert typed_times(text) == tuple(time.fromisoformat(t) for t in at.split())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("9:40", "09:40 21:40"),
        ("it is 9", "09:00 21:00"),
        ("half past eight", "08:30 20:30"),
        ("12:10", "12:10 00:10"),
        ("21:40", "21:40"),
        ("09:40", "09:40"),
        ("0:10", "00:10"),
        ("9:40 pm", "21:40"),
        ("9 in the morning", "09:00"),
        ("noon", "12:00"),
        ("9 or 10", ""),
        ("no idea", ""),
    ],
)
def test_what_a_clock_may_show(text: str, shown: str) -> None:
    """Who reads a twelve-hour clock may mean either half of the day, unless they say which."""
    assert clock_readings(text) == tuple(time.fromisoformat(t) for t in shown.split())


def test_only_the_beginning_is_read() -> None:
    """A very long text costs no more than its first 200 characters."""
    assert typed_time("8pm " + "x" * 100_000) == time(20)
    assert typed_time("x " * 100 + "8pm") is None


@given(ANY)
def test_any_text_is_read(text: str) -> None:
    """Whatever they type: nothing raises, and what comes is in order, to the minute, and each once."""
    several = typed_times(text)
    assert list(several) == sorted(set(several))
    one = typed_time(text)
    assert one is None or one.second == one.microsecond == 0
    assert one is None or clock_readings(text)[:1] == (one,)


@given(minutes, st.sampled_from(["{}", "at {}", "{} please", "make it {}!", "I woke at {} and lay awake"]))
def test_written_times_come_back(at: time, said: str) -> None:
    """Each minute of the day, as 24-hour and as 12-hour time, is read as itself."""
    assert typed_time(said.format(f"{at:%H:%M}")) == at
    assert typed_time(said.format(f"{at:%I:%M %p}")) == at
    assert typed_time(said.format(f"{at:%I.%M}{at:%p}".lower())) == at


@given(st.sets(minutes, min_size=1, max_size=4))
def test_lists_come_back(times: set[time]) -> None:
    """A list of 24-hour times in any order is read whole."""
    said = " and ".join(f"{at:%H:%M}" for at in sorted(times))
    assert typed_times(said) == tuple(sorted(times))
    assert typed_times(re.sub(" and ", ", ", said)) == tuple(sorted(times))
