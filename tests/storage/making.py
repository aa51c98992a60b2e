"""Short ways to say what a batch did, for the tests of the store."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.session.inputs import PersonId
from bot.session.kept import Changes, Checkin, Firing, Logged, Parcel, Person, Posted, Reminder, Timer
from bot.session.screens import Message, Rewrite
from bot.storage.open import Storage

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TODAY = date(2026, 3, 1)
EIGHT = time(8)
ANN, BEN, CAT = PersonId(101), PersonId(102), PersonId(103)

Opener = Callable[[], AbstractAsyncContextManager[Storage]]


def hours(amount: float) -> timedelta:
    """Return so many hours."""
    return timedelta(hours=amount)


async def loaded(storage: Storage, *ids: PersonId, now: datetime = NOW) -> dict[PersonId, Person]:
    """Load people in a transaction of their own."""
    async with storage.store.begin() as unit:
        return await unit.people(ids, now)


async def wrote(storage: Storage, who: PersonId, now: datetime = NOW, **change: Any) -> None:
    """Flush one person's changes; `facts` are fields of the person that change."""
    facts = change.pop("facts", {})
    async with storage.store.begin() as unit:
        person = (await unit.people([who], now))[who]
        await unit.flush([Changes(replace(person, **facts), **change)], [], now)


async def posted(storage: Storage, chat: PersonId, *words: str, now: datetime = NOW, **parcel: Any) -> None:
    """Put messages into the outbox, in one batch."""
    await wrote(storage, chat, now, parcels=[Parcel(Message(word), **parcel) for word in words])


async def claimed(
    storage: Storage, now: datetime = NOW, limit: int = 100, busy: Collection[PersonId] = ()
) -> Sequence[Posted]:
    """Claim from the outbox."""
    return await storage.outbox.claim(now, limit, busy)


def words(parcels: Sequence[Posted]) -> list[str]:
    """Return what the parcels say."""
    return [parcel.body.html for parcel in parcels if isinstance(parcel.body, Message | Rewrite)]


async def look(storage: Storage, statement: Any) -> list[tuple[Any, ...]]:
    """Look into the tables themselves."""
    async with storage._database.begin() as connection:
        return [tuple(row) for row in await connection.execute(statement)]


@contextmanager
def watched() -> Iterator[list[tuple[str, Any]]]:
    """Collect every statement that runs meanwhile, as (SQL, parameters); an executemany is one."""
    ran: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: object, _context: object, _many: bool) -> None:
        ran.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield ran
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def full(person: Person, number: int = 0) -> Changes:
    """Return changes that touch every table about this person."""
    return Changes(
        replace(
            person,
            language="de",
            consented_at=NOW,
            zone="Europe/Berlin",
            conversation='{"talk": "open"}',
        ),
        checkins={TODAY: Checkin(TODAY, NOW, "fine", 3, "rarely", "well", ("cramp",))},
        onset=TODAY - timedelta(days=20),
        logged=[Logged("water", TODAY, NOW, 2), Logged("exercise", TODAY, NOW, 1)],
        reminders={"water": Reminder("water", (EIGHT,), NOW + hours(number + 1), TODAY, EIGHT)},
        firings=[Firing("water", TODAY, EIGHT, NOW, "sent")],
        timers={"follow_up": Timer("follow_up", NOW + hours(number + 2), "checkin", {"days": 3})},
        parcels=[Parcel(Message("hello")), Parcel(Message("later"), bulk=True)],
    )
