"""The work of a batch is shared: so many statements, however many people are in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.session.inputs import PersonId, UpdateId
from bot.session.kept import Changes, DeadLetter, Outcome
from bot.storage.open import Storage
from tests.storage.making import NOW, full, hours, watched, wrote


async def everything(storage: Storage, people: int) -> dict[str, int]:
    """Do all that the store can for so many people; return how many statements each part took."""
    took: dict[str, int] = {}
    ids = [PersonId(number) for number in range(1, people + 1)]
    later = NOW + timedelta(days=400)
    async with storage.store.begin() as unit:
        with watched() as ran:
            await unit.fresh([UpdateId(number) for number in ids], NOW)
        took["fresh"] = len(ran)
        with watched() as ran:
            found = await unit.people(ids, NOW)
        took["people"] = len(ran)
        letters = [DeadLetter(NOW, "a bug", None, who) for who in ids]
        with watched() as ran:
            await unit.flush([full(person) for person in found.values()], letters, NOW)
        took["flush"] = len(ran)
    with watched() as ran:
        due = await storage.due.due(later, 10 * people)
    took["due"] = len(ran)
    assert len(due) == 2 * people
    with watched() as ran:
        await storage.due.zoned(None, people)
    took["zoned"] = len(ran)
    async with storage.store.begin() as unit:
        with watched() as ran:
            await unit.timers([row.timer for row in due if row.timer is not None])
    took["timers"] = len(ran)
    with watched() as ran:
        parcels = await storage.outbox.claim(NOW, people, [])
    took["claim"] = len(ran)
    assert len(parcels) == people
    with watched() as ran:
        await storage.outbox.settle([Outcome(parcel.id, message=parcel.id) for parcel in parcels])
    took["settle"] = len(ran)
    for turn, erase in (("quieter", False), ("erase", True)):
        async with storage.store.begin() as unit:
            found = await unit.people(ids, NOW)
            changes = [
                Changes(replace(person, consented_at=None, conversation=None), all_timers_off=True, erase=erase)
                for person in found.values()
            ]
            with watched() as ran:
                await unit.flush(changes, [], NOW)
        took[turn] = len(ran)
    with watched() as ran:
        assert await storage.due.tidy(later, people) is None
    took["tidy"] = len(ran)
    return took


@pytest.fixture
async def warm(storage: Storage) -> Storage:
    """A store with the key of the erased made, which happens once in its life."""
    await wrote(storage, PersonId(9999), erase=True, touch=False)
    return storage


async def test_the_count_does_not_grow_with_people(warm: Storage) -> None:
    """Each part takes as many statements for 150 people as for two, and few."""
    few = await everything(warm, 2)
    many = await everything(warm, 150)
    assert many == few
    assert few["people"] == 4
    assert max(few.values()) <= 20


async def test_a_batch_pays_for_what_it_changes(warm: Storage) -> None:
    """A batch that changed nothing but people's own rows is one statement."""
    async with warm.store.begin() as unit:
        found = await unit.people([PersonId(1), PersonId(2)], NOW)
        with watched() as ran:
            await unit.flush([Changes(replace(one, seen_at=NOW + hours(1))) for one in found.values()], [], NOW)
    assert len(ran) == 1
