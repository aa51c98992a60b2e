"""What the tests of the shell share: the stand-in's clock as the bot's, a handler that keeps, a sender at work."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from bot.errors import StoreError
from bot.library.pictures import Picture
from bot.playground.bell import Bell
from bot.playground.chats import Chat
from bot.playground.faults import Call, Fault
from bot.playground.standin import Standin
from bot.session.accounts import Kind, Told
from bot.session.inputs import Incoming, Irrelevant, PersonId, Unreadable
from bot.session.kept import Changes, Parcel
from bot.session.screens import Body, Message
from bot.storage.open import Storage
from bot.tasks import Tasks
from bot.telegram.album import Album
from bot.telegram.client import Api
from bot.telegram.delivery import Delivery
from bot.telegram.sender import Sender

PATIENCE = 20.0
"""Real seconds after which a test that waits has failed."""
TOKEN = "123456:a-token_for-tests"


class WorldClock:
    """The stand-in's clock as the bot's."""

    def __init__(self, world: Standin) -> None:
        self._clock = world.clock

    @property
    def generation(self) -> int:
        """How often it was moved."""
        return self._clock.generation

    def now(self) -> datetime:
        """What time it is there."""
        return self._clock.now()

    async def wait_until(self, at: datetime | None) -> None:
        """Until it is `at` there, or the clock was moved."""
        if at is None or at > self.now():
            await self._clock.moved.beyond(self._clock.generation, PATIENCE * 10)


class Kept:
    """A handler that keeps what it is handed, and fails as often as it is told to."""

    def __init__(self) -> None:
        self.batches: list[Sequence[Incoming | Irrelevant | Unreadable]] = []
        self.failures = 0
        self.calls = 0
        self.heard = Bell()

    @property
    def all(self) -> list[Incoming | Irrelevant | Unreadable]:
        """Everything kept, in order."""
        return [one for batch in self.batches for one in batch]

    async def handle(self, batch: Sequence[Incoming | Irrelevant | Unreadable]) -> None:
        """Keep it."""
        self.calls += 1
        if self.failures:
            self.failures -= 1
            self.heard.ring()
            raise StoreError("The database is locked.")
        self.batches.append(batch)
        self.heard.ring()


class Nobody:
    """Nobody has a diary."""

    async def account(self, person: PersonId, kind: Kind) -> Told | None:
        """There is none."""


class Post:
    """An outbox with people, a sender that empties it, and the world that it writes into."""

    def __init__(self, world: Standin, storage: Storage, sender: Sender, handler: Kept, rested: Bell) -> None:
        self.world = world
        self.storage = storage
        self.sender = sender
        self.handler = handler
        self._rested = rested

    def join(self, language: str | None = None) -> Chat:
        """A person who has said something already."""
        chat = self.world.people.join("Someone", language)
        self.world.people.say(chat, "/start")
        return chat

    async def put(self, chat: Chat, *bodies: Body | str, bulk: bool = False, forget: bool = False) -> None:
        """Put bodies into the outbox, a text as a message; nobody is woken."""
        await put(self.storage, self.world.clock.now(), chat, *bodies, bulk=bulk, forget=forget)

    async def send(self, chat: Chat, *bodies: Body | str, bulk: bool = False, forget: bool = False) -> None:
        """Put bodies into the outbox and wait until the sender rests."""
        await self.put(chat, *bodies, bulk=bulk, forget=forget)
        await self.rest()

    async def rest(self) -> None:
        """Wake the sender; wait until it rests."""
        self.sender.wake()
        assert not self.sender.resting
        await until(self._rested, lambda: self.sender.resting)

    async def advance(self, seconds: float) -> None:
        """Move the clock; wait until the sender rests there."""
        seen = self._rested.count
        self.world.clock.move(self.world.clock.now() + timedelta(seconds=seconds))
        await until(self._rested, lambda: self._rested.count > seen and self.sender.resting)

    def goes_wrong(self, method: str, times: int = 1, **how: Any) -> None:
        """Telegram misbehaves."""
        self.world.faults.coming.append(Fault(method.lower(), times, **how))

    def calls(self, method: str | None = None) -> list[Call]:
        """What the bot called."""
        return self.world.calls.after(0, method)


async def put(
    storage: Storage, now: datetime, chat: Chat, *bodies: Body | str, bulk: bool = False, forget: bool = False
) -> None:
    """Put bodies into an outbox, a text as a message."""
    person = PersonId(chat.id)
    parcels = [Parcel(Message(one) if isinstance(one, str) else one, bulk, forget) for one in bodies]
    async with storage.store.begin() as unit:
        known = await unit.people([person], now)
        await unit.flush([Changes(known[person], parcels=parcels)], [], now)


def said(chat: Chat) -> list[str]:
    """What the bot wrote into a chat, in order, as it stands now."""
    return [one.words.text for one in chat.messages.values() if one.sender == "bot"]


async def until(bell: Bell, done: Callable[[], bool]) -> None:
    """Wait for strokes of a bell until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not done():
            await bell.beyond(bell.count, PATIENCE)


@asynccontextmanager
async def posting(
    world: Standin, api: Api, storage: Storage, pictures: Mapping[str, Picture] | None = None, **how: Any
) -> AsyncIterator[Post]:
    """A sender at work inside the block; `how`: more of its arguments."""
    rested, handler = Bell(), Kept()
    given = {"retry_s": 0.01, **how}
    delivery = Delivery(api, Album(pictures or {}, storage.pictures), given.pop("diarist", Nobody()))
    sender = Sender(delivery, storage.outbox, WorldClock(world), handler, on_rest=rested.ring, **given)
    async with Tasks() as tasks:
        running = tasks.start(sender.run(), name="sender")
        try:
            yield Post(world, storage, sender, handler, rested)
        finally:
            sender.stop()
            async with asyncio.timeout(PATIENCE):
                await asyncio.wait([running])
