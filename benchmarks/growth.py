"""What an update, a reminder that falls due, and a start cost with few and with many people in the database.

The law: nothing of it may grow with their number. The databases take turns, so that whatever else the machine does
falls on all of them alike.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path

from benchmarks.filling import NONCE, NOW, fill
from benchmarks.measure import cpu_here, ratio, table
from bot.reminders.dispatcher import event_of
from bot.session.handle import Item, Session
from bot.session.inputs import Incoming, PersonId, Press, Text, UpdateId
from bot.session.kept import Outcome
from bot.storage.open import Storage, open_storage
from tests.chat import HeldTime, the_house

FIRST_UPDATE = 10**9


class Bot:
    """The session and its store, without Telegram: parcels are claimed and settled as the sender does."""

    def __init__(self, storage: Storage, times: int) -> None:
        self.storage, self.clock, self._times = storage, HeldTime(NOW), times
        seeds = (f"s{number:04d}_" for number in count())
        self.session = Session(the_house(), storage.store, self.clock, lambda: next(seeds), lambda _: None)

    async def send(self) -> int:
        """Empty the outbox; return how many parcels there were."""
        sent = 0
        while parcels := await self.storage.outbox.claim(self.clock.at, 32, ()):
            await self.storage.outbox.settle([Outcome(parcel.id, message=1000 + parcel.id) for parcel in parcels])
            sent += len(parcels)
        return sent

    async def press(self, number: int) -> None:
        """Somebody answers the question that they have open."""
        await self._update(self._times + number, Press("press", f"{NONCE}:same", 1), number)

    async def text(self, number: int) -> None:
        """Somebody types something."""
        await self._update(2 * self._times + number, Text("my toe is twitching again"), self._times + number)

    async def _update(self, person: int, what: Press | Text, number: int) -> None:
        batch: list[Item] = [Incoming(PersonId(person), what, UpdateId(FIRST_UPDATE + number), "en")]
        await self.session.handle(batch)
        _must(await self.send() > 0, "an update got no answer")

    async def tick(self, number: int) -> None:
        """A reminder falls due; the dispatcher hands it in and looks for the next."""
        self.clock.at = NOW + timedelta(minutes=number)
        due = await self.storage.due.due(self.clock.at, 100)
        _must(len(due) == 1, f"{len(due)} rows are due")
        await self.session.handle([event_of(row) for row in due])
        await self.storage.due.due(self.clock.at, 100)
        await self.storage.due.next_due()
        _must(await self.send() == 1, "the reminder was not sent")

    async def tidy(self, _: int) -> None:
        """The hourly look for what has had its day."""
        await self.storage.due.tidy(NOW, 500)


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise RuntimeError(otherwise)


async def _start(path: Path, _: int) -> None:
    """Do with the database what a start does before the bot listens, and end."""
    async with _opened(path) as storage:
        await storage.outbox.recover()
        await storage.meta.get("tzdata")
        await storage.due.due(NOW, 100)
        await storage.due.tidy(NOW, 500)
        await storage.due.next_due()
        await storage.outbox.claim(NOW, 32, ())
        await storage.outbox.next_again()


def _opened(path: Path) -> AbstractAsyncContextManager[Storage]:
    return open_storage(f"sqlite:///{path}", key=lambda: b"k" * 32)


async def _in_turns(works: Sequence[Callable[[int], Awaitable[None]]], times: int) -> list[float]:
    """Return the CPU milliseconds of each of `works`, the least of so many times, the first not counted."""
    used: list[list[float]] = [[] for _ in works]
    for number in range(1, times + 1):
        for work, costs in zip(works, used, strict=True):
            begun = cpu_here()
            await work(number)
            costs.append(1000 * (cpu_here() - begun))
    return [min(costs[1:]) for costs in used]


async def measure(sizes: Sequence[int], times: int, directory: Path) -> dict[str, list[float]]:
    """Return the CPU milliseconds of each kind of work, in the order of `sizes` (each at least three `times`)."""
    paths = [directory / f"{size}.db" for size in sizes]
    for path, size in zip(paths, sizes, strict=True):
        async with _opened(path) as storage:
            await fill(storage, size, times, the_house())
    found = {"a start, its part with the database": await _in_turns([partial(_start, path) for path in paths], 6)}
    async with AsyncExitStack() as stack:
        bots = [Bot(await stack.enter_async_context(_opened(path)), times) for path in paths]
        found["an update: a press, its answer sent"] = await _in_turns([bot.press for bot in bots], times)
        found["an update: a text, its answer sent"] = await _in_turns([bot.text for bot in bots], times)
        found["a tick: one reminder, sent"] = await _in_turns([bot.tick for bot in bots], times)
        found["the hourly tidying, nothing to do"] = await _in_turns([bot.tidy for bot in bots], times)
    return found


def report(sizes: Sequence[int] = (100, 1_000, 10_000), times: int = 30) -> str:
    """Fill, measure, and return the figures as Markdown."""
    with tempfile.TemporaryDirectory() as directory:
        found = asyncio.run(measure(sizes, times, Path(directory)))
    rows = [(name, *(f"{cost:.2f}" for cost in costs), ratio(costs[-1], costs[0])) for name, costs in found.items()]
    return table(("ms of CPU", *(f"{size:,} people" for size in sizes), "last / first"), rows)
