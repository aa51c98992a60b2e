"""One batch is one transaction, its people are as they were written, and a rival is noticed."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import Text, func, select, type_coerce, update

from bot.session.inputs import PersonId, UpdateId
from bot.session.kept import Changes, Checkin, DeadLetter, Ended, Firing, Logged, Parcel, Person, Reminder, Timer
from bot.session.ports import Conflict
from bot.session.screens import Message
from bot.storage.open import Storage
from bot.storage.tables import checkins, dead_letters, episodes, seen, timers
from tests.storage.making import ANN, BEN, CAT, EIGHT, NOW, TODAY, claimed, full, hours, loaded, look, words, wrote


async def test_an_update_is_fresh_once(storage: Storage) -> None:
    """The same update is fresh in the first batch that brings it and never again."""
    first, second, third = UpdateId(7), UpdateId(8), UpdateId(2)
    async with storage.store.begin() as unit:
        assert await unit.fresh([first, second, second], NOW) == {first, second}
        assert await unit.fresh([second], NOW) == set()
    async with storage.store.begin() as unit:
        assert await unit.fresh([], NOW) == set()
        assert await unit.fresh([first, third], NOW) == {third}


async def test_somebody_new_is_there_at_once(storage: Storage) -> None:
    """Whoever is asked for exists afterwards: no version yet, English, seen now, nothing known."""
    async with storage.store.begin() as unit:
        assert await unit.people([], NOW) == {}
        found = await unit.people([BEN, ANN, BEN], NOW)
    assert found == {ANN: Person(ANN, NOW), BEN: Person(BEN, NOW)}
    assert await loaded(storage, ANN, now=NOW + hours(5)) == {ANN: Person(ANN, NOW)}


async def test_a_group_is_no_person(storage: Storage) -> None:
    """The database itself refuses the id of a group."""
    with pytest.raises(Exception, match="private_chat"):
        await loaded(storage, PersonId(-100))
    with pytest.raises(Exception, match="private_chat"):
        await wrote(storage, PersonId(-100), touch=False, parcels=[Parcel(Message("hello"))])


async def test_all_of_a_person_comes_back(storage: Storage) -> None:
    """What a batch wrote is what the next one loads, with the version one higher."""
    async with storage.store.begin() as unit:
        person = (await unit.people([ANN], NOW))[ANN]
        changes = full(replace(person, blocked_at=NOW + timedelta(microseconds=1)))
        await unit.flush([changes], [], NOW)
    assert (await loaded(storage, ANN))[ANN] == replace(
        changes.person,
        version=1,
        onset=TODAY - timedelta(days=20),
        noted=TODAY,
        checkins=changes.checkins,
        glasses={TODAY: 2},
        rounds={TODAY: 1},
        reminders={"water": Reminder("water", (EIGHT,), NOW + hours(1), TODAY, EIGHT)},
        fired=frozenset({("water", TODAY, EIGHT)}),
    )


async def test_nothing_of_a_batch_that_fails(storage: Storage) -> None:
    """An exception inside the batch takes back all of it: updates, people, diary, parcels, letters."""

    async def batch() -> None:
        async with storage.store.begin() as unit:
            await unit.fresh([UpdateId(1)], NOW)
            person = (await unit.people([ANN], NOW))[ANN]
            await unit.flush([full(person)], [DeadLetter(NOW, "a bug")], NOW)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await batch()
    async with storage.store.begin() as unit:
        assert await unit.fresh([UpdateId(1)], NOW) == {UpdateId(1)}
    assert await claimed(storage) == []
    assert await storage.due.next_due() is None
    assert await look(storage, select(dead_letters)) == []
    assert (await loaded(storage, ANN))[ANN] == Person(ANN, NOW)


async def test_a_person_who_moved_on_is_a_conflict(storage: Storage) -> None:
    """A flush of a person whose version is not the one that was loaded changes nothing at all."""
    before = (await loaded(storage, ANN))[ANN]
    await wrote(storage, ANN, facts={"zone": "Asia/Tokyo"})

    async def rival() -> None:
        async with storage.store.begin() as unit:
            other = (await unit.people([BEN], NOW))[BEN]
            stale = replace(before, zone="Europe/Rome")
            await unit.flush([Changes(replace(other, zone="Europe/Oslo")), Changes(stale)], [], NOW)

    with pytest.raises(Conflict):
        await rival()
    found = await loaded(storage, ANN, BEN)
    assert (found[ANN].zone, found[ANN].version, found[BEN].zone) == ("Asia/Tokyo", 1, None)


async def test_each_flush_raises_the_version(storage: Storage) -> None:
    """Two flushes in one batch follow each other, the second on the version that the first made."""
    async with storage.store.begin() as unit:
        person = (await unit.people([ANN], NOW))[ANN]
        await unit.flush([Changes(replace(person, conversation="one"))], [], NOW)
        await unit.flush([Changes(replace(person, version=1, conversation=None))], [], NOW)
    after = (await loaded(storage, ANN))[ANN]
    assert (after.version, after.conversation) == (2, None)


async def test_an_occurrence_is_dealt_with_once(storage: Storage) -> None:
    """A second firing for the same reminder, day and slot is a conflict, and its parcel is not sent."""
    firing = Firing("water", TODAY, EIGHT, NOW, "sent")
    await wrote(storage, ANN, firings=[firing])
    with pytest.raises(Conflict):
        await wrote(storage, ANN, firings=[firing], parcels=[Parcel(Message("drink"), bulk=True)])
    assert await claimed(storage) == []
    await wrote(storage, ANN, firings=[replace(firing, slot=time(9)), replace(firing, kind="exercise")])
    await wrote(storage, BEN, firings=[firing])
    assert len((await loaded(storage, ANN))[ANN].fired) == 3


async def test_a_later_checkin_of_a_day_takes_its_place(storage: Storage) -> None:
    """A day has one entry: the last one."""
    for mood in ("low", "fine"):
        await wrote(storage, ANN, checkins={TODAY: Checkin(TODAY, NOW, mood, None, None, None, ("a", "b"))})
    ((mood, signs),) = await look(storage, select(checkins.c.mood, checkins.c.signs))
    assert (mood, signs) == ("fine", ("a", "b"))


async def test_the_onset_can_be_put_right(storage: Storage) -> None:
    """An episode that is open gets the newer onset; there is no second one."""
    for day in (TODAY, TODAY - timedelta(days=9)):
        await wrote(storage, ANN, onset=day)
    assert (await loaded(storage, ANN))[ANN].onset == TODAY - timedelta(days=9)


async def test_an_episode_that_is_over_lets_another_begin(storage: Storage) -> None:
    """It keeps its onset and the day on which it was over; the next is a row of its own, in the same batch or not."""
    first, second = TODAY - timedelta(days=9), TODAY - timedelta(days=1)
    await wrote(storage, ANN, onset=first)
    await wrote(storage, ANN, ended=Ended(first, TODAY - timedelta(days=4)))
    assert (await loaded(storage, ANN))[ANN].onset is None
    await wrote(storage, ANN, onset=second)
    await wrote(storage, ANN, ended=Ended(second, TODAY), onset=TODAY)
    assert (await loaded(storage, ANN))[ANN].onset == TODAY
    rows = await look(storage, select(episodes.c.onset, episodes.c.ended_on).order_by(episodes.c.onset))
    assert rows == [(first, TODAY - timedelta(days=4)), (second, TODAY), (TODAY, None)]


async def test_what_began_and_ended_in_one_batch_is_kept(storage: Storage) -> None:
    """An episode that was never open between two batches has its row all the same."""
    await wrote(storage, ANN, ended=Ended(TODAY - timedelta(days=2), TODAY))
    assert (await loaded(storage, ANN))[ANN].onset is None
    rows = await look(storage, select(episodes.c.onset, episodes.c.ended_on))
    assert rows == [(TODAY - timedelta(days=2), TODAY)]


async def test_only_the_last_days_are_loaded(storage: Storage) -> None:
    """Amounts from the day before yesterday (UTC) on, entries of the last week, and tomorrow's; older ones stay."""
    for back in (-1, 0, 2, 3, 8, 9):
        day = TODAY - timedelta(days=back)
        await wrote(
            storage,
            ANN,
            checkins={day: Checkin(day, NOW, "fine", None, None, None, ())},
            logged=[Logged("water", day, NOW, 1), Logged("water", day, NOW, 2), Logged("exercise", day, NOW, 1)],
            firings=[Firing("water", day, EIGHT, NOW, "sent")],
        )
    near = {TODAY - timedelta(days=back) for back in (-1, 0, 2)}
    person = (await loaded(storage, ANN))[ANN]
    assert set(person.checkins) == near | {TODAY - timedelta(days=back) for back in (3, 8)}
    assert all(entry.day == day and entry.mood == "fine" for day, entry in person.checkins.items())
    assert person.glasses == dict.fromkeys(near, 3)
    assert person.rounds == dict.fromkeys(near, 1)
    assert {day for _, day, _ in person.fired} == near


async def test_reminders_are_changed_and_deleted(storage: Storage) -> None:
    """A reminder that is given again is replaced; None takes it away; what is not named stays."""
    water = Reminder("water", (EIGHT, time(20, 30)), NOW, TODAY, EIGHT)
    sleep = Reminder("sleep", (time(22),), words="put the <phone> away")
    await wrote(storage, ANN, reminders={"water": water, "sleep": sleep})
    await wrote(storage, ANN, reminders={"water": None, "sleep": replace(sleep, next_at=NOW)})
    assert (await loaded(storage, ANN))[ANN].reminders == {"sleep": replace(sleep, next_at=NOW)}


async def test_a_newer_timer_of_a_name_is_another_timer(storage: Storage) -> None:
    """A timer that is replaced is gone under its old id, even when it was the newest row of all."""
    timer = Timer("follow_up", NOW, "checkin", {"days": 3, "where": ("toe", "calf")})
    await wrote(storage, ANN, timers={"follow_up": timer})
    old = (await storage.due.due(NOW, 9))[0].timer
    await wrote(storage, ANN, timers={"follow_up": replace(timer, flow=None, lane="talk", nonce="n1")})
    new = (await storage.due.due(NOW, 9))[0].timer
    assert old is not None
    assert new is not None
    async with storage.store.begin() as unit:
        found = await unit.timers([old, new])
        assert await unit.timers([]) == {}
    assert found == {new: (ANN, replace(timer, flow=None, lane="talk", nonce="n1", id=new))}


async def test_a_damaged_timer_is_a_silence_that_nobody_waits_for(storage: Storage) -> None:
    """It can be read and taken away, so it falls due once and stops nobody."""
    await wrote(storage, ANN, timers={"follow_up": Timer("follow_up", NOW, "checkin", {"days": 3})})
    async with storage._database.begin() as connection:
        await connection.execute(update(timers).values(data=type_coerce("{", Text)))
    fallen = (await storage.due.due(NOW, 9))[0].timer
    assert fallen is not None
    async with storage.store.begin() as unit:
        assert await unit.timers([fallen]) == {fallen: (ANN, Timer("follow_up", NOW, None, id=fallen))}


async def test_timers_go_one_by_one_or_all(storage: Storage) -> None:
    """None deletes the timer of that name; all of them go but those that come in the same batch; others' stay."""
    one, two, three = (Timer(name, NOW, "checkin") for name in ("one", "two", "three"))
    for who in (ANN, BEN):
        await wrote(storage, who, timers={"one": one, "two": two})
    await wrote(storage, ANN, timers={"one": None})
    assert len(await storage.due.due(NOW, 9)) == 3
    await wrote(storage, ANN, all_timers_off=True, timers={"three": three, "one": None})
    due = await storage.due.due(NOW, 9)
    async with storage.store.begin() as unit:
        left = await unit.timers([row.timer for row in due if row.timer is not None])
    assert sorted((who, timer.name) for who, timer in left.values()) == [(ANN, "three"), (BEN, "one"), (BEN, "two")]


async def test_the_row_is_left_alone_when_it_is_not_touched(storage: Storage) -> None:
    """Without `touch` what hangs on the person is written and their own row is not."""
    await wrote(storage, ANN, facts={"zone": "Asia/Tokyo"}, touch=False, parcels=[Parcel(Message("hello"))])
    person = (await loaded(storage, ANN))[ANN]
    assert (person.version, person.zone) == (0, None)
    assert words(await claimed(storage)) == ["hello"]


async def test_dead_letters_are_kept(storage: Storage) -> None:
    """What could not be handled is written down with its update and its person."""
    async with storage.store.begin() as unit:
        await unit.flush([], [DeadLetter(NOW, "a bug", UpdateId(5), CAT), DeadLetter(NOW, "unreadable")], NOW)
    columns = dead_letters.c.reason, dead_letters.c.update_id, dead_letters.c.person
    assert await look(storage, select(*columns).order_by(dead_letters.c.id)) == [
        ("a bug", 5, CAT),
        ("unreadable", None, None),
    ]


async def test_many_people_at_once(storage: Storage) -> None:
    """More people than one statement names are loaded and written all the same."""
    ids = [PersonId(number) for number in range(1, 2301)]
    async with storage.store.begin() as unit:
        assert len(await unit.fresh([UpdateId(number) for number in ids], NOW)) == len(ids)
        found = await unit.people(ids, NOW)
        await unit.flush([Changes(replace(person, zone="Asia/Tokyo")) for person in found.values()], [], NOW)
    assert {person.zone for person in (await loaded(storage, *ids)).values()} == {"Asia/Tokyo"}
    assert await look(storage, select(func.count()).select_from(seen)) == [(2300,)]
