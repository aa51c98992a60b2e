"""Reminders as people set them: paused, put off, taken back by what was done; and what becomes of their prompts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.session.kept import Person, Reminder
from bot.session.reminding import timed
from bot.storage.tables import firings, reminders, timers
from tests.chat import Chat, chatting

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def reminded(kinds: dict[str, list[str]], at: datetime = MORNING, zone: str = "Europe/London") -> Person:
    """Return somebody who agreed, with these reminders on. Their own ones say what kind they are."""
    person = Person(
        Chat.person,
        at,
        consented_at=at,
        zone=zone,
        reminders={
            kind: Reminder(
                kind, tuple(map(time.fromisoformat, times)), words=f"words of {kind}" if "own" in kind else ""
            )
            for kind, times in kinds.items()
        },
    )
    for kind in kinds:
        person = timed(person, kind, at)
    return person


async def becomes(chat: Chat, **kinds: list[str]) -> None:
    """Set these reminders, as if it had been done before."""
    wanted = reminded(kinds, chat.clock.at)
    await chat.becomes(
        lambda person: replace(person, consented_at=chat.clock.at, zone=wanted.zone, reminders=wanted.reminders)
    )


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A chat at nine in the morning in London, in winter."""
    async with chatting(tmp_path / "steady.db", MORNING) as one:
        yield one


async def fired(chat: Chat) -> list[tuple[str, str, str]]:
    """Return what became of each occurrence: kind, slot, outcome."""
    async with chat.database.begin() as connection:
        rows = await connection.execute(select(firings).order_by(firings.c.day, firings.c.slot, firings.c.kind))
        return [(row.kind, f"{row.slot:%H:%M}", row.outcome) for row in rows]


async def waiting(chat: Chat) -> list[str]:
    """Return the names of what is scheduled."""
    async with chat.database.begin() as connection:
        return list((await connection.execute(select(timers.c.name).order_by(timers.c.name))).scalars())


# Pauses ----------------------------------------------------------------------------------------------------------


async def test_each_occurrence_in_a_pause_leaves_its_record(chat: Chat) -> None:
    """A pause until tomorrow holds back what falls into it, and says so; the first one of tomorrow comes."""
    await becomes(chat, water=["10:00", "23:00"], own1=["12:00"], exercise=["00:00"])
    await chat.says("/reminders")
    await chat.taps("Pause them")
    await chat.taps("Until tomorrow")
    await chat.later(14 * HOUR)
    assert chat.new == []
    assert await fired(chat) == [
        ("water", "10:00", "skipped:paused"),
        ("own1", "12:00", "skipped:paused"),
        ("water", "23:00", "skipped:paused"),
    ]
    await chat.later(HOUR)
    assert chat.said == ["exercise_reminder.ask"]


async def test_what_was_put_off_is_paused_too(chat: Chat) -> None:
    """A pause calls off what had been put off; what is put off in it comes, for they ask for it there."""
    await becomes(chat, own1=["09:30"])
    await chat.later(HOUR)
    await chat.taps("In an hour")
    await chat.says("/reminders")
    await chat.taps("Pause them")
    await chat.taps("2 hours")
    assert await waiting(chat) == []
    await chat.later(2 * HOUR)
    assert chat.new == []


async def test_an_hour_of_pause_missed_by_the_bot_is_still_a_pause(chat: Chat) -> None:
    """The bot was down when it was due and comes back after the pause: it was paused, and is recorded so."""
    await becomes(chat, water=["10:30"])
    await chat.says("/reminders")
    await chat.taps("Pause them")
    await chat.taps("2 hours")
    chat.clock.at += timedelta(hours=2, minutes=30)
    await chat.later(MINUTE)
    assert chat.new == []
    assert await fired(chat) == [("water", "10:30", "skipped:paused")]


# What was done ---------------------------------------------------------------------------------------------------


async def test_a_glass_takes_back_the_reminder_that_is_near(chat: Chat) -> None:
    """Within 45 minutes ahead it does not come, and its record says why; what is further away does."""
    await becomes(chat, water=["09:45", "10:30"], exercise=["09:30"])
    await chat.says("i drank a glass")
    await chat.later(40 * MINUTE)
    assert chat.said == ["exercise_reminder.ask"]
    await chat.later(HOUR)
    assert chat.said == ["water_reminder.ask"]
    assert await fired(chat) == [
        ("exercise", "09:30", "sent"),
        ("water", "09:45", "skipped:just_done"),
        ("water", "10:30", "sent"),
    ]


async def test_a_done_exercise_takes_back_its_reminder_and_not_another(chat: Chat) -> None:
    """What is done stands for the reminder of its kind alone; several near ones are all taken back."""
    await becomes(chat, water=["09:20"], exercise=["09:20", "09:40"], own1=["09:20"])
    await chat.says("i did my exercises")
    await chat.later(HOUR)
    assert sorted(chat.said) == ["own.ask", "water_reminder.ask"]
    assert [row for row in await fired(chat) if row[0] == "exercise"] == [
        ("exercise", "09:20", "skipped:just_done"),
        ("exercise", "09:40", "skipped:just_done"),
    ]


async def test_a_glass_takes_back_what_was_put_off(chat: Chat) -> None:
    """What was put off is not asked again once it is done."""
    await becomes(chat, water=["09:30"])
    await chat.later(HOUR)
    await chat.taps("Later")
    await chat.taps("In an hour")
    assert await waiting(chat) == ["water_later"]
    await chat.says("i drank a glass")
    assert "water_later" not in await waiting(chat)
    await chat.later(3 * HOUR)
    assert "water_reminder.ask" not in chat.said


async def test_undo_gives_back_nothing_that_is_gone(chat: Chat) -> None:
    """The glass is taken back; the reminder that it stood for stays skipped, and the next one comes."""
    await becomes(chat, water=["09:30", "11:00"])
    await chat.says("i drank a glass")
    await chat.taps("Take it back")
    await chat.later(HOUR)
    assert chat.new == []
    await chat.later(HOUR)
    assert chat.said == ["water_reminder.ask"]


async def test_taking_a_glass_back_takes_no_reminder_back(chat: Chat) -> None:
    """Nothing was drunk then: the reminder that is near comes."""
    await becomes(chat, water=["10:00"])
    await chat.says("i drank a glass")
    await chat.later(40 * MINUTE)
    await chat.taps("Take it back")
    await chat.later(HOUR)
    assert chat.said == ["water_reminder.ask"]


async def test_a_reminder_set_again_after_it_was_taken_back_comes_tomorrow(chat: Chat) -> None:
    """It had its record for today; nobody is reminded twice of one slot of a day."""
    await becomes(chat, exercise=["09:30"])
    await chat.says("i did my exercises")
    await chat.says("remind me to exercise at 9:30")
    await chat.later(HOUR)
    assert chat.new == []
    await chat.later(DAY)
    assert chat.said == ["exercise_reminder.ask"]


# What was put off ------------------------------------------------------------------------------------------------


async def test_the_next_one_takes_the_place_of_the_one_put_off(chat: Chat) -> None:
    """Put off to the very minute of the next one, or beyond it, it comes once."""
    await becomes(chat, own1=["10:00", "11:00"])
    await chat.later(HOUR)
    await chat.taps("In an hour")
    await chat.later(HOUR)
    assert chat.said == ["own.ask"]
    await chat.later(2 * HOUR)
    assert chat.new == []
    assert await waiting(chat) == []


async def test_of_one_put_off_and_the_next_one_that_are_both_late_one_comes(chat: Chat) -> None:
    """The bot was down over both: nobody needs two in one minute."""
    await becomes(chat, own1=["10:00", "11:00"])
    await chat.later(HOUR)
    chat.clock.at += 5 * MINUTE
    await chat.taps("In 10 minutes")
    chat.clock.at += 70 * MINUTE
    await chat.later(timedelta())
    assert chat.said == ["own.ask"]


async def test_what_was_put_off_says_the_words_of_now(chat: Chat) -> None:
    """Words that were changed meanwhile are those that are said."""
    await becomes(chat, own1=["10:00"])
    await chat.later(HOUR)
    await chat.taps("In an hour")
    await chat.says("/reminders")
    await chat.taps("My own")
    await chat.taps("1")
    await chat.taps("Other words")
    await chat.says("breathe out")
    await chat.later(HOUR)
    assert "breathe out" in chat.last.html


# What became of a prompt -----------------------------------------------------------------------------------------


async def test_the_next_one_says_below_the_one_before_that_it_has_passed(chat: Chat) -> None:
    """No old reminder stands there with buttons that answer another."""
    await becomes(chat, water=["10:00", "11:00"])
    await chat.later(HOUR)
    old = chat.last
    assert old.labels == ["Done", "Later", "Skip", "Stop these"]
    await chat.later(HOUR)
    assert (old.rows, old.edited) == ((), True)
    assert "Time for a glass of water?" in old.html
    assert "This one has passed." in old.html
    assert chat.last.labels == ["Done", "Later", "Skip", "Stop these"]


async def test_a_glass_by_word_closes_the_reminder_that_asked_for_it(chat: Chat) -> None:
    """It says that it is done, and pressing nothing can count the glass again."""
    await becomes(chat, water=["10:00"], exercise=["10:00"])
    await chat.later(HOUR)
    (asked,) = (message for message in chat.messages if "glass of water" in message.html)
    (other,) = (message for message in chat.messages if "exercises" in message.html)
    await chat.says("/water")
    await chat.taps("I drank a glass")
    assert (asked.rows, "<b>Done</b>" in asked.html) == ((), True)
    assert other.labels != []


async def test_one_that_nobody_answered_has_passed_when_they_come_back(chat: Chat) -> None:
    """For twelve hours an answer still counts; after that it is closed by the next thing, whatever that is."""
    await becomes(chat, own1=["10:00"])
    await chat.later(HOUR)
    asked = chat.last
    await chat.later(11 * HOUR)
    await chat.says("/help")
    assert "Done" in asked.labels
    await chat.later(2 * HOUR)
    await chat.says("/help")
    assert (asked.rows, "This one has passed." in asked.html) == ((), True)


async def test_a_check_in_by_hand_closes_the_one_that_asked_for_that_day(chat: Chat) -> None:
    """Yesterday's question still waits for its own answer."""
    await becomes(chat, checkin=["10:00"])
    await chat.later(HOUR)
    yesterday = chat.last
    await chat.later(DAY)
    today = chat.last
    assert today is not yesterday
    await chat.says("/checkin")
    await chat.taps("Better")
    await chat.taps("3")
    await chat.taps("None of these")
    assert (today.rows, "<b>Done</b>" in today.html) == ((), True)
    assert yesterday.labels != []


async def test_at_most_three_of_their_own_wait(chat: Chat) -> None:
    """The oldest of more gives way, and says so; the talk's state stays small."""
    await becomes(chat, own1=["10:00"], own2=["10:01"], own3=["10:02"], own4=["10:03"], own5=["10:04"])
    await chat.later(2 * HOUR)
    asked = [message for message in chat.messages if "You asked me" in message.html]
    assert ["passed" in message.html for message in asked] == [True, True, False, False, False]
    state = (await chat.known()).conversation
    assert state is not None
    assert len(state.encode()) < 1000
    await chat.taps_old("Done", 2)
    assert chat.said == ["own.done"]


# Their own words --------------------------------------------------------------------------------------------------


async def test_whoever_sets_one_reads_that_it_is_no_alarm_for_medicine(chat: Chat) -> None:
    """Typed in one message or asked for step by step, in a pause or not, it says that it can be late."""
    await becomes(chat, water=["10:00"])
    await chat.says("remind me to use my drops at 8")
    assert "for medicine use an alarm too" in chat.last.html
    await chat.says("/reminders")
    await chat.taps("Pause them")
    await chat.taps("3 days")
    await chat.says("/reminders")
    await chat.taps("Add one of my own")
    await chat.says("my drops")
    await chat.says("9")
    assert "for medicine use an alarm too" in chat.last.html


async def test_no_words_are_kept_before_they_agreed(chat: Chat) -> None:
    """Not in the state of the talk either, while the question whether they may be kept is open."""
    await chat.says("remind me to stretch at 18:30")
    state = (await chat.known()).conversation
    assert state is not None
    assert "18:30" in state
    assert "stretch" not in state


# Leaving ---------------------------------------------------------------------------------------------------------


async def test_stop_and_erase_cover_their_own_words(chat: Chat) -> None:
    """After /stop nothing comes, nothing is put off and no words are kept; after /erase neither."""
    await becomes(chat, own1=["10:00"])
    await chat.later(HOUR)
    await chat.taps("In an hour")
    await chat.says("/stop")
    async with chat.database.begin() as connection:
        assert (await connection.execute(select(reminders))).all() == []
    assert await waiting(chat) == []
    await chat.says("remind me to stretch at 11")
    await chat.says("/erase")
    await chat.taps("Yes, delete it")
    async with chat.database.begin() as connection:
        assert (await connection.execute(select(reminders))).all() == []
    await chat.later(3 * DAY)
    assert chat.new == []


async def test_own_words_keep_their_wall_time(tmp_path: Path) -> None:
    """A night of 23 hours, a move to the west: their own come once a day, at the time on their wall."""
    async with chatting(tmp_path / "steady.db", datetime(2026, 3, 28, 12, tzinfo=UTC)) as chat:
        await becomes(chat, own1=["01:30"])  # which London's clock jumps over on the 29th
        await chat.later(2 * DAY)
        assert len([message for message in chat.messages if "words of own1" in message.html]) == 2
        await chat.becomes(lambda person: timed(replace(person, zone="America/New_York"), "own1", chat.clock.at))
        await chat.later(DAY)
        assert await fired(chat) == [("own1", "01:30", "sent")] * 3
