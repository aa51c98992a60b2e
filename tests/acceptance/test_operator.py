"""What an operator did wrong is one clear sentence, a non-zero exit, no traceback and no token."""

import asyncio
import shutil
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.acceptance.processes import ROOT, TOKEN, Process, Telegram, bot, running, telegram


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Telegram]:
    """The stand-in."""
    async with telegram("2026-03-01T12:00:00Z", tmp_path / "world.json") as api:
        yield api


@asynccontextmanager
async def failing(*arguments: str, **settings: str) -> AsyncIterator[Process]:
    """Run a command that must fail; gives the process once it has ended, with what every failure has in common."""
    async with running(*(arguments or ("run",)), environment=settings) as process:
        assert await process.wait() == 1, process.lines
        await process.read_all()
        said = "\n".join(process.lines)
        assert "Traceback" not in said, said
        assert TOKEN.partition(":")[2] not in said, said
        yield process


def settings(api: Telegram, database: Path, **more: str) -> dict[str, str]:
    """Return settings that are right, but for what is given."""
    return {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": f"{api.url}/bot",
        "DATABASE_URL": f"sqlite:///{database}",
        **more,
    }


def last(process: Process) -> str:
    """Return the last line it wrote: where an operator looks."""
    return process.lines[-1]


def free_port() -> int:
    """Return a port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        assert isinstance(port, int)
        return port


async def test_no_token() -> None:
    """It says where a token comes from, and what works without one."""
    async with failing(TELEGRAM_BOT_TOKEN="") as process:
        assert "TELEGRAM_BOT_TOKEN is not set" in last(process)
        assert len(process.lines) == 1


async def test_all_wrong_settings_at_once() -> None:
    """Three mistakes, one start, three remedies."""
    wrong = {"TELEGRAM_BOT_TOKEN": "hunter2", "DATABASE_URL": "mysql://x", "LOG_LEVEL": "LOUD"}
    async with failing(**wrong) as process:
        assert all(name in last(process) for name in wrong)
        assert "hunter2" not in last(process)


async def test_a_token_that_telegram_does_not_know(api: Telegram, tmp_path: Path) -> None:
    """Telegram's 401 names the setting."""
    await api.misbehave(method="getMe", status=401)
    async with failing(**settings(api, tmp_path / "a.db")) as process:
        assert "Telegram does not accept TELEGRAM_BOT_TOKEN" in last(process)


async def test_an_api_that_cannot_be_reached(tmp_path: Path) -> None:
    """Nobody listens there: address or network."""
    nowhere = f"http://127.0.0.1:{free_port()}/bot"
    wrong = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": nowhere, "DATABASE_URL": f"sqlite:///{tmp_path}/a.db"}
    async with failing(**wrong) as process:
        assert "cannot be reached at TELEGRAM_API_URL" in last(process)


async def test_a_second_instance_on_the_same_database(api: Telegram, tmp_path: Path) -> None:
    """The second refuses; the first goes on."""
    async with bot(api, tmp_path / "a.db") as first:
        async with failing(**settings(api, tmp_path / "a.db")) as process:
            assert "Another instance already uses the database" in last(process)
        sam = await api.person("Sam")
        assert await api.say(sam, "/help")
        assert not first.ended


async def test_a_second_instance_with_the_same_token(api: Telegram, tmp_path: Path) -> None:
    """Telegram gives each update to one poller only: the newcomer stops, and says why."""
    async with bot(api, tmp_path / "a.db") as first:
        sam = await api.person("Sam")
        assert await api.say(sam, "/help")
        async with failing(**settings(api, tmp_path / "b.db")) as process:
            assert "Another instance is polling with this token" in last(process)
        assert not first.ended
        assert await api.say(sam, "/help")


async def test_a_database_of_a_newer_version(api: Telegram, tmp_path: Path) -> None:
    """An older program does not touch it."""
    async with bot(api, tmp_path / "a.db") as us:
        await us.stop()
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection, connection:
        connection.execute("update alembic_version set version_num = '9999'")
    async with failing(**settings(api, tmp_path / "a.db")) as process:
        assert "newer version" in last(process)


async def test_a_database_that_another_program_holds(api: Telegram, tmp_path: Path) -> None:
    """A browser or a backup that holds the write lock is named as the cause."""
    async with bot(api, tmp_path / "a.db") as us:
        await us.stop()
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as foreign:
        foreign.execute("begin immediate")
        async with failing(**settings(api, tmp_path / "a.db")) as process:
            assert "in use by another program" in last(process)


async def test_a_file_that_is_no_database(api: Telegram, tmp_path: Path) -> None:
    """It is left as it is."""
    file = tmp_path / "holiday.jpg"
    file.write_bytes(b"\xff\xd8" * 5000)
    async with failing(**settings(api, file)) as process:
        assert "is not a database" in last(process)
    assert file.read_bytes() == b"\xff\xd8" * 5000


@pytest.mark.parametrize("platform", ["DYNO", "RENDER", "K_SERVICE"])
async def test_a_disk_that_is_thrown_away(api: Telegram, tmp_path: Path, platform: str) -> None:
    """The diary would go with it: refused, unless a volume is mounted there."""
    throw_away = settings(api, tmp_path / "a.db", **{platform: "web.1"})
    async with failing(**throw_away) as process:
        assert "DATABASE_ON_VOLUME=true" in last(process)
    async with bot(api, tmp_path / "a.db", **{platform: "web.1", "DATABASE_ON_VOLUME": "true"}) as us:
        assert await us.stop() == 0


async def test_a_port_that_is_taken() -> None:
    """The playground and the stand-in name the port and the remedy."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        async with failing("standin", "--port", port) as process:
            assert port in last(process)
            assert "--port" in last(process)


async def test_a_python_without_our_packages() -> None:
    """Who forgets the virtual environment reads which Python to take, and no traceback."""
    for command in ("check", "run", "playground"):
        bare = await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-m", "bot", command),
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await bare.communicate()
        assert bare.returncode == 1
        assert b".venv/bin/python" in said
        assert b"Traceback" not in said


async def test_broken_flows_are_told_with_file_and_line(tmp_path: Path) -> None:
    """`check` says all of it at once, each as `file:line: what is wrong, what to do`."""
    shutil.copytree(ROOT / "flows", tmp_path / "flows")
    shutil.copytree(ROOT / "content", tmp_path / "content")
    water = tmp_path / "flows" / "water.yaml"
    water.write_text(water.read_text().replace("next: end", "next: nowhere", 1))
    care = tmp_path / "content" / "en" / "care.yaml"
    care.write_text(care.read_text().replace("Call {help.emergency} now.", "Call {help.nobody} now.", 1))
    async with failing("check", "--flows", str(tmp_path / "flows"), "--content", str(tmp_path / "content")) as process:
        assert any(line.startswith("flows/water.yaml:") and "nowhere" in line for line in process.lines)
        assert any(line.startswith("content/en/care.yaml:") and "help.nobody" in line for line in process.lines)


async def test_a_database_that_goes_away_and_comes_back(api: Telegram, tmp_path: Path) -> None:
    """Held for longer than SQLite waits: nothing is acknowledged, one line in the log, and then it goes on."""
    async with bot(api, tmp_path / "a.db") as us:
        sam = await api.person("Sam")
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as foreign:
            foreign.execute("begin immediate")
            await api.say(sam, "/help", wait=0)
            await us.line("database_unavailable")
            foreign.execute("rollback")
        await api.at_rest()
        assert (await api.chat(sam))[-1]["from"] == "bot"
        assert not [line for line in us.lines if "Traceback" in line]
