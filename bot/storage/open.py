"""The one way in: the lock is held and the schema is up to date before anybody gets the store."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.session.accounts import DiaryRows
from bot.session.ports import DueRows, Meta, Outbox, Pictures, Store
from bot.storage.database import Database, open_database
from bot.storage.diary import SqlDiary
from bot.storage.due import SqlDueRows
from bot.storage.meta import SqlMeta
from bot.storage.migrate import ready
from bot.storage.outbox import SqlOutbox
from bot.storage.pictures import SqlPictures
from bot.storage.store import SqlStore


class Storage:
    """Everything that is kept, each part as its port. `key`: see `open_storage`."""

    def __init__(self, database: Database, key: Callable[[], bytes]) -> None:
        self.store: Store = SqlStore(database, key)
        self.outbox: Outbox = SqlOutbox(database)
        self.due: DueRows = SqlDueRows(database)
        self.meta: Meta = SqlMeta(database)
        self.pictures: Pictures = SqlPictures(database)
        self.diary: DiaryRows = SqlDiary(database)
        self._database = database

    async def close(self) -> None:
        """Close the database and let go of its lock. Twice does no harm."""
        await self._database.close()


@asynccontextmanager
async def open_storage(url: str, *, key: Callable[[], bytes]) -> AsyncIterator[Storage]:
    """Lock the database at `url`, bring its schema up to date, and close it at the end.

    `key` makes the random key (32 bytes are plenty) of the hashes of the erased; called once in a database's life.
    Raises `StoreError` with one sentence for the operator where the database cannot serve.
    """
    database = open_database(url)
    try:
        await ready(database)
        await database.scrub()  # a process that was killed right after an erasure left that to us
        yield Storage(database, key)
    finally:
        await database.close()
