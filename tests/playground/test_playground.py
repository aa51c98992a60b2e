"""The playground as its operator meets it: one address, a bot that lives and dies, an end that leaves nobody behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.errors import OperatorError
from bot.playground import child
from bot.playground.child import Child
from bot.playground.clock import machine_time
from bot.playground.playground import Playing, play, playing, world_beside
from bot.tasks import Tasks
from tests.playground.scripted import Caller
from tests.playground.small_bot import SMALL_BOT

ROOT = Path(__file__).parents[2]
WHY_NOT = "The database is newer than this bot: take the newer bot."
DEAF = (sys.executable, "-uc", "import signal; signal.signal(15, signal.SIG_IGN); print('deaf'); signal.pause()")


@pytest.fixture
async def near(playground: Playing) -> AsyncIterator[Caller]:
    """The JSON API of the playground."""
    async with talking(playground.url) as api:
        yield api


async def ready(api: Caller) -> dict[str, Any]:
    """What `/api/bot` says once the bot has come to rest for the first time."""
    assert (await api.get("state", wait=30))["at_rest"]
    return await api.get("bot")


async def ended(api: Caller) -> dict[str, Any]:
    """What `/api/bot` says once the bot has ended and its last words were read."""
    version = -1
    async with asyncio.timeout(30):
        while (told := await api.get("bot"))["running"] or told["last_line"] is None:
            version = (await api.get("changes", since=version, seconds=10))["version"]
    return told


@asynccontextmanager
async def talking(url: str) -> AsyncIterator[Caller]:
    """The JSON API at an address."""
    async with httpx.AsyncClient(base_url=url, timeout=40) as http:
        yield Caller(http)


async def test_one_address(playground: Playing, near: Caller) -> None:
    """The page, the JSON API and the bot's profile come from one address, with a policy that lets nothing else in."""
    answer = await near.http.get("/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    told = await ready(near)
    assert (told["running"], told["pid"], told["name"]) == (True, playground.child.pid, "Steady Toes")
    assert told["commands"][""][0] == {"command": "start", "description": "begin"}


async def test_the_bot_answers(near: Caller) -> None:
    """The child talks to the people of this playground, by its clock and on its database."""
    someone = (await near.post("people", name="Someone"))["id"]
    told = await near.does(someone, "say", text="/start", wait=30)
    assert (told["at_rest"], told["messages"][0]["text"]) == (True, "How are your toes today?")
    await near.does(someone, "say", text="later", wait=30)
    assert (await near.get("state"))["next_due"] == "2026-03-01T11:00:00Z"
    assert "toes.db" in (await near.get("bot"))["last_line"]


async def test_kill_and_start(near: Caller) -> None:
    """Killed with -9 it is down until it is started; what was written meanwhile is answered then."""
    someone = await near.person()
    was = await near.get("bot")
    killed = await near.post("bot/kill")
    assert (killed["running"], killed["killed"], killed["exit"]) == (False, True, -signal.SIGKILL)
    assert (await near.post("bot/kill"))["error"] == "The bot is not running."
    await near.does(someone, "say", text="still there?")
    started = await near.post("bot/start")
    assert started["running"]
    assert started["pid"] != was["pid"]
    assert (await near.post("bot/start"))["error"] == "The bot is running already."
    await near.get("state", wait=30)
    assert (await near.chat(someone))[-1]["text"] == "I heard: still there?"


async def test_a_bot_that_cannot_start(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A bot that ends by itself is told of in one line, with its last words; the page is served still."""
    command = (*SMALL_BOT, WHY_NOT)
    async with playing(0, f"sqlite:///{tmp_path}/toes.db", command=command) as here, talking(here.url) as api:
        told = await ended(api)
        assert (told["exit"], told["killed"], told["last_line"]) == (3, False, WHY_NOT)
        assert (await api.http.get("/")).status_code == 200
    sentence = f"The bot ended by itself (exit code 3). Its last words: {WHY_NOT}"
    assert capfd.readouterr().err.splitlines() == [WHY_NOT, sentence]


async def test_a_bot_that_does_not_end(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that is deaf to SIGTERM is killed when the patience is over, and that is said."""
    monkeypatch.setattr(child, "PATIENCE", 0.1)
    deaf = Child(DEAF, lambda: None)
    async with Tasks() as tasks:
        tasks.start(deaf.attend(), name="the bot's life")
        await deaf.start()
        async with asyncio.timeout(30):
            while deaf.last_line != "deaf":  # noqa: ASYNC110  (a child's words ring no bell)
                await asyncio.sleep(0)
        await deaf.end()
    assert not deaf.running
    assert not await deaf.start()
    assert "so it was killed" in capfd.readouterr().err


@asynccontextmanager
async def alone(
    directory: Path, command: tuple[str, ...] = SMALL_BOT
) -> AsyncIterator[tuple[asyncio.subprocess.Process, str]]:
    """A playground that is a process of its own, begun in `directory`: the process and the address it tells."""
    code = f"import asyncio; from bot.playground.playground import play; asyncio.run(play(0,None,None,None,{command}))"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code),
        cwd=directory,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        line = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
        assert line.startswith("Steady Toes playground: http://127.0.0.1:")
        yield process, line.split()[-1]
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_one_end_for_both(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C, and SIGTERM, end the bot and then the playground, in order and without a complaint."""
    async with alone(tmp_path) as (process, url):
        async with talking(url) as api:
            told = await ready(api)
        process.send_signal(number)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    with pytest.raises(ProcessLookupError):
        os.kill(told["pid"], 0)
    assert (tmp_path / "data" / "playground.world.json").exists()


async def test_no_bot_left_behind(tmp_path: Path) -> None:
    """A playground that is killed with -9 takes its bot with it."""
    async with alone(tmp_path, DEAF) as (process, url):
        async with talking(url) as api:
            while (told := await api.get("bot"))["last_line"] != "deaf":
                pass
        bot, gone = os.pidfd_open(told["pid"]), asyncio.Event()
        asyncio.get_running_loop().add_reader(bot, gone.set)
        process.kill()
        try:
            await asyncio.wait_for(gone.wait(), 30)
        finally:
            asyncio.get_running_loop().remove_reader(bot)
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(bot, signal.SIGKILL)
            os.close(bot)


async def test_taken_port(playground: Playing, tmp_path: Path) -> None:
    """A taken port is refused in one sentence, before a bot is started and without touching the world's file."""
    port = int(playground.url.rpartition(":")[2])
    started = tmp_path / "started"
    command = (sys.executable, "-c", f"open({str(started)!r}, 'w')")
    with pytest.raises(OperatorError, match=f"Port {port} on 127.0.0.1 cannot be used"):
        await play(port, f"sqlite:///{tmp_path}/other/toes.db", None, None, command)
    assert not started.exists()
    assert not (tmp_path / "other" / "toes.world.json").exists()


async def test_the_world_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Started again beside the same database it has the same people at the same time, and says why not another."""
    database = f"sqlite:///{tmp_path}/deep/toes.db"
    async with playing(0, database, "2026-03-01T08:00Z", command=SMALL_BOT) as here, talking(here.url) as api:
        someone = await api.person(name="Someone")
        await ready(api)
        before = await api.chat(someone)
    assert "Time goes on" not in capsys.readouterr().err
    async with playing(0, database, "2030-01-01T00:00Z", command=SMALL_BOT) as here, talking(here.url) as api:
        assert await api.chat(someone) == before
        assert (await api.get("clock"))["now"] == "2026-03-01T08:00:00Z"
    assert "Time goes on" in capsys.readouterr().err


async def test_a_new_world_beside_an_old_database(playground: Playing) -> None:
    """The ids of a new world begin where no earlier world of this machine was, so no database has seen them."""
    hour_ago = int(machine_time().timestamp()) - 3600
    assert playground.standin.updates.next_id > hour_ago
    assert playground.standin.people.next_id > hour_ago


async def test_foreign_clock(tmp_path: Path) -> None:
    """A clock without its offset is refused in one sentence."""
    with pytest.raises(OperatorError, match=r"^--clock: '2026-03-01T08:00' has no offset"):
        await play(0, f"sqlite:///{tmp_path}/toes.db", "2026-03-01T08:00", None, SMALL_BOT)


async def test_other_sites_may_not_act(near: Caller) -> None:
    """A page of another site, open in the same browser, can neither kill the bot nor move time."""
    for path in ("/api/bot/kill", "/api/clock", "/api/people"):
        answer = await near.http.post(path, json={}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403, path
    assert (await near.get("bot"))["running"]
    own = await near.http.post("/api/people", json={}, headers={"sec-fetch-site": "same-origin"})
    assert own.status_code == 201


@pytest.mark.parametrize(
    ("database", "world"),
    [
        ("sqlite:///data/toes.db", Path("data/toes.world.json")),
        ("sqlite:////var/lib/toes.db", Path("/var/lib/toes.world.json")),
        ("sqlite+aiosqlite:///toes.db", Path("toes.world.json")),
        ("sqlite:///:memory:", None),
        ("sqlite://", None),
        ("postgresql://someone@127.0.0.1/toes", Path("data/toes.world.json")),
    ],
)
def test_world_beside(database: str, world: Path | None) -> None:
    """The world's file stands beside an SQLite file, in data/ for a server's database, nowhere for one in memory."""
    assert world_beside(database) == world
