"""After an erasure the files themselves hold nothing of the person, neither the database nor the WAL beside it."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.session.inputs import PersonId, UpdateId
from bot.session.kept import Changes, Checkin, DeadLetter, Firing, Outcome, Parcel, Reminder, Timer
from bot.session.screens import Message
from bot.storage.open import Storage, open_storage
from tests.storage.conftest import key
from tests.storage.making import EIGHT, NOW, TODAY, claimed, full, hours, wrote

WHO = PersonId(0x5A6B7C8D9E)  # five bytes that stand nowhere else
MARK = "zq7zebra"


@pytest.fixture
async def storage(path: Path) -> AsyncIterator[Storage]:
    """A store at `path` in which others live."""
    async with open_storage(f"sqlite:///{path}", key=key) as storage:
        await lived_in(storage, [PersonId(number) for number in range(1, 60)])
        yield storage


async def lived_in(storage: Storage, others: list[PersonId]) -> None:
    """Let others leave their rows around."""
    async with storage.store.begin() as unit:
        found = await unit.people(others, NOW)
        await unit.flush([full(person, person.id) for person in found.values()], [], NOW)


async def lived(storage: Storage, *, consented: bool = True) -> None:
    """Let the person leave their mark in every column that takes words, over several batches."""
    for turn in range(12):
        day = TODAY - timedelta(days=turn)
        mark = f"{MARK}{turn}" * 9
        async with storage.store.begin() as unit:
            person = (await unit.people([WHO], NOW))[WHO]
            person = replace(
                person,
                language=mark,
                zone=mark,
                conversation=mark * 80,
                consented_at=NOW if consented else None,
            )
            changes = Changes(
                person,
                checkins={day: Checkin(day, NOW, mark, 1, mark, mark, (mark,))},
                onset=day,
                reminders={mark: Reminder(mark, (EIGHT,), NOW, day, EIGHT)},
                firings=[Firing(mark, day, EIGHT, NOW, mark)],
                timers={mark: Timer(mark, NOW, mark, {mark: mark}, mark, mark)},
                parcels=[Parcel(Message(mark, nonce=mark)), Parcel(Message(mark * 50), bulk=True)],
            )
            await unit.flush([changes], [DeadLetter(NOW, mark, UpdateId(turn), WHO)], NOW)
        parcels = [parcel for parcel in await claimed(storage) if parcel.chat == WHO]
        await storage.outbox.settle([Outcome(parcel.id, message=1) for parcel in parcels])
        await lived_in(storage, [PersonId(1000 + turn)])


def found(path: Path) -> set[str]:
    """Return in which of the files something of the person stands: their words, or the five bytes of their id."""
    files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal")]
    marks = MARK.encode(), WHO.to_bytes(5, "big")
    return {file.name for file in files if file.exists() and any(mark in file.read_bytes() for mark in marks)}


def owed(storage: Storage) -> bool:
    """Return whether the files are still to be cleaned."""
    return storage._database.unclean


async def test_nothing_is_left_in_the_files(storage: Storage, path: Path) -> None:
    """Before the erasure the files are full of them; right after its commit no byte is."""
    await lived(storage)
    assert found(path)
    await wrote(storage, WHO, erase=True, touch=False)
    assert found(path) == set()


async def test_the_last_word_leaves_nothing_either(storage: Storage, path: Path) -> None:
    """When the last word to them is sent, its row is gone from the files as well."""
    await lived(storage)
    await wrote(storage, WHO, erase=True, touch=False, parcels=[Parcel(Message(MARK), forget=True)])
    assert found(path)
    (last,) = [parcel for parcel in await claimed(storage) if parcel.chat == WHO]
    await storage.outbox.settle([Outcome(last.id, message=2)])
    assert found(path) == set()


async def test_a_stranger_leaves_nothing(storage: Storage, path: Path) -> None:
    """Who never consented is gone from the files after a day."""
    await lived(storage, consented=False)
    assert found(path)
    await storage.due.tidy(NOW + hours(24), 100)
    assert found(path) == set()


async def test_a_reader_in_the_way_only_puts_it_off(storage: Storage, path: Path) -> None:
    """A foreign program that reads cannot fail the erasure; once it is gone, the next tidying cleans the files."""
    await lived(storage)
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN")
    foreign.execute("SELECT count(*) FROM people").fetchall()
    await wrote(storage, WHO, erase=True, touch=False)
    assert found(path)
    foreign.execute("COMMIT")
    foreign.close()
    await storage.due.tidy(NOW, 100)
    assert found(path) == set()


async def test_a_cleaning_that_fails_harms_nobody(storage: Storage, path: Path) -> None:
    """Where the connection cannot serve the cleaning, it is left for later without a word."""
    database = storage._database
    assert not owed(storage)
    async with database.engine.connect() as connection:
        sqlite = (await connection.get_raw_connection()).driver_connection
        assert sqlite is not None
        await sqlite.close()
    await database.scrub()
    assert owed(storage)
    await database.engine.dispose()
    await storage.due.tidy(NOW, 100)
    assert not owed(storage)


async def test_a_new_start_finishes_the_cleaning(path: Path) -> None:
    """What a killed process left in the WAL is gone once the database is open again."""
    left = path.with_name("left.db")
    async with open_storage(f"sqlite:///{path}", key=key) as storage:
        await lived(storage)
        foreign = sqlite3.connect(path, isolation_level=None)
        foreign.execute("BEGIN")
        foreign.execute("SELECT count(*) FROM people").fetchall()
        await wrote(storage, WHO, erase=True, touch=False)
        for end in ("", "-wal"):  # as the disk is when the process dies here
            left.with_name(left.name + end).write_bytes(path.with_name(path.name + end).read_bytes())
        foreign.close()
    assert found(left)
    async with open_storage(f"sqlite:///{left}", key=key):
        assert found(left) == set()
