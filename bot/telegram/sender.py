"""The only one who writes to people: takes the oldest parcel of each chat, sends it, writes down what became of it.

Chats side by side, one chat in order: its next parcel is taken only when the last is settled. A flood wait runs on the
`Clock`, since it is kept with the parcel; rhythm and the pauses after failures are of the network, so they run on real
time, and the sender does not rest before they are over.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar, assert_never

import structlog

from bot.errors import OperatorError
from bot.session.door import Door
from bot.session.inputs import Blocked, Incoming, PersonId
from bot.session.kept import Outcome, Posted
from bot.session.ports import Clock, Outbox
from bot.tasks import Tasks
from bot.telegram.client import wrong_token
from bot.telegram.delivery import Delivery
from bot.telegram.pace import LONGEST_PAUSE, Floods, Pace, weights
from bot.telegram.patience import kept
from bot.telegram.verdicts import BLOCKED, Again, Away, Dead, Disowned, Flood, Sent, Settled

log = structlog.get_logger()
T = TypeVar("T")

IN_FLIGHT = 24
PAUSED = 64
"""So many chats may wait for another try before nothing new is begun: then it is not the chats."""
CROWDED_S = 0.1
"""How long to wait, in real seconds, for the rhythm to give room to a few."""


class Sender:
    """Empties the outbox. `door` hears who blocked the bot; `on_rest` is called whenever it comes to rest.

    `pause` waits real seconds; `retry_s` is the first pause after a failure, doubled by each further one.
    """

    def __init__(
        self,
        delivery: Delivery,
        outbox: Outbox,
        clock: Clock,
        door: Door,
        *,
        pace: Pace | None = None,
        on_rest: Callable[[], None] = lambda: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        retry_s: float = 0.5,
    ) -> None:
        self._delivery = delivery
        self._outbox = outbox
        self._clock = clock
        self._door = door
        self._pace = pace or Pace()
        self._on_rest = on_rest
        self._pause = pause
        self._retry_s = retry_s
        self._stir = asyncio.Event()
        self._wanted = True
        self._stopping = False
        self._resting = False
        self._next: datetime | None = None
        self._flying = set[PersonId]()
        self._outcomes = list[Outcome]()
        self._paused = set[PersonId]()
        self._line_failures = 0
        self._line_down = False
        self._crowded = False
        self._floods = Floods()

    @property
    def resting(self) -> bool:
        """Whether all that could be sent has been sent and settled."""
        return self._resting

    def next_due(self) -> datetime | None:
        """Return when (UTC) the next parcel may go that has to wait; None when none waits. Holds while it rests."""
        return self._next

    def wake(self) -> None:
        """There may be something to send, or the clock was moved: it no longer rests."""
        self._wanted = True
        self._resting = False
        self._stir.set()

    def stop(self) -> None:
        """Begin nothing more; `run` returns when what is on its way has been settled."""
        self._stopping = True
        self.wake()

    async def run(self) -> None:
        """Send until stopped. `OperatorError`: the token is not accepted any more."""
        try:
            async with Tasks() as tasks:
                await self._run(tasks)
        except BaseExceptionGroup as group:
            operators, _ = group.split(OperatorError)
            first: BaseException | None = operators
            while isinstance(first, BaseExceptionGroup):
                first = first.exceptions[0]
            raise first or group from None

    async def _run(self, tasks: Tasks) -> None:
        if recovered := await self._kept(self._outbox.recover):
            log.info("outbox_recovered", parcels=recovered)
        while True:
            self._stir.clear()
            await self._settle()
            if self._stopping:
                if not self._flying and not self._outcomes:
                    return
            elif self._wanted and self._limit() > 0:
                await self._claim(tasks)
                continue
            elif not (self._wanted or self._flying or self._paused or self._outcomes):
                await self._rest(tasks)
                continue
            await self._stir.wait()

    # What the outbox holds ------------------------------------------------------------------------------------------

    def _limit(self) -> int:
        if self._line_down or self._crowded:
            return 0
        return min(IN_FLIGHT - len(self._flying), PAUSED - len(self._paused))

    async def _claim(self, tasks: Tasks) -> None:
        # A chat whose parcel is on its way stays closed, even if its rows are erased or given up meanwhile.
        now, busy = self._clock.now(), self._paused | self._flying
        if (closed := self._floods.all_until) is not None and now < closed:
            self._wanted = False
            return
        # Nothing is claimed ahead of the rhythm: a reply that comes meanwhile goes before the reminders that wait.
        limit = min(self._limit(), self._pace.room(asyncio.get_running_loop().time()))
        if limit < 1:
            self._crowded = True
            self._later(CROWDED_S, self._uncrowd)
            return
        self._wanted = False
        claimed = await self._kept(lambda: self._outbox.claim(now, limit, busy))
        self._wanted = self._wanted or len(claimed) == limit
        for posted in claimed:
            self._flying.add(posted.chat)
            tasks.start(self._fly(posted), name="sender: parcel")

    async def _settle(self) -> None:
        if self._outcomes:
            outcomes, self._outcomes = self._outcomes, []
            await self._kept(lambda: self._outbox.settle(outcomes))

    async def _rest(self, tasks: Tasks) -> None:
        waits = await self._kept(self._outbox.next_again)
        if waits is not None and self._floods.all_until is not None:
            waits = max(waits, self._floods.all_until)
        if not self._wanted and waits is not None and waits <= self._clock.now():
            # It fell due while we looked. (The pause: should the outbox never give it, we do not ask in a frenzy.)
            await self._pause(CROWDED_S)
            self._wanted = True
        if self._wanted:
            return
        alarm = tasks.start(self._alarm(waits), name="sender: clock")  # before anybody hears that we rest
        self._next = waits
        self._resting = True
        self._on_rest()
        await self._stir.wait()
        alarm.cancel()

    async def _alarm(self, at: datetime | None) -> None:
        await self._clock.wait_until(at)
        self.wake()

    # One parcel -----------------------------------------------------------------------------------------------------

    async def _fly(self, posted: Posted) -> None:
        try:
            outcome = await self._deliver(posted)
        except OperatorError:
            raise
        except Exception as error:  # noqa: BLE001  (one broken parcel must not keep all others from being sent)
            log.error("send_broken", parcel=posted.id, error=type(error).__name__)  # noqa: TRY400  (it may quote words)
            outcome = Outcome(posted.id, reason=f"error: {type(error).__name__}")
        self._outcomes.append(outcome)
        self._flying.discard(posted.chat)
        self.wake()

    async def _deliver(self, posted: Posted) -> Outcome:
        await self._in_rhythm(posted)
        verdict = await self._delivery.deliver(posted)
        if verdict != Again(line=True):
            self._line_failures = 0
        return await self._outcome(posted, verdict)

    async def _in_rhythm(self, posted: Posted) -> None:
        clock = asyncio.get_running_loop().time
        for_all, for_chat = weights(posted.body)
        if (wait := self._pace.chat_at(posted.chat, for_chat, clock()) - clock()) > 0:
            await self._pause(wait)
        if (wait := self._pace.overall_at(for_all, clock()) - clock()) > 0:
            await self._pause(wait)

    async def _outcome(self, posted: Posted, verdict: Settled) -> Outcome:
        match verdict:
            case Sent(message):
                return Outcome(posted.id, message=message)
            case Dead(reason):
                return Outcome(posted.id, reason=reason)
            case Flood(seconds):
                until = self._clock.now() + timedelta(seconds=seconds)
                self._floods.told(posted.chat, self._clock.now(), until)
                return Outcome(posted.id, again_at=until, tried=False)
            case Away():
                gone = Incoming(posted.chat, Blocked())
                await self._kept(lambda: self._door.handle([gone]))
                return Outcome(posted.id, reason=BLOCKED)
            case Again(line):
                self._hold_line() if line else self._hold(posted)
                return Outcome(posted.id, again_at=self._clock.now(), tried=not line)
            case Disowned():
                raise wrong_token()
            case _:
                assert_never(verdict)

    # Pauses in real time --------------------------------------------------------------------------------------------

    def _hold(self, posted: Posted) -> None:
        self._paused.add(posted.chat)
        self._later(_doubled(self._retry_s, posted.attempts), lambda: self._paused.discard(posted.chat))

    def _hold_line(self) -> None:
        if not self._line_down:
            self._line_down = True
            self._later(_doubled(self._retry_s, self._line_failures), self._line_up)
            self._line_failures += 1

    def _line_up(self) -> None:
        self._line_down = False

    def _uncrowd(self) -> None:
        self._crowded = False

    def _later(self, seconds: float, then: Callable[[], None]) -> None:
        def on() -> None:
            then()
            self.wake()

        asyncio.get_running_loop().call_later(seconds, on)

    async def _kept(self, ask: Callable[[], Awaitable[T]]) -> T:
        return await kept(ask, self._pause)


def _doubled(first: float, times: int) -> float:
    return min(first * 2.0 ** min(times, 16), LONGEST_PAUSE)
