"""The stand-in knows when the bot is at rest, never too early, and moves time from one rest to the next."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.playground.scripted import Caller, ScriptedBot, start


async def at_rest(api: Caller) -> bool:
    """What the stand-in finds."""
    return bool((await api.get("state"))["at_rest"])


async def test_at_rest_when_all_is_said(api: Caller, scripted: ScriptedBot) -> None:
    """A bot that has nothing to handle is at rest once it says so, not before."""
    await scripted.hello()
    assert not await at_rest(api)
    assert await scripted.rest(None)
    assert await at_rest(api)
    assert (await api.get("state"))["bot"] == {"connected": True, "polling": False, "boot": "first"}


async def test_who_watches_hears_of_a_bot_that_begins(api: Caller, scripted: ScriptedBot) -> None:
    """A bot that begins, or says what it can do, is a change, so that a page which was open before it looks again."""
    versions = [(await api.get("changes"))["version"]]
    await scripted.hello()
    versions.append((await api.get("changes"))["version"])
    await scripted.call("setMyDescription", description="A companion")
    versions.append((await api.get("changes"))["version"])
    assert versions == sorted(set(versions))


async def test_an_update_ends_the_rest(api: Caller, scripted: ScriptedBot) -> None:
    """From the moment somebody acts until the bot has handled, confirmed and said so, it is not at rest."""
    await scripted.hello()
    await scripted.rest(None)
    await api.person()
    assert not await at_rest(api)
    (update,) = await scripted.updates()
    assert not await scripted.rest(update["update_id"])
    await scripted.updates(offset=update["update_id"] + 1)
    assert await at_rest(api)


async def test_an_old_report_says_nothing_of_a_newer_update(api: Caller, scripted: ScriptedBot) -> None:
    """A newer update confirmed but not reported handled leaves the bot busy: its answer may not be out yet."""
    await scripted.hello()
    person = await api.person()
    first = await scripted.fetch()
    assert await scripted.rest(first)
    await api.does(person, "say", text="two")
    second = await scripted.fetch()
    assert not await at_rest(api)
    assert not await scripted.rest(first)
    assert await scripted.rest(second)


async def test_a_new_process_begins_anew(api: Caller, scripted: ScriptedBot) -> None:
    """A new boot is not at rest by what the old one said, and what the old one confirmed is none of its business."""
    await scripted.hello()
    await api.person()
    assert await scripted.rest(await scripted.fetch())
    again = ScriptedBot(scripted.http, "second")
    await again.hello()
    assert not await at_rest(api)
    report = {"boot": "first", "handled": 1, "generation": 0}
    assert (await scripted.http.post("/api/clock/rest", json=report)).status_code == 409
    assert await again.rest(None)


async def test_redelivered_to_a_new_process(api: Caller, scripted: ScriptedBot) -> None:
    """What the old process fetched and never confirmed comes again, and counts for the new one."""
    await scripted.hello()
    await api.person()
    assert len(await scripted.updates()) == 1
    again = ScriptedBot(scripted.http, "second")
    await again.hello()
    assert not await again.rest(None)
    assert await again.rest(await again.fetch())


async def test_a_hello_ends_an_older_poll(api: Caller, scripted: ScriptedBot) -> None:
    """A poll that an older process left behind gets nothing that the new one should."""
    poll = start(scripted.no("getUpdates", timeout=50))
    await api.called("getUpdates", 1)
    await scripted.hello()
    assert (await asyncio.wait_for(poll, 10))[0] == 409


async def test_moving_time_ends_the_rest(api: Caller, scripted: ScriptedBot) -> None:
    """A report speaks of one generation of the clock, and holds no longer when time moved."""
    await scripted.hello()
    assert await scripted.rest(None)
    assert (await api.post("clock", advance="PT1H", wait=0)) == {
        "now": "2026-03-01T09:00:00Z",
        "at_rest": False,
        "next_due": None,
    }
    late = {"boot": "first", "handled": None, "generation": 0}
    assert (await scripted.http.post("/api/clock/rest", json=late)).json()["at_rest"] is False
    assert await scripted.rest(None)


async def test_an_expired_update_is_no_longer_owed(api: Caller, scripted: ScriptedBot) -> None:
    """What nobody can fetch any more does not keep the bot from its rest, and neither does its late confirmation."""
    await scripted.hello()
    await api.person()
    (update,) = await scripted.updates()
    await api.post("clock", advance="P1D", wait=0)
    await scripted.updates(offset=update["update_id"] + 1)
    assert await scripted.rest(update["update_id"])


async def test_no_bot(api: Caller) -> None:
    """Without a bot an act is answered after its wait, not at rest, and time goes where it is sent at once."""
    person = await api.person()
    assert await api.does(person, "say", text="hi") == {"messages": [], "toasts": [], "at_rest": False}
    assert (await api.post("clock", advance="P3D"))["at_rest"] is False
    assert (await api.get("clock"))["now"] == "2026-03-04T08:00:00Z"


async def test_wrong_reports(scripted: ScriptedBot) -> None:
    """A report needs a process that said hello, and a generation."""
    report = {"boot": "first", "handled": None, "generation": 0}
    assert (await scripted.http.post("/api/clock/rest", json=report)).status_code == 409
    await scripted.hello()
    assert (await scripted.http.post("/api/clock/rest", json={"boot": "first"})).status_code == 400


class Reminding:
    """A tiny bot in the form of the real one: it polls, echoes, reminds when its times come, and tells its rest."""

    def __init__(self, bot: ScriptedBot, due: list[str], *, stuck: bool = False) -> None:
        self.bot = bot
        self.due = due
        self.stuck = stuck
        self.handled: int | None = None
        self.person = 0
        self.sent_at: list[str] = []

    async def run(self) -> None:
        """Until it is cancelled."""
        await self.bot.hello()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._poll())
            group.create_task(self._watch())

    async def _poll(self) -> None:
        while True:
            for update in await self.bot.updates(offset=self.bot.offset, timeout=50):
                self.bot.offset = self.handled = update["update_id"] + 1
                self.handled = update["update_id"]
                if "message" in update:
                    self.person = update["message"]["chat"]["id"]
                    text = update["message"]["text"]
                    await self.bot.say(
                        self.person,
                        f"You said {text}",
                        reply_markup={"inline_keyboard": [[{"text": "Undo", "callback_data": "undo"}]]},
                    )
                if press := update.get("callback_query"):
                    message = {"chat_id": self.person, "message_id": press["message"]["message_id"]}
                    await self.bot.call("editMessageText", **message, text="Undone")
                    await self.bot.call("answerCallbackQuery", callback_query_id=press["id"], text="Done")
            await self._tell()

    async def _watch(self) -> None:
        generation = -1
        while True:
            query: dict[str, Any] = {"after": generation, "seconds": 50}
            clock = (await self.bot.http.get("/api/clock", params=query)).json()
            generation = clock["generation"]
            while self.due and self.due[0] <= clock["now"] and not self.stuck:
                self.sent_at.append(clock["now"])
                await self.bot.say(self.person, f"Reminder for {self.due.pop(0)}")
            await self._tell()

    async def _tell(self) -> None:
        clock = (await self.bot.http.get("/api/clock")).json()
        if self.stuck or not (self.due and self.due[0] <= clock["now"]):
            await self.bot.rest(self.handled, self.due[0] if self.due else None)


@pytest.fixture
def due() -> list[str]:
    """When the tiny bot has something to do."""
    return ["2026-03-01T12:00:00Z", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z"]


@pytest.fixture
async def reminding(scripted: ScriptedBot, due: list[str]) -> AsyncIterator[Reminding]:
    """The tiny bot, running."""
    bot = Reminding(scripted, due)
    task = start(bot.run())
    yield bot
    task.cancel()
    await asyncio.wait([task])


async def test_say_waits_for_the_answer(api: Caller, reminding: Reminding) -> None:
    """An act is answered when the bot is at rest, with what it wrote, edited and showed since."""
    person = (await api.post("people"))["id"]
    said = await api.does(person, "say", text="hello", wait=20)
    assert ([one["text"] for one in said["messages"]], said["at_rest"]) == (["You said hello"], True)
    tapped = await api.does(person, "tap", button="Undo", wait=20)
    assert [(one["id"], one["text"]) for one in tapped["messages"]] == [(said["messages"][0]["id"], "Undone")]
    assert [(one["text"], one["alert"]) for one in tapped["toasts"]] == [("Done", False)]


async def test_many_people_at_once(api: Caller, reminding: Reminding) -> None:
    """Each of many who act at the same time gets the answer to what they said."""
    people = [(await api.post("people"))["id"] for _ in range(30)]
    said = await asyncio.gather(*(api.does(person, "say", text=str(person), wait=20) for person in people))
    assert [one["messages"][0]["text"] for one in said] == [f"You said {person}" for person in people]
    assert all(one["at_rest"] for one in said)


async def test_time_stops_at_all_that_falls_due(api: Caller, reminding: Reminding) -> None:
    """Each thing happens at its own moment, in order, and the answer comes when the bot has done it all."""
    person = (await api.post("people"))["id"]
    await api.does(person, "say", text="hello", wait=20)
    moved = await api.post("clock", advance="PT24H", wait=20)
    assert moved == {"now": "2026-03-02T08:00:00Z", "at_rest": True, "next_due": "2026-03-03T08:00:00Z"}
    assert reminding.sent_at == ["2026-03-01T12:00:00Z", "2026-03-02T08:00:00Z"]
    assert [one["at"] for one in (await api.chat(person))[2:]] == reminding.sent_at


async def test_going_to_the_next_thing(api: Caller, reminding: Reminding) -> None:
    """`next` goes to the next due thing and no further; with nothing due time stays."""
    person = (await api.post("people"))["id"]
    await api.does(person, "say", text="hello", wait=20)
    stops = [(await api.post("clock", next=True, wait=20))["now"] for _ in range(4)]
    assert stops == ["2026-03-01T12:00:00Z", "2026-03-02T08:00:00Z", "2026-03-03T08:00:00Z", "2026-03-03T08:00:00Z"]


async def test_a_stuck_bot(api: Caller, reminding: Reminding) -> None:
    """A bot that rests although something is due does not hold time for ever: the caller is told."""
    reminding.stuck = True
    answer = await api.http.post("/api/clock", json={"advance": "PT24H", "wait": 20})
    assert answer.status_code == 409
    assert "2026-03-01T12:00:00Z" in answer.json()["error"]
    assert (await api.get("clock"))["now"] == "2026-03-01T12:00:00Z"


async def test_a_busy_bot(api: Caller, reminding: Reminding) -> None:
    """A bot that does not come to rest holds time at the stop where it is busy, until the caller's patience ends."""
    person = (await api.post("people"))["id"]
    await api.does(person, "say", text="hello", wait=20)
    await api.post("faults", method="sendMessage", times=1, delay=60)
    moving = start(api.post("clock", advance="PT24H", wait=0.2))
    assert (await asyncio.wait_for(moving, 10))["at_rest"] is False
    assert (await api.get("clock"))["now"] == "2026-03-01T12:00:00Z"
    await api.http.delete("/api/faults")
    assert (await api.get("state", wait=20))["at_rest"] is True


async def test_time_moves_while_the_bot_is_dead(api: Caller, url: str) -> None:
    """When its process is killed the stand-in sees it, and time passes without it."""
    async with httpx.AsyncClient(base_url=url) as client:
        bot = ScriptedBot(client)
        await bot.hello()
        await bot.rest(None, "2026-03-01T12:00:00Z")
    while (await api.get("state"))["bot"]["connected"]:
        pass
    moved = await api.post("clock", advance="PT24H", wait=20)
    assert (moved["now"], moved["at_rest"]) == ("2026-03-02T08:00:00Z", False)
