"""The queue of updates, as Telegram keeps it: each stays until an offset above it confirms it, or it is too old.

Messages are kept 24 hours, presses of buttons 150 seconds. Only one poller: a newer one ends the older with 409.
`delivered` and `confirmed` are what the stand-in knows of the present bot process; the rule of rest is built on them.
"""

import asyncio
import heapq
from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import islice, takewhile
from typing import Any, NewType

from bot.playground.bell import Bell
from bot.playground.clock import Clock
from bot.playground.line import Line
from bot.playground.refusals import Refused

UpdateId = NewType("UpdateId", int)

KEPT = timedelta(hours=24)
PRESS_KEPT = timedelta(seconds=150)
MOST = 100
LONGEST_POLL = 50
UNASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that nobody confirmed yet."""

    id: UpdateId
    body: dict[str, Any]
    expires: datetime


class Updates:
    """One bot's updates, their ids consecutive from `next_id`."""

    def __init__(self, clock: Clock, next_id: int) -> None:
        self._clock = clock
        self.next_id = next_id
        self.arrived = Bell()
        self.allowed: frozenset[str] | None = None
        self.polling: Line | None = None
        self.confirmed: UpdateId | None = None
        self.delivered = deque[UpdateId]()
        self._poll = 0
        self._waiting = dict[UpdateId, Waiting]()
        self._expiries = list[tuple[datetime, UpdateId]]()

    def add(self, kind: str, content: object, *, also: dict[str, Any] | None = None) -> UpdateId | None:
        """Queue one update of a kind; None when the bot did not ask for that kind."""
        if (kind in UNASKED) if self.allowed is None else (kind not in self.allowed):
            return None
        return self.add_raw({**(also or {}), kind: content}, PRESS_KEPT if kind == "callback_query" else KEPT)

    def add_raw(self, body: dict[str, Any], kept: timedelta = KEPT) -> UpdateId:
        """Queue any body at all under the next id."""
        update = Waiting(UpdateId(self.next_id), {"update_id": self.next_id, **body}, self._clock.now() + kept)
        self.next_id += 1
        self.put(update)
        self.arrived.ring()
        return update.id

    def put(self, update: Waiting) -> None:
        """Keep an update that has its id already."""
        self._waiting[update.id] = update
        heapq.heappush(self._expiries, (update.expires, update.id))

    def waiting(self) -> list[Waiting]:
        """What could still be delivered, the oldest first."""
        self.expire()
        return list(self._waiting.values())

    def expire(self) -> bool:
        """Forget what is too old; tells whether anything is still to be delivered."""
        now = self._clock.now()
        while self._expiries and self._expiries[0][0] <= now:
            self._waiting.pop(heapq.heappop(self._expiries)[1], None)
        return bool(self._waiting)

    def forget(self) -> None:
        """Drop all that wait, as `drop_pending_updates` does."""
        self._waiting.clear()

    def greet(self) -> None:
        """A new process of the bot begins: an older poller is gone, nothing was confirmed by this one."""
        self._poll += 1
        self.polling = None
        self.confirmed = None
        self.delivered.clear()
        self.arrived.ring()

    def confirm(self, offset: int) -> None:
        """Forget every update below `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            newest = list(self._waiting)[offset:]
            offset = newest[0] if newest else self.next_id
        for known in list(takewhile(lambda known: known < offset, self._waiting)):
            del self._waiting[known]
        while self.delivered and self.delivered[0] < offset:
            self.confirmed = self.delivered.popleft()

    async def poll(self, line: Line, *, limit: int, seconds: int) -> list[dict[str, Any]]:
        """Up to `limit` updates; waits `seconds` for the first. Refused (409) when another poll begins meanwhile."""
        self._poll += 1
        mine = self._poll
        self.polling = line
        self.arrived.ring()
        line.on_lost(self.arrived.ring)
        ends = asyncio.get_running_loop().time() + seconds
        try:
            while True:
                if self._poll != mine:
                    raise Refused(HTTPStatus.CONFLICT, CONFLICT)
                left = ends - asyncio.get_running_loop().time()
                if self.expire() or left <= 0 or line.lost or self.arrived.closed:
                    return [] if line.lost else self._deliver(limit)
                await self.arrived.beyond(self.arrived.count, left)
        finally:
            line.off_lost(self.arrived.ring)
            if self._poll == mine:
                self.polling = None

    def _deliver(self, limit: int) -> list[dict[str, Any]]:
        given = list(islice(self._waiting.values(), limit))
        last = self.delivered[-1] if self.delivered else -1
        self.delivered.extend(update.id for update in given if update.id > last)
        return [update.body for update in given]
