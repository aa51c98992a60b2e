"""What goes out: each chat in its order, replies before bulk, words gone as soon as they are not needed."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError

from bot.session.inputs import PersonId
from bot.session.kept import Outcome, Parcel
from bot.session.screens import Acknowledge, Body, Button, Message, Photo, Rebutton, Rewrite
from bot.storage.open import Storage
from bot.storage.tables import outbox
from tests.storage.making import ANN, BEN, CAT, NOW, claimed, hours, look, posted, words, wrote

STATES = select(outbox.c.state, outbox.c.body, outbox.c.reason).order_by(outbox.c.id)


async def test_a_chat_is_sent_one_by_one(storage: Storage) -> None:
    """The second parcel of a chat waits until the first is settled; other chats don't wait for it."""
    await posted(storage, ANN, "a1", "a2")
    await posted(storage, BEN, "b1")
    first = await claimed(storage)
    assert words(first) == ["a1", "b1"]
    assert await claimed(storage) == []
    await storage.outbox.settle([Outcome(first[0].id, message=900)])
    assert words(await claimed(storage)) == ["a2"]


async def test_replies_go_before_bulk(storage: Storage) -> None:
    """What somebody waits for is claimed before reminders that were there earlier."""
    await posted(storage, ANN, "reminder", bulk=True)
    await posted(storage, BEN, "reply")
    assert words(await claimed(storage, limit=1)) == ["reply"]
    assert words(await claimed(storage, limit=1)) == ["reminder"]


async def test_a_reply_lifts_what_is_in_its_way(storage: Storage) -> None:
    """Bulk that stands before a reply in the same chat goes as if it were one, and stays bulk in its risk."""
    await posted(storage, BEN, "other", bulk=True)
    await posted(storage, ANN, "reminder", bulk=True)
    await posted(storage, ANN, "reply")
    (first,) = await claimed(storage, limit=1)
    assert (words([first]), first.bulk) == (["reminder"], True)
    await storage.outbox.settle([Outcome(first.id, message=1)])
    assert words(await claimed(storage, limit=1)) == ["reply"]


async def test_a_reply_lifts_what_is_being_sent(storage: Storage) -> None:
    """Bulk that was being sent when the reply came, and has to go again, is not behind other bulk either."""
    await posted(storage, BEN, "other", bulk=True)
    await posted(storage, ANN, "reminder", bulk=True)
    (sending,) = await claimed(storage, busy=[BEN])
    await posted(storage, ANN, "reply")
    await storage.outbox.settle([Outcome(sending.id, again_at=NOW)])
    assert words(await claimed(storage, limit=1)) == ["reminder"]


async def test_bulk_before_a_reply_of_the_same_batch_is_lifted(storage: Storage) -> None:
    """In one batch too, a reply takes along what stands before it, and not what stands behind it."""
    await posted(storage, BEN, "other", bulk=True)
    parcels = [Parcel(Message("one"), bulk=True), Parcel(Message("two")), Parcel(Message("three"), bulk=True)]
    await wrote(storage, ANN, parcels=parcels)
    assert words(await claimed(storage, limit=1)) == ["one"]
    ranks = await look(storage, select(outbox.c.rank).where(outbox.c.person == ANN).order_by(outbox.c.id))
    assert ranks == [(0,), (0,), (1,)]


async def test_a_busy_chat_is_left_alone(storage: Storage) -> None:
    """Nothing is claimed of a chat that the sender says is busy, nor more than was asked for."""
    for who in (ANN, BEN, CAT):
        await posted(storage, who, f"to {who}")
    assert words(await claimed(storage, busy=[ANN, CAT])) == [f"to {BEN}"]
    assert await claimed(storage, limit=0) == []
    assert len(await claimed(storage, limit=1)) == 1


async def test_what_goes_again_waits_for_its_time_and_keeps_its_place(storage: Storage) -> None:
    """A parcel put off is first in its chat still, and not claimed a moment before its time."""
    await posted(storage, ANN, "one", "two")
    (one,) = await claimed(storage)
    await storage.outbox.settle([Outcome(one.id, again_at=NOW + hours(1))])
    assert await claimed(storage, NOW + hours(0.999)) == []
    assert await storage.outbox.next_again() == NOW + hours(1)
    (again,) = await claimed(storage, NOW + hours(1))
    assert (words([again]), again.attempts) == (["one"], 1)


async def test_when_the_next_may_go(storage: Storage) -> None:
    """The next time is the earliest of the parcels that head their chats and are not being sent; None for none."""
    assert await storage.outbox.next_again() is None
    await posted(storage, ANN, "one", now=NOW)
    assert await storage.outbox.next_again() == NOW
    (one,) = await claimed(storage)
    await posted(storage, ANN, "two")
    assert await storage.outbox.next_again() is None
    await storage.outbox.settle([Outcome(one.id, again_at=NOW + hours(2))])
    await posted(storage, BEN, "three", now=NOW + hours(1), bulk=True)
    assert await storage.outbox.next_again() == NOW + hours(1)


async def test_words_are_blanked_once_they_are_sent_or_dead(storage: Storage) -> None:
    """A parcel that is sent or given up keeps its row and none of its words."""
    for who in (ANN, BEN):
        await posted(storage, who, "private")
    one, two = await claimed(storage)
    await storage.outbox.settle([Outcome(one.id, message=5), Outcome(two.id, reason="blocked")])
    assert await look(storage, STATES) == [("sent", "", None), ("dead", "", "blocked")]
    await storage.outbox.settle([])


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"is":"Message","colour":"red"}', '{"is":"Parrot"}', '{"is":"Rewrite"}']
)
async def test_what_cannot_be_read_is_given_up_and_holds_nobody_up(storage: Storage, body: str) -> None:
    """A body of another version, or a damaged one, is dead; the next parcel of the chat goes."""
    await posted(storage, ANN, "spoilt", "good")
    async with storage._database.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.id == 1).values(body=body))
    assert await claimed(storage) == []
    assert words(await claimed(storage)) == ["good"]
    assert (await look(storage, STATES))[0] == ("dead", "", "unreadable body")


async def test_what_is_of_no_use_any_more_is_given_up(storage: Storage) -> None:
    """A reminder that waited past its end is dead, for a reason that can be read; at its end it still goes."""
    for who in (ANN, BEN):
        await posted(storage, who, "reminder", bulk=True, until=NOW + hours(2))
    moment = timedelta(microseconds=1)
    assert words(await claimed(storage, NOW + hours(2), limit=1)) == ["reminder"]
    await posted(storage, BEN, "reply")
    assert words(await claimed(storage, NOW + hours(2) + moment)) == []
    assert words(await claimed(storage, NOW + hours(2) + moment)) == ["reply"]
    assert (await look(storage, STATES))[1] == ("dead", "", "late")


async def test_a_reply_is_not_repeated_for_ever(storage: Storage) -> None:
    """What was tried for a day, and often, is dead for a reason that can be read; the next reply of its chat goes."""
    for who, tries in ((ANN, 8), (BEN, 7)):
        await posted(storage, who, "no answer", "next")
        for _ in range(tries):
            (one,) = await claimed(storage, NOW + hours(23.999), busy=[ANN] if who == BEN else [])
            await storage.outbox.settle([Outcome(one.id, again_at=NOW)])
    for one in await claimed(storage, NOW + hours(23.999)):
        await storage.outbox.settle([Outcome(one.id, again_at=NOW, tried=False)])
    assert words(await claimed(storage, NOW + hours(24))) == ["no answer"]
    assert words(await claimed(storage, NOW + hours(24))) == ["next"]
    assert (await look(storage, STATES))[0] == ("dead", "", "late")
    assert [state for state, *_ in await look(storage, STATES)] == ["dead", "sending", "sending", "pending"]


async def test_a_reply_that_could_not_be_tried_goes_however_late(storage: Storage) -> None:
    """Neither a line that was down nor a flood wait uses up a try: after days the answer still comes."""
    await posted(storage, ANN, "an answer")
    for _ in range(9):
        (one,) = await claimed(storage)
        await storage.outbox.settle([Outcome(one.id, again_at=NOW, tried=False)])
    assert words(await claimed(storage, NOW + hours(72))) == ["an answer"]


async def test_a_claim_that_fails_claims_nothing(storage: Storage) -> None:
    """An unreadable parcel that cannot be given up just now leaves no other behind as if it were being sent."""
    await posted(storage, ANN, "bad")
    await posted(storage, BEN, "good")
    async with storage._database.begin() as connection:
        await connection.execute(update(outbox).where(outbox.c.id == 1).values(body="?"))
        await connection.execute(text(
            "create trigger refuse before update on outbox when new.state = 'dead' begin select raise(abort, 'no'); end"
        ))  # fmt: skip
    with pytest.raises(IntegrityError):
        await claimed(storage)
    assert {row[0] for row in await look(storage, STATES)} == {"pending"}
    async with storage._database.begin() as connection:
        await connection.execute(text("drop trigger refuse"))
    assert words(await claimed(storage)) == ["good"]


async def test_a_last_word_leaves_no_row(storage: Storage) -> None:
    """A parcel marked `forget` is gone once it is sent, and once it is given up."""
    for who in (ANN, BEN):
        await wrote(storage, who, erase=True, touch=False, parcels=[Parcel(Message("all gone"), forget=True)])
    one, two = await claimed(storage)
    await storage.outbox.settle([Outcome(one.id, message=5), Outcome(two.id, reason="blocked")])
    assert await look(storage, STATES) == []


async def test_a_crash_sends_replies_again_and_reminders_not(storage: Storage) -> None:
    """What was being sent is pending once more; bulk of unknown outcome is dead; a forgotten one leaves no row."""
    await posted(storage, ANN, "reply", "next")
    await posted(storage, BEN, "reminder", bulk=True)
    await posted(storage, CAT, "gone", bulk=True, forget=True)
    assert len(await claimed(storage)) == 3
    assert await storage.outbox.recover() == 3
    assert await storage.outbox.recover() == 0
    states = await look(storage, STATES)
    assert [(state, reason) for state, _, reason in states] == [
        ("pending", None),
        ("pending", None),
        ("dead", "unknown outcome"),
    ]
    assert states[2][1] == ""
    (again,) = await claimed(storage)
    assert (words([again]), again.attempts) == (["reply"], 1)


async def test_a_blocked_chat_is_given_up(storage: Storage) -> None:
    """Unsent parcels are dropped, also the one being sent, which then does not go again; the batch's own stay."""
    await posted(storage, ANN, "one", "two")
    await posted(storage, ANN, "last word", forget=True)
    await posted(storage, BEN, "other")
    one, _ = await claimed(storage)
    await wrote(storage, ANN, drop_parcels=True, parcels=[Parcel(Message("new"))])
    await storage.outbox.settle([Outcome(one.id, again_at=NOW)])
    assert words(await claimed(storage)) == ["new"]
    assert [state for state, _, _ in await look(storage, STATES)] == ["dead", "dead", "sending", "sending"]


async def test_what_left_after_all_is_sent(storage: Storage) -> None:
    """A parcel that was given up while it was being sent, and arrived, is told as sent, with its message."""
    await posted(storage, ANN, "one")
    (one,) = await claimed(storage)
    await wrote(storage, ANN, drop_parcels=True)
    await storage.outbox.settle([Outcome(one.id, message=77)])
    columns = outbox.c.state, outbox.c.message, outbox.c.reason
    assert await look(storage, select(*columns)) == [("sent", 77, None)]


async def test_an_edit_finds_its_message(storage: Storage) -> None:
    """An edit is given the newest message that its prompt was sent as, of the same chat; None where there is none."""
    for who, message in ((ANN, 10), (BEN, 20), (ANN, 30)):
        which = Photo("rise", "which?", nonce="n1") if message == 30 else Message("which?", nonce="n1")
        await wrote(storage, who, parcels=[Parcel(which)])
        (one,) = await claimed(storage)
        await storage.outbox.settle([Outcome(one.id, message=message)])
    edits: tuple[tuple[Body, int | None], ...] = (
        (Rewrite("n1", "this one"), 30),
        (Rewrite("n1", "below it", caption=True), 30),
        (Rebutton("n1"), 30),
        (Rebutton("n1", ((Button("Yes", "y"),),), message=44), 44),
        (Rewrite("n2", "never sent"), None),
        (Acknowledge("press", "done"), None),
        (Photo("curl", "Curl.", ((Button("Done", "d"),),), "n3"), None),
    )
    for body, known in edits:
        await wrote(storage, ANN, parcels=[Parcel(body)])
        (edit,) = await claimed(storage)
        assert (edit.body, edit.message) == (body, known)
        await storage.outbox.settle([Outcome(edit.id)])


async def test_an_edit_waits_for_the_message_it_changes(storage: Storage) -> None:
    """The message of a prompt that was not sent when its edit was posted is known when the edit is claimed."""
    await wrote(storage, ANN, parcels=[Parcel(Message("which?", nonce="n1")), Parcel(Rebutton("n1"))])
    (prompt,) = await claimed(storage)
    await storage.outbox.settle([Outcome(prompt.id, message=12)])
    (edit,) = await claimed(storage)
    assert edit.message == 12


async def test_one_chat_with_a_long_queue_does_not_hide_the_others(storage: Storage) -> None:
    """However many parcels stand in one chat, the other chats' are found at once."""
    await posted(storage, ANN, *(f"a{number}" for number in range(300)))
    for number in range(5):
        await posted(storage, PersonId(200 + number), f"other {number}")
    assert len(await claimed(storage, limit=6)) == 6
