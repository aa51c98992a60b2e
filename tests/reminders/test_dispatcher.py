"""What falls due is handed in on its minute, and what has had its day goes, though nobody writes and nothing is due."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import StoreError
from bot.playground.bell import Bell
from bot.reminders.dispatcher import TIDY_AT_ONCE, Dispatcher
from bot.session.inputs import UpdateId
from bot.session.kept import Reminder
from bot.session.ports import DueRows
from bot.session.reminding import timed
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


class Meanwhile:
    """The real rows; between the look at what comes next and its answer, something can happen."""

    def __init__(self, rows: DueRows) -> None:
        self._rows = rows
        self.due, self.tidy, self.zoned = rows.due, rows.tidy, rows.zoned
        self.happens: Callable[[], Awaitable[None]] | None = None

    async def next_due(self) -> datetime | None:
        """Return the time of the next reminder or timer."""
        found = await self._rows.next_due()
        happens, self.happens = self.happens, None
        if happens is not None:
            await happens()
        return found


@asynccontextmanager
async def dispatching(chat: Chat, rows: DueRows | None = None) -> AsyncIterator[tuple[Time, Dispatcher, Bell]]:
    """A dispatcher at work; the bell rings whenever it comes to rest."""
    clock, rested = Time(chat), Bell()
    dispatcher = Dispatcher(rows or chat.storage.due, chat.session, clock, rested.ring)
    async with Tasks() as tasks:
        running = tasks.start(dispatcher.run(), name="dispatcher")
        assert await rested.beyond(0, PATIENCE)
        yield clock, dispatcher, rested
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
    async with dispatching(chat) as (clock, _, rested):
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


async def at(chat: Chat, *slots: time) -> None:
    """Remind them of water at these times (UTC)."""
    water = Reminder("water", slots)
    await chat.becomes(
        lambda person: timed(
            replace(person, consented_at=NOON, zone="UTC", reminders={"water": water}), "water", chat.clock.at
        )
    )


async def test_what_falls_due_is_handed_in_at_its_time(chat: Chat) -> None:
    """And the dispatcher sleeps until the next."""
    await at(chat, time(13), time(15))
    async with dispatching(chat) as (clock, dispatcher, rested):
        assert dispatcher.next_due == NOON + timedelta(hours=1)
        seen = rested.count
        clock.move(timedelta(hours=1))
        assert await rested.beyond(seen, PATIENCE)
        assert await count(chat, "firings") == 1
        assert dispatcher.next_due == NOON + timedelta(hours=3)


async def test_what_is_set_while_it_looks_is_not_slept_over(chat: Chat) -> None:
    """A reminder committed just after the look at what comes next, and before its answer, is on time all the same."""
    rows = Meanwhile(chat.storage.due)
    await at(chat, time(13))
    async with dispatching(chat, rows) as (clock, dispatcher, rested):

        async def sets_a_time() -> None:
            await at(chat, time(13), time(13, 20))
            dispatcher.wake(NOON + timedelta(minutes=80))

        rows.happens = sets_a_time
        for minutes in (60, 20):
            seen = rested.count
            clock.move(timedelta(minutes=minutes))
            assert await rested.beyond(seen, PATIENCE)
        assert await count(chat, "firings") == 2


async def test_what_stays_due_whatever_is_done_does_not_keep_it_busy(chat: Chat) -> None:
    """A row that nobody can put aside is told to the operator, with pauses, not tried again without rest."""
    async with chat.database.begin() as connection:
        await connection.execute(text("insert into people (id, seen_at, version, language) values (7, 0, 1, 'en')"))
        await connection.execute(text("insert into reminders (person, kind, times, next_at) values (7, 'x', '[]', 1)"))
    dispatcher = Dispatcher(chat.storage.due, chat.session, Time(chat), lambda: None)
    with pytest.raises(StoreError, match="still due"):
        await dispatcher._until_nothing_is_due()
