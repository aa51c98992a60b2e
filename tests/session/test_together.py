"""What is counted together second by second: in one message, and at rest when we come back too late."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.session.inputs import Press
from tests.chat import Chat, chatting

NIGHT = datetime(2026, 3, 1, 3, tzinfo=UTC)


@pytest.fixture
async def counting(tmp_path: Path) -> AsyncIterator[Chat]:
    """Somebody without any notes, at 3 in the night, after the third hold."""
    async with chatting(tmp_path / "steady.db", NIGHT) as chat:
        for label in ("/exercise", "No, I can begin", "Count with me"):
            await (chat.says(label) if label.startswith("/") else chat.taps(label))
        await chat.later(timedelta(seconds=5 + 9 + 9 + 5))
        assert chat.last.keys == ("count.release",)
        yield chat


async def test_one_message_carries_the_count(counting: Chat) -> None:
    """Every hold changes the same message, and its buttons stay."""
    assert len(counting.messages) == 3
    assert "●●●○○○○○○○" in counting.last.html
    assert counting.last.labels == ["Pause", "It hurts", "Stop"]


async def test_who_comes_back_too_late_finds_a_pause(counting: Chat) -> None:
    """A bot that was off for ten minutes does not count on without them."""
    counting.clock.at += timedelta(minutes=10)
    await counting.later(timedelta(hours=1))
    assert counting.said == ["count.rest"]
    assert "3 of 10" in counting.last.html


async def test_a_button_of_a_moment_ago_still_works(counting: Chat) -> None:
    """Who presses Pause while the count goes on is not told that the button is from earlier."""
    pause = next(button for row in counting.last.rows for button in row if button.label == "Pause")
    await counting.later(timedelta(seconds=4))
    assert pause in counting.last.rows[0]
    await counting.taps("Pause")
    assert counting.said == ["count.rest"]


async def test_a_double_tap_on_pause_does_not_go_on(counting: Chat) -> None:
    """The second press finds no such button any more, and changes nothing."""
    pause = next(button for row in counting.last.rows for button in row if button.label == "Pause")
    await counting.taps("Pause")
    await counting.does(Press("again", pause.data, counting.last.id))
    assert counting.toasts[-1] is not None
    await counting.later(timedelta(minutes=5))
    assert counting.last.keys[-1] == "count.rest"
