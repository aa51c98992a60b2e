"""The one door: exactly once, one person's trouble is one person's, and what falls due is fenced."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.engine.effects import SetPerson
from bot.session.inputs import (
    Blocked,
    Command,
    Incoming,
    Irrelevant,
    PersonId,
    Press,
    ReminderDue,
    Text,
    TimerDue,
    Unreadable,
    UpdateId,
    ZonesChanged,
)
from bot.session.kept import Changes, Person, Reminder, Timer
from bot.session.known import Known
from bot.session.reminding import timed
from tests.chat import SAM, Chat, chatting, the_house

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OTHER = PersonId(8)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Somebody who agreed, in Berlin, at 13:00 of their time."""
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        await chat.becomes(agreed)
        chat.store.careful = False
        yield chat


def agreed(person: Person) -> Person:
    """Return the person, who agreed and lives in Berlin."""
    return replace(person, consented_at=NOON, zone="Europe/Berlin")


def reminded(person: Person) -> Person:
    """Return the person with water at 14:00 and 22:30 of their time."""
    reminder = Reminder("water", (time(14), time(22, 30)))
    return timed(replace(agreed(person), reminders={"water": reminder}), "water", NOON)


async def rows(chat: Chat, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query, through the bot's own connection."""
    async with chat.database.begin() as connection:
        return [tuple(row) for row in await connection.execute(text(query))]


async def test_an_update_that_comes_again_changes_nothing(chat: Chat) -> None:
    """In the same batch or a later one: it was seen."""
    glass = Incoming(SAM, Command("water"), UpdateId(500))
    await chat.session.handle([glass, glass])
    await chat.session.handle([glass])
    await chat.deliver()
    assert len(chat.messages) == 1


async def test_one_persons_broken_row_harms_nobody_else(chat: Chat) -> None:
    """Their event goes to the dead letters, they get a kind word; the other's glass counts."""
    async with chat.storage.store.begin() as unit:
        broken = (await unit.people([OTHER], NOON))[OTHER]
        await unit.flush([Changes(replace(agreed(broken), zone="Mars/Base"))], [], NOON)
    await chat.says("/water")
    button = chat.last.rows[0][0].data
    await chat.session.handle([
        Incoming(OTHER, Command("water"), UpdateId(600)),
        Incoming(SAM, Press("p", button), UpdateId(601)),
    ])  # fmt: skip
    assert (await chat.known()).glasses == {NOON.date(): 1}
    ((reason, update, person),) = await rows(chat, "select reason, update_id, person from dead_letters")
    assert (reason.startswith("step: "), update, person) == (True, 600, OTHER)
    assert await rows(chat, "select count(*) from outbox where person = 8 and state = 'pending'") == [(1,)]
    await chat.session.handle([Incoming(OTHER, Command("water"), UpdateId(600))])
    assert await rows(chat, "select count(*) from dead_letters") == [(1,)]


async def test_a_press_that_fails_is_answered_all_the_same(chat: Chat) -> None:
    """Nobody looks at a button that keeps turning: the press is acknowledged before the kind word."""
    await chat.becomes(agreed)
    await chat.says("/water")
    button = chat.last.rows[0][0].data
    await chat.becomes(lambda person: replace(person, zone="Mars/Base"))
    await chat.session.handle([Incoming(SAM, Press("p77", button), UpdateId(602))])
    assert await rows(chat, "select update_id from dead_letters") == [(602,)]
    (press,), (word,) = await rows(chat, "select body from outbox where state = 'pending' order by id")
    assert ("p77" in press, "p77" in word) == (True, False)


async def test_a_write_that_fails_is_traced_to_the_one_it_belongs_to(chat: Chat) -> None:
    """Seven people in a batch, one whose row the database refuses: six are served, the seventh is a dead letter."""
    async with chat.database.begin() as connection:
        await connection.execute(text(
            "create trigger refuse before insert on conversations when new.person = 8 "
            "begin select raise(abort, 'no'); end"
        ))  # fmt: skip
    people = [PersonId(number) for number in range(5, 12)]
    batch = [Incoming(person, Command("start"), UpdateId(700 + person)) for person in people]
    await chat.session.handle([*batch, Irrelevant(UpdateId(800)), Unreadable(UpdateId(801), "odd")])
    assert await rows(chat, "select person from conversations order by 1") == [(p,) for p in people if p != OTHER]
    letters = await rows(chat, "select update_id, person from dead_letters order by update_id")
    assert letters == [(708, OTHER), (801, None)]
    assert await rows(chat, "select count(*) from seen where update_id >= 700") == [(9,)]


async def test_what_fails_when_due_does_not_fall_due_for_ever(chat: Chat) -> None:
    """A reminder of somebody with a broken row is put aside, and the letter says so."""
    await chat.becomes(lambda person: replace(reminded(person), zone="Mars/Base"))
    due = await chat.storage.due.next_due()
    assert due is not None
    await chat.session.handle([Incoming(SAM, ReminderDue("water", due))])
    assert await chat.storage.due.next_due() is None
    assert len(await rows(chat, "select reason from dead_letters")) == 1


async def test_a_reminder_is_sent_once_and_the_next_one_is_worked_out(chat: Chat) -> None:
    """A second dispatcher with the same row finds that it moved on."""
    await chat.becomes(reminded)
    due = NOON + timedelta(hours=1)
    chat.clock.at = due
    twice = Incoming(SAM, ReminderDue("water", due))
    await chat.session.handle([twice, twice])
    await chat.deliver()
    assert [message.keys for message in chat.messages] == [("water_reminder.ask",)]
    assert await chat.storage.due.next_due() == due + timedelta(hours=8, minutes=30)
    assert await rows(chat, "select slot, outcome from firings") == [("14:00:00.000000", "sent")]


@pytest.mark.parametrize(
    ("late", "outcome"),
    [(timedelta(minutes=90), "sent"), (timedelta(hours=3), "skipped:late"), (timedelta(hours=9), "skipped:late")],
)
async def test_after_a_time_down_a_reminder_is_late_within_its_grace_or_recorded(
    chat: Chat, late: timedelta, outcome: str
) -> None:
    """Nobody gets yesterday's reminder, and the skipped one leaves a record of why."""
    await chat.becomes(reminded)
    due = NOON + timedelta(hours=1)
    chat.clock.at = due + late
    await chat.session.handle([Incoming(SAM, ReminderDue("water", due))])
    await chat.deliver()
    assert len(chat.messages) == (outcome == "sent")
    assert await rows(chat, "select outcome from firings") == [(outcome,)]


@pytest.mark.parametrize(
    ("back", "sent", "outcomes"),
    [
        (timedelta(hours=2, minutes=30), 1, ["skipped:late", "sent"]),
        (timedelta(hours=4), 1, ["skipped:late", "sent"]),
        (timedelta(hours=6), 0, ["skipped:late", "skipped:late"]),
        (timedelta(days=40, hours=12), 0, ["skipped:late"] * 3),
    ],
)
async def test_of_several_missed_only_the_newest_may_still_go_and_each_leaves_its_record(
    chat: Chat, back: timedelta, sent: int, outcomes: list[str]
) -> None:
    """Down over 14:00 and 15:00: never two at once, what is within its grace is not lost, old days are passed over."""
    two = Reminder("water", (time(14), time(15)))
    await chat.becomes(lambda person: timed(replace(agreed(person), reminders={"water": two}), "water", NOON))
    chat.clock.at = NOON + back
    await chat.later(timedelta())
    assert len(chat.messages) == sent
    assert [row[0] for row in await rows(chat, "select outcome from firings order by day, slot")] == outcomes
    coming = (await chat.known()).reminders["water"].next_at
    assert coming is not None
    assert coming > chat.clock.at


async def test_a_reminder_that_telegram_could_not_take_in_its_time_is_not_sent_in_the_night(chat: Chat) -> None:
    """Nobody could be reached from 14:00 on; at 3 at night the line is back, and nothing of the day comes after all."""
    await chat.becomes(reminded)
    chat.clock.at = NOON + timedelta(hours=1)
    due = Incoming(SAM, ReminderDue("water", chat.clock.at))
    await chat.session.handle([due])
    chat.clock.at = NOON + timedelta(hours=14)
    await chat.deliver()
    assert chat.messages == []
    assert await rows(chat, "select state, body, reason from outbox") == [("dead", "", "late")]


async def test_reminders_are_held_while_an_emergency_card_is_open(chat: Chat) -> None:
    """Nothing else is said then; the record says why."""
    await chat.becomes(reminded)
    await chat.says("I can't breathe and my chest hurts badly right now")
    assert chat.said == ["care.emergency"]
    await chat.later(timedelta(hours=2))
    assert chat.new == []
    assert await rows(chat, "select outcome from firings") == [("skipped:emergency",)]


async def test_whoever_blocks_is_left_alone_and_comes_back_without_a_backlog(chat: Chat) -> None:
    """Blocked: no reminder, no parcel. Their next word brings the coming reminders back, not the missed ones."""
    await chat.becomes(reminded)
    await chat.session.handle([Incoming(SAM, Command("help"), UpdateId(900)), Incoming(SAM, Blocked(), UpdateId(901))])
    await chat.deliver()
    assert chat.messages == []
    await chat.later(timedelta(days=3))
    assert chat.messages == []
    await chat.says("/help")
    assert chat.said == ["help.help"]
    coming = (await chat.known()).reminders["water"].next_at
    assert coming == NOON + timedelta(days=3, hours=1)


async def test_what_waited_for_somebody_who_blocked_is_given_up(chat: Chat) -> None:
    """An answer that was still to be sent is dead, with its words gone, in the same transaction."""
    await chat.session.handle([Incoming(SAM, Command("help"), UpdateId(900))])
    await chat.session.handle([Incoming(SAM, Blocked(), UpdateId(901))])
    assert await rows(chat, "select distinct state, body, reason from outbox") == [("dead", "", "blocked")]


async def test_no_talk_begins_with_somebody_who_blocked(chat: Chat) -> None:
    """A follow-up that falls due meanwhile begins nothing, and does not wait for them to come back."""
    await chat.becomes(lambda person: replace(agreed(person), blocked_at=NOON))
    async with chat.storage.store.begin() as unit:
        person = (await unit.people([SAM], NOON))[SAM]
        later = Timer("emergency_follow_up", NOON + timedelta(hours=1), "emergency_follow_up", {})
        await unit.flush([Changes(person, timers={later.name: later})], [], NOON)
    await chat.later(timedelta(hours=2))
    assert await chat.storage.due.next_due() is None
    assert await rows(chat, "select count(*) from outbox") == [(0,)]
    await chat.says("/help")
    assert chat.said == ["help.help"]


async def test_what_was_put_off_comes_when_they_asked_for_it_and_late_not_in_the_night(chat: Chat) -> None:
    """“In an hour” at 21:30 is 22:30, which they chose; a bot that was down until 23:00 lets them sleep."""
    chat.clock.at = datetime(2026, 3, 2, 20, 30, tzinfo=UTC)
    await chat.becomes(lambda person: replace(agreed(person), reminders={
        "water": Reminder("water", (time(21, 30),), chat.clock.at, chat.clock.at.date(), time(21, 30))}))  # fmt: skip
    await chat.later(timedelta())
    await chat.taps("Later")
    await chat.taps("In an hour")
    await chat.later(timedelta(hours=1))
    assert chat.said == ["water_reminder.ask"]
    await chat.taps("Later")
    await chat.taps("In 10 minutes")
    chat.clock.at += timedelta(minutes=30)
    await chat.later(timedelta(hours=9))
    assert chat.new == []


async def test_a_due_row_of_somebody_erased_brings_nobody_back(chat: Chat) -> None:
    """It was read before the erasure and handed in after it: no row remains, nothing is said."""
    await chat.becomes(reminded)
    due = await chat.storage.due.next_due()
    assert due is not None
    await chat.says("/erase")
    await chat.taps("Yes, delete it")
    said = len(chat.messages)
    chat.clock.at = due
    await chat.session.handle([Incoming(SAM, ReminderDue("water", due)), Incoming(SAM, TimerDue(1))])
    await chat.deliver()
    assert len(chat.messages) == said
    assert await rows(chat, "select count(*) from people where id = 7") == [(0,)]


async def test_a_timer_handed_in_twice_is_one(chat: Chat) -> None:
    """What was dealt with earlier in the same batch no longer stands."""
    await chat.becomes(agreed)
    await chat.becomes(reminded)
    await chat.later(timedelta(hours=1))
    await chat.taps("Later")
    await chat.taps("In an hour")
    ((timer,),) = await rows(chat, "select id from timers where flow is not null")
    chat.clock.at += timedelta(hours=1)
    chat.new = []
    due = Incoming(SAM, TimerDue(timer))
    await chat.session.handle([due, due])
    await chat.deliver()
    assert chat.said == ["water_reminder.ask"]


async def test_who_comes_back_in_the_batch_of_their_erasure_is_kept(chat: Chat) -> None:
    """All that was before is gone; what they agree to afterwards holds, and nothing hinders the erasure."""
    await chat.says("/erase")
    yes = chat.last.rows[0][0].data
    await chat.does(
        Press("p", yes, chat.last.id),
        Command("checkin"),
        Text("I agree"),
        Text("calm"),
        Text("good"),
        Command("cancel"),
    )
    person = await chat.known()
    assert await rows(chat, "select count(*) from dead_letters") == [(0,)]
    assert await rows(chat, "select count(*) from erased") == [(1,)]
    assert person.consented_at is not None
    assert person.zone is None


async def test_somebody_whose_row_cannot_even_be_read_stops_nobody(chat: Chat) -> None:
    """What they do and what falls due for them is a dead letter each; it neither comes again nor ends the process."""
    await chat.becomes(reminded)
    due = await chat.storage.due.next_due()
    assert due is not None
    async with chat.database.begin() as connection:
        await connection.execute(text("update reminders set times = '?'"))
    other = Incoming(OTHER, Command("start"), UpdateId(701))
    await chat.session.handle([Incoming(SAM, Command("water"), UpdateId(700)), other])
    await chat.session.handle([Incoming(SAM, ReminderDue("water", due)), Incoming(OTHER, ReminderDue("water", due))])
    assert await rows(chat, "select update_id, person from dead_letters") == [(700, SAM), (None, SAM)]
    assert await rows(chat, "select person from conversations") == [(OTHER,)]
    assert await chat.storage.due.next_due() is None
    await chat.session.handle([Incoming(SAM, Command("water"), UpdateId(700))])
    assert len(await rows(chat, "select * from dead_letters")) == 2


async def test_one_event_that_cannot_be_written_takes_no_other_of_theirs_with_it(chat: Chat) -> None:
    """They had themselves erased and came back in one batch, and coming back fails: they are erased all the same."""
    await chat.says("/erase")
    yes = chat.last.rows[0][0].data
    async with chat.database.begin() as connection:
        await connection.execute(text(
            "create trigger refuse before insert on conversations begin select raise(abort, 'no'); end"
        ))  # fmt: skip
    await chat.does(Press("p", yes, chat.last.id), Command("start"))
    assert await rows(chat, "select count(*) from erased") == [(1,)]
    assert await rows(chat, "select consented_at, zone from people") == [(None, None)]
    assert await rows(chat, "select update_id from dead_letters") == [(3,)]


def test_who_agrees_is_reminded_in_the_language_in_which_they_agreed() -> None:
    """Before that their language was not kept, and a reminder comes without anything that tells it."""
    known = Known(Person(SAM, NOON), NOON, "de", the_house().help).after(SetPerson("consent", value=True))
    assert (known.person.consented_at, known.person.language) == (NOON, "de")


async def test_a_failure_that_nobody_waits_for_says_nothing(chat: Chat) -> None:
    """New time zone data that lacks somebody's zone is a dead letter, not a message out of the blue."""
    await chat.becomes(lambda person: replace(reminded(person), zone="Mars/Base"))
    await chat.session.handle([Incoming(SAM, ZonesChanged())])
    await chat.deliver()
    assert chat.messages == []
    assert await rows(chat, "select count(*) from dead_letters") == [(1,)]


async def test_the_blocked_stay_paused_when_zones_change(chat: Chat) -> None:
    """Their reminders come back with their next word, not with a new set of data."""
    await chat.becomes(reminded)
    await chat.session.handle([Incoming(SAM, Blocked(), UpdateId(901))])
    await chat.session.handle([Incoming(SAM, ZonesChanged())])
    assert await chat.storage.due.next_due() is None


async def test_new_time_zone_data_works_out_every_reminder_anew(chat: Chat) -> None:
    """A next time that the old data gave wrongly is put right."""
    await chat.becomes(lambda person: replace(reminded(person), reminders={
        "water": Reminder("water", (time(14),), NOON + timedelta(hours=2), NOON.date(), time(14))}))  # fmt: skip
    await chat.session.handle([Incoming(SAM, ZonesChanged())])
    assert await chat.storage.due.next_due() == NOON + timedelta(hours=1)


async def test_a_state_that_cannot_be_read_begins_anew(chat: Chat) -> None:
    """Whatever a row holds, the person gets an answer."""
    await chat.becomes(lambda person: replace(person, conversation='{"v":99}'))
    await chat.says("hello")
    assert chat.new
