"""Telegram misbehaving on order, and a record of every call that the bot made."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any, Literal

from bot.playground.bell import Bell
from bot.playground.refusals import Refused
from bot.playground.views import iso

CALLS_KEPT = 50_000
WORDS = {
    400: "Bad Request: injected fault",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
}


@dataclass(slots=True)
class Fault:
    """The next `times` calls of `method` (in lower case; "*" for all but getUpdates) go wrong; `delay` in real seconds.

    `status`: refused, not applied. `drop`: the connection is closed before or after the call was applied.
    `delay` alone: slow.
    """

    method: str
    times: int
    status: int | None = None
    drop: Literal["before", "after"] | None = None
    delay: float = 0
    retry_after: int | None = None
    description: str | None = None
    chat_id: int | None = None

    def refusal(self) -> Refused | None:
        """What the bot gets instead of an answer."""
        if self.status is None:
            return None
        if self.status == HTTPStatus.TOO_MANY_REQUESTS:
            wait = 1 if self.retry_after is None else self.retry_after
            return Refused(self.status, self.description or f"Too Many Requests: retry after {wait}", retry_after=wait)
        words = WORDS.get(self.status) or HTTPStatus(self.status).phrase
        return Refused(self.status, self.description or words)


@dataclass(slots=True)
class Call:
    """One call of the bot, written down as it came in. `applied`: it took effect; `status` None: not answered."""

    number: int
    at: datetime
    method: str
    arguments: dict[str, Any]
    applied: bool = False
    status: int | None = None

    def told(self) -> dict[str, Any]:
        """As the JSON API tells it."""
        return {
            "number": self.number,
            "at": iso(self.at),
            "method": self.method,
            "arguments": self.arguments,
            "applied": self.applied,
            "status": self.status,
        }


class Faults:
    """What is to go wrong. `cleared` lets everything go that is being held."""

    def __init__(self) -> None:
        self.coming = list[Fault]()
        self.cleared = Bell()

    def take(self, method: str, chat_id: object) -> Fault | None:
        """The fault that hits this call, if one does; it has one time less from then on."""
        for fault in self.coming:
            named = fault.method == method or (fault.method == "*" and method != "getupdates")
            if named and fault.chat_id in {None, chat_id}:
                fault.times -= 1
                if not fault.times:
                    self.coming.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """No more faults, and nobody is held any longer."""
        self.coming.clear()
        self.cleared.ring()

    async def hold(self, seconds: float) -> None:
        """Keep a call waiting, in real seconds, or until the faults are cleared."""
        if seconds:
            await self.cleared.beyond(self.cleared.count, seconds)


class Calls:
    """The newest calls, in the order of arrival; `heard` rings at each change."""

    def __init__(self) -> None:
        self.heard = Bell()
        self._calls = deque[Call](maxlen=CALLS_KEPT)
        self._number = 0

    def record(self, at: datetime, method: str, arguments: dict[str, Any]) -> Call:
        """A call has come in."""
        self._number += 1
        call = Call(self._number, at, method, arguments)
        self._calls.append(call)
        self.heard.ring()
        return call

    def after(self, number: int, method: str | None = None) -> list[Call]:
        """Calls later than a number, of one method or of all."""
        found = []
        for call in reversed(self._calls):
            if call.number <= number:
                break
            if method is None or call.method.lower() == method.lower():
                found.append(call)
        return found[::-1]
