"""Reminders that come once: at that moment, once, and then their slot is free; late within a grace, or on record."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.schedule import Moment
from bot.reminders.dispatcher import event_of
from bot.session.inputs import Blocked, Incoming, ZonesChanged
from bot.session.kept import Due, Reminder
from tests.chat import SAM, Chat, chatting

NOW = datetime(2026, 3, 2, 14, tzinfo=UTC)
"""A Monday, 15:00 in Berlin."""
MINUTES = timedelta(minutes=1)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Somebody in Berlin who agreed."""
    async with chatting(tmp_path / "steady.db", NOW) as chat:
        await chat.becomes(lambda person: replace(person, consented_at=NOW, zone="Europe/Berlin"))
        yield chat


async def outcomes(chat: Chat) -> list[str]:
    """Return what became of their occurrences, in order."""
    return [firing.outcome for _, changes in chat.store.written for firing in changes.firings]


async def test_it_comes_once_and_its_slot_is_free(chat: Chat) -> None:
    """At its minute, with its words; a month later it has not come again, and another has its slot."""
    await chat.says("remind me in 20 minutes to stretch")
    await chat.later(19 * MINUTES)
    assert chat.new == []
    await chat.later(MINUTES)
    assert [message.html for message in chat.new] == ["You asked me to remind you: stretch"]
    assert (await chat.known()).reminders == {}
    await chat.later(timedelta(days=30))
    assert chat.new == []
    await chat.says("remind me tomorrow at 9 to call the doctor")
    assert list((await chat.known()).reminders) == ["own1"]
    assert await outcomes(chat) == ["sent"]


async def test_its_own_time_is_kept_in_the_night(chat: Chat) -> None:
    """Quiet hours do not hold back what was asked for at that time."""
    await chat.says("remind me tonight at 23:30 to lock the door")
    await chat.later(timedelta(hours=8, minutes=30))
    assert "lock the door" in chat.last.html


@pytest.mark.parametrize(
    ("late", "outcome"),
    [(timedelta(hours=1, minutes=59), "sent"), (timedelta(hours=2, minutes=1), "skipped:late"),
     (timedelta(hours=7), "skipped:late")],
)  # fmt: skip
async def test_late_it_comes_within_its_grace_and_else_leaves_its_record(
    chat: Chat, late: timedelta, outcome: str
) -> None:
    """While the bot was off it is late like any other; in either case its row is gone."""
    await chat.says("remind me in 20 minutes to stretch")
    chat.clock.at = NOW + 20 * MINUTES + late
    await chat.session.handle([event_of(Due(SAM, NOW + 20 * MINUTES, "own1"))])
    assert await outcomes(chat) == [outcome]
    assert (await chat.known()).reminders == {}


async def test_late_in_the_night_it_does_not_come(chat: Chat) -> None:
    """Sixteen minutes late, at night, nobody is woken."""
    await chat.says("remind me tonight at 23:30 to lock the door")
    due = (await chat.known()).reminders["own1"].next_at
    assert due is not None
    chat.clock.at = due + 16 * MINUTES
    await chat.session.handle([event_of(Due(SAM, due, "own1"))])
    assert await outcomes(chat) == ["skipped:quiet"]


async def test_a_pause_holds_it_back_and_loses_none(chat: Chat) -> None:
    """What falls into a pause comes on the morning after it, and the list says so as long as the pause stands."""
    await chat.says("remind me tomorrow at 9 to stretch")
    await chat.says("pause my reminders until friday")
    assert "not lost" in chat.last.html
    await chat.says("/reminders")
    assert "1. stretch: once, Friday, March 6 at 08:00" in chat.last.html
    await chat.later(timedelta(days=3))
    assert chat.new == []
    await chat.later(timedelta(days=1))
    assert "stretch" in chat.last.html
    assert await outcomes(chat) == ["sent"]
    assert (await chat.known()).reminders == {}


async def test_a_pause_that_is_ended_gives_it_its_time_back(chat: Chat) -> None:
    """It comes when it was to come if that is ahead; and at once where the pause had held it back."""
    await chat.says("remind me tomorrow at 9 to stretch")
    await chat.says("remind me on wednesday at 10 to eat")
    await chat.says("pause my reminders until friday")
    await chat.later(timedelta(days=1))
    await chat.says("/reminders")
    await chat.taps("Go on")
    await chat.later(2 * MINUTES)
    assert "stretch" in chat.last.html
    known = (await chat.known()).reminders
    assert known["own2"].next_at == datetime(2026, 3, 4, 9, tzinfo=UTC)


async def test_one_that_nobody_moved_waits_all_the_same(chat: Chat) -> None:
    """A pause that another version wrote down left it at its time: falling due, it waits."""
    await chat.says("remind me tomorrow at 9 to stretch")
    until = datetime(2026, 3, 6, 12, tzinfo=UTC)
    paused = replace((await chat.known()).preferences, paused_until=until)
    await chat.becomes(lambda person: replace(person, preferences=paused))
    await chat.later(timedelta(days=3))
    assert await outcomes(chat) == []
    assert (await chat.known()).reminders["own1"].next_at == until


async def test_a_pause_that_does_not_reach_it_says_nothing_of_it(chat: Chat) -> None:
    """Only what waits is told of."""
    await chat.says("remind me on saturday to stretch")
    await chat.says("pause my reminders until friday")
    assert "not lost" not in chat.last.html


async def test_by_their_clock_it_moves_with_their_zone_and_an_instant_does_not(chat: Chat) -> None:
    """Tomorrow at nine is nine where they are then; in two hours is in two hours."""
    await chat.says("remind me tomorrow at 9 to stretch")
    await chat.says("remind me in 2 hours to eat")
    await chat.becomes(lambda person: replace(person, zone="America/New_York"))
    await chat.does(ZonesChanged())
    known = (await chat.known()).reminders
    assert known["own1"].next_at == datetime(2026, 3, 3, 14, tzinfo=UTC)
    assert known["own2"].next_at == NOW + timedelta(hours=2)


async def test_other_time_zone_data_loses_none(chat: Chat) -> None:
    """What fell due while the bot was off is still due after the next times were worked out anew."""
    await chat.says("remind me in 20 minutes to stretch")
    chat.clock.at = NOW + timedelta(hours=1)
    await chat.session.handle([Incoming(SAM, ZonesChanged())])
    assert (await chat.known()).reminders["own1"].next_at == NOW + 20 * MINUTES
    await chat.later(MINUTES)
    assert "stretch" in chat.last.html


async def test_whoever_blocked_us_meanwhile_has_its_record(chat: Chat) -> None:
    """It does not come; back a day later, it is on record and its slot is free."""
    await chat.says("remind me in 20 minutes to stretch")
    await chat.does(Blocked())
    await chat.later(timedelta(days=1))
    await chat.says("hello")
    await chat.later(MINUTES)
    assert await outcomes(chat) == ["skipped:late"]
    assert (await chat.known()).reminders == {}


async def test_the_minute_that_comes_twice(chat: Chat) -> None:
    """In the second of two equal hours it still comes, though one of that name was dealt with in the first."""
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    chat.clock.at = before
    await chat.says("remind me in 20 minutes to stretch")
    await chat.later(20 * MINUTES)
    assert "stretch" in chat.last.html
    await chat.later(40 * MINUTES)
    await chat.says("remind me in 20 minutes to eat")
    await chat.later(20 * MINUTES)
    await chat.later(MINUTES)
    assert "eat" in chat.last.html
    assert await outcomes(chat) == ["sent", "sent"]


async def test_what_has_no_moment_left_sets_nothing(chat: Chat) -> None:
    """A moment that passes while consent and zone are asked is told, and nothing is kept of it."""
    await chat.becomes(lambda person: replace(person, consented_at=None, zone=None))
    await chat.says("remind me in 20 minutes to stretch")
    await chat.later(timedelta(hours=1))
    await chat.taps("Yes, you may")
    await chat.says("stretch")
    await chat.says("Berlin")
    await chat.taps("Yes, that is right")
    assert chat.new[0].html == "That time has passed already."
    assert (await chat.known()).reminders == {}


async def test_a_day_is_not_guessed_while_nobody_knows_where_they_are(chat: Chat) -> None:
    """«Tomorrow at 9» is another moment in each zone: it is asked again once the zone is known."""
    await chat.becomes(lambda person: replace(person, zone=None))
    await chat.says("remind me tomorrow at 9 to stretch")
    await chat.says("Auckland")
    await chat.taps("Yes, that is right")
    assert "When?" in chat.last.html
    await chat.says("tomorrow at 9")
    assert (await chat.known()).reminders["own1"].next_at == datetime(2026, 3, 3, 20, tzinfo=UTC)


async def test_all_that_ends_ends_it(chat: Chat) -> None:
    """/stop and /erase take it along."""
    await chat.says("remind me tomorrow at 9 to stretch")
    await chat.says("/stop")
    assert (await chat.known()).reminders == {}
    await chat.says("remind me tomorrow at 9 to stretch")
    assert (await chat.known()).reminders["own1"].once == "2026-03-03T09:00"
    await chat.says("/erase")
    await chat.taps("Yes, delete it")
    assert (await chat.known()).reminders == {}


async def test_the_newer_one_closes_the_card_of_the_older(chat: Chat) -> None:
    """«In an hour» below a card that came would put off what has its slot now: so its buttons are gone."""
    await chat.says("remind me in 20 minutes to stretch")
    await chat.later(20 * MINUTES)
    card = chat.last
    await chat.says("remind me tomorrow at 9 to call the doctor")
    assert card.labels == []
    assert (await chat.known()).reminders == {
        "own1": Reminder(
            "own1",
            (),
            datetime(2026, 3, 3, 8, tzinfo=UTC),
            datetime(2026, 3, 3, tzinfo=UTC).date(),
            datetime(2026, 3, 3, 9, tzinfo=UTC).time(),
            "call the doctor",
            Moment("2026-03-03T09:00"),
        )
    }


async def test_words_alone_leave_the_moment(chat: Chat) -> None:
    """Other words change nothing of when."""
    await chat.says("remind me tomorrow at 9 to stretch")
    for said in ("/reminders", "My own", "1", "Other words", "yoga"):
        await chat.says(said)
    assert (await chat.known()).reminders["own1"].once == "2026-03-03T09:00"
