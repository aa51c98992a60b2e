"""Everything in the outbox reaches the chat it is for, as often as it may, in its order."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.errors import OperatorError, StoreError
from bot.playground.bell import Bell
from bot.playground.faults import Fault
from bot.playground.standin import Standin
from bot.session.inputs import Blocked, Incoming, PersonId
from bot.session.kept import Changes, Outcome, Parcel, Posted
from bot.session.ports import Outbox
from bot.session.screens import Acknowledge, Button, Message, Rebutton, Rewrite
from bot.storage.open import Storage
from bot.tasks import Tasks
from bot.telegram.album import Album
from bot.telegram.client import Api
from bot.telegram.delivery import Delivery
from bot.telegram.pace import Pace, Rate
from bot.telegram.sender import Sender
from bot.telegram.troubles import NotSent
from bot.telegram.verdicts import ATTEMPTS
from tests.telegram.support import PATIENCE, Kept, Nobody, Post, WorldClock, posting, put, said, until

ROWS = ((Button("Yes", "y"), Button("No", "n")),)


async def test_order(post: Post) -> None:
    """Each chat gets its messages in the order in which they were put, whatever else is sent meanwhile."""
    chats = [post.join() for _ in range(3)]
    for number in range(4):
        for chat in chats:
            await post.put(chat, f"number {number}")
    await post.rest()
    assert [said(chat) for chat in chats] == [[f"number {number}" for number in range(4)]] * 3


async def test_order_over_an_erasure(post: Post) -> None:
    """The last word to somebody who had themselves erased waits for what is still on its way to them."""
    chat = post.join()
    post.goes_wrong("sendMessage", delay=PATIENCE)
    await post.put(chat, "before")
    post.sender.wake()
    await until(post.world.calls.heard, lambda: len(post.calls("sendMessage")) == 1)
    async with post.storage.store.begin() as unit:
        person = (await unit.people([PersonId(chat.id)], post.world.clock.now()))[PersonId(chat.id)]
        gone = Changes(person, erase=True, touch=False, parcels=[Parcel(Message("all is gone"), forget=True)])
        await unit.flush([gone], [], post.world.clock.now())
    other = post.join()
    await post.put(other, "something else")
    post.sender.wake()
    await until(post.world.calls.heard, lambda: len(post.calls("sendMessage")) > 1)
    assert post.calls("sendMessage")[1].arguments["text"] == "something else"
    post.world.faults.clear()
    await post.rest()
    assert said(chat) == ["before", "all is gone"]


async def test_replies_first(world: Standin, api: Api, storage: Storage) -> None:
    """Whoever has just written is answered before the reminders that were put earlier go out."""
    *reminded, writer = (world.people.join("Someone", None) for _ in range(21))
    for chat in (*reminded, writer):
        world.people.say(chat, "/start")
        answers = chat is writer
        await put(storage, world.clock.now(), chat, "an answer" if answers else "remember", bulk=not answers)
    async with posting(world, api, storage) as post:
        await post.rest()
    first = post.calls("sendMessage")[:5]
    assert "an answer" in [call.arguments["text"] for call in first]
    assert len(post.calls("sendMessage")) == 21


async def test_markup(post: Post) -> None:
    """A message comes as HTML, with its buttons and without a preview of its links."""
    chat = post.join()
    await post.send(chat, Message('<b>Well?</b> <a href="https://example.org">More</a>', ROWS, "n1"))
    (call,) = post.calls("sendMessage")
    assert "is_disabled" in call.arguments["link_preview_options"]
    message = next(one for one in chat.messages.values() if one.sender == "bot")
    assert message.words.text == "Well? More"
    assert [[button.label for button in row] for row in message.markup.inline] == [["Yes", "No"]]


async def test_edits(post: Post) -> None:
    """An edit finds the message of its prompt; the words change and the buttons go."""
    chat = post.join()
    await post.send(chat, Message("How bad?", ROWS, "n1"))
    await post.send(chat, Rebutton("n1", ((Button("Other", "o"),),)))
    message = list(chat.messages.values())[-1]
    assert [[button.label for button in row] for row in message.markup.inline] == [["Other"]]
    await post.send(chat, Rewrite("n1", "How bad? <b>3</b>"))
    message = chat.messages[message.id]
    assert (message.words.text, message.markup.inline) == ("How bad? 3", ())


async def test_edit_of_nothing(post: Post) -> None:
    """An edit of a prompt that was never sent is given up, and what follows in the chat is sent."""
    chat = post.join()
    await post.send(chat, Rewrite("unknown", "words"), "next")
    assert said(chat) == ["next"]
    assert not post.calls("editMessageText")


async def test_edit_not_modified(post: Post) -> None:
    """An edit that changes nothing counts as made."""
    chat = post.join()
    await post.send(chat, Message("Same", nonce="n1"))
    await post.send(chat, Rewrite("n1", "Same"), Rebutton("n1"), "next")
    assert said(chat) == ["Same", "next"]
    assert len(post.calls("editMessageText")) == len(post.calls("editMessageReplyMarkup")) == 1


async def test_edit_of_deleted(post: Post) -> None:
    """An edit of a message that the person deleted is given up quietly."""
    chat = post.join()
    await post.send(chat, Message("Soon gone", nonce="n1"))
    post.world.chats.delete(chat, next(one for one in chat.messages.values() if one.sender == "bot"))
    await post.send(chat, Rewrite("n1", "Changed"), "next")
    assert said(chat) == ["next"]


async def test_a_question_in_place(post: Post) -> None:
    """A question can take the place of the one before; the next edit finds it under the same nonce."""
    chat = post.join()
    await post.send(chat, Message("Hold", ROWS, "n1"))
    await post.send(chat, Rewrite("n1", "Let go", rows=ROWS), Rewrite("n1", "All ten"))
    message = list(chat.messages.values())[-1]
    assert (said(chat), message.markup.inline) == (["All ten"], ())


async def test_a_question_in_place_of_a_deleted_one(post: Post) -> None:
    """A question must come: where its message was deleted it is a new one, and that is edited from then on."""
    chat = post.join()
    await post.send(chat, Message("Hold", ROWS, "n1"))
    post.world.chats.delete(chat, next(one for one in chat.messages.values() if one.sender == "bot"))
    await post.send(chat, Rewrite("n1", "Let go", rows=ROWS), Rewrite("n1", "Hold again", rows=ROWS))
    assert said(chat) == ["Hold again"]
    assert len(post.calls("sendMessage")) == 2


async def test_acknowledged_once(post: Post) -> None:
    """A press is answered with its words; a second answer to it is refused by Telegram and given up."""
    chat = post.join()
    press = post.world.presses.new(chat.id)
    await post.send(chat, Acknowledge(press, "Noted."))
    await post.send(chat, Acknowledge(press), "next")
    assert [toast.text for toast in chat.toasts] == ["Noted."]
    assert said(chat) == ["next"]
    assert len(post.calls("answerCallbackQuery")) == 2


async def test_old_press(post: Post) -> None:
    """An answer that comes more than 150 seconds late is given up, and what follows is sent."""
    chat = post.join()
    press = post.world.presses.new(chat.id)
    post.world.clock.move(post.world.clock.now() + timedelta(seconds=151))
    await post.send(chat, Acknowledge(press, "Noted."), "next")
    assert (chat.toasts, said(chat)) == ([], ["next"])


async def test_quiet(world: Standin, api: Api, storage: Storage) -> None:
    """That a press was long ago, a message is gone or stands so already, is nobody's fault: no warning."""
    with capture_logs() as logs:
        async with posting(world, api, storage) as post:
            chat = post.join()
            await post.send(chat, Message("Soon gone", nonce="n1"), Rewrite("n1", "Soon gone"))
            world.chats.delete(chat, next(one for one in chat.messages.values() if one.sender == "bot"))
            await post.send(chat, Rewrite("n1", "Changed"), Acknowledge("5", "Noted."))
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("send_moot", "debug")] * 3


async def test_rhythm(world: Standin, api: Api, storage: Storage) -> None:
    """A chat gets its first few messages at once and then waits about a second for each."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with posting(world, api, storage, pause=pause) as post:
        chat = post.join()
        await post.send(chat, *map(str, range(7)))
    assert said(chat) == [str(number) for number in range(7)]
    assert len([wait for wait in pauses if 0.2 < wait < 4]) >= 2


async def test_flood(post: Post) -> None:
    """After a 429 nothing goes to that chat until the very second; other chats are served meanwhile."""
    chat, other = post.join(), post.join()
    post.goes_wrong("sendMessage", status=429, retry_after=7, chat_id=chat.id)
    await post.send(chat, "one", "two")
    await post.send(other, "hello")
    assert (said(chat), said(other)) == ([], ["hello"])
    assert post.sender.next_due() == post.world.clock.now() + timedelta(seconds=7)
    await post.advance(6.999)
    assert said(chat) == []
    await post.advance(0.001)
    assert said(chat) == ["one", "two"]
    assert post.sender.next_due() is None


async def test_a_flood_uses_up_no_tries(world: Standin, api: Api, storage: Storage) -> None:
    """However often Telegram says wait, its first trouble afterwards is the first: the answer is not given up."""
    fast = Pace(chat=Rate(each=0.001, burst=9))
    async with posting(world, api, storage, pace=fast, retry_s=0.0001) as post:
        chat = post.join()
        post.goes_wrong("sendMessage", ATTEMPTS, status=429, retry_after=1)
        post.goes_wrong("sendMessage", status=500)
        await post.send(chat, "an answer")
        for _ in range(ATTEMPTS):
            assert said(chat) == []
            await post.advance(1)
        assert said(chat) == ["an answer"]


async def test_flood_of_all(post: Post) -> None:
    """When one chat after the other is told to wait, all wait: it is the bot that speaks too fast."""
    chats = [post.join() for _ in range(3)]
    other = post.join()
    post.goes_wrong("sendMessage", 3, status=429, retry_after=5)
    for chat in chats:
        await post.put(chat, "hi")
    await post.rest()
    await post.send(other, "hello")
    assert [said(chat) for chat in (*chats, other)] == [[]] * 4
    assert post.sender.next_due() == post.world.clock.now() + timedelta(seconds=5)
    await post.advance(5)
    assert [said(chat) for chat in (*chats, other)] == [["hi"]] * 3 + [["hello"]]


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_unknown_reply(post: Post, drop: str) -> None:
    """A reply whose outcome is unknown is sent again: it may come twice, it must come once."""
    chat = post.join()
    post.goes_wrong("sendMessage", drop=drop)
    await post.send(chat, "answer", "next")
    assert said(chat) == (["answer"] if drop == "after" else []) + ["answer", "next"]


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_unknown_bulk(post: Post, drop: str) -> None:
    """A reminder whose outcome is unknown is not sent again: it may be lost, it must not come twice."""
    chat = post.join()
    post.goes_wrong("sendMessage", drop=drop)
    await post.send(chat, "remember", bulk=True)
    await post.send(chat, "next")
    assert said(chat) == (["remember"] if drop == "after" else []) + ["next"]


@pytest.mark.parametrize(
    ("status", "bulk", "arrives"), [(502, False, 1), (502, True, 0), (504, True, 0), (500, True, 1), (503, False, 1)]
)
async def test_server_trouble(post: Post, status: int, bulk: bool, arrives: int) -> None:
    """A 502 leaves the outcome unknown; any other trouble of Telegram's own means that it was not done."""
    chat = post.join()
    post.goes_wrong("sendMessage", status=status)
    await post.send(chat, "words", bulk=bulk)
    assert len(said(chat)) == arrives


async def test_refused_for_ever(world: Standin, api: Api, storage: Storage) -> None:
    """What Telegram refuses eight times is given up, and the chat goes on."""
    async with posting(world, api, storage, pace=Pace(chat=Rate(each=0.001, burst=9))) as post:
        chat = post.join()
        post.goes_wrong("sendMessage", 8, status=500)
        await post.send(chat, "poison", "next")
        assert said(chat) == ["next"]
        assert len(post.calls("sendMessage")) == 9


async def test_unknown_acknowledgement(post: Post) -> None:
    """An answer to a press whose outcome is unknown is not tried again: it would come too late."""
    chat = post.join()
    post.goes_wrong("answerCallbackQuery", drop="before")
    await post.send(chat, Acknowledge(post.world.presses.new(chat.id), "Noted."), "next")
    assert (len(post.calls("answerCallbackQuery")), said(chat)) == (1, ["next"])


async def test_plain(post: Post) -> None:
    """HTML that Telegram cannot parse is sent once more as plain text."""
    chat = post.join()
    await post.send(chat, Message("<b>Call <i>now</b> &amp; stay < calm", ROWS))
    assert said(chat) == ["Call now & stay < calm"]
    message = list(chat.messages.values())[-1]
    assert len(message.markup.inline[0]) == 2


async def test_too_long(post: Post) -> None:
    """What Telegram will never take is given up at once, and the chat goes on."""
    chat = post.join()
    await post.send(chat, "x" * 5000, "next")
    assert said(chat) == ["next"]
    assert len(post.calls("sendMessage")) == 2


async def test_blocked(post: Post) -> None:
    """Who blocked the bot is handed in as having done so."""
    chat = post.join()
    post.world.people.block(chat, True)
    await post.send(chat, "hello")
    assert post.handler.all == [Incoming(PersonId(chat.id), Blocked())]
    assert said(chat) == []


async def test_blocked_while_the_store_fails(world: Standin, api: Api, storage: Storage) -> None:
    """That somebody blocked the bot is told again until it is kept."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async with posting(world, api, storage, pause=pause) as post:
        chat = post.join()
        post.handler.failures = 3
        world.people.block(chat, True)
        await post.send(chat, "hello")
    assert pauses == [1, 2, 4]
    assert post.handler.all == [Incoming(PersonId(chat.id), Blocked())]


async def test_unreachable(world: Standin, api: Api, storage: Storage, url: str) -> None:
    """What could not be sent since nobody answered is sent when somebody does, reminders too."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")
    await put(storage, world.clock.now(), chat, "remember", bulk=True)
    failing = _Failing(api, 3)
    async with posting(world, failing, storage) as post:
        await post.rest()
    assert said(chat) == ["remember"]
    assert failing.left == 0


async def test_one_chat_in_trouble(world: Standin, api: Api, storage: Storage) -> None:
    """A chat whose message Telegram refuses waits for its next try, and nobody else does."""
    async with posting(world, api, storage, retry_s=3600) as post:
        troubled, other = post.join(), post.join()
        post.goes_wrong("sendMessage", 9, status=500, chat_id=troubled.id)
        await post.put(troubled, "words")
        await post.put(other, "one", "two", "three", "four")
        post.sender.wake()
        await until(world.changes, lambda: len(said(other)) == 4)
        assert not post.sender.resting
    assert [call.arguments["chat_id"] for call in post.calls("sendMessage")].count(str(troubled.id)) == 1
    assert await storage.outbox.next_again() == world.clock.now()


async def test_line_is_down(world: Standin, api: Api, storage: Storage) -> None:
    """When nobody can be reached, nothing else is tried until the pause is over."""
    failing = _Failing(api, 99)
    async with posting(world, failing, storage, retry_s=3600) as post:
        for _ in range(3):
            await post.put(post.join(), "hello")
            post.sender.wake()
        await until(failing.called, lambda: failing.left < 99)
        for _ in range(20):
            await storage.outbox.next_again()
    assert failing.left >= 96


async def test_a_line_that_was_down_uses_up_no_tries(world: Standin, api: Api, storage: Storage) -> None:
    """After an hour without a line Telegram's first trouble is the first: an answer is not given up for it."""
    async with posting(world, _Failing(api, 2 * ATTEMPTS), storage, retry_s=0.0001) as post:
        chat = post.join()
        post.goes_wrong("sendMessage", status=500)
        await post.send(chat, "an answer")
        assert said(chat) == ["an answer"]


async def test_reply_overtakes(world: Standin, api: Api, storage: Storage) -> None:
    """A reply that comes while many reminders are being sent goes before those that wait."""
    writer, *reminded = (world.people.join("Someone", None) for _ in range(31))
    for chat in (writer, *reminded):
        world.people.say(chat, "/start")
        if chat is not writer:
            await put(storage, world.clock.now(), chat, "remember", bulk=True)
    async with posting(world, api, storage) as post:
        await until(world.calls.heard, lambda: len(post.calls("sendMessage")) > 2)
        await put(storage, world.clock.now(), writer, "an answer")
        post.sender.wake()
        await until(world.changes, lambda: said(writer) == ["an answer"])
        assert len(post.calls("sendMessage")) < 20


async def test_woken_while_it_looks(world: Standin, api: Api, storage: Storage) -> None:
    """What comes into the outbox while it is being read is not overlooked."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")

    class Busy(_Outbox):
        async def claim(self, now: datetime, limit: int, busy: Collection[PersonId]) -> Sequence[Posted]:
            found = await super().claim(now, limit, busy)
            if self.left:
                self.left -= 1
                await put(storage, now, chat, f"late {self.left}")
                post.sender.wake()
            return found

    sender, rested = _sender(world, api, storage, Busy(storage, 1))
    post = Post(world, storage, sender, Kept(), rested)
    async with Tasks() as tasks:
        tasks.start(sender.run(), name="sender")
        await until(rested, lambda: sender.resting)
        assert said(chat) == ["late 0"]
        sender.stop()


async def test_store_fails(world: Standin, api: Api, storage: Storage) -> None:
    """While the store fails it is asked again with growing pauses; what was sent is not sent twice."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")
    await put(storage, world.clock.now(), chat, "one", "two")

    class Locked(_Outbox):
        async def settle(self, outcomes: Sequence[Outcome]) -> None:
            if self.left:
                self.left -= 1
                raise StoreError("The database is locked.")
            await super().settle(outcomes)

    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    with capture_logs() as logs:
        sender, rested = _sender(world, api, storage, Locked(storage, 3), pause=pause)
        async with Tasks() as tasks:
            tasks.start(sender.run(), name="sender")
            await until(rested, lambda: sender.resting)
            sender.stop()
    assert said(chat) == ["one", "two"]
    assert pauses == [1, 2, 4]
    assert [entry["event"] for entry in logs] == ["database_unavailable", "database_back"]


async def test_broken_parcel(world: Standin, api: Api, storage: Storage) -> None:
    """A parcel that breaks our own code is given up and told without its words; the chat goes on."""

    class Breaks(Api):
        async def call(self, method: str, *given: Any, **more: Any) -> Any:
            if "poison" in str(given):
                raise RuntimeError("these are her words: poison")
            return await super().call(method, *given, **more)

    with capture_logs() as logs:
        async with posting(world, Breaks(api._bot), storage) as post:
            chat = post.join()
            await post.send(chat, "poison", "next")
    assert said(chat) == ["next"]
    assert "poison" not in str(logs)
    assert [entry["event"] for entry in logs] == ["send_broken"]


async def test_token_taken_back(world: Standin, api: Api, storage: Storage) -> None:
    """A token that Telegram no longer knows ends it with one sentence; what was not sent stays."""
    chat = world.people.join("Someone", None)
    world.people.say(chat, "/start")
    await put(storage, world.clock.now(), chat, "hello")
    world.faults.coming.append(Fault("sendmessage", 1, status=401))
    sender, _ = _sender(world, api, storage, storage.outbox)
    with pytest.raises(OperatorError, match="TELEGRAM_BOT_TOKEN"):
        await sender.run()
    assert await storage.outbox.recover() == 1


async def test_logs_no_words(world: Standin, api: Api, storage: Storage) -> None:
    """Whatever goes wrong, the log has neither words nor ids of people."""
    with capture_logs() as logs:
        async with posting(world, api, storage) as post:
            chat = post.join()
            for how in ({"status": 429, "retry_after": 0}, {"status": 500}, {"drop": "before"}):
                post.goes_wrong("sendMessage", **how)
            await post.send(chat, "a secret", "<secret>", "secret " * 1000)
            world.people.block(chat, True)
            await post.send(chat, "a secret")
    events = {"flood_wait", "send_failed", "send_moot", "markup_refused", "person_blocked"}
    assert {entry["event"] for entry in logs} == events
    assert "secret" not in str(logs)
    assert not [entry for entry in logs if chat.id in entry.values()]


async def test_recovers(world: Standin, api: Api, storage: Storage) -> None:
    """After a kill in the middle of sending, replies are sent again and reminders are not."""
    replied, reminded = (world.people.join("Someone", None) for _ in range(2))
    for chat, bulk in ((replied, False), (reminded, True)):
        world.people.say(chat, "/start")
        await put(storage, world.clock.now(), chat, "words", bulk=bulk)
    claimed = await storage.outbox.claim(world.clock.now(), 9, [])
    assert len(claimed) == 2
    async with posting(world, api, storage) as post:
        await post.rest()
    assert (said(replied), said(reminded)) == (["words"], [])


async def test_stops_settled(world: Standin, api: Api, storage: Storage) -> None:
    """Told to stop, it finishes what is on its way and leaves nothing half done."""
    async with posting(world, api, storage) as post:
        chat = post.join()
        await post.put(chat, "words", bulk=True)
        post.sender.wake()
        while not post.calls("sendMessage"):
            await world.calls.heard.beyond(world.calls.heard.count, 10)
    assert await storage.outbox.recover() == 0
    assert said(chat) == ["words"]


async def test_waking_is_at_once(post: Post) -> None:
    """Woken, it no longer rests, before whoever woke it goes on."""
    await post.rest()
    assert post.sender.resting
    post.sender.wake()
    assert not post.sender.resting


class _Failing(Api):
    """The real client, whose first sends find no connection."""

    def __init__(self, api: Api, left: int) -> None:
        self.left = left
        self.called = Bell()
        super().__init__(api._bot)

    async def call(self, method: str, *given: Any, **more: Any) -> Any:
        """Fail, or call."""
        if self.left:
            self.left -= 1
            self.called.ring()
            raise NotSent("ConnectError")
        return await super().call(method, *given, **more)


class _Outbox:
    """The real outbox, with something in its way `left` times."""

    def __init__(self, storage: Storage, left: int) -> None:
        self._outbox = storage.outbox
        self.left = left

    async def claim(self, now: datetime, limit: int, busy: Collection[PersonId]) -> Sequence[Posted]:
        """Claim."""
        return await self._outbox.claim(now, limit, busy)

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Settle."""
        await self._outbox.settle(outcomes)

    async def recover(self) -> int:
        """Recover."""
        return await self._outbox.recover()

    async def next_again(self) -> datetime | None:
        """Look."""
        return await self._outbox.next_again()


def _sender(world: Standin, api: Api, storage: Storage, outbox: Outbox, **how: Any) -> tuple[Sender, Bell]:
    rested = Bell()
    delivery = Delivery(api, Album({}, storage.pictures), Nobody())
    return Sender(delivery, outbox, WorldClock(world), Kept(), on_rest=rested.ring, retry_s=0.01, **how), rested
