"""A database with many people in it: each with two reminders, an open question, and a month behind them."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Table

from bot.engine.advance import advance
from bot.engine.conversation import Conversation, dump
from bot.engine.events import Commanded
from bot.session.house import House
from bot.session.inputs import PersonId
from bot.session.kept import Person
from bot.session.known import Known
from bot.storage import tables
from bot.storage.open import Storage

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"
LOCAL_NOON = time(13)
USUAL = (("water", time(10)), ("exercise", time(18, 30)))
DAYS = 30
RECENT = 10
"""Sent parcels, and update ids, of the last days that `tidy` has not deleted yet."""
SEED = "n000_"
NONCE = f"{SEED}1"
"""Of the question that everybody has open: how their toes are today."""
AT_ONCE = 200

Rows = dict[Table, list[Mapping[str, Any]]]


def question(house: House) -> str:
    """Return the state of somebody who was just asked how their toes are."""
    person = Person(PersonId(1), NOW, consented_at=NOW, zone=ZONE)
    known = Known(person, NOW, "en", house.help)
    return dump(advance(house.flows, Conversation(), Commanded(SEED, "checkin"), known, NOW).conversation)


async def fill(storage: Storage, people: int, soon: int, house: House) -> None:
    """Put in people 1 to `people`. The water reminders of the first `soon` come in the next minutes, one a minute."""
    state = question(house)
    for first in range(1, people + 1, AT_ONCE):
        rows: Rows = {table: [] for table in ORDER}
        for person in range(first, min(first + AT_ONCE, people + 1)):
            _person(rows, person, state)
            _reminders(rows, person, soon)
            _month(rows, person)
        async with storage._database.begin() as connection:  # noqa: SLF001  (the tables are what is filled here)
            for table, some in rows.items():
                await connection.execute(table.insert(), some)


ORDER: Sequence[Table] = (
    tables.people,
    tables.conversations,
    tables.episodes,
    tables.checkins,
    tables.waters,
    tables.exercises,
    tables.reminders,
    tables.firings,
    tables.timers,
    tables.outbox,
    tables.seen,
)


def _person(rows: Rows, person: int, state: str) -> None:
    known = {"seen_at": NOW, "version": 1, "language": "en", "consented_at": NOW, "zone": ZONE}
    rows[tables.people].append({"id": person, **known})
    rows[tables.conversations].append({"person": person, "state": state})
    rows[tables.episodes].append({"person": person, "onset": NOW.date() - timedelta(days=DAYS)})
    timer = {"name": "silence:talk", "due_at": NOW + timedelta(hours=20), "data": {}, "lane": "talk", "nonce": NONCE}
    rows[tables.timers].append({"person": person, "flow": None, **timer})


def _reminders(rows: Rows, person: int, soon: int) -> None:
    today, tomorrow = NOW.date(), NOW.date() + timedelta(days=1)
    minutes = timedelta(minutes=person)
    for kind, slot in USUAL:
        coming = (datetime.combine(tomorrow, slot, UTC) - timedelta(hours=1), tomorrow, slot)
        if kind == "water" and person <= soon:
            coming = (NOW + minutes, today, (datetime.combine(today, LOCAL_NOON) + minutes).time())
        next_at, day, at = coming
        timed = {"times": [f"{at:%H:%M}"], "next_at": next_at, "next_date": day, "next_slot": at}
        rows[tables.reminders].append({"person": person, "kind": kind, **timed})


def _month(rows: Rows, person: int) -> None:
    answers = {"mood": "same", "strength": 4, "often": "many", "sleep": "good", "signs": ()}
    for back in range(1, DAYS + 1):
        at = NOW - timedelta(days=back)
        day = at.date()
        rows[tables.checkins].append({"person": person, "day": day, "at": at, **answers})
        rows[tables.waters].append({"person": person, "day": day, "at": at, "amount": 1})
        rows[tables.exercises].append({"person": person, "day": day, "at": at, "amount": 1})
        for kind, slot in USUAL:
            fired = {"kind": kind, "day": day, "slot": slot, "at": at, "outcome": "sent"}
            rows[tables.firings].append({"person": person, **fired})
    for number in range(RECENT):
        at = NOW - timedelta(hours=number)
        sent = {"state": "sent", "bulk": False, "rank": 1, "forget": False, "attempts": 1, "body": "", "made_at": at}
        rows[tables.outbox].append({"person": person, "nonce": f"{SEED}{number}", "message": number + 1, **sent})
        rows[tables.seen].append({"update_id": person * RECENT + number, "at": at})
