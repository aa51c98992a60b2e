"""Whatever comes in gets a helpful answer or silence as fits; no exception, and nothing stored that should not be."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.session.inputs import Command, Location, Media, Press, Text, What
from tests.chat import Chat, chatting

STALE = "That button is from earlier. It changes nothing now."
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ODD = [
    "🦶" * 2048,
    "x" * 4096,
    "<b>bold</b> <script>alert(1)</script> &amp; </p>",
    "{name} {water.today} {0} %s {{}}",
    "\u202eright to left \u0000 null \ufffd",
    "'; drop table people; --",
    "\n\n\n",
    "́́́́ zalgo ͟͟͟",
    "/",
    "//start",
    "😀",
    "１０",
    "10/10/10",
]


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A stranger's chat."""
    async with chatting(tmp_path / "steady.db", NOW) as chat:
        yield chat


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("at", ["", "/start", "/checkin", "/signs", "/water"])
async def test_odd_text_is_answered_at_every_kind_of_question(chat: Chat, text: str, at: str) -> None:
    """Something is said, and the words come back escaped or not at all."""
    if at:
        await chat.says(at)
    await chat.does(Text(text))
    assert chat.new
    assert not any("<script>" in message.html or "common.lost" in message.keys for message in chat.new)


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice", "contact", "location", "video_note", "poll"])
async def test_what_has_no_words_is_answered_and_the_question_comes_again(chat: Chat, kind: str) -> None:
    """It says that it can only read words, and shows where we are."""
    await chat.says("/start")
    await chat.sends(kind)
    assert chat.said == ["common.media", "start.greet"]


@pytest.mark.parametrize(
    "data", ["", ":", "x:worse", "n0001_1:", "n0001_1:twitching:twitching", "~back", "🦶", "a" * 64]
)
async def test_forged_buttons_change_nothing(chat: Chat, data: str) -> None:
    """A short answer and the present screen; the state is the one of the open question."""
    await chat.says("/start")
    await chat.does(Press("p", data, 1))
    assert chat.toasts[-1] == STALE
    assert chat.said == ["start.greet"]


async def test_an_edited_message_answers_nothing(chat: Chat) -> None:
    """Only an alarm in it counts."""
    await chat.says("/start")
    await chat.says("my toe twitches", edited=True)
    assert chat.new == []
    await chat.says("my toe twitches and half my face is drooping", edited=True)
    assert chat.said == ["care.emergency"]


async def test_two_taps_in_one_batch_are_two_glasses_and_one_tap_twice_is_one(chat: Chat) -> None:
    """Effects change the facts at once; a double tap is one answer."""
    await chat.becomes(lambda person: replace(person, consented_at=NOW, zone="Europe/Berlin"))
    await chat.says("/water")
    first = chat.last.rows[0][0].data
    await chat.does(Press("a", first, chat.last.id), Press("b", first, chat.last.id), Command("water"))
    assert (await chat.known()).glasses == {NOW.date(): 1}
    assert chat.toasts[-2:] == [None, STALE]
    second = chat.last.rows[0][0].data
    await chat.does(Press("c", second, chat.last.id), Command("water"))
    assert (await chat.known()).glasses == {NOW.date(): 2}


def every_byte(directory: Path) -> bytes:
    """Return all that the files of a directory hold."""
    return b"".join(path.read_bytes() for path in directory.iterdir())


async def test_before_consent_none_of_the_words_are_kept(chat: Chat, tmp_path: Path) -> None:
    """The database holds the id and the place in the talk; not the worry, on no page and not in the log of changes."""
    await chat.says("/start")
    await chat.taps("Something worries me")
    await chat.says("my aunt Philomena says that it is motor neurone")
    await chat.says("philomena is not a doctor though")
    assert b"hilomena" not in every_byte(tmp_path)
    person = await chat.known()
    assert (person.consented_at, person.zone, person.onset, person.checkins) == (None, None, None, {})


async def test_a_day_later_a_stranger_is_forgotten(chat: Chat) -> None:
    """Whoever did not agree is deleted after a day, the place in the talk too."""
    await chat.says("/start")
    await chat.storage.due.tidy(NOW + timedelta(hours=23), 100)
    assert (await chat.known()).conversation is not None
    chat.clock.at = NOW + timedelta(hours=25)
    await chat.storage.due.tidy(chat.clock.at, 100)
    assert (await chat.known()).conversation is None


TYPED = ["7", "worse", "back", "skip", "none of these", "Berlin", "8:30", "yes", "no", "since may", "all done"]
TYPED += ["can coffee cause this", "is it ALS", "my shoes are tight", "exercise", "what's the weather", "why", "als"]
TYPED += ["drank 2 glasses", "drank some water", "did my exercises", "undo", "remind me at 8", "stop the reminders"]
TYPED += ["remind me to drink every 2 hours", "hi", "thanks", "ok", "bye", "stop", "who are you", "how am i doing"]
COMMANDS = [
    "start",
    "checkin",
    "signs",
    "water",
    "exercise",
    "library",
    "reminders",
    "help",
    "privacy",
    "cancel",
    "stop",
    "erase",
    "back",
    "frob",
]
ANYTHING: st.SearchStrategy[What] = st.one_of(
    st.builds(Text, st.text(max_size=200), st.booleans()),
    st.builds(Text, st.sampled_from(TYPED)),
    st.builds(Command, st.sampled_from([*COMMANDS, ""]), st.text(max_size=20)),
    st.builds(Press, st.just("p"), st.text(max_size=30), st.none() | st.integers(1, 5)),
    st.builds(Media, st.sampled_from(["sticker", "voice"])),
    st.builds(Location, st.floats(-90, 90), st.floats(-180, 180)),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(whats=st.lists(ANYTHING | st.integers(0, 30), min_size=3, max_size=30), agreed=st.booleans())
async def test_any_talk_with_the_real_house_goes_well(
    tmp_path_factory: pytest.TempPathFactory, whats: list[What | int], agreed: bool
) -> None:
    """Whatever is typed or pressed (an integer presses one of the buttons that are shown), no event is given up."""
    async with chatting(tmp_path_factory.mktemp("any") / "steady.db", NOW) as chat:
        if agreed:
            await chat.becomes(lambda person: replace(person, consented_at=NOW, zone="Europe/Berlin"))
        for what in whats:
            if isinstance(what, int):
                shown = [
                    (button.data, message.id) for message in chat.messages for row in message.rows for button in row
                ]
                if shown:
                    data, message = shown[-1 - what % len(shown)]
                    await chat.does(Press("p", data, message))
            else:
                await chat.does(what)
                assert (
                    chat.new
                    or not isinstance(what, Text | Command | Media | Location)
                    or getattr(what, "edited", False)
                )
            assert "common.lost" not in chat.said
            person = await chat.known()
            if not agreed and person.consented_at is None:
                assert (person.zone, person.onset, person.checkins) == (None, None, {})
                assert (person.glasses, person.rounds, person.reminders) == ({}, {}, {})
            assert len((person.conversation or "").encode()) < 1024
        await chat.later(timedelta(days=4))
