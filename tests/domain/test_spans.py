"""From when until when, in one line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.spans import typed_span

SURE = {
    "22 to 7": "22:00 07:00",
    "from 22 to 7": "22:00 07:00",
    "10pm-7am": "22:00 07:00",
    "10 pm - 7 am": "22:00 07:00",
    "22:00–07:00": "22:00 07:00",
    "22:00-7:00": "22:00 07:00",
    "22-7": "22:00 07:00",
    "10pm to 7": "22:00 07:00",
    "10 to 7 in the morning": "22:00 07:00",
    "between 10 pm and 7 am": "22:00 07:00",
    "quiet from 10pm to 7am": "22:00 07:00",
    "10 p.m. to 7 a.m.": "22:00 07:00",
    "10 at night to 7 in the morning": "22:00 07:00",
    "22.00 till 7.00": "22:00 07:00",
    "22h-7h": "22:00 07:00",
    "half past ten pm until seven in the morning": "22:30 07:00",
    "2230 to 0630": "22:30 06:30",
    "23:30 til 6:30": "23:30 06:30",
    "midnight to 8": "00:00 08:00",
    "0 to 8": "00:00 08:00",
    "9am to 5pm": "09:00 17:00",
    "From 22 until 7 please": "22:00 07:00",
}


@pytest.mark.parametrize(("text", "span"), SURE.items())
def test_a_span_as_people_type_it(text: str, span: str) -> None:
    """Each says from when until when, beyond doubt."""
    assert [" ".join(f"{at:%H:%M}" for at in each) for each in typed_span(text)] == [span]


@pytest.mark.parametrize(
    ("text", "night", "day"),
    [
        ("10 to 7", "22:00", "10:00"),
        ("ten to seven", "22:00", "10:00"),
        ("8 to 8", "20:00", "08:00"),
        ("12 to 8", "00:00", "12:00"),
    ],
)
def test_what_can_be_either_is_both_the_night_first(text: str, night: str, day: str) -> None:
    """Two numbers without am and pm can be a night or a day."""
    assert [f"{begins:%H:%M}" for begins, _ in typed_span(text)] == [night, day]


@pytest.mark.parametrize(
    "text",
    ["", "22", "22:00", "22 to 22", "10 to", "to 7", "I drink 10 to 7 glasses", "late to early", "1-2-3", "22 7"],
)
def test_what_is_none(text: str) -> None:
    """One time, none, or something else is no span."""
    assert typed_span(text) == ()


@given(
    st.text(max_size=60) | st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda two: f"{two[0]} to {two[1]}")
)
def test_two_at_most(text: str) -> None:
    """Whatever is typed never raises, and says two things at most."""
    assert len(typed_span(text)) <= 2
