"""The bot and the stand-in for Telegram as processes of their own, and what a test says to them over HTTP."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456:acceptance-test-token"
PATIENCE = 60.0
"""Real seconds after which a process that does not do what it should has failed; no test waits so long to be right."""


class Process:
    """A program of ours that runs. What it writes is kept, for the test and for whoever reads its failure."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.lines: list[str] = []
        self._more = asyncio.Condition()
        self._read = False

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    async def read(self) -> None:
        """Take in what it writes, until it ends."""
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._more:
                self.lines.append(line.decode(errors="replace").rstrip())
                self._more.notify_all()
        async with self._more:
            self._read = True
            self._more.notify_all()

    async def line(self, part: str) -> str:
        """Return the first line that holds `part`, once it is there."""
        async with self._more, asyncio.timeout(PATIENCE):
            await self._more.wait_for(lambda: any(part in line for line in self.lines) or self._read)
        found = next((line for line in self.lines if part in line), None)
        assert found is not None, f"it ended without saying «{part}»:\n" + "\n".join(self.lines)
        return found

    @property
    def ended(self) -> bool:
        """Whether it is gone."""
        return self._process.returncode is not None

    async def wait(self) -> int:
        """Return its exit code, once it has ended."""
        async with asyncio.timeout(PATIENCE):
            return await self._process.wait()

    async def read_all(self) -> None:
        """Wait until all that it wrote has been read; it must have ended."""
        async with self._more, asyncio.timeout(PATIENCE):
            await self._more.wait_for(lambda: self._read)

    async def kill(self) -> None:
        """`kill -9`."""
        if not self.ended:
            self._process.kill()
        await self.wait()

    async def stop(self) -> int:
        """Ask it to end; return its exit code."""
        if not self.ended:
            self._process.send_signal(signal.SIGTERM)
        return await self.wait()


@asynccontextmanager
async def running(
    *arguments: str, module: str = "bot", environment: Mapping[str, str] | None = None
) -> AsyncIterator[Process]:
    """Run `python -m bot …` (or another module) inside the block; it is killed at its end if it still runs."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "DATABASE_"))}
    process = Process(
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, *arguments),
            cwd=ROOT,
            env={**clean, "PYTHONUNBUFFERED": "1", **(environment or {})},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
    )
    reading = asyncio.create_task(process.read())
    try:
        yield process
    finally:
        await process.kill()
        await reading


class Telegram:
    """The stand-in, as a test sees it: people, clock, faults and calls."""

    def __init__(self, url: str, client: httpx.AsyncClient) -> None:
        self.url, self._client = url, client

    async def ask(self, verb: str, path: str, body: Mapping[str, Any] | None = None, **query: Any) -> Any:
        """Call the JSON API; an answer that is no 2xx fails the test with its words."""
        answer = await self._client.request(verb, f"{self.url}/api{path}", json=body, params=query)
        assert answer.is_success, f"{verb} {path}: {answer.status_code} {answer.text}"
        return answer.json()

    async def person(self, name: str = "Someone", language: str = "en") -> int:
        """A new person."""
        number = (await self.ask("POST", "/people", {"name": name, "language": language}))["id"]
        assert isinstance(number, int)
        return number

    async def say(self, person: int, text: str, **more: Any) -> list[dict[str, Any]]:
        """Somebody types; returns what the bot sent or edited until it was at rest."""
        return self._heard(await self.ask("POST", f"/people/{person}/say", {"text": text, **more}), more)

    async def tap(self, person: int, button: str, **more: Any) -> list[dict[str, Any]]:
        """Somebody presses a button."""
        return self._heard(await self.ask("POST", f"/people/{person}/tap", {"button": button, **more}), more)

    @staticmethod
    def _heard(answer: dict[str, Any], more: Mapping[str, Any]) -> list[dict[str, Any]]:
        assert answer["at_rest"] or more.get("wait") == 0, f"the bot did not come to rest: {answer}"
        messages: list[dict[str, Any]] = answer["messages"]
        return messages

    async def chat(self, person: int) -> list[dict[str, Any]]:
        """All messages of somebody's chat."""
        messages: list[dict[str, Any]] = (await self.ask("GET", f"/people/{person}/chat"))["messages"]
        return messages

    async def file(self, message: Mapping[str, Any]) -> bytes:
        """Fetch the picture or document that a message shows."""
        return (await self._client.get(f"{self.url}{message['file']}")).raise_for_status().content

    async def advance(self, duration: str) -> None:
        """Let time pass, stopping at everything that falls due."""
        place = await self.ask("POST", "/clock", {"advance": duration})
        assert place["at_rest"], place

    async def move_to(self, moment: str) -> None:
        """Let time pass until this moment (ISO with offset)."""
        place = await self.ask("POST", "/clock", {"to": moment})
        assert place["at_rest"], place

    async def at_rest(self) -> None:
        """Wait until the bot is at rest."""
        state = await self.ask("GET", "/state", wait=PATIENCE)
        assert state["at_rest"], state

    async def misbehave(self, **fault: Any) -> None:
        """Let the next calls of a method go wrong."""
        await self.ask("POST", "/faults", fault)

    async def behave(self) -> None:
        """No more faults."""
        await self.ask("DELETE", "/faults")

    async def call(self, method: str, after: int = -1) -> dict[str, Any]:
        """Return the first call of a method later than `after`, once the bot has made it."""
        calls: list[dict[str, Any]] = []
        async with asyncio.timeout(PATIENCE):
            while not calls:  # each answer comes with the next call of any method
                calls = (await self.ask("GET", "/calls", after=after, method=method, seconds=1))["calls"]
        return calls[0]

    async def last_call(self) -> int:
        """Return the number of the newest call."""
        calls = (await self.ask("GET", "/calls"))["calls"]
        return int(calls[-1]["number"]) if calls else -1


@asynccontextmanager
async def telegram(clock: str, state: Path) -> AsyncIterator[Telegram]:
    """Run the stand-in inside the block, its time standing at `clock` (ISO with offset)."""
    async with running("standin", "--port", "0", "--clock", clock, "--state", str(state)) as process:
        line = await process.line("listens on")
        url = line.partition("listens on ")[2].split()[0]
        async with httpx.AsyncClient(timeout=PATIENCE + 30, trust_env=False) as client:
            yield Telegram(url, client)


@asynccontextmanager
async def bot(api: Telegram, database: Path, **settings: str) -> AsyncIterator[Process]:
    """Run the bot against the stand-in inside the block; ready when it is at rest for the first time."""
    environment = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"{api.url}/bot",
        "TEST_CLOCK_URL": f"{api.url}/api/clock",
        "DATABASE_URL": f"sqlite:///{database}",
        **settings,
    }
    async with running("run", environment=environment) as process:
        await process.line("started")
        yield process


def texts(messages: list[dict[str, Any]]) -> list[str]:
    """Return what the messages say."""
    return [message["text"] for message in messages]


def buttons(message: dict[str, Any]) -> list[str]:
    """Return the labels under a message."""
    return [label for row in message["buttons"] for label in row]
