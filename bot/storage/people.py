"""People are inserted, locked and loaded in a fixed number of statements, however many they are.

All are inserted before any is locked, and both in id order, so that two batches never wait for each other in a ring.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Table,
    bindparam,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.schedule import Moment
from bot.session.inputs import PersonId
from bot.session.kept import Checkin, Person, Reminder
from bot.session.preferences import read_preferences
from bot.storage.columns import insert
from bot.storage.tables import checkins, conversations, episodes, exercises, firings, people, reminders, waters

Item = TypeVar("Item")

CHUNK = 1000
"""Ids in one IN list: far below what either database takes (32,766), at the size of any batch."""

DAYS = timedelta(days=2)
"""How far back amounts are loaded: where the person is it may be tomorrow or yesterday of the date in UTC."""

WEEK = timedelta(days=8)
"""How far back check-ins are loaded: the seven days of the person's week, wherever they are."""

IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)

INSERT = insert(people).on_conflict_do_nothing(index_elements=[people.c.id])


def _newest(table: Table) -> Any:
    newest = select(func.max(table.c.day)).where(table.c.person == people.c.id).correlate(people)
    return newest.scalar_subquery().label(f"newest_{table.name}")


DIARIES = tuple(_newest(table) for table in (checkins, waters, exercises))
PEOPLE = (
    select(people, conversations.c.state, episodes.c.onset, *DIARIES)
    .outerjoin(conversations, conversations.c.person == people.c.id)
    .outerjoin(episodes, (episodes.c.person == people.c.id) & episodes.c.ended_on.is_(None))
    .where(people.c.id.in_(IDS))
    .order_by(people.c.id)
    .with_for_update(of=people)
)

REMINDERS = select(reminders).where(reminders.c.person.in_(IDS))


FIRED = (firings.c.kind, firings.c.slot)
TOLD = (checkins.c.at, checkins.c.mood, checkins.c.often, checkins.c.sleep, checkins.c.signs)


def _diary(what: str, table: Table, amount: ColumnElement[Any], since: str = "since") -> Any:
    own = [
        column if column.table is table else cast(null(), column.type).label(column.name) for column in (*FIRED, *TOLD)
    ]
    return select(literal(what).label("what"), table.c.person, table.c.day, amount.label("amount"), *own).where(
        table.c.person.in_(IDS), table.c.day >= bindparam(since, type_=Date)
    )


DIARY = union_all(
    _diary("firing", firings, literal(1)),
    _diary("checkin", checkins, checkins.c.strength, "week"),
    _diary("water", waters, func.sum(waters.c.amount)).group_by(waters.c.person, waters.c.day),
    _diary("exercise", exercises, func.sum(exercises.c.amount)).group_by(exercises.c.person, exercises.c.day),
)


async def load(connection: AsyncConnection, ids: Collection[PersonId], now: datetime) -> dict[PersonId, Person]:
    """Insert who is missing (`seen_at` is `now`), lock all, and load all that a batch needs of them."""
    found: dict[PersonId, Person] = {}
    for chunk in chunked(sorted(set(ids))):
        await connection.execute(
            INSERT, [{"id": person, "seen_at": now, "version": 0, "language": "en"} for person in chunk]
        )
        rows = (await connection.execute(PEOPLE, {"ids": chunk})).all()
        since = {"since": (now - DAYS).date(), "week": (now - WEEK).date()}
        diary = _Diary((await connection.execute(DIARY, {"ids": chunk, **since})).all())
        timed: dict[int, dict[str, Reminder]] = defaultdict(dict)
        for row in (await connection.execute(REMINDERS, {"ids": chunk})).all():
            timed[row.person][row.kind] = reminder_of(row)
        found |= {PersonId(row.id): _person(row, diary, timed) for row in rows}
    return found


def chunked(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Cut `items` into lists that fit into one statement."""
    return (items[at : at + CHUNK] for at in range(0, len(items), CHUNK))


def reminder_of(row: Row[Any]) -> Reminder:
    """Return the reminder in a row of `reminders`."""
    times = tuple(time.fromisoformat(text) for text in row.times)
    once = Moment(row.once) if row.once else None
    return Reminder(row.kind, times, row.next_at, row.next_date, row.next_slot, row.words, once)


class _Diary:
    """The last days of the people of a batch."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.checkins: dict[int, dict[date, Checkin]] = defaultdict(dict)
        self.fired: dict[int, set[tuple[str, date, time]]] = defaultdict(set)
        self.sums: dict[str, dict[int, dict[date, int]]] = {"water": defaultdict(dict), "exercise": defaultdict(dict)}
        for what, person, day, amount, kind, slot, *told in rows:
            if what == "firing":
                self.fired[person].add((kind, day, slot))
            elif what == "checkin":
                at, mood, often, sleep, signs = told
                self.checkins[person][day] = Checkin(day, at, mood, amount, often, sleep, signs)
            else:
                self.sums[what][person][day] = amount


def _person(row: Row[Any], diary: _Diary, timed: dict[int, dict[str, Reminder]]) -> Person:
    person: int = row.id
    return Person(
        id=PersonId(person),
        seen_at=row.seen_at,
        version=row.version,
        language=row.language,
        consented_at=row.consented_at,
        zone=row.zone,
        country=row.country,
        conditions=row.conditions,
        preferences=read_preferences(row.preferences),
        blocked_at=row.blocked_at,
        conversation=row.state,
        onset=row.onset,
        noted=max((day for day in row[-len(DIARIES) :] if day is not None), default=None),
        checkins=diary.checkins.get(person, {}),
        glasses=diary.sums["water"].get(person, {}),
        rounds=diary.sums["exercise"].get(person, {}),
        reminders=timed.get(person, {}),
        fired=frozenset(diary.fired.get(person, ())),
    )
