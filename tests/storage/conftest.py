"""Databases to test with: a file each, copied from one that was migrated once, and no thread left behind by any."""

import asyncio
import shutil
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import pytest

from bot.storage.open import Storage, open_storage
from tests.storage.making import Opener


def key() -> bytes:
    """Make the key of the hashes of the erased."""
    return b"0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fail the test whose connection's thread lives on; it may take a moment to end."""
    yield
    workers = [thread for thread in threading.enumerate() if "_connection_worker" in thread.name]
    for worker in workers:
        worker.join(5)
    assert not [worker for worker in workers if worker.is_alive()]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the newest schema and nothing in it."""
    path = tmp_path_factory.mktemp("migrated") / "steady.db"

    async def migrate() -> None:
        async with open_storage(f"sqlite:///{path}", key=key):
            pass

    asyncio.run(migrate())
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where this test's database is, or will be."""
    return tmp_path / "steady.db"


@pytest.fixture(params=["sqlite"])
def opened(request: pytest.FixtureRequest, migrated: Path, tmp_path: Path) -> Opener:
    """Return what opens one more empty store; a second database is one more parameter."""
    assert request.param == "sqlite"
    numbers = count()

    @asynccontextmanager
    async def opener() -> AsyncIterator[Storage]:
        path = tmp_path / f"{next(numbers)}.db"
        shutil.copy(migrated, path)
        async with open_storage(f"sqlite:///{path}", key=key) as storage:
            yield storage

    return opener


@pytest.fixture
async def storage(opened: Opener) -> AsyncIterator[Storage]:
    """An empty store, open."""
    async with opened() as storage:
        yield storage
