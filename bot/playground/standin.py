"""The stand-in for Telegram: the Bot API, the people who chat, and time, in one process over real HTTP.

As strict as Telegram where a bot can err, and able to misbehave on order. Nothing here knows the bot that talks to it.
"""

import argparse
import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.playground.botapi import BotApi
from bot.playground.clock import moment
from bot.playground.jsonapi import JsonApi
from bot.playground.server import serving
from bot.playground.world import Standin

__all__ = ["Standin", "app", "main", "routes", "running", "serve"]


def routes(standin: Standin) -> list[BaseRoute]:
    """The Bot API and the JSON API, for `bot.playground.server.serving`: it can hang up, and sees a killed poller."""
    return [*BotApi(standin).routes(), *JsonApi(standin).routes()]


def app(standin: Standin) -> Starlette:
    """The stand-in alone, as an ASGI application."""
    return Starlette(routes=routes(standin))


@asynccontextmanager
async def running(standin: Standin, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[str]:
    """Serve the stand-in inside the block; gives the base URL. OperatorError when the port is taken."""
    async with serving(app(standin), host, port) as url:
        try:
            yield url
        finally:
            standin.close()


async def serve(standin: Standin, host: str = "127.0.0.1", port: int = 8081) -> None:
    """Serve until the process is told to end (SIGINT, SIGTERM). OperatorError when the port is taken."""
    async with running(standin, port, host) as url:
        print(
            f"The stand-in for Telegram listens on {url} (TELEGRAM_API_URL), its clock on {url}/api/clock.", flush=True
        )
        ended = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        await ended.wait()


def main(port: int = 8081, clock: datetime | None = None, state: Path | None = None) -> None:
    """`python -m bot standin`: until the process is told to end. OperatorError: port taken, state file not ours."""
    asyncio.run(serve(Standin(clock, state), port=port))


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=8081)
    arguments.add_argument("--clock", type=moment)
    arguments.add_argument("--state", type=Path)
    given = arguments.parse_args()
    main(given.port, given.clock, given.state)
