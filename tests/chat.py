"""Somebody who chats with the whole house in one process: real flows, words, session and SQLite, and a held clock.

Telegram is left out: parcels are taken from the outbox as the sender would take them, and shown as a chat. What crosses
the wire is tested elsewhere (`tests/telegram`, `tests/acceptance`).
"""

from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path

from bot.diary.diarist import DrawnDiary
from bot.domain.signs import Reader, Reading
from bot.domain.zones import use_pinned_data
from bot.engine.conversation import Conversation, load
from bot.engine.kinds import Value
from bot.library.house import load as load_library
from bot.library.words import Words
from bot.reminders.dispatcher import event_of
from bot.session.handle import Item, Session
from bot.session.house import House, furnish
from bot.session.inputs import Command, Incoming, Location, Media, PersonId, Press, Text, UpdateId, What
from bot.session.kept import Changes, Checkin, DeadLetter, Logged, Outcome, Person, Posted
from bot.session.outgoing import GAP
from bot.session.ports import Store, Unit
from bot.session.screens import Account, Acknowledge, Message, Photo, Rebutton, Rewrite, Rows
from bot.storage.database import Database
from bot.storage.open import Storage, open_storage

ROOT = Path(__file__).parent.parent
SAM = PersonId(7)


@cache
def the_house() -> House:
    """Return the real house, loaded once."""
    use_pinned_data()
    return furnish(load_library(ROOT / "flows", ROOT / "content"))


@dataclass
class HeldTime:
    """A clock that stands until it is moved."""

    at: datetime
    generation: int = 0

    def now(self) -> datetime:
        """Return the time (UTC)."""
        return self.at

    async def wait_until(self, at: datetime | None) -> None:
        """Nobody waits here."""
        raise NotImplementedError


class Remembered(Words):
    """The house's words, which remember what key each rendered text came from."""

    def __init__(self, words: Words) -> None:
        self.__dict__.update(words.__dict__)
        self.keys: dict[str, str] = {}

    def render(self, key: str, values: Mapping[str, Value], language: str) -> str:
        """Return the words at `key` as HTML."""
        html = super().render(key, values, language)
        self.keys[html] = key
        return html


class Overheard(Reader):
    """The real ear, unless a test says what it is taken to have understood of the next text."""

    __slots__ = ("_real", "instead")

    def __init__(self, real: Reader) -> None:
        self._real = real
        self.instead: Reading | None = None

    def read(self, text: str, today: date | None = None) -> Reading:
        """Read one message."""
        instead, self.instead = self.instead, None
        return self._real.read(text, today) if instead is None else instead


class Recorded:
    """The real store, which also remembers what was written and not rolled back."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.careful = True
        """Whether an event that is given up fails the test at once."""
        self.written: list[tuple[Person, Changes]] = []
        """For each batch and person: as they were, and what changed."""

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Unit]:
        """Begin a transaction."""
        async with self._store.begin() as unit:
            recording = _RecordedUnit(unit, careful=self.careful)
            yield recording
        self.written += recording.written


class _RecordedUnit:
    def __init__(self, unit: Unit, *, careful: bool) -> None:
        self._unit, self._careful = unit, careful
        self._loaded: dict[PersonId, Person] = {}
        self.written: list[tuple[Person, Changes]] = []
        self.fresh, self.timers = unit.fresh, unit.timers

    async def people(self, ids: Collection[PersonId], now: datetime) -> dict[PersonId, Person]:
        self._loaded |= (found := await self._unit.people(ids, now))
        return found

    async def flush(self, changes: Sequence[Changes], letters: Sequence[DeadLetter], now: datetime) -> None:
        await self._unit.flush(changes, letters, now)
        assert not (letters and self._careful), f"an event was given up: {letters}"
        self.written += [
            (self._loaded[change.person.id], change) for change in changes if change.person.id in self._loaded
        ]


@dataclass
class Shown:
    """A message in the chat. `keys`: where its words stand; two where it begins with a lead."""

    id: int
    html: str
    rows: Rows
    nonce: str | None
    keys: tuple[str, ...]
    edited: bool = False
    picture: str | None = None
    silent: bool = False

    @property
    def labels(self) -> list[str]:
        """The labels of its buttons."""
        return [button.label for row in self.rows for button in row]


@dataclass
class Chat:
    """One person's chat; `new` are the messages since they last did something."""

    session: Session
    storage: Storage
    clock: HeldTime
    words: Remembered
    ear: Overheard
    store: Recorded
    person: PersonId = SAM
    messages: list[Shown] = field(default_factory=list)
    new: list[Shown] = field(default_factory=list)
    toasts: list[str | None] = field(default_factory=list)
    updates: "count[int]" = field(default_factory=lambda: count(1))
    language: str = "en"

    # What they do --------------------------------------------------------------------------------------------------

    async def says(self, text: str, *, edited: bool = False) -> None:
        """Type something; a first slash makes it a command, as Telegram has it."""
        if text.startswith("/"):
            name, _, tail = text[1:].partition(" ")
            await self.does(Command(name.lower(), tail.strip()))
        else:
            await self.does(Text(text, edited))

    async def taps(self, label: str) -> None:
        """Press the newest button with this label, whether ticked or not."""
        await self.taps_old(label, 0)

    async def taps_old(self, label: str, back: int) -> None:
        """Press the button with this label that is the newest but `back`."""
        found = [
            (button, message)
            for message in reversed(self.messages)
            for row in message.rows
            for button in row
            if label in {button.label, button.label.removeprefix("✓ ")}
        ]
        shown = [label for message in self.messages for label in message.labels]
        assert len(found) > back, f"no button «{label}» is shown, only {shown}"
        button, message = found[back]
        await self.does(Press(f"press{next(self.updates)}", button.data, message.id))

    async def sends(self, kind: str) -> None:
        """Send a sticker, a photo, a voice message."""
        await self.does(Media(kind))

    async def shares(self, latitude: float, longitude: float) -> None:
        """Share a place on the map (degrees)."""
        await self.does(Location(latitude, longitude))

    async def does(self, *whats: What) -> None:
        """Hand in, as one batch, what they did."""
        batch: list[Item] = [Incoming(self.person, what, UpdateId(next(self.updates)), self.language) for what in whats]
        self.new = []
        await self.session.handle(batch)
        await self.deliver()

    async def later(self, much: timedelta) -> None:
        """Let time pass, stopping at everything that falls due."""
        goal = self.clock.at + much
        self.new = []
        while (due := await self.storage.due.next_due()) is not None and due <= goal:
            self.clock.at = max(self.clock.at, due)
            rows = await self.storage.due.due(self.clock.at, 100)
            await self.session.handle([event_of(row) for row in rows])
            await self.deliver()
        self.clock.at = goal

    # What they see -------------------------------------------------------------------------------------------------

    async def deliver(self) -> None:
        """Take all parcels from the outbox, in its order."""
        while parcels := await self.storage.outbox.claim(self.clock.at, 100, ()):
            await self.storage.outbox.settle(
                [
                    await self._tell(parcel, parcel.body) if isinstance(parcel.body, Account) else self._show(parcel)
                    for parcel in parcels
                ]
            )

    async def _tell(self, parcel: Posted, account: Account) -> Outcome:
        """Show an account as the sender would: told now. Its picture is not drawn here."""
        diarist = DrawnDiary(self.storage.diary, self.words, self.clock, pen=lambda *_: b"drawn")
        told = await diarist.account(self.person, account.kind)
        if told is None:
            return Outcome(parcel.id, reason="nobody to tell it of")
        seen = "diary" if told.picture else None
        shown = Shown(len(self.messages) + 1, told.html, (), None, (f"account.{account.kind}",), picture=seen)
        self.messages.append(shown)
        self.new.append(shown)
        return Outcome(parcel.id, message=shown.id)

    def _show(self, parcel: Posted) -> Outcome:
        assert parcel.chat == self.person
        match parcel.body:
            case Message(html, rows, nonce, silent) | Photo(_, html, rows, nonce, silent):
                picture = parcel.body.picture if isinstance(parcel.body, Photo) else None
                shown = Shown(
                    len(self.messages) + 1, html, rows, nonce, self._keys(html), picture=picture, silent=silent
                )
                self.messages.append(shown)
                self.new.append(shown)
                return Outcome(parcel.id, message=shown.id)
            case Rewrite(_, html, caption=caption, rows=rows):
                assert caption == (self._of(parcel).picture is not None), "a caption is edited otherwise than a text"
                shown = self._of(parcel)
                shown.html, shown.rows, shown.edited = html, rows, True
                if rows:  # a question put in place: it is new, where it stands
                    shown.keys = self._keys(html)
                    self.new.append(replace(shown))
                    return Outcome(parcel.id, message=shown.id)
            case Rebutton(_, rows):
                self._of(parcel).rows = rows
            case Acknowledge(_, text):
                self.toasts.append(text)
        return Outcome(parcel.id)

    def _of(self, parcel: Posted) -> Shown:
        assert parcel.message is not None, "an edit of a message that nobody knows"
        return self.messages[parcel.message - 1]

    def _keys(self, html: str) -> tuple[str, ...]:
        keys = self._parts(html)
        assert keys is not None, f"words of no key: {html}"
        return keys

    def _parts(self, html: str) -> tuple[str, ...] | None:
        known = self.words.keys
        if html in known:
            return (known[html],)
        at = html.find(GAP)
        while at >= 0:
            lead, rest = html[:at], self._parts(html[at + len(GAP) :]) if html[:at] in known else None
            if rest is not None:
                return (known[lead], *rest)
            at = html.find(GAP, at + 1)
        return None

    @property
    def said(self) -> list[str]:
        """The keys of the new messages."""
        return [key for message in self.new for key in message.keys]

    @property
    def pictures(self) -> list[str]:
        """The pictures of the new messages."""
        return [message.picture for message in self.new if message.picture is not None]

    @property
    def last(self) -> Shown:
        """The newest message."""
        return self.messages[-1]

    @property
    def database(self) -> Database:
        """The bot's own connection, for a test that looks at rows."""
        return self.storage._database

    # What is kept --------------------------------------------------------------------------------------------------

    async def known(self) -> Person:
        """Return the person as the store has them."""
        async with self.storage.store.begin() as unit:
            return (await unit.people([self.person], self.clock.at))[self.person]

    async def conversation(self) -> Conversation:
        """Return where their talks stand."""
        state = (await self.known()).conversation
        return Conversation() if state is None else load(state)

    async def becomes(self, change: Callable[[Person], Person]) -> None:
        """Change what is known about them, as if it had been told before."""
        person = change(await self.known())
        async with self.storage.store.begin() as unit:
            changes = Changes(person, onset=person.onset, reminders=dict(person.reminders))
            await unit.flush([changes], [], self.clock.at)

    async def kept_before(self, *, checkins: Sequence[Checkin], glasses: int, rounds: int, day: date) -> None:
        """Put check-ins, and glasses and rounds of a day, into the diary, as if they had been told before."""
        person, at = await self.known(), self.clock.at
        changes = Changes(person, checkins={checkin.day: checkin for checkin in checkins})
        for what, amount in (("water", glasses), ("exercise", rounds)):
            if amount:
                changes.logged.append(Logged(what, day, at, amount))
        async with self.storage.store.begin() as unit:
            await unit.flush([changes], [], at)


_EMPTY: list[bytes] = []
"""What a database holds right after its migrations: they take ten times as long as opening it does."""


async def lay_empty(path: Path) -> None:
    """Put an empty database with the newest schema at `path`, unless one is there; only a process's first migrates."""
    if not _laid(path):
        async with open_storage(f"sqlite:///{path}", key=lambda: b"k" * 32):
            pass
        _remember(path)


def _laid(path: Path) -> bool:
    if not path.exists() and _EMPTY:
        path.write_bytes(_EMPTY[0])
    return path.exists()


def _remember(path: Path) -> None:
    _EMPTY.append(path.read_bytes())


@asynccontextmanager
async def chatting(
    path: Path, at: datetime, house: House | None = None, seeds: Iterator[int] | None = None
) -> AsyncIterator[Chat]:
    """Open a store at `path` and give the chat of one person, at this time (UTC). `seeds`: numbers for its prompts."""
    house = house or the_house()
    words = Remembered(house.words)
    ear = Overheard(house.reader("en"))
    house = replace(house, words=words, help=replace(house.help, words=words), readers={"en": ear})
    clock = HeldTime(at)
    numbers = count() if seeds is None else seeds
    await lay_empty(path)
    async with open_storage(f"sqlite:///{path}", key=lambda: b"k" * 32) as storage:
        store = Recorded(storage.store)
        session = Session(house, store, clock, lambda: f"n{next(numbers):04d}_", lambda _: None)
        yield Chat(session, storage, clock, words, ear, store)
