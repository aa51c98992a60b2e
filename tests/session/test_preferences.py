"""How somebody wants to be treated: kept as they chose, and heeded."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.session.kept import Person, Reminder
from bot.session.preferences import USUAL, Preferences, read_preferences
from bot.session.reminding import timed
from tests.chat import chatting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
ANY = st.builds(
    Preferences,
    called=st.none() | st.text(max_size=30),
    unit=st.sampled_from(["ml", "oz"]),
    glass=st.integers(100, 1000),
    goal=st.integers(1, 8),
    quiet_from=MINUTES,
    quiet_until=MINUTES,
    silent=st.booleans(),
)


@given(ANY)
def test_what_was_chosen_is_kept(chosen: Preferences) -> None:
    """What is written can be read again, and the usual takes no room."""
    assert read_preferences(chosen.dump()) == chosen
    assert USUAL.dump() == {}


def test_a_name_of_another_version_is_left_out() -> None:
    """An older program opens what a newer one wrote."""
    assert read_preferences({"colour": "red", "goal": 8}) == replace(USUAL, goal=8)


@pytest.mark.parametrize(
    ("chosen", "glasses", "said"),
    [
        (USUAL, 0, "0 ml"),
        (USUAL, 3, "750 ml"),
        (USUAL, 6, "1.5 l"),
        (USUAL, 8, "2 l"),
        (replace(USUAL, glass=330), 4, "1.32 l"),
        (replace(USUAL, unit="oz"), 6, "51 oz"),
        (replace(USUAL, unit="oz", glass=237), 1, "8 oz"),
    ],
)
def test_glasses_in_their_unit(chosen: Preferences, glasses: int, said: str) -> None:
    """Glasses are told as litres or fluid ounces of the USA, rounded as people say it."""
    assert chosen.volume(glasses) == said


def _reminded(person: Person, preferences: Preferences) -> Person:
    person = replace(person, consented_at=NOON, zone="Europe/Berlin", preferences=preferences)
    return timed(replace(person, reminders={"water": Reminder("water", (time(14),))}), "water", NOON)


async def test_their_own_quiet_hours_are_kept(tmp_path: Path) -> None:
    """Who sleeps in the afternoon gets no belated reminder then, and one in time all the same."""
    siesta = replace(USUAL, quiet_from=time(14, 30), quiet_until=time(17))
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        await chat.becomes(lambda person: _reminded(person, siesta))
        chat.clock.at = datetime(2026, 3, 2, 13, 45, tzinfo=UTC)  # 14:45 there: 45 minutes late
        await chat.later(timedelta())
        assert chat.said == []
        await chat.later(timedelta(days=1))
        assert chat.said == ["water_reminder.ask"]


@pytest.mark.parametrize("silent", [True, False])
async def test_what_comes_by_itself_is_silent_if_they_want_it(tmp_path: Path, *, silent: bool) -> None:
    """A reminder comes without a sound; an answer is no reminder."""
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        await chat.becomes(lambda person: _reminded(person, replace(USUAL, silent=silent)))
        await chat.later(timedelta(hours=2))
        assert [message.silent for message in chat.new] == [silent]
        await chat.says("/water")
        assert [message.silent for message in chat.new] == [False]
