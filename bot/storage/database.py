"""One process, one connection, one writer: a second instance never opens the file; a transaction begins as a writer.

A second process that opens and closes a SQLite database deletes the WAL under the first, so the lock stands beside the
database in a file of its own and is taken before SQLite sees anything. The kernel drops it with
the process, `kill -9` too.
"""

import fcntl
import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from aiosqlite import Connection
from sqlalchemy import event, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import StoreError

BUSY_MS = 5000
SCRUB_MS = 200
"""A cleaning that a foreign reader holds up is done later; it must not hold up everybody's next batch."""

PRAGMAS = (
    f"busy_timeout = {BUSY_MS}",  # only a foreign program (a browser, a backup) can be in the way
    "journal_mode = WAL",
    "synchronous = FULL",  # an acknowledged update has reached the disk
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten, not just unlinked
    "temp_store = MEMORY",
)

# What SQLite says, or the system.
REMEDIES = (
    (("not a database",), "is not a database: point DATABASE_URL somewhere else, or restore a backup"),
    (("malformed",), "is damaged: stop, keep a copy of it, and restore a backup"),
    (("locked",), "is in use by another program: close it there (a database browser, a backup) and start again"),
    (
        ("readonly", "permission denied", "read-only"),
        "cannot be written: give this user the right to write the file and its directory",
    ),
    (
        ("unable to open", "is a directory"),
        "cannot be opened: check that it is a file and that this user may read and write it",
    ),
    (("is full", "no space"), "has no room left: free some space on its disk and start again"),
    (("disk i/o", "input/output"), "is on a disk that fails: check the disk, and restore a backup if need be"),
)


def explained(path: Path, error: BaseException) -> StoreError:
    """Return one sentence for the operator: what is wrong with the database at `path`, and what to do."""
    told = (error.strerror or "" if isinstance(error, OSError) else str(error)).lower()
    for signs, remedy in REMEDIES:
        if any(sign in told for sign in signs):
            return StoreError(f"The database {path} {remedy}.")
    return StoreError(f"The database {path} does not answer ({error}): check its disk and start again.")


class Database:
    """The open database: its one connection and the lock beside it."""

    def __init__(self, path: Path, engine: AsyncEngine, lock: int) -> None:
        self.path = path
        self.engine = engine
        self.unclean = True
        """Whether the WAL may still hold words of the erased; a process that was killed leaves it so."""
        self._lock: int | None = lock

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncConnection]:
        """Begin a transaction; leaving commits, an exception rolls back.

        `StoreError` where the database cannot serve. Faults of the data (a broken constraint) come through as they are.
        """
        try:
            async with self.engine.begin() as connection:
                yield connection
        except (IntegrityError, DataError, ProgrammingError):
            raise
        except DBAPIError as error:
            raise explained(self.path, error.orig or error) from error
        except NoConnectionFree as error:
            raise explained(self.path, error) from error

    async def scrub(self) -> None:
        """After an erasure: fold the WAL into the file and cut it to nothing, so that no old page outlives the words.

        Never raises: what was erased is committed. `unclean` stays true where a foreign reader was in the way.
        """
        self.unclean = True
        try:
            async with self.engine.connect() as connection:
                # Beside SQLAlchemy, which would begin a transaction first; a checkpoint cannot run inside one.
                sqlite = cast("Connection", (await connection.get_raw_connection()).driver_connection)
                await sqlite.execute_fetchall(f"PRAGMA busy_timeout = {SCRUB_MS}")
                try:
                    ((busy, _, _),) = await sqlite.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
                finally:
                    await sqlite.execute_fetchall(f"PRAGMA busy_timeout = {BUSY_MS}")
            self.unclean = bool(busy)
        except (SQLAlchemyError, sqlite3.Error, ValueError):
            return  # `tidy` comes back to it

    async def close(self) -> None:
        """Close the connection (SQLite folds the WAL into the file), then let go of the lock. Twice does no harm."""
        lock, self._lock = self._lock, None
        if lock is None:
            return
        try:
            await self.engine.dispose()
        finally:
            os.close(lock)


def open_database(url: str) -> Database:
    """Take the lock beside the file that `url` names (its directory is made) and prepare its one connection.

    Raises `StoreError` when another instance runs, or the place cannot be written.
    """
    parsed = make_url(url)
    if not parsed.database or parsed.database == ":memory:":
        raise StoreError("DATABASE_URL names no file: write sqlite:///data/steady.db.")
    path = Path(parsed.database).resolve()  # behind a link lies the same file, so it has the same lock
    lock = _locked(path)
    try:
        _tried(path)
    except StoreError:
        os.close(lock)
        raise
    engine = create_async_engine(
        parsed.set(drivername="sqlite+aiosqlite", database=str(path)),
        # One connection, checked out by one task at a time. StaticPool would hand it to two, who share a transaction.
        poolclass=AsyncAdaptedQueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=60,
        hide_parameters=True,  # an error never carries what somebody wrote
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return Database(path, engine, lock)


def _locked(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Not inheritable by children (PEP 446), and held by this opening of the file, so that even the same process
        # cannot open the database twice.
        lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"The directory {path.parent} cannot be written ({error.strerror}): "
            "choose another DATABASE_URL, or mend its rights."
        ) from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(lock)
        raise StoreError(
            f"Another instance already uses the database {path}: stop it first, or give this one its own DATABASE_URL."
        ) from error
    return lock


def _tried(path: Path) -> None:
    # SQLite opens a file that it may only read, and says so when the first person writes. And a driver that cannot open
    # its file leaves a thread behind that complains when the loop is gone. So: ask before.
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise explained(path, error) from error


def _prepare(connection: Any, _record: Any) -> None:
    # The driver's own idea of when to begin is switched off; `_begin` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Any) -> None:
    # The write lock at once: a transaction that reads first and writes later could find that somebody wrote between.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
