"""What an update costs the bot's process: many people do a check-in at once, over real HTTP, into a real SQLite file.

Beside it the barest bot (`echo.py`) gets as many updates of the same kinds. Run twice, with one call an update and with
more, it also tells the price of a call, and so how much of our cost is sending.
"""

import asyncio
import json
import os
import signal
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.measure import cpu_of, ratio, table
from tests.acceptance.processes import TOKEN, Telegram, bot, running, telegram

BEGINS = "2026-03-01T12:00:00Z"
CHECK_IN = (
    "/checkin",
    "Yes, you may",
    "The same",
    "4",
    "None of these",
    "A few days",
    "No, thank you",
    "Add more",
    "Many times a day",
    "Well",
)
"""A first check-in: the command, consent, the three questions of a day, how long it has been and whether to ask again;
then all that can be added."""
MORE = 2
AT_A_TIME = 32
"""As many people act in the same moment; the others' updates pile up behind them, as Telegram's do."""

Act = Callable[[Telegram, int, str], Awaitable[Any]]
Settled = Callable[[Telegram], Awaitable[None]]


@dataclass
class Cost:
    """What a bot used for so many updates, and the calls it made, by method."""

    updates: int
    cpu: float
    calls: Counter[str] = field(default_factory=Counter)

    @property
    def sent(self) -> int:
        """Calls that are no polls."""
        return self.calls.total() - self.calls["getUpdates"]

    @property
    def per_thousand(self) -> float:
        """CPU seconds per 1,000 updates."""
        return 1000 * self.cpu / self.updates


async def _acts(api: Telegram, person: int, answer: str) -> None:
    if answer.startswith("/"):
        await api.ask("POST", f"/people/{person}/say", {"text": answer, "wait": 0})
    else:
        await api.ask("POST", f"/people/{person}/tap", {"button": answer, "wait": 0})


async def _acts_blindly(api: Telegram, person: int, answer: str) -> None:
    """The same kinds of updates for a bot that shows no buttons."""
    if answer.startswith("/"):
        await _acts(api, person, answer)
    else:
        await api.ask("POST", f"/people/{person}/tap", {"data": "a:b", "message_id": 1, "wait": 0})


async def _drained(api: Telegram) -> None:
    """The barest bot tells nobody that it rests; but it confirms only what it has answered."""
    while (await api.ask("GET", "/state"))["waiting"]:  # noqa: ASYNC110  (a process is waited for)
        await asyncio.sleep(0.05)


async def _at_rest(api: Telegram) -> None:
    await api.at_rest()


async def _measured(api: Telegram, pid: int, people: int, act: Act, settled: Settled) -> Cost:
    numbers = [await api.person() for _ in range(people)]
    room = asyncio.Semaphore(AT_A_TIME)
    cost = Cost(people * len(CHECK_IN), 0.0)
    last = await api.last_call()

    async def one(person: int, answer: str) -> None:
        async with room:
            await act(api, person, answer)

    before = cpu_of(pid)
    for answer in CHECK_IN:
        await asyncio.gather(*(one(person, answer) for person in numbers))
        await settled(api)
    cost.cpu = cpu_of(pid) - before
    made: list[Mapping[str, Any]] = (await api.ask("GET", "/calls", after=last))["calls"]
    cost.calls.update(call["method"] for call in made)
    return cost


async def ours(people: int, directory: Path) -> Cost:
    """Measure the bot."""
    async with telegram(BEGINS, directory / "world.json") as api, bot(api, directory / "steady.db") as process:
        await api.at_rest()
        cost = await _measured(api, process.pid, people, _acts, _at_rest)
        chats = [await api.chat(one["id"]) for one in (await api.ask("GET", "/people"))["people"]]
        unfinished = [chat[-1]["text"] for chat in chats if not chat[-1]["text"].startswith("Noted.")]
        if unfinished:
            raise RuntimeError(f"{len(unfinished)} of {len(chats)} check-ins did not end; one says: {unfinished[0]}")
        return cost


async def parts(people: int, directory: Path) -> dict[str, float]:
    """Return which part of the bot uses how much of its CPU time (shares of 1), by samples of the same check-ins."""
    counts = directory / "parts.json"
    async with telegram(BEGINS, directory / "sampled.json") as api:
        settings = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"{api.url}/bot",
            "TEST_CLOCK_URL": f"{api.url}/api/clock",
            "DATABASE_URL": f"sqlite:///{directory / 'sampled.db'}",
        }
        async with running(str(counts), module="benchmarks.sampled", environment=settings) as process:
            await process.line("started")
            await api.at_rest()
            os.kill(process.pid, signal.SIGUSR1)  # it forgets its start
            await _measured(api, process.pid, people, _acts, _at_rest)
            await process.stop()
    found: dict[str, int] = json.loads(counts.read_text(encoding="utf-8"))
    return {part: number / sum(found.values()) for part, number in Counter(found).most_common()}


async def echoes(people: int, more: int, directory: Path) -> Cost:
    """Measure the barest bot."""
    async with telegram(BEGINS, directory / f"echo{more}.json") as api:
        arguments = (f"{api.url}/bot", TOKEN, "--more", str(more))
        async with running(*arguments, module="benchmarks.echo") as process:
            await process.line("echo: ready")
            return await _measured(api, process.pid, people, _acts_blindly, _drained)


async def measure(people: int, rounds: int) -> tuple[Cost, Cost, Cost, dict[str, float]]:
    """Return what our bot, the barest bot, and the barest bot with more calls used; and the parts of ours.

    They take turns, and of each the cheapest round counts.
    """
    costs: tuple[list[Cost], list[Cost], list[Cost]] = ([], [], [])
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as directory:
            place = Path(directory)
            costs[0].append(await ours(people, place))
            costs[1].append(await echoes(people, 0, place))
            costs[2].append(await echoes(people, MORE, place))
    with tempfile.TemporaryDirectory() as directory:
        shares = await parts(people, Path(directory))
    us, bare, chatty = (min(some, key=lambda cost: cost.cpu) for some in costs)
    return us, bare, chatty, shares


def report(people: int = 200, rounds: int = 3) -> str:
    """Run it, and return the figures as Markdown."""
    us, bare, chatty, shares = asyncio.run(measure(people, rounds))
    call = max(0.0, (chatty.cpu - bare.cpu) / max(1, chatty.sent - bare.sent))
    rows = [
        (
            name,
            f"{cost.per_thousand:.2f}",
            ratio(cost.per_thousand, bare.per_thousand),
            f"{cost.sent / cost.updates:.2f}",
            f"{cost.updates / max(1, cost.calls['getUpdates']):.0f}",
        )
        for name, cost in (("the bot", us), ("barest bot", bare), (f"barest bot, {MORE} calls more", chatty))
    ]
    head = ("", "CPU s / 1,000 updates", "ratio", "calls / update", "updates / poll")
    split = [(part, f"{share * us.per_thousand:.2f}", f"{share:.0%}") for part, share in shares.items()]
    told = (
        f"{people} people check in at once: {us.updates} updates. A call costs {1000 * call:.2f} ms of CPU (slope "
        f"between the two barest bots); at that price the bot's {us.sent} calls are "
        f"{1000 * call * us.sent / us.updates:.2f} s of its {us.per_thousand:.2f} s."
    )
    return "\n\n".join((told, table(head, rows), table(("where it goes", "CPU s / 1,000 updates", "share"), split)))
