"""The real stand-in over TCP, the real store on a disk, the real client; one of each for every test."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.playground.standin import Standin, running
from bot.storage.open import Storage, open_storage
from bot.telegram.client import Api, open_api
from tests.chat import lay_empty
from tests.telegram.support import TOKEN, Post, posting

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def world() -> Standin:
    """A world whose clock stands on a Sunday morning."""
    return Standin(MORNING, tokens=[TOKEN])


@pytest.fixture
async def url(world: Standin) -> AsyncIterator[str]:
    """Where its Bot API is; the token is appended."""
    async with running(world) as base:
        yield f"{base}/bot"


@pytest.fixture
async def api(url: str) -> AsyncIterator[Api]:
    """The bot's client, with the token that the world knows."""
    async with open_api(SecretStr(TOKEN), url) as opened:
        yield opened


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """A new database."""
    await lay_empty(tmp_path / "steady.db")
    async with open_storage(f"sqlite+aiosqlite:///{tmp_path}/steady.db", key=lambda: b"k" * 32) as opened:
        yield opened


@pytest.fixture
async def post(world: Standin, api: Api, storage: Storage) -> AsyncIterator[Post]:
    """A sender at work."""
    async with posting(world, api, storage) as desk:
        yield desk
