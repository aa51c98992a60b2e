"""A follow-up comes by day: one of the night waits for the morning, and one that falls due below a card for its end."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.engine.effects import Schedule
from bot.engine.events import Began
from bot.engine.names import FlowName
from bot.session.kept import Changes, Person, Timer
from tests.chat import SAM, Chat, chatting
from tests.flows.walking import Walker, somebody

EVENING = datetime(2026, 3, 1, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Somebody in London, who agreed, at nine in the evening."""
    async with chatting(tmp_path / "steady.db", EVENING) as open_chat:
        await open_chat.becomes(agreed)
        yield open_chat


def agreed(person: Person) -> Person:
    """Return them after their yes."""
    return replace(person, consented_at=EVENING, zone="Europe/London")


async def follows(chat: Chat, after: timedelta) -> None:
    """Let it be asked later whether they went."""
    async with chat.storage.store.begin() as unit:
        person = (await unit.people([SAM], chat.clock.at))[SAM]
        timer = Timer("doctor_follow_up", chat.clock.at + after, "doctor_follow_up", {})
        await unit.flush([Changes(person, timers={timer.name: timer})], [], chat.clock.at)


async def test_a_follow_up_of_the_night_waits_for_the_morning(chat: Chat) -> None:
    """Due at eleven in the evening, it comes at eight, when their quiet hours end, and not before."""
    await follows(chat, 2 * HOUR)
    await chat.later(11 * HOUR - timedelta(minutes=1))
    assert chat.messages == []
    await chat.later(timedelta(minutes=1))
    assert len(chat.messages) == 1


async def test_a_follow_up_does_not_talk_over_an_emergency_card(chat: Chat) -> None:
    """While the card is open it waits, hour by hour; once it is answered it comes."""
    chat.clock.at = EVENING + 12 * HOUR
    await follows(chat, HOUR)
    await chat.says("My face droops on one side")
    assert chat.said == ["care.emergency"]
    await chat.later(2 * HOUR)
    assert len(chat.messages) == 1
    await chat.taps("I am safe")
    before = len(chat.messages)
    await chat.later(HOUR)
    assert len(chat.messages) == before + 1


@pytest.mark.parametrize("card", ["emergency", "crisis"])
def test_after_a_card_it_is_asked_the_next_day_at_eleven(card: str) -> None:
    """Whether help came is asked by daylight, whenever the card was."""
    walker = Walker(somebody())
    walker.happens(Began(walker.seed, FlowName(card), {}))
    (asked,) = (effect for effect in walker.last if isinstance(effect, Schedule))
    assert (asked.after, asked.at) == (timedelta(days=1), "11:00")
