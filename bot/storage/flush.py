"""What a batch changed is written with one executemany a table: people first, then what hangs on them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Executable, Table, bindparam, delete, literal_column, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.session.inputs import PersonId
from bot.session.kept import Changes, DeadLetter, Person
from bot.session.ports import Conflict
from bot.storage.columns import insert
from bot.storage.parcels import write_parcels
from bot.storage.people import chunked
from bot.storage.tables import (
    checkins,
    conversations,
    dead_letters,
    episodes,
    exercises,
    firings,
    people,
    reminders,
    timers,
    waters,
)


def _upsert(table: Table, *keys: Column[Any], only: Mapping[str, Any] | None = None) -> Any:
    statement = insert(table)
    kept = {key.name for key in keys} | {"id"}
    values = {column.name: statement.excluded[column.name] for column in table.c if column.name not in kept}
    return statement.on_conflict_do_update(index_elements=list(keys), set_=values, **(only or {}))


# The row is written only where its version is the one that was loaded; RETURNING tells which were, and a rowcount would
# not (asyncpg has none after an executemany).
PEOPLE = _upsert(
    people,
    people.c.id,
    only={"where": people.c.version == insert(people).excluded.version - literal_column("1")},
).returning(people.c.id)
CONVERSATIONS = _upsert(conversations, conversations.c.person)
SILENCE = delete(conversations).where(conversations.c.person == bindparam("who"))
CHECKINS = _upsert(checkins, checkins.c.person, checkins.c.day)
ONSETS = insert(episodes)
ONSETS = ONSETS.on_conflict_do_update(
    index_elements=[episodes.c.person],
    index_where=episodes.c.ended_on.is_(None),
    set_={"onset": ONSETS.excluded.onset},
)
ENDED = (
    update(episodes)
    .where(episodes.c.person == bindparam("who"), episodes.c.ended_on.is_(None))
    .values(ended_on=bindparam("over"))
)
REMINDERS = _upsert(reminders, reminders.c.person, reminders.c.kind)
REMINDER_OFF = delete(reminders).where(reminders.c.person == bindparam("who"), reminders.c.kind == bindparam("which"))
FIRINGS = insert(firings).on_conflict_do_nothing().returning(firings.c.person)
TIMERS_OFF = delete(timers).where(timers.c.person.in_(bindparam("ids", expanding=True)))
TIMER_OFF = delete(timers).where(timers.c.person == bindparam("who"), timers.c.name == bindparam("which"))
LOGGED = {"water": insert(waters), "exercise": insert(exercises)}


async def write(
    connection: AsyncConnection,
    changes: Sequence[Changes],
    letters: Sequence[DeadLetter],
    now: datetime,
    known: Mapping[PersonId, Person],
) -> None:
    """Write it all; the erased are gone already. `known`: as loaded in this transaction, to spare what stayed the same.

    `Conflict` where a person's version moved on, or another wrote the same firing.
    """
    touched = [change.person for change in changes if change.touch]
    await _people(connection, touched)
    await _conversations(connection, touched, known)
    await _diary(connection, changes)
    await _reminders(connection, changes)
    await _timers(connection, changes)
    await write_parcels(connection, changes, now)
    gone = {change.person.id for change in changes if change.erase and not change.touch}
    await _many(
        connection,
        insert(dead_letters),
        (
            {
                "at": letter.at,
                "reason": letter.reason,
                "update_id": letter.update,
                "person": None if letter.person in gone else letter.person,
            }
            for letter in letters
        ),
    )


async def _many(connection: AsyncConnection, statement: Executable, rows: Iterable[Mapping[str, Any]]) -> None:
    if listed := list(rows):
        await connection.execute(statement, listed)


async def _people(connection: AsyncConnection, touched: Sequence[Person]) -> None:
    if not touched:
        return
    rows = [
        {
            "id": person.id,
            "seen_at": person.seen_at,
            "version": person.version + 1,
            "language": person.language,
            "consented_at": person.consented_at,
            "zone": person.zone,
            "country": person.country,
            "conditions": dict(person.conditions),
            "preferences": person.preferences.dump(),
            "blocked_at": person.blocked_at,
        }
        for person in touched
    ]
    written = set((await connection.execute(PEOPLE, rows)).scalars())
    if len(written) < len(rows):
        raise Conflict("a person moved on since they were loaded")


async def _conversations(
    connection: AsyncConnection, touched: Sequence[Person], known: Mapping[PersonId, Person]
) -> None:
    moved = [
        person
        for person in touched
        if (before := known.get(person.id)) is None or before.conversation != person.conversation
    ]
    await _many(connection, SILENCE, ({"who": p.id} for p in moved if p.conversation is None))
    await _many(
        connection,
        CONVERSATIONS,
        ({"person": p.id, "state": p.conversation} for p in moved if p.conversation is not None),
    )


async def _diary(connection: AsyncConnection, changes: Sequence[Changes]) -> None:
    await _many(
        connection,
        CHECKINS,
        (
            {
                "person": change.person.id,
                "day": checkin.day,
                "at": checkin.at,
                "mood": checkin.mood,
                "strength": checkin.strength,
                "often": checkin.often,
                "sleep": checkin.sleep,
                "signs": checkin.signs,
            }
            for change in changes
            for checkin in change.checkins.values()
        ),
    )
    # What began and ended in one batch was never written: its row is, and then it ends.
    ended = [(change.person.id, change.ended) for change in changes if change.ended is not None]
    await _many(connection, ONSETS, ({"person": person, "onset": over.onset} for person, over in ended))
    await _many(connection, ENDED, ({"who": person, "over": over.on} for person, over in ended))
    await _many(connection, ONSETS, ({"person": c.person.id, "onset": c.onset} for c in changes if c.onset is not None))
    for what, statement in LOGGED.items():
        await _many(
            connection,
            statement,
            (
                {"person": change.person.id, "day": entry.day, "at": entry.at, "amount": entry.amount}
                for change in changes
                for entry in change.logged
                if entry.what == what
            ),
        )


async def _reminders(connection: AsyncConnection, changes: Sequence[Changes]) -> None:
    await _many(
        connection,
        REMINDER_OFF,
        (
            {"who": change.person.id, "which": kind}
            for change in changes
            for kind, reminder in change.reminders.items()
            if reminder is None
        ),
    )
    await _many(
        connection,
        REMINDERS,
        (
            {
                "person": change.person.id,
                "kind": reminder.kind,
                "times": [at.isoformat("minutes") for at in reminder.times],
                "next_at": reminder.next_at,
                "next_date": reminder.next_date,
                "next_slot": reminder.next_slot,
                "words": reminder.words,
                "once": reminder.once or "",
            }
            for change in changes
            for reminder in change.reminders.values()
            if reminder is not None
        ),
    )
    fired = [
        {
            "person": change.person.id,
            "kind": firing.kind,
            "day": firing.day,
            "slot": firing.slot,
            "at": firing.at,
            "outcome": firing.outcome,
        }
        for change in changes
        for firing in change.firings
    ]
    # Not ignored: the parcel beside it would be a second reminder for the same occurrence.
    if fired and len((await connection.execute(FIRINGS, fired)).all()) < len(fired):
        raise Conflict("a reminder's occurrence was dealt with by another")


async def _timers(connection: AsyncConnection, changes: Sequence[Changes]) -> None:
    for chunk in chunked([change.person.id for change in changes if change.all_timers_off]):
        await connection.execute(TIMERS_OFF, {"ids": chunk})
    # A timer that takes another's place gets an id of its own, so that a late look at the old one finds nothing.
    await _many(
        connection,
        TIMER_OFF,
        (
            {"who": change.person.id, "which": name}
            for change in changes
            if not change.all_timers_off
            for name in change.timers
        ),
    )
    await _many(
        connection,
        insert(timers),
        (
            {
                "person": change.person.id,
                "name": timer.name,
                "due_at": timer.due_at,
                "flow": timer.flow,
                "data": dict(timer.data),
                "lane": timer.lane,
                "nonce": timer.nonce,
            }
            for change in changes
            for timer in change.timers.values()
            if timer is not None
        ),
    )
