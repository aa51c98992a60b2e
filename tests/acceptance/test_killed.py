"""`kill -9` of the bot at the worst moments: nothing is lost, nothing applied twice, at most one message comes twice.

Each moment is held still by the stand-in (a call that is not answered) or by the database's lock, so that the kill hits
it every time. The product has no hook for this.
"""

import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.processes import PATIENCE, Telegram, bot, telegram, texts

NOTED = "Noted. That is 1 glass today."


@pytest.fixture
async def api(tmp_path: Path) -> AsyncIterator[Telegram]:
    """The stand-in, at noon."""
    async with telegram("2026-03-01T12:00:00Z", tmp_path / "world.json") as api:
        yield api


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where the bot keeps everything."""
    return tmp_path / "steady.db"


def count(database: Path, query: str) -> Any:
    """Return the one value of a query, while no bot runs."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchone()[0]


async def sent(api: Telegram, sam: int) -> list[str]:
    """Return what the bot has said to somebody."""
    return texts([message for message in await api.chat(sam) if message["from"] == "bot"])


async def before_the_glass(api: Telegram) -> int:
    """Bring somebody to the button that counts a glass."""
    sam = await api.person("Sam")
    await api.say(sam, "/water")
    await api.tap(sam, "I drank a glass")
    return sam


async def drinks(api: Telegram, sam: int) -> None:
    """Press the button whose press is counted; do not wait for anything."""
    await api.tap(sam, "Yes, you may", wait=0)


async def polled(api: Telegram, after: int) -> None:
    """Wait until a poll begun before `after` has been answered: the bot has the update in its hands."""
    calls = [call for call in (await api.ask("GET", "/calls", method="getUpdates"))["calls"] if call["number"] <= after]
    assert calls[-1]["status"] == 200, calls[-1]


async def counted_once(api: Telegram, sam: int, database: Path, *, most: int) -> None:
    """Restart, and see that the glass counts once and was answered at least once and at most so often."""
    async with bot(api, database) as us:
        await api.at_rest()
        said = texts(await api.chat(sam)).count(NOTED)
        assert 1 <= said <= most, texts(await api.chat(sam))
        await api.say(sam, "/water")
        assert (await api.chat(sam))[-1]["text"] == "You have counted 1 glass today."
        assert await us.stop() == 0
    assert count(database, "select count(*) from waters") == 1
    assert count(database, "select count(*) from dead_letters") == 0


async def dies_at(api: Telegram, database: Path, method: str, **fault: Any) -> int:
    """Let the bot die while its next call of `method` is held."""
    async with bot(api, database) as us:
        sam = await before_the_glass(api)
        await api.misbehave(method=method, delay=PATIENCE * 2, **fault)
        after = await api.last_call()
        await drinks(api, sam)
        await api.call(method, after)
        await us.kill()
    await api.behave()
    return sam


async def test_killed_after_commit_and_before_acknowledging(api: Telegram, database: Path) -> None:
    """Telegram delivers the press again; it was seen, and changes nothing more."""
    sam = await dies_at(api, database, "getUpdates", drop="before")
    assert count(database, "select count(*) from waters") == 1
    await counted_once(api, sam, database, most=2)


async def test_killed_between_commit_and_send(api: Telegram, database: Path) -> None:
    """The reply was kept before anything was sent, and goes out after the restart."""
    sam = await dies_at(api, database, "sendMessage", drop="before")
    assert NOTED not in texts(await api.chat(sam))
    await counted_once(api, sam, database, most=1)


async def test_killed_between_send_and_mark(api: Telegram, database: Path) -> None:
    """The reply had arrived and nobody knew: it comes once more, and nothing else happens twice."""
    sam = await dies_at(api, database, "sendMessage", drop="after")
    await counted_once(api, sam, database, most=1)
    repeated = [text for text, times in Counter(await sent(api, sam)).items() if times > 1]
    assert repeated == ["Thank you. /erase deletes it again whenever you like."]


async def test_killed_before_commit(api: Telegram, database: Path) -> None:
    """Nothing was kept and nothing acknowledged: the press comes again and counts once."""
    async with bot(api, database) as us:
        sam = await before_the_glass(api)
        after = await api.last_call()
        with closing(sqlite3.connect(database, isolation_level=None)) as foreign:
            foreign.execute("begin immediate")
            await drinks(api, sam)
            await polled(api, after)
            await us.kill()
            foreign.execute("rollback")
    assert count(database, "select count(*) from waters") == 0
    assert NOTED not in texts(await api.chat(sam))
    await counted_once(api, sam, database, most=1)


@pytest.mark.parametrize(("drop", "arrived"), [("before", 0), ("after", 1)])
async def test_a_reminder_whose_fate_is_unknown_never_comes_twice(
    api: Telegram, database: Path, drop: str, arrived: int
) -> None:
    """Killed while a reminder is on its way: it is not sent again, and the outbox says why not."""
    async with bot(api, database) as us:
        sam = await api.person("Sam")
        await api.say(sam, "/reminders")
        await api.tap(sam, "Water")
        await api.tap(sam, "No, none of that")
        await api.tap(sam, "Yes, you may")
        await api.say(sam, "London")
        await api.tap(sam, "Yes, that is right")
        await api.tap(sam, "Three times, 10:00, 14:00, 18:00")
        await api.misbehave(method="sendMessage", delay=PATIENCE * 2, drop=drop)
        after = await api.last_call()
        await api.ask("POST", "/clock", {"to": "2026-03-01T14:00:00Z", "wait": 0})
        await api.call("sendMessage", after)
        await us.kill()
    await api.behave()
    async with bot(api, database) as us:
        await api.at_rest()
        asked = [text for text in texts(await api.chat(sam)) if text.startswith("Time for a glass")]
        assert len(asked) == arrived
        await api.move_to("2026-03-01T18:00:00Z")
        asked = [text for text in texts(await api.chat(sam)) if text.startswith("Time for a glass")]
        assert len(asked) == arrived + 1
        await us.stop()
    assert count(database, "select count(*) from firings where outcome = 'sent'") == 2
    assert count(database, "select reason from outbox where state = 'dead' and bulk") == "unknown outcome"


async def test_killed_after_every_answer_of_a_check_in(api: Telegram, database: Path) -> None:
    """Eleven kills in one talk: the entry is kept once, with every answer, and no message came more than twice."""
    sam = await api.person("Sam")
    answers = [
        "Yes, you may",
        "Worse",
        "6",
        "Something of this",
        "None of these",
        "Stiff muscles",
        "That is all",
        "About a week",
        "No, thank you",
        "Add more",
        "Many times a day",
    ]
    await api.say(sam, "/checkin", wait=0)
    for answer in answers:
        async with bot(api, database) as us:
            await api.at_rest()
            await api.tap(sam, answer, wait=0)
            await us.kill()
    async with bot(api, database) as us:
        await api.at_rest()
        await api.tap(sam, "So-so")
        assert (await _last_but(api, sam, "See a doctor about this")) <= 2
        await us.stop()
    assert count(database, "select count(*) from checkins") == 1
    kept = "select mood || ' ' || strength || ' ' || often || ' ' || sleep || ' ' || signs from checkins"
    assert count(database, kept) == 'worse 6 many fair ["stiffness"]'
    assert max(Counter(await sent(api, sam)).values()) <= 2


async def _last_but(api: Telegram, sam: int, beginning: str) -> int:
    found = [text for text in texts(await api.chat(sam)) if text.startswith(beginning)]
    assert found
    return len(found)
