"""What falls due, what has had its day, and who has to be told of new time zone data."""

from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import Table, func, select

from bot.session.inputs import PersonId, UpdateId
from bot.session.kept import DeadLetter, Due, Firing, Outcome, Parcel, Reminder, Timer
from bot.session.screens import Message
from bot.storage.open import Storage
from bot.storage.tables import ABOUT_PEOPLE, dead_letters, erased, firings, outbox, people, seen
from tests.storage.making import ANN, BEN, CAT, EIGHT, NOW, TODAY, claimed, full, hours, loaded, look, posted, wrote

SECOND = timedelta(seconds=1)


def reminder(at: datetime | None, kind: str = "water") -> Reminder:
    """Return a reminder whose next time is `at`."""
    return Reminder(kind, (EIGHT,), at, None if at is None else TODAY, None if at is None else EIGHT)


def timer(at: datetime) -> Timer:
    """Return a timer that is due at `at`."""
    return Timer("follow_up", at, "checkin")


async def test_due_is_what_is_not_in_the_future(storage: Storage) -> None:
    """Reminders and timers come together, oldest first, to the microsecond, and no more than asked for."""
    late = NOW + timedelta(microseconds=1)
    await wrote(storage, ANN, reminders={"water": reminder(NOW)}, timers={"follow_up": timer(late)})
    await wrote(storage, BEN, reminders={"water": reminder(None)}, timers={"follow_up": timer(NOW - hours(1))})
    await wrote(storage, CAT, reminders={"sleep": reminder(NOW - hours(2), "sleep")})
    found = await storage.due.due(NOW, 9)
    assert [(due.person, due.at, due.reminder) for due in found] == [
        (CAT, NOW - hours(2), "sleep"),
        (BEN, NOW - hours(1), None),
        (ANN, NOW, "water"),
    ]
    assert [due.timer is None for due in found] == [True, False, True]
    assert await storage.due.due(NOW, 2) == found[:2]
    assert len(await storage.due.due(late, 9)) == 4


async def test_when_the_next_is_due(storage: Storage) -> None:
    """The next time is the earliest of reminders and timers, past or future; None while nothing comes."""
    assert await storage.due.next_due() is None
    await wrote(storage, ANN, reminders={"water": reminder(None)})
    assert await storage.due.next_due() is None
    await wrote(storage, ANN, timers={"follow_up": timer(NOW + hours(3))})
    assert await storage.due.next_due() == NOW + hours(3)
    await wrote(storage, BEN, reminders={"water": reminder(NOW - hours(3))})
    assert await storage.due.next_due() == NOW - hours(3)


async def test_people_of_a_zone_come_in_parts(storage: Storage) -> None:
    """People with a zone and reminders come in the order of their ids, so many at a time."""
    await wrote(storage, ANN, facts={"zone": "Asia/Tokyo"})
    await wrote(storage, BEN, reminders={"water": reminder(NOW)})
    for who in (3, 1, 2):
        both = {"water": reminder(NOW), "sleep": Reminder("sleep", (time(22), time(23, 30)))}
        await wrote(storage, PersonId(who), facts={"zone": "Asia/Tokyo"}, reminders=both)
    assert await storage.due.zoned(None, 2) == [1, 2]
    assert await storage.due.zoned(PersonId(2), 2) == [3]
    assert await storage.due.zoned(PersonId(3), 2) == []


async def test_nothing_to_tidy(storage: Storage) -> None:
    """In an empty store nothing waits."""
    assert await storage.due.tidy(NOW, 10) is None


async def kept(storage: Storage, what: str) -> None:
    """Keep one row of a kind that has its day."""
    match what:
        case "seen":
            async with storage.store.begin() as unit:
                await unit.fresh([UpdateId(1)], NOW)
        case "sent" | "dead":
            await posted(storage, ANN, "hello")
            (one,) = await claimed(storage)
            await storage.outbox.settle([Outcome(one.id, reason="blocked" if what == "dead" else None)])
            await wrote(storage, ANN, facts={"consented_at": NOW})
        case "firing":
            await wrote(storage, ANN, facts={"consented_at": NOW}, firings=[Firing("water", TODAY, EIGHT, NOW, "sent")])
        case "letter":
            async with storage.store.begin() as unit:
                await unit.flush([], [DeadLetter(NOW, "a bug")], NOW)
        case _:
            await loaded(storage, ANN)


@pytest.mark.parametrize(
    ("what", "table", "stays"),
    [
        ("seen", seen, hours(72)),
        ("sent", outbox, hours(72)),
        ("dead", outbox, hours(72)),
        ("firing", firings, timedelta(days=90)),
        ("letter", dead_letters, timedelta(days=30)),
        ("stranger", people, hours(24)),
    ],
)
async def test_each_kind_has_its_day(storage: Storage, what: str, table: Table, stays: timedelta) -> None:
    """A row stays to the second before its time is over, then goes; both times the store says when to come again."""
    await kept(storage, what)
    count = select(func.count()).select_from(table)
    assert await storage.due.tidy(NOW + stays - SECOND, 10) == NOW + stays
    assert await look(storage, count) == [(1,)]
    assert await storage.due.tidy(NOW + stays, 10) is None
    assert await look(storage, count) == [(0,)]


async def test_a_stranger_goes_with_all_about_them(storage: Storage) -> None:
    """After a day nothing is left of who never consented: no talk, no parcel, no hash; who consented stays whole."""
    async with storage.store.begin() as unit:
        found = await unit.people([ANN, BEN], NOW)
        stranger = full(found[ANN])
        stranger.person = found[ANN]
        letters = [DeadLetter(NOW, "a bug", None, ANN)]
        await unit.flush([stranger, full(found[BEN])], letters, NOW)
    await wrote(storage, ANN, facts={"conversation": "welcome"})
    await storage.due.tidy(NOW + hours(24), 10)
    for column in ABOUT_PEOPLE.values():
        who = {row[0] for row in await look(storage, select(column))}
        assert ANN not in who
        assert column.table is dead_letters or BEN in who
    assert await look(storage, select(erased)) == []


async def test_more_than_the_limit_is_tidied_in_turns(storage: Storage) -> None:
    """One turn deletes so many of a kind, the oldest first; while more waits, the time to come again is not later."""
    for number in range(5):
        async with storage.store.begin() as unit:
            await unit.fresh([UpdateId(9 - number)], NOW + number * SECOND)
    after = NOW + hours(80)
    assert await storage.due.tidy(after, 2) == NOW + 2 * SECOND + hours(72)
    assert await storage.due.tidy(after, 2) == NOW + 4 * SECOND + hours(72)
    assert await storage.due.tidy(after, 2) is None


async def test_unsent_parcels_are_not_tidied(storage: Storage) -> None:
    """A parcel that waits or is being sent has no day to be over."""
    await wrote(storage, ANN, facts={"consented_at": NOW}, parcels=[Parcel(Message(word)) for word in ("one", "two")])
    await claimed(storage)
    assert await storage.due.tidy(NOW + timedelta(days=400), 10) is None
    assert await look(storage, select(func.count()).select_from(outbox)) == [(2,)]


async def test_due_says_what_it_is(storage: Storage) -> None:
    """A reminder is named by its kind, a timer by its id."""
    await wrote(storage, ANN, reminders={"water": reminder(NOW)})
    assert await storage.due.due(NOW, 1) == [Due(ANN, NOW, "water")]
    await wrote(storage, ANN, reminders={"water": None}, timers={"follow_up": timer(NOW)})
    (due,) = await storage.due.due(NOW, 1)
    assert due == Due(ANN, NOW, None, due.timer)
    assert due.timer is not None
