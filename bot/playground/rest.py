"""When is the bot at rest, and how time moves from one rest to the next.

The bot says so itself, truthfully and after the fact; here it is checked against what was delivered, so that no race
makes a busy bot look idle: the report must come from the present process, speak of the present time, nothing
deliverable may be unconfirmed, and the last update it says it handled must be the last one it confirmed.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.playground.bell import Bell
from bot.playground.clock import Clock
from bot.playground.line import Line
from bot.playground.refusals import Mistaken
from bot.playground.updates import UpdateId, Updates
from bot.playground.views import iso

PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Report:
    """What a bot process says when it has come to rest."""

    generation: int
    handled: UpdateId | None
    next_due: datetime | None


class Rest:
    """The bot's rest. `rested` rings whenever it is at rest after something happened."""

    def __init__(self, clock: Clock, updates: Updates) -> None:
        self._clock = clock
        self._updates = updates
        self.boot: str | None = None
        self.report: Report | None = None
        self.rested = Bell()
        self.lines = set[Line]()
        self._moving = asyncio.Lock()

    @property
    def at_rest(self) -> bool:
        """Whether the newest report still holds."""
        return (
            self.report is not None
            and self.report.generation == self._clock.generation
            and not self._updates.expire()
            and self.report.handled == self._updates.confirmed
        )

    @property
    def connected(self) -> bool:
        """Whether a bot process holds any connection to us: a killed one has none."""
        return bool(self.lines)

    @property
    def next_due(self) -> datetime | None:
        """The next thing that falls due, as the bot said when it last came to rest."""
        return self.report.next_due if self.report else None

    def joined(self, line: Line) -> None:
        """The bot speaks on this line."""
        if line not in self.lines and not line.lost:
            self.lines.add(line)
            line.on_lost(lambda: self.lines.discard(line))

    def hello(self, boot: str) -> None:
        """A new process of the bot begins; what an older one said no longer counts."""
        self.boot = boot
        self.report = None
        self._updates.greet()

    def tell(self, boot: str, report: Report) -> None:
        """The bot has come to rest; Mistaken (409) from a process that is not the present one."""
        if boot != self.boot:
            raise Mistaken(f"Boot {boot!r} is not the present one: say hello first.", 409)
        self.report = report
        self.look()

    def look(self) -> None:
        """Something happened that may have brought the bot to rest."""
        if self.at_rest:
            self.rested.ring()

    async def wait(self, seconds: float) -> bool:
        """Until the bot was at rest once, at most so many real seconds; tells whether it was."""
        return self.at_rest or await self.rested.beyond(self.rested.count, seconds) or self.at_rest

    async def move(self, goal: datetime | timedelta | None, seconds: float = PATIENCE) -> dict[str, Any]:
        """Time goes to a moment or on by a duration, stopping at all that falls due; None: to the next due thing.

        With no bot connected that reports its rest it jumps there. Waits for rest `seconds` (real) at each stop.
        Mistaken: a moment in the past, or a bot that rests although something is due. Answers where time stands.
        """
        async with self._moving:
            target = self._clock.now() + goal if isinstance(goal, timedelta) else goal
            if target is not None and target < self._clock.now():
                raise Mistaken(f"Time does not go backwards: it is {iso(self._clock.now())}.")
            if self.boot is None or not self.connected:
                if target is not None:
                    self._clock.move(target)
            elif await self.wait(seconds):
                await self._move(target, seconds)
            return self.place()

    def place(self) -> dict[str, Any]:
        """Where time stands and whether the bot is at rest there."""
        due = self.next_due
        return {"now": iso(self._clock.now()), "at_rest": self.at_rest, "next_due": iso(due) if due else None}

    async def _move(self, target: datetime | None, seconds: float) -> None:
        stops, seen = target is None, set[datetime]()
        while (due := self.next_due) is not None and (target is None or due <= target):
            if due in seen:
                raise Mistaken(f"The bot came to rest twice and still says that something is due at {iso(due)}.", 409)
            seen.add(due)
            self._clock.move(due)
            if not await self.wait(seconds) or stops:
                return
        if target is not None and target > self._clock.now():
            self._clock.move(target)
            await self.wait(seconds)
