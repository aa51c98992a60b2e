"""One TCP connection, in hand: the stand-in must see that a poller was killed, and hang up without an answer.

ASGI gives neither. So this is uvicorn's own HTTP protocol, which also puts a `line` into the scope of each request.
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol


class Line:
    """A connection that may be lost at any moment, and those who want to know."""

    def __init__(self, hang_up: Callable[[], None]) -> None:
        self.lost = False
        self.hang_up = hang_up
        self._told = list[Callable[[], None]]()

    def on_lost(self, tell: Callable[[], None]) -> None:
        """Call `tell` when the other end goes away (or we hang up)."""
        self._told.append(tell)

    def off_lost(self, tell: Callable[[], None]) -> None:
        """No longer."""
        if tell in self._told:
            self._told.remove(tell)

    def lose(self) -> None:
        """The connection is gone."""
        self.lost = True
        told, self._told = self._told, []
        for tell in told:
            tell()


class Protocol(H11Protocol):
    """uvicorn's HTTP protocol, with its line in the scope."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = Line(self._abort)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope["line"] = self.line
            await inner(scope, receive, send)

        self.app = app

    def _abort(self) -> None:
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell uvicorn, then everybody on the line."""
        super().connection_lost(exc)
        self.line.lose()


class HungUp(Response):
    """No answer at all: the connection is closed in the middle of the request, as a failing network does it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002  (nothing is sent)
        """Hang up, and wait until that has happened, so that uvicorn answers nothing either."""
        line: Line = scope["line"]
        line.hang_up()
        while (await receive())["type"] != "http.disconnect":
            pass


def line_of(request: Request) -> Line:
    """The connection of a request; one that cannot be lost when another server than ours carries it."""
    line = request.scope.get("line")
    return line if isinstance(line, Line) else Line(lambda: None)
