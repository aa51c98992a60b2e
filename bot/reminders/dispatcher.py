"""Rows that fall due become events at the one door. It sleeps until the next one, however far away that is.

What makes something due sooner wakes it (`wake`); what takes something away does not: it looks once in vain.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.errors import StoreError
from bot.session.door import Door
from bot.session.inputs import Incoming, ReminderDue, TimerDue
from bot.session.kept import Due
from bot.session.ports import Clock, DueRows
from bot.tasks import first

log = structlog.get_logger()

AT_ONCE = 100
"""As many rows as Telegram gives updates: one batch, one transaction."""
TIDY_AT_ONCE = 500
TIDY_SELDOM, TIDY_OFTEN = timedelta(hours=1), timedelta(minutes=1)
"""What has had its day goes when it has, but is not looked for more or less often than this."""
LONGEST_PAUSE = 30.0


class Dispatcher:
    """Hands in what is due. `on_rest` is called whenever there is nothing more to do at the clock's time."""

    def __init__(self, rows: DueRows, door: Door, clock: Clock, on_rest: Callable[[], None]) -> None:
        self._rows, self._door, self._clock, self._on_rest = rows, door, clock, on_rest
        self._woken = asyncio.Event()
        self._tidy_at: datetime | None = None
        self._set_meanwhile: datetime | None = None
        self.resting = False
        self.generation = -1
        self.next_due: datetime | None = None

    def wake(self, due: datetime | None) -> None:
        """Something is due at `due` (UTC) that was not before."""
        if due is None:
            return
        self._set_meanwhile = due if self._set_meanwhile is None else min(due, self._set_meanwhile)
        if self.resting and (self.next_due is None or due < self.next_due):
            self.resting = False
            self._woken.set()

    async def run(self) -> None:
        """Run for ever. A database that does not answer is asked again, with growing pauses."""
        pause = 0.5
        while True:
            try:
                await self._until_nothing_is_due()
                pause = 0.5
            except StoreError as error:
                log.error("database_unavailable", error=str(error), by="dispatcher")  # noqa: TRY400
                pause = min(pause * 2, LONGEST_PAUSE)
                await asyncio.sleep(pause)
                continue
            if self.resting:
                soonest = min((at for at in (self.next_due, self._tidy_at) if at is not None), default=None)
                await first(self._clock.wait_until(soonest), self._woken.wait())
            self.resting = False

    async def _until_nothing_is_due(self) -> None:
        generation, now = self._clock.generation, self._clock.now()
        self._woken.clear()
        self._set_meanwhile = None
        before: Sequence[Due] = ()
        while rows := await self._rows.due(now, AT_ONCE):
            if rows == before:
                raise StoreError("What fell due was dealt with and is still due: look at the dead letters.")
            await self._door.handle([event_of(row) for row in rows])
            before = rows
        await self._tidy(now)
        self.next_due = await self._rows.next_due()
        if self._missed(self.next_due) or self._clock.generation != generation:
            return
        self.generation, self.resting = generation, True
        self._on_rest()

    def _missed(self, found: datetime | None) -> bool:
        """Whether something was set meanwhile that the look at what comes next did not see."""
        return self._set_meanwhile is not None and (found is None or self._set_meanwhile < found)

    async def _tidy(self, now: datetime) -> None:
        """Delete what has had its day, however much it is, and note when to look again; nothing else may wake us."""
        if self._tidy_at is not None and now < self._tidy_at:
            return
        following = now
        while following <= now:
            following = await self._rows.tidy(now, TIDY_AT_ONCE) or now + TIDY_SELDOM
        self._tidy_at = max(now + TIDY_OFTEN, min(following, now + TIDY_SELDOM))


def event_of(row: Due) -> Incoming:
    """Return what a due row is at the door."""
    if row.timer is not None:
        return Incoming(row.person, TimerDue(row.timer))
    return Incoming(row.person, ReminderDue(row.reminder or "", row.at))
