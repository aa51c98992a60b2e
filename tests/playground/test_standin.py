"""The stand-in as a process of its own: it starts, says where it is, ends when told to, refuses a taken port."""

import asyncio
import signal
import sys
from pathlib import Path

import httpx
import pytest

from bot.errors import OperatorError
from bot.playground.standin import Standin, running, serve
from tests.playground.scripted import Caller, start


async def test_taken_port() -> None:
    """A port that is in use is refused in one sentence that names it."""
    async with running(Standin()) as url:
        port = int(url.rpartition(":")[2])
        with pytest.raises(OperatorError, match=f"Port {port} on 127.0.0.1 cannot be used"):
            await serve(Standin(), port=port)


async def test_ending_lets_everybody_go() -> None:
    """Whoever waits for something when the stand-in ends is answered then, not when their patience ends."""
    async with httpx.AsyncClient(timeout=30) as http:
        async with running(Standin()) as url:
            polls = [
                start(http.get(f"{url}/bot1:x/getUpdates?timeout=50")),
                start(http.get(f"{url}/api/clock?after=99&seconds=50")),
                start(http.get(f"{url}/api/state?wait=50")),
            ]
            while not (await http.get(f"{url}/api/state")).json()["bot"]["polling"]:
                pass
        answers = await asyncio.wait_for(asyncio.gather(*polls), 10)
    assert {answer.status_code for answer in answers} == {200}


async def test_as_a_process(tmp_path: Path) -> None:
    """Started by command it says where it listens, keeps the clock it was given, and saves the world when it ends."""
    state = tmp_path / "world.json"
    command = ["-m", "bot.playground.standin", "--port", "0", "--clock", "2026-03-01T08:00Z", "--state", str(state)]
    process = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    url = next(word for word in line.split() if word.startswith("http://"))
    async with httpx.AsyncClient(base_url=url) as http:
        api = Caller(http)
        assert (await api.get("clock"))["now"] == "2026-03-01T08:00:00Z"
        await api.person(name="Someone")
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0
    assert "Someone" in state.read_text()
