"""One batch is one transaction: what it remembers, locks, loads and writes is committed together or not at all."""

from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

import structlog
from sqlalchemy import Text, select, type_coerce
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.session.inputs import PersonId, UpdateId
from bot.session.kept import Changes, DeadLetter, Person, Timer
from bot.storage import people
from bot.storage.columns import insert, read_json
from bot.storage.database import Database
from bot.storage.erasure import erase
from bot.storage.flush import write
from bot.storage.tables import seen, timers

log = structlog.get_logger()

FRESH = insert(seen).on_conflict_do_nothing().returning(seen.c.update_id)
RAW = [type_coerce(column, Text) if column is timers.c.data else column for column in timers.c]
TIMERS = select(*RAW).where(timers.c.id.in_(people.IDS)).order_by(timers.c.id)


class SqlUnit:
    """A `Unit` on an open transaction."""

    def __init__(self, connection: AsyncConnection, key: Callable[[], bytes]) -> None:
        self._connection = connection
        self._key = key
        self._known: dict[PersonId, Person] = {}
        self.erased = False

    async def fresh(self, updates: Collection[UpdateId], now: datetime) -> set[UpdateId]:
        """Remember these updates; return those that were not seen before."""
        if not updates:
            return set()
        rows = [{"update_id": update, "at": now} for update in sorted(set(updates))]
        return set((await self._connection.execute(FRESH, rows)).scalars())

    async def people(self, ids: Collection[PersonId], now: datetime) -> dict[PersonId, Person]:
        """Insert who is missing, lock all in id order, load them with the diary of the last days."""
        found = await people.load(self._connection, ids, now)
        self._known |= found
        return found

    async def timers(self, ids: Collection[int]) -> dict[int, tuple[PersonId, Timer]]:
        """Return those of these timers that still stand."""
        found: dict[int, tuple[PersonId, Timer]] = {}
        for chunk in people.chunked(sorted(set(ids))):
            rows = await self._connection.execute(TIMERS, {"ids": chunk})
            found |= {row.id: (PersonId(row.person), _timer(row)) for row in rows}
        return found

    async def flush(self, changes: Sequence[Changes], letters: Sequence[DeadLetter], now: datetime) -> None:
        """Write it all, one executemany a table: `erase` first, then the rest. `Conflict` where a person moved on."""
        if gone := [change.person.id for change in changes if change.erase]:
            await erase(self._connection, gone, now, self._key)
            self._known = {person: known for person, known in self._known.items() if person not in set(gone)}
            self.erased = True
        await write(self._connection, changes, letters, now, self._known)
        for change in changes:
            if change.touch:
                self._known[change.person.id] = replace(change.person, version=change.person.version + 1)


class SqlStore:
    """The `Store` on an open database. `key` makes the random key of the hashes of the erased, once."""

    def __init__(self, database: Database, key: Callable[[], bytes]) -> None:
        self._database = database
        self._key = key

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnit]:
        """Begin a transaction. `StoreError` where the database cannot serve."""
        async with self._database.begin() as connection:
            unit = SqlUnit(connection, self._key)
            yield unit
        if unit.erased:
            await self._database.scrub()


def _timer(row: Row[tuple[object, ...]]) -> Timer:
    """Return the timer; of one that cannot be read, a silence that nobody waits for: it falls once."""
    try:
        return Timer(row.name, row.due_at, row.flow, read_json(row.data), row.lane, row.nonce, row.id)
    except ValueError:
        log.error("timer_unreadable", timer=row.id)  # noqa: TRY400  (its trace would say no more)
        return Timer(row.name, row.due_at, None, id=row.id)
