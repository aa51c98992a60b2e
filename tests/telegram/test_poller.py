"""Nothing is acknowledged before it is kept; nothing that Telegram sends, or fails to send, stops the loop."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.errors import OperatorError
from bot.playground.bell import Bell
from bot.playground.chats import ChatId
from bot.playground.faults import Fault
from bot.playground.standin import Standin
from bot.session.inputs import Incoming, Irrelevant, PersonId, Press, Text, Unreadable
from bot.tasks import Tasks
from bot.telegram.client import Api, open_api
from bot.telegram.groups import Groups
from bot.telegram.poller import Poller
from tests.telegram.support import PATIENCE, TOKEN, Kept, until

LINE = "I only talk in private chats."


class Polling:
    """A poller at work, and what it hands in."""

    def __init__(self, world: Standin, api: Api, **how: Any) -> None:
        self.world = world
        self.kept = Kept()
        self.rested = Bell()
        self.pauses: list[float] = []
        self.groups = Groups(api, LINE, self.rested.ring)
        given = {"username": "steady_toes_bot", "pause": self._pause, **how}
        self.poller = Poller(api, self.kept, self.groups, on_rest=self.rested.ring, **given)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0)

    async def confirmed(self) -> None:
        """Until it rests and Telegram has nothing left for it."""
        rings = self.world.updates.arrived
        await until(rings, lambda: not self.world.updates.waiting() and self.poller.resting)

    def goes_wrong(self, times: int = 1, **how: Any) -> None:
        """The next polls fail."""
        self.world.faults.coming.append(Fault("getupdates", times, **how))


@asynccontextmanager
async def polling(world: Standin, api: Api, **how: Any) -> AsyncIterator[Polling]:
    """A poller at work inside the block."""
    desk = Polling(world, api, **how)
    async with Tasks() as tasks:
        running = [
            tasks.start(desk.poller.run(), name="poller"),
            tasks.start(desk.groups.run(), name="groups"),
        ]
        try:
            yield desk
        finally:
            for task in running:
                task.cancel()


def say(world: Standin, *words: str) -> int:
    """A new person says some words; their id."""
    chat = world.people.join("Someone", "de")
    for text in words:
        world.people.say(chat, text)
    return chat.id


async def test_hands_in(world: Standin, api: Api) -> None:
    """What a person says is handed in with who they are, and confirmed once it was kept."""
    person = say(world, "my toe twitches")
    async with polling(world, api) as desk:
        await desk.confirmed()
        assert desk.kept.all == [Incoming(PersonId(person), Text("my toe twitches"), desk.poller.handled, "de")]
        assert desk.poller.handled is not None
        assert world.updates.confirmed == int(desk.poller.handled)


async def test_not_acknowledged(world: Standin, api: Api) -> None:
    """While the store fails nothing is fetched or confirmed; the same batch is tried again with growing pauses."""
    say(world, "one", "two")
    with capture_logs() as logs:
        async with polling(world, api) as desk:
            desk.kept.failures = 7
            await until(desk.kept.heard, lambda: desk.kept.calls == 7)
            assert len(world.updates.waiting()) == 2
            assert not desk.poller.resting
            assert len(world.calls.after(0, "getUpdates")) == 1
            await desk.confirmed()
    assert desk.pauses == [1, 2, 4, 8, 16, 30, 30]
    assert [[type(one) for one in batch] for batch in desk.kept.batches] == [[Incoming, Incoming]]
    assert [entry["event"] for entry in logs] == ["database_unavailable", "database_back"]


async def test_killed(world: Standin, api: Api) -> None:
    """What a killed process had fetched and not finished comes again."""
    say(world, "hello")

    class Dies(Kept):
        async def handle(self, batch: Any) -> None:
            self.batches.append(batch)
            raise RuntimeError("killed")

    dying = Poller(api, Dies(), Groups(api, LINE))
    with pytest.raises(RuntimeError, match="killed"):
        await dying.run()
    assert len(world.updates.waiting()) == 1
    async with polling(world, api) as desk:
        await desk.confirmed()
        assert len(desk.kept.all) == 1


async def test_poison(world: Standin, api: Api) -> None:
    """Updates that nobody can read are handed in as such and confirmed; the others of their batch are read."""
    person = say(world, "before")
    world.raw({"message": {"chat": "nonsense"}})
    world.raw({"message": None})
    world.raw({"some_day": {"new": True}})
    world.people.say(world.chats.all[ChatId(person)], "after")
    async with polling(world, api) as desk:
        await desk.confirmed()
    assert [type(one) for one in desk.kept.all] == [Incoming, Unreadable, Unreadable, Irrelevant, Incoming]


async def test_without_id(world: Standin, api: Api) -> None:
    """An update without an id stops nobody: it is told in the log, and goes when the next one is confirmed."""
    world.raw({"update_id": "none", "message": {}})
    with capture_logs() as logs:
        async with polling(world, api) as desk:
            await until(world.calls.heard, lambda: bool(desk.pauses))
            say(world, "hello")
            await desk.confirmed()
    assert [type(one) for one in desk.kept.all] == [Incoming]
    assert "update_without_id" in [entry["event"] for entry in logs]


async def test_offset_is_told_once(world: Standin, api: Api) -> None:
    """An offset confirms the batch before it and is then forgotten, since ids may start lower after a quiet week."""
    say(world, "hello")
    async with polling(world, api, long_poll_s=0) as desk:
        await desk.confirmed()
        first = len(world.calls.after(0, "getUpdates"))
        await until(world.calls.heard, lambda: len(world.calls.after(0, "getUpdates")) >= first + 2)
        offsets = [call.arguments.get("offset") for call in world.calls.after(0, "getUpdates")]
        assert offsets[:3] == [None, str(desk.poller.handled + 1 if desk.poller.handled else 0), None]
        world.updates.next_id = 1
        say(world, "after a quiet week")
        await desk.confirmed()
        assert desk.poller.handled == 1
    assert len(desk.kept.all) == 2


async def test_outage(world: Standin, api: Api) -> None:
    """It waits longer after each failure, and as long as Telegram says after a 429; then it goes on as before."""
    with capture_logs() as logs:
        async with polling(world, api) as desk:
            desk.goes_wrong(3, status=502)
            desk.goes_wrong(1, drop="before")
            desk.goes_wrong(1, status=429, retry_after=17)
            say(world, "hello")
            await desk.confirmed()
    assert desk.pauses == [1, 2, 4, 8, 17]
    assert len(desk.kept.all) == 1
    assert [entry["event"] for entry in logs] == ["polling_failed", "polling_again"]


@pytest.mark.parametrize(("newcomer_s", "bears"), [(0.0, 2), (60.0, 1)])
async def test_conflict(world: Standin, api: Api, newcomer_s: float, bears: int) -> None:
    """Repeated 409s end it with a sentence, a newcomer sooner, so that the second stops and not the first."""
    desk = Polling(world, api, newcomer_s=newcomer_s)
    desk.goes_wrong(9, status=409)
    with pytest.raises(OperatorError, match="Another instance is polling"):
        await desk.poller.run()
    assert len(desk.pauses) == bears


async def test_second_gives_way(world: Standin, api: Api, url: str) -> None:
    """Of two instances the one that came later stops; the first goes on."""
    async with polling(world, api, newcomer_s=0.0) as first, open_api(SecretStr(TOKEN), url) as other:
        await until(world.updates.arrived, lambda: world.updates.polling is not None)
        second = Polling(world, other)
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(OperatorError, match="Another instance"):
                await second.poller.run()
        say(world, "hello")
        await first.confirmed()
        assert len(first.kept.all) == 1


async def test_conflict_passes(world: Standin, api: Api) -> None:
    """A single 409, as a restart may see, does no harm."""
    async with polling(world, api) as desk:
        desk.goes_wrong(1, status=409)
        say(world, "hello")
        await desk.confirmed()
    assert len(desk.kept.all) == 1


async def test_wrong_token(url: str, world: Standin) -> None:
    """A token that is taken back ends it with a sentence that does not show it."""
    async with open_api(SecretStr("123456:another"), url) as api:
        with pytest.raises(OperatorError, match="TELEGRAM_BOT_TOKEN") as raised:
            await Polling(world, api).poller.run()
    assert "another" not in str(raised.value)


async def test_press(world: Standin, api: Api) -> None:
    """Each press is handed in, with its data and the message it stands under."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")
    buttons = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}
    sent = await api.call("sendMessage", {"chat_id": chat.id, "text": "Well?", "reply_markup": buttons})
    world.people.press(chat, "Yes", None)
    world.people.press(chat, "Yes", None)
    async with polling(world, api) as desk:
        await desk.confirmed()
    presses = [one.what for one in desk.kept.all if isinstance(one, Incoming) and isinstance(one.what, Press)]
    assert [(press.data, press.message) for press in presses] == [("yes", sent["message_id"])] * 2
    assert presses[0].press != presses[1].press


async def test_group(world: Standin, api: Api) -> None:
    """A group is told one line, once, and left; only the update's id is kept, and people are served meanwhile."""
    group = {"id": -77, "type": "group", "title": "Toes"}
    for text in ("hello", "are you there?"):
        world.raw({"message": {"message_id": 1, "date": 0, "chat": group, "text": text}})
    say(world, "hello")
    async with polling(world, api) as desk:
        await desk.confirmed()
        await until(desk.rested, lambda: desk.groups.resting and bool(world.calls.after(0, "leaveChat")))
    told = [one.words.text for one in world.chats.all[ChatId(-77)].messages.values()]
    assert told == [LINE]
    assert not world.chats.all[ChatId(-77)].member
    assert [type(one) for one in desk.kept.all][:3] == [Irrelevant, Irrelevant, Incoming]


async def test_group_that_forbids(world: Standin, api: Api) -> None:
    """A group where it may not write is left without a word; one that cannot be left is told once, and left later."""
    world.faults.coming += [
        Fault("sendmessage", 1, status=403, chat_id=-77),
        Fault("leavechat", 1, status=400, chat_id=-78),
    ]
    async with polling(world, api) as desk:
        for known in (-77, -78):
            world.raw({"message": {"chat": {"id": known, "type": "supergroup"}, "text": "hi"}})
        await until(desk.rested, lambda: desk.groups.resting and len(world.calls.after(0, "leaveChat")) == 2)
        world.raw({"message": {"chat": {"id": -78, "type": "supergroup"}, "text": "still here?"}})
        await until(desk.rested, lambda: desk.groups.resting and len(world.calls.after(0, "leaveChat")) == 3)
        say(world, "hello")
        await desk.confirmed()
    assert not world.chats.all[ChatId(-77)].member
    assert not world.chats.all[ChatId(-78)].member
    assert [one.words.text for one in world.chats.all[ChatId(-78)].messages.values()] == [LINE]


async def test_groups_are_bounded(world: Standin, api: Api) -> None:
    """However many groups there are, only so many are remembered."""
    groups = Groups(api, LINE)
    for number in range(1000):
        groups.found(-number)
    assert len(groups._waiting) == 200
    assert not groups.resting
