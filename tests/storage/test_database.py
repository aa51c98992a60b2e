"""One process has the database; whatever keeps it from serving is one sentence for the operator."""

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.errors import StoreError
from bot.session.inputs import UpdateId
from bot.session.kept import Changes
from bot.storage import database as opening
from bot.storage.open import Storage, open_storage
from tests.storage.conftest import key
from tests.storage.making import ANN, BEN, NOW, loaded, posted

HOLD = """
import asyncio, sys
from bot.storage.open import open_storage

async def hold():
    async with open_storage(sys.argv[1], key=bytes):
        print("open", flush=True)
        await asyncio.to_thread(sys.stdin.read)

asyncio.run(hold())
"""


async def opens(path: Path | str) -> None:
    """Open and close the database at `path`."""
    async with open_storage(f"sqlite:///{path}", key=key):
        pass


@pytest.fixture
async def storage(path: Path) -> AsyncIterator[Storage]:
    """A store at `path`."""
    async with open_storage(f"sqlite:///{path}", key=key) as storage:
        yield storage


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a foreign program for a moment only."""
    monkeypatch.setattr(opening, "PRAGMAS", ("busy_timeout = 20", *opening.PRAGMAS[1:]))
    monkeypatch.setattr(opening, "BUSY_MS", 20)


@pytest.fixture
def plain_user(migrated: Path) -> Iterator[Path]:
    """Return a directory of a user to whom the rights of files apply, with a database, and be that user meanwhile.

    The database stands already: that user may not be allowed to read our own files, the migrations among them.
    """
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as made:
        path = Path(shutil.copy(migrated, made))
        if root:
            os.chown(made, 65534, 65534)
            os.chown(path, 65534, 65534)
            os.seteuid(65534)
        try:
            yield Path(made)
        finally:
            if root:
                os.seteuid(0)
            Path(made).chmod(0o700)


async def test_a_second_instance_is_refused(storage: Storage, path: Path) -> None:
    """While one has the database open nobody else gets it, and the first goes on."""
    with pytest.raises(StoreError, match=r"^Another instance already uses the database .*: stop it first.*\.$"):
        await opens(path)
    assert await loaded(storage, ANN)


async def test_a_second_name_of_the_file_is_refused(storage: Storage, path: Path) -> None:
    """A link to the database is the same database."""
    link = path.with_name("link.db")
    link.symlink_to(path)
    with pytest.raises(StoreError, match="Another instance"):
        await opens(link)
    assert await loaded(storage, ANN)


async def test_the_lock_dies_with_its_process(path: Path) -> None:
    """Another process is in the way until it is killed (-9); then the database opens, whole."""
    pipe = asyncio.subprocess.PIPE
    holder = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, f"sqlite:///{path}", stdin=pipe, stdout=pipe
    )
    assert holder.stdout is not None
    assert await holder.stdout.readline() == b"open\n"
    with pytest.raises(StoreError, match="Another instance"):
        await opens(path)
    holder.kill()
    assert await holder.wait() == -signal.SIGKILL
    await opens(path)


async def test_closing_frees_the_database(path: Path) -> None:
    """A store that was closed, even twice, can be opened again."""
    async with open_storage(f"sqlite:///{path}", key=key) as storage:
        await storage.close()
        await opens(path)
    await opens(path)


async def test_a_file_that_is_no_database(path: Path) -> None:
    """Any other file is refused and left alone, as often as it is tried."""
    await asyncio.to_thread(path.write_bytes, b"no database at all" * 100)
    for _ in range(2):
        with pytest.raises(StoreError, match="is not a database"):
            await opens(path)
    assert await asyncio.to_thread(path.read_bytes) == b"no database at all" * 100


def beside(path: Path) -> set[str]:
    """Return the names of the files in its directory."""
    return {file.name for file in path.parent.iterdir()}


async def test_what_is_kept_is_there_after_a_restart(path: Path) -> None:
    """What was committed is found by the next process; the WAL is folded in at the end."""
    async with open_storage(f"sqlite:///{path}", key=key) as storage, storage.store.begin() as unit:
        person = (await unit.people([ANN], NOW))[ANN]
        await unit.flush([Changes(replace(person, zone="Asia/Tokyo"))], [], NOW)
    assert beside(path) == {"steady.db", "steady.db.lock"}
    async with open_storage(f"sqlite:///{path}", key=key) as storage:
        assert (await loaded(storage, ANN))[ANN].zone == "Asia/Tokyo"


async def test_how_sqlite_is_set(storage: Storage) -> None:
    """WAL; a commit has reached the disk; foreign keys hold; what is deleted is overwritten."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}
    async with storage._database.begin() as connection:
        found = {name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one() for name in wanted}
    assert found == wanted


async def test_a_directory_is_made(tmp_path: Path) -> None:
    """The directories above the database are made."""
    await opens(tmp_path / "data" / "of" / "ours.db")


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
async def test_a_database_needs_a_file(url: str) -> None:
    """A database in memory would lose everything, so it is refused."""
    with pytest.raises(StoreError, match="names no file"):
        async with open_storage(url, key=key):
            pass


async def test_a_directory_is_no_database(tmp_path: Path) -> None:
    """A path that is a directory is told as such."""
    with pytest.raises(StoreError, match="cannot be opened"):
        await opens(tmp_path)


async def test_a_file_that_cannot_be_written(plain_user: Path) -> None:
    """A file without the right to write is told, with the remedy."""
    path = plain_user / "steady.db"
    await opens(path)  # with the right, it can
    await asyncio.to_thread(path.chmod, 0o444)
    with pytest.raises(StoreError, match=r"cannot be written: give this user the right"):
        await opens(path)


async def test_a_directory_that_cannot_be_written(plain_user: Path) -> None:
    """A directory without the right to write is told, with the remedy."""
    await asyncio.to_thread(plain_user.chmod, 0o555)
    with pytest.raises(StoreError, match=r"The directory .* cannot be written .*choose another DATABASE_URL"):
        await opens(plain_user / "steady.db")
    with pytest.raises(StoreError, match=r"The directory .* cannot be written"):
        await opens(plain_user / "data" / "steady.db")


@pytest.mark.usefixtures("hasty")
async def test_a_foreign_program_that_writes(path: Path) -> None:
    """A program that holds the write lock is told, at the start and later; when it lets go, all goes on."""
    await opens(path)
    foreign = sqlite3.connect(path, isolation_level=None)
    try:
        foreign.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            await opens(path)
        foreign.execute("COMMIT")
        async with open_storage(f"sqlite:///{path}", key=key) as storage:
            foreign.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="in use by another program"):
                await loaded(storage, ANN)
            with pytest.raises(StoreError, match="in use by another program"):
                await storage.outbox.claim(NOW, 1, [])
            foreign.execute("COMMIT")
            assert await loaded(storage, ANN)
    finally:
        foreign.close()


async def test_a_full_disk(storage: Storage) -> None:
    """When there is no room left, the batch is not kept and the operator is told; with room again, all goes on."""
    async with storage._database.begin() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StoreError, match="has no room left"):
        await posted(storage, ANN, "long" * 9000)
    async with storage._database.begin() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert await storage.outbox.next_again() is None
    await posted(storage, ANN, "long" * 9000)


def damage(path: Path) -> None:
    """Overwrite the first page but its header."""
    with path.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 3996)


async def test_a_damaged_file(path: Path) -> None:
    """A file whose pages are broken is told as damaged."""
    await opens(path)
    await asyncio.to_thread(damage, path)
    with pytest.raises(StoreError, match="is damaged"):
        await opens(path)


async def test_a_fault_of_the_data_is_no_fault_of_the_database(storage: Storage) -> None:
    """A broken constraint comes through as it is, without the values, so that the batch can be cut in two."""
    with pytest.raises(IntegrityError) as caught:
        async with storage._database.begin() as connection:
            await connection.exec_driver_sql("INSERT INTO meta VALUES (?, ?)", ("key", None))
    assert "key" not in str(caught.value.__cause__).split()
    assert "parameters hidden" in str(caught.value)


async def test_two_tasks_take_turns(storage: Storage) -> None:
    """Two batches at once are two transactions, one after the other: the one that fails takes nothing of the other."""
    inside, go = asyncio.Event(), asyncio.Event()

    async def fails() -> None:
        async with storage.store.begin() as unit:
            await unit.people([ANN], NOW)
            inside.set()
            await go.wait()
            raise RuntimeError("a bug")

    async def works() -> None:
        await inside.wait()
        async with storage.store.begin() as unit:
            await unit.fresh([UpdateId(1)], NOW)
            await unit.people([BEN], NOW)

    first, second = asyncio.create_task(fails()), asyncio.create_task(works())
    await inside.wait()
    await asyncio.sleep(0)
    go.set()
    with pytest.raises(RuntimeError, match="a bug"):
        await first
    await second
    async with storage._database.begin() as connection:
        assert (await connection.exec_driver_sql("SELECT id FROM people")).scalars().all() == [BEN]


async def test_there_is_one_connection(storage: Storage) -> None:
    """However many tasks want the database, one connection serves them in turn (two can damage a WAL)."""
    await asyncio.gather(*(loaded(storage, ANN) for _ in range(5)))
    assert sum("_connection_worker" in thread.name for thread in threading.enumerate()) == 1


COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT max(i) FROM n"


async def test_a_batch_that_is_cancelled_changes_nothing(storage: Storage) -> None:
    """A task that is cancelled, between its statements or during one, leaves nothing behind and nobody waiting."""
    for query in (None, COUNTING):
        inside = asyncio.Event()

        async def batch(inside: asyncio.Event = inside, query: str | None = query) -> None:
            async with storage._database.begin() as connection:
                await connection.exec_driver_sql("INSERT INTO meta VALUES ('half', 'way')")
                inside.set()
                await (connection.exec_driver_sql(query) if query else asyncio.Event().wait())

        task = asyncio.create_task(batch())
        await inside.wait()
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await storage.meta.get("half") is None
        await storage.meta.put("whole", "yes")
