"""What falls due is handed in on its minute, and what has had its day goes, though nobody writes and nothing is due."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.playground.bell import Bell
from bot.reminders.dispatcher import TIDY_AT_ONCE, Dispatcher
from bot.session.inputs import UpdateId
from bot.tasks import Tasks
from tests.chat import Chat, chatting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PATIENCE = 20.0


class Time:
    """A clock that wakes those who wait only at their time, as the real one does."""

    generation = 0

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._moved = Bell()

    def now(self) -> datetime:
        """Return the time (UTC)."""
        return self._chat.clock.at

    async def wait_until(self, at: datetime | None) -> None:
        """Return once it is `at`."""
        while at is None or self.now() < at:
            await self._moved.beyond(self._moved.count, PATIENCE)

    def move(self, much: timedelta) -> None:
        """Let time pass."""
        self._chat.clock.at += much
        self._moved.ring()


@asynccontextmanager
async def dispatching(chat: Chat) -> AsyncIterator[tuple[Time, Bell]]:
    """A dispatcher at work; the bell rings whenever it comes to rest."""
    clock, rested = Time(chat), Bell()
    dispatcher = Dispatcher(chat.storage.due, chat.session, clock, rested.ring)
    async with Tasks() as tasks:
        running = tasks.start(dispatcher.run(), name="dispatcher")
        assert await rested.beyond(0, PATIENCE)
        yield clock, rested
        running.cancel()


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A stranger's chat."""
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        yield chat


async def count(chat: Chat, table: str) -> int:
    """Return how many rows a table has."""
    async with chat.database.begin() as connection:
        found: int = (await connection.execute(text(f"select count(*) from {table}"))).scalar_one()
    return found


async def test_a_stranger_is_forgotten_after_a_day_though_nothing_falls_due(chat: Chat) -> None:
    """No reminder is set and nobody writes: the day after they wrote the last word they are gone all the same."""
    async with dispatching(chat) as (clock, rested):
        await chat.says("/start")
        for _ in range(24):
            seen = rested.count
            clock.move(timedelta(hours=1))
            assert await rested.beyond(seen, PATIENCE)
        assert await count(chat, "people") == 0


async def test_all_that_has_had_its_day_goes_however_much_it_is(chat: Chat) -> None:
    """One tidying takes turns until nothing is left, or a busy bot would keep more every hour than it deletes."""
    many = range(2 * TIDY_AT_ONCE + 10)
    async with chat.storage.store.begin() as unit:
        await unit.fresh([UpdateId(number) for number in many], NOON - timedelta(hours=80))
    async with dispatching(chat):
        assert await count(chat, "seen") == 0
