"""`python -m bot playground`: the stand-in for Telegram, the bot as its child, and the chat page, from one address.

The page and the bot know only the stand-in's HTTP; what is added here is the bot's life: killed, started, watched.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.errors import OperatorError
from bot.playground.child import Child
from bot.playground.clock import machine_time, moment
from bot.playground.kept import UnreadableError, kept
from bot.playground.refusals import Mistaken
from bot.playground.server import serving
from bot.playground.standin import routes
from bot.playground.world import Standin
from bot.tasks import Tasks

PAGE = Path(__file__).with_name("page")
DATA = Path("data")
DATABASE = f"sqlite:///{DATA}/playground.db"
# It opens nothing.
TOKEN = "1000000001:the-playground-has-no-real-token"  # noqa: S105  # nosec B105
COMMAND = (sys.executable, "-m", "bot", "run")
FOREIGN = (b"sec-fetch-site", b"cross-site")
# Nothing from elsewhere, nothing inline, and no text becomes HTML but through the one place that reads words.
POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
    b"form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types words"
)
HEADERS = (
    (b"content-security-policy", POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
)


@dataclass(frozen=True, slots=True)
class Playing:
    """A playground that runs: where it is, its world, its bot."""

    url: str
    standin: Standin
    child: Child


async def play(
    port: int, database: str | None, clock: str | None, state: Path | None, command: Sequence[str] = COMMAND
) -> None:
    """Run until SIGINT or SIGTERM, which end the bot too. Prints one line: where to look.

    `database`: a URL as the bot takes it, None for the playground's own; `clock`: ISO with offset where time stands at
    first, None to follow the machine's; `state`: the file of the stand-in's world, None for one beside the database.
    OperatorError: port taken, no such moment, a state file that is none.
    """
    async with playing(port, database, clock, state, command) as here:
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        print(f"Steady Toes playground: {here.url}", flush=True)
        await ended.wait()


@asynccontextmanager
async def playing(
    port: int = 0,
    database: str | None = None,
    clock: str | None = None,
    state: Path | None = None,
    command: Sequence[str] = COMMAND,
) -> AsyncIterator[Playing]:
    """`play` inside the block, without its signals and its line; port 0 takes a free one."""
    database = database or DATABASE
    state, at = state or world_beside(database), _start(clock)
    for file in (sqlite_file(database), state):
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
    standin = _world(state, at)
    child = Child(command, standin.changes.ring)
    page = Mount("/", StaticFiles(directory=PAGE, html=True))
    app = Starlette(routes=[*routes(standin), *_doors(standin, child), _look_inside(standin, database), page])
    async with serving(_guarded(app), port=port) as url, Tasks() as tasks:
        child.environment = _environment(url, database)
        tasks.start(child.attend(), name="the bot's life")
        try:
            await child.start()
            yield Playing(url, standin, child)
        finally:
            await child.end()
            standin.close()


def world_beside(database: str) -> Path | None:
    """The stand-in's state file that goes with a database: they remember the same chats. None for one in memory."""
    parts = urlsplit(database)
    if parts.scheme.startswith("sqlite"):
        file = sqlite_file(database)
        return file and file.with_suffix(".world.json")
    return DATA / f"{PurePosixPath(parts.path).name or 'playground'}.world.json"


def sqlite_file(database: str) -> Path | None:
    """Where an SQLite database is; None for one in memory, and for any other kind."""
    parts = urlsplit(database)
    name = parts.path.removeprefix("/")
    return Path(name) if parts.scheme.startswith("sqlite") and name and ":memory:" not in name else None


def _start(clock: str | None) -> datetime | None:
    try:
        return moment(clock) if clock else None
    except ValueError as error:
        raise OperatorError(f"--clock: {error}.") from None


def _world(state: Path | None, clock: datetime | None) -> Standin:
    old = state is not None and state.exists()
    standin = Standin(clock, state, (TOKEN,))
    if old and clock is not None and standin.clock.now() != clock:
        print(f"Time goes on from where {state} left it; --clock counts for a new world only.", file=sys.stderr)
    if not old:
        # a database that outlived its world has seen these ids, and would take what is new for a second delivery
        begin = int(machine_time().timestamp())
        standin.updates.next_id += begin
        standin.people.next_id += begin
    return standin


def _environment(url: str, database: str) -> dict[str, str]:
    return {
        **os.environ,
        "TELEGRAM_API_URL": f"{url}/bot",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TEST_CLOCK_URL": f"{url}/api/clock",
        "DATABASE_URL": database,
        "PYTHONUNBUFFERED": "1",
    }


def _doors(standin: Standin, child: Child) -> list[Route]:
    def told(status: int = 200, **more: Any) -> Response:
        life = {"running": child.running, "pid": child.pid, "exit": child.exit, "killed": child.killed}
        return JSONResponse({**life, "last_line": child.last_line, **profile(standin), **more}, status)

    async def look(_: Request) -> Response:
        return told()

    async def kill(_: Request) -> Response:
        return told() if await child.kill() else told(409, error="The bot is not running.")

    async def start(_: Request) -> Response:
        return told() if await child.start() else told(409, error="The bot is running already.")

    return [
        Route("/api/bot", look),
        Route("/api/bot/kill", kill, methods=["POST"]),
        Route("/api/bot/start", start, methods=["POST"]),
    ]


def _look_inside(standin: Standin, database: str) -> Route:
    file = sqlite_file(database)

    async def look(request: Request) -> Response:
        try:
            person = standin.people.find(request.path_params["person"])
            found = await asyncio.to_thread(kept, file, person.id)
        except Mistaken as mistaken:
            return JSONResponse(mistaken.body, mistaken.status)
        except UnreadableError as error:
            return JSONResponse({"coming": [], "tables": {}, "why": str(error)})
        return JSONResponse({"coming": found.coming, "tables": found.tables, "why": None})

    return Route("/api/people/{person:int}/kept", look)


def profile(standin: Standin) -> dict[str, Any]:
    """What the bot told Telegram about itself: `commands` and `description` by language code, "" for all others."""
    told: dict[str, Any] = {"name": standin.bot["first_name"], "commands": {}, "description": {}}
    for key, value in standin.profile.items():
        what, language, _ = key.split(" ", 2)
        if what in {"commands", "description"} and value:
            told[what][language] = value
    return told


def _guarded(app: ASGIApp) -> ASGIApp:
    """`app` with our headers, closed to what other sites' pages send here (the browser says so: Fetch Metadata)."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and FOREIGN in scope["headers"] and scope["method"] not in {"GET", "HEAD"}:
            answer = JSONResponse({"error": "This page of another site may not act here."}, 403)
            return await answer(scope, receive, send)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        return await app(scope, receive, sent)

    return guarded
