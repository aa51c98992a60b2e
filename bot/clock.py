"""Where time comes from. The real clock reads the machine's; the other is held by the stand-in, for tests and play.

The second is the only test hook of the product. It also tells the stand-in when the bot has come to rest, after the
fact and truthfully: everything fetched is handled, nothing is due, nothing waits to be sent.
"""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

import httpx
import structlog

from bot.errors import OperatorError
from bot.tasks import Tasks

log = structlog.get_logger()

LOOK_AGAIN = timedelta(minutes=1)
"""A machine that slept, or whose time was set, is noticed after this."""
LONG_POLL = 50.0


class RealClock:
    """The machine's time."""

    generation = 0

    def now(self) -> datetime:
        """Return the time (UTC)."""
        return datetime.now(UTC)  # noqa: TID251  (this is the place)

    async def wait_until(self, at: datetime | None) -> None:
        """Return once it is `at`; never for None."""
        if at is None:
            await asyncio.Event().wait()
            return
        while (left := at - self.now()) > timedelta():  # noqa: ASYNC110  (time itself is what is waited for)
            await asyncio.sleep(min(left, LOOK_AGAIN).total_seconds())


class HeldClock:
    """The time of a stand-in, at its `GET /api/clock`: it stands still, or runs with an offset, and is moved by hand.

    `boot` names this process: what an older one said about its rest no longer counts.
    """

    def __init__(self, url: str, boot: str) -> None:
        self._url, self._boot = url, boot
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(10, read=LONG_POLL + 10), trust_env=False)
        self._tasks = Tasks()
        self._moved = asyncio.Event()
        self._base, self._at, self._standing = datetime.min.replace(tzinfo=UTC), 0.0, True
        self.generation = 0

    async def __aenter__(self) -> Self:
        try:
            await self._post({"boot": self._boot, "hello": True})
            await self._look(after=-1, seconds=0)
        except (httpx.HTTPError, KeyError, ValueError) as error:
            await self._client.aclose()
            raise OperatorError(f"TEST_CLOCK_URL does not answer as a clock ({type(error).__name__}).") from None
        await self._tasks.__aenter__()
        self._following = self._tasks.start(self._follow(), name="the clock")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._following.cancel()
        await self._tasks.__aexit__(None, None, None)
        await self._client.aclose()

    def now(self) -> datetime:
        """Return the time (UTC)."""
        if self._standing:
            return self._base
        return self._base + timedelta(seconds=asyncio.get_running_loop().time() - self._at)

    async def wait_until(self, at: datetime | None) -> None:
        """Return once it is `at` or the clock was moved by a hand (`None`: only then)."""
        moved = self._moved
        left = None if at is None else (at - self.now()).total_seconds()
        if left is not None and left <= 0:
            return
        try:
            async with asyncio.timeout(None if self._standing else left):
                await moved.wait()
        except TimeoutError:
            return

    async def rested(self, handled: int | None, generation: int, next_due: datetime | None) -> None:
        """Tell the stand-in that the bot is at rest: `handled` is the last update, `next_due` what comes next."""
        due = None if next_due is None else next_due.isoformat()
        try:
            await self._post({"boot": self._boot, "handled": handled, "generation": generation, "next_due": due})
        except httpx.HTTPError as error:
            log.warning("rest_not_told", error=type(error).__name__)

    async def _follow(self) -> None:
        while True:
            try:
                await self._look(after=self.generation, seconds=LONG_POLL)
            except (httpx.HTTPError, KeyError, ValueError):
                # The stand-in restarts, perhaps with other numbers.
                await asyncio.sleep(0.2)

    async def _look(self, after: int, seconds: float) -> None:
        answer = await self._client.get(self._url, params={"after": after, "seconds": seconds})
        told: dict[str, Any] = answer.raise_for_status().json()
        self._base = datetime.fromisoformat(told["now"]).astimezone(UTC)
        self._at = asyncio.get_running_loop().time()
        self._standing = bool(told["standing"])
        if told["generation"] != self.generation:
            self.generation = int(told["generation"])
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()

    async def _post(self, report: dict[str, Any]) -> None:
        (await self._client.post(f"{self._url}/rest", json=report)).raise_for_status()


class Part(Protocol):
    """Something that works and rests."""

    @property
    def resting(self) -> bool:
        """Whether it has nothing to do now."""
        ...


class Rest:
    """Watches the parts of the bot, and tells `clock` whenever all rest."""

    def __init__(self, clock: HeldClock) -> None:
        self._clock = clock
        self._look = asyncio.Event()

    def look(self) -> None:
        """Something came to rest."""
        self._look.set()

    async def watch(self, parts: tuple[Part, ...], told: Callable[[], tuple[int | None, int, datetime | None]]) -> None:
        """Run for ever. `told` gives the last handled update, the generation of the clock, and what is next due."""
        while True:
            await self._look.wait()
            self._look.clear()
            if all(part.resting for part in parts):
                handled, generation, due = told()
                if due is None or due > self._clock.now():  # else its alarm is about to ring
                    await self._clock.rested(handled, generation, due)
