"""What falls due, and what has had its day. A question is a range on an index, so its cost is that of its answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    String,
    bindparam,
    cast,
    delete,
    exists,
    func,
    null,
    select,
    true,
    tuple_,
    union_all,
)

from bot.session.inputs import PersonId
from bot.session.kept import Due
from bot.storage.columns import Utc, big_id
from bot.storage.database import Database
from bot.storage.erasure import forget
from bot.storage.tables import dead_letters, firings, outbox, people, reminders, seen, timers

NOW = bindparam("now", type_=Utc)
MOST = bindparam("most", type_=big_id())

DUE = union_all(
    select(
        select(
            reminders.c.next_at.label("at"),
            reminders.c.person,
            reminders.c.kind.label("reminder"),
            cast(null(), big_id()).label("timer"),
        )
        .where(reminders.c.next_at <= NOW)
        .order_by(reminders.c.next_at)
        .limit(MOST)
        .subquery()
    ),
    select(
        select(
            timers.c.due_at.label("at"),
            timers.c.person,
            cast(null(), String).label("reminder"),
            timers.c.id.label("timer"),
        )
        .where(timers.c.due_at <= NOW)
        .order_by(timers.c.due_at)
        .limit(MOST)
        .subquery()
    ),
)
NEXT_DUE = select(
    select(func.min(reminders.c.next_at)).scalar_subquery(), select(func.min(timers.c.due_at)).scalar_subquery()
)

UNCONSENTED = people.c.consented_at.is_(None)
SENT = outbox.c.state == "sent"
DEAD = outbox.c.state == "dead"

# What has had its day: the column with its time, how long it is kept, which rows.
KEPT: tuple[tuple[Column[Any], timedelta, ColumnElement[bool]], ...] = (
    (seen.c.at, timedelta(hours=72), true()),
    (outbox.c.made_at, timedelta(hours=72), SENT),
    (outbox.c.made_at, timedelta(hours=72), DEAD),
    (firings.c.at, timedelta(days=90), true()),
    (dead_letters.c.at, timedelta(days=30), true()),
)
UNCONSENTED_FOR = timedelta(hours=24)

UNTIL = bindparam("until", type_=Utc)

STRANGERS = (
    select(people.c.id)
    .where(UNCONSENTED, people.c.seen_at <= UNTIL)
    .order_by(people.c.seen_at)
    .limit(MOST)
    .with_for_update(skip_locked=True)
)


def _over(at: Column[Any], only: ColumnElement[bool]) -> Delete:
    key = tuple_(*at.table.primary_key.columns)
    doomed = select(*at.table.primary_key.columns).where(only, at <= UNTIL).order_by(at).limit(MOST)
    return delete(at.table).where(key.in_(doomed))


OVER = tuple((_over(at, only), kept) for at, kept, only in KEPT)
FIRST = select(
    *(
        select(func.min(at)).where(only).scalar_subquery()
        for at, _, only in (*KEPT, (people.c.seen_at, UNCONSENTED_FOR, UNCONSENTED))
    )
)
WAITS = (*(kept for _, kept, _ in KEPT), UNCONSENTED_FOR)

AFTER = bindparam("after", type_=big_id())
ZONED = (
    select(people.c.id)
    .where(people.c.id > AFTER, people.c.zone.is_not(None), exists().where(reminders.c.person == people.c.id))
    .order_by(people.c.id)
    .limit(MOST)
)


class SqlDueRows:
    """The `DueRows` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """Return reminders and timers with their time at or before `now`, oldest first, at most `limit`."""
        async with self._database.begin() as connection:
            rows = (await connection.execute(DUE, {"now": now, "most": limit})).all()
        oldest = sorted(rows, key=lambda row: row.at)[:limit]
        return [Due(PersonId(row.person), row.at, row.reminder, row.timer) for row in oldest]

    async def next_due(self) -> datetime | None:
        """Return the time of the next reminder or timer, past or future."""
        async with self._database.begin() as connection:
            times = (await connection.execute(NEXT_DUE)).one()
        return min((at for at in times if at is not None), default=None)

    async def tidy(self, now: datetime, limit: int) -> datetime | None:
        """Delete at most `limit` of each kind that has had its day; return when the next thing will have, or had."""
        async with self._database.begin() as connection:
            for statement, kept in OVER:
                await connection.execute(statement, {"until": now - kept, "most": limit})
            late = await connection.execute(STRANGERS, {"until": now - UNCONSENTED_FOR, "most": limit})
            strangers = [PersonId(person) for person in late.scalars()]
            await forget(connection, strangers)
            firsts = (await connection.execute(FIRST)).one()
        if strangers or self._database.unclean:
            await self._database.scrub()
        return min((at + kept for at, kept in zip(firsts, WAITS, strict=True) if at is not None), default=None)

    async def zoned(self, after: PersonId | None, limit: int) -> Sequence[PersonId]:
        """Return people with a zone and reminders, in id order, beginning behind `after`."""
        async with self._database.begin() as connection:
            found = (await connection.execute(ZONED, {"after": after or 0, "most": limit})).scalars()
            return [PersonId(person) for person in found]
