"""One world for each test, its clock standing on a Sunday morning, served over real TCP on a free port."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
import telegram

from bot.playground.playground import Playing, playing
from bot.playground.standin import Standin, running
from tests.playground.browser import page
from tests.playground.scripted import TOKEN, Caller, ScriptedBot
from tests.playground.small_bot import SMALL_BOT

__all__ = ["page"]

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
async def url() -> AsyncIterator[str]:
    """Where the stand-in of this test is."""
    async with running(Standin(MORNING)) as base:
        yield base


@pytest.fixture
async def http(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that speaks to it."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        yield client


@pytest.fixture
def api(http: httpx.AsyncClient) -> Caller:
    """The JSON API, for people, time and faults."""
    return Caller(http)


@pytest.fixture
async def scripted(url: str) -> AsyncIterator[ScriptedBot]:
    """A bot whose every call is made by the test, on connections of its own."""
    async with httpx.AsyncClient(base_url=url, timeout=30) as client:
        yield ScriptedBot(client)


@pytest.fixture
async def library(url: str) -> AsyncIterator[telegram.Bot]:
    """The library's own client."""
    async with telegram.Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        yield bot


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playing]:
    """A playground with the small bot as its child, the clock standing on that morning."""
    async with playing(0, f"sqlite:///{tmp_path}/toes.db", "2026-03-01T08:00Z", command=SMALL_BOT) as here:
        yield here
