"""Who had themselves erased is unknown afterwards; only a keyed hash tells that they were here."""

import hashlib
import hmac

from sqlalchemy import select

from bot.session.inputs import UpdateId
from bot.session.kept import Changes, DeadLetter, Parcel, Person
from bot.session.screens import Message
from bot.storage.open import Storage
from bot.storage.tables import ABOUT_PEOPLE, dead_letters, erased, outbox
from tests.storage.making import ANN, BEN, CAT, NOW, claimed, full, hours, loaded, look, words, wrote


async def lived_in(storage: Storage) -> None:
    """Write something about two people into every table, and a letter about a third."""
    async with storage.store.begin() as unit:
        found = await unit.people([ANN, BEN], NOW)
        letters = [DeadLetter(NOW, "a bug", UpdateId(1), ANN), DeadLetter(NOW, "a bug", UpdateId(2), BEN)]
        await unit.flush([full(person) for person in found.values()], letters, NOW)


async def test_every_table_is_emptied_of_them(storage: Storage) -> None:
    """After an erasure no table names the person; everything of other people stays."""
    await lived_in(storage)
    for column in ABOUT_PEOPLE.values():
        assert {ANN, BEN} <= {row[0] for row in await look(storage, select(column))}
    await wrote(storage, ANN, erase=True, touch=False)
    for column in ABOUT_PEOPLE.values():
        who = {row[0] for row in await look(storage, select(column))}
        assert ANN not in who
        assert BEN in who


async def test_they_come_back_as_a_stranger(storage: Storage) -> None:
    """Somebody who comes back after their erasure is new."""
    await lived_in(storage)
    await wrote(storage, ANN, erase=True, touch=False)
    assert (await loaded(storage, ANN, now=NOW + hours(1)))[ANN] == Person(ANN, NOW + hours(1))


async def test_the_last_word_is_sent(storage: Storage) -> None:
    """Parcels from before are gone; the one of the batch itself goes out, without any other trace."""
    await lived_in(storage)
    await wrote(storage, ANN, erase=True, touch=False, parcels=[Parcel(Message("all gone"), forget=True)])
    sent = await claimed(storage)
    assert words([parcel for parcel in sent if parcel.chat == ANN]) == ["all gone"]


async def test_they_can_come_back_in_the_same_batch(storage: Storage) -> None:
    """What the batch brings after the erasure is kept, and nothing of before."""
    await lived_in(storage)
    async with storage.store.begin() as unit:
        await unit.people([ANN], NOW)
        again = Person(ANN, NOW, conversation="welcome", language="fr")
        await unit.flush([Changes(again, erase=True, parcels=[Parcel(Message("hello again"))])], [], NOW)
    after = (await loaded(storage, ANN))[ANN]
    assert (after.language, after.conversation, after.checkins, after.reminders) == ("fr", "welcome", {}, {})
    assert [row[0] for row in await look(storage, select(outbox.c.person).where(outbox.c.person == ANN))] == [ANN]


async def test_a_letter_of_the_same_batch_names_nobody(storage: Storage) -> None:
    """A letter about somebody who is erased in the same batch is kept without their id."""
    async with storage.store.begin() as unit:
        person = (await unit.people([CAT], NOW))[CAT]
        letters = [DeadLetter(NOW, "a bug", UpdateId(9), CAT)]
        await unit.flush([Changes(person, erase=True, touch=False)], letters, NOW)
    assert await look(storage, select(dead_letters.c.update_id, dead_letters.c.person)) == [(9, None)]


async def test_the_hash_tells_who_only_with_the_key(storage: Storage) -> None:
    """What stays is HMAC-SHA256 of the id under one key, which is made once; a second erasure adds nothing."""
    for who in (ANN, BEN, ANN):
        await wrote(storage, who, erase=True, touch=False)
    kept = await storage.meta.get("erasure_key")
    assert kept == b"0123456789abcdef0123456789abcdef".hex()
    hashes = {row[0] for row in await look(storage, select(erased.c.hash))}
    assert hashes == {
        hmac.new(bytes.fromhex(kept), str(who).encode(), hashlib.sha256).hexdigest() for who in (ANN, BEN)
    }


async def test_a_talk_that_is_the_same_after_all_is_kept(storage: Storage) -> None:
    """Where they come back to the very place in the talk that was erased, it is written again."""
    await wrote(storage, ANN, facts={"conversation": "welcome"})
    await wrote(storage, ANN, facts={"conversation": "welcome"}, erase=True)
    assert (await loaded(storage, ANN))[ANN].conversation == "welcome"
