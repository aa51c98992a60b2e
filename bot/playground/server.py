"""Serving over real TCP: the port is taken before anything begins, and closing waits for nobody."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import uvicorn
from starlette.types import ASGIApp

from bot.errors import OperatorError
from bot.playground.line import Protocol

QUEUE = 2048


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one. OperatorError when the port is taken."""
    # asyncio turns Nagle's delay off only where the protocol is named; with it each answer takes 40 ms
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(QUEUE)
    except OSError as error:
        taken.close()
        raise OperatorError(
            f"Port {port} on {host} cannot be used ({error.strerror}): end what uses it, or choose another "
            "with --port, as in python -m bot playground --port 8090."
        ) from error
    return taken


@asynccontextmanager
async def serving(app: ASGIApp, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve `app` inside the block; gives the base URL. It takes no signals and logs no request (tokens stand in them).

    The caller lets long polls go before the block ends (`Standin.close`): the end waits a second for them, no longer.
    """
    with closing(listen(host, port)) as listening:
        config = uvicorn.Config(
            app,
            http=Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=1,
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listening])
        try:
            yield f"http://{host}:{listening.getsockname()[1]}"
        finally:
            await server.shutdown(sockets=[listening])
