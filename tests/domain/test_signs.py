"""Warning signs in typed words: what raises an alarm, what does not, and that no text at all can break the reader."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.signs import Reader, reader
from bot.library.ear import sign_words

READER = reader(sign_words(Path(__file__).parents[2] / "content", "en"))

HARMLESS = ("My toe twitches a bit.", "I slept badly.", "It is raining here.", "Thank you for asking.", "I had coffee.")
EMERGENCIES = (
    "My face is drooping.",
    "I can't feel my legs since this morning.",
    "My arm went floppy.",
    "My words come out wrong.",
    "I have chest pain.",
    "I can't breathe.",
)


@pytest.fixture(scope="session")
def ear() -> Reader:
    """The reader of English."""
    return READER


@pytest.mark.parametrize(
    "text", ["my dad has ALS", "no weakness", "what if it's MS", "my job is killing me", "last year I had a seizure"]
)
def test_what_is_not_said_of_oneself_now_is_no_alarm(ear: Reader, text: str) -> None:
    """Others, denials, hypotheses, idioms and the past raise nothing."""
    assert ear.read(text).level == "none"


@pytest.mark.parametrize("text", [*EMERGENCIES, "half my face feels odd and droops", "no pain but my face is drooping"])
def test_an_emergency_is_heard(ear: Reader, text: str) -> None:
    """Plain words for an emergency raise it, with no keyword of medicine in them."""
    assert ear.read(text).level == "emergency"


def test_thoughts_of_dying_are_a_crisis(ear: Reader) -> None:
    """Words without a keyword are heard too."""
    assert ear.read("I don't want to be here any more").level == "crisis"


def test_what_is_dark_alone_is_asked_about_and_two_of_them_are_a_crisis(ear: Reader) -> None:
    """A faint sign is worth a question; two faint ones mean more together."""
    place, parting = "I'm on the bridge.", "I've written the letters to my kids."
    assert [ear.read(text).doubt for text in (place, parting)] == ["self_harm", "self_harm"]
    assert ear.read(f"{place} {parting}").level == "crisis"


def test_a_phrase_that_says_more_than_a_figure_of_speech_counts(ear: Reader) -> None:
    """«sick of» is a figure of speech, «sick of living» is none."""
    assert ear.read("I'm sick of my shoes").level in {"none", "self_care"}
    assert ear.read("I'm sick of living").level == "crisis"


@given(st.text(max_size=300))
def test_any_text_has_a_reading(text: str) -> None:
    """Nothing that can be typed raises an error."""
    assert READER.read(text).level in {"none", "self_care", "doctor", "emergency", "crisis"}


@given(
    st.lists(st.sampled_from(HARMLESS), max_size=6), st.sampled_from(EMERGENCIES), st.lists(st.sampled_from(HARMLESS))
)
def test_harmless_sentences_around_an_emergency_do_not_hide_it(before: list[str], alarm: str, after: list[str]) -> None:
    """One sentence that matters in a long story is enough."""
    assert READER.read(" ".join([*before, alarm, *after])).level == "emergency"


@pytest.mark.parametrize(
    ("text", "level", "asked"),
    [
        ("Dad can't move his arm", "emergency", False),
        ("Dad often can't move his arm", "doctor", True),
        ("my leg won't work since this morning", "emergency", False),
        ("for months my words come out slurred", "doctor", True),
        ("gradually over the year I lost the strength in my leg, it is weak", "doctor", False),
    ],
)
def test_what_came_slowly_or_often_is_no_alarm(ear: Reader, text: str, level: str, asked: bool) -> None:
    """What an ambulance is for came suddenly; what has lasted is asked about, or a doctor's."""
    read = ear.read(text)
    assert (read.level, read.doubt is not None) == (level, asked)


@pytest.mark.parametrize(
    ("text", "level", "asked"),
    [
        ("My arms and legs are fine, the toe twitches", "self_care", False),
        ("My legs are numb and otherwise I am fine", "doctor", False),
        ("I thought I was having a stroke but it was just my toe twitching", "self_care", False),
        ("My patience collapsed, the toe twitches", "self_care", False),
        ("At work I collapsed, the toe twitches", "emergency", False),
        ("I was slurring at karaoke lol, my toe twitches", "self_care", False),
        ("My toe twitches a bit. My arm went floppy.", "emergency", False),
        ("my toe twitches lol, half my face is drooping haha", "emergency", False),
        ("can only see half the tv", "emergency", False),
    ],
)
def test_what_is_fine_or_light_excuses_itself_and_nothing_grave(
    ear: Reader, text: str, level: str, asked: bool
) -> None:
    """What is well, was feared, is a thing's or laughed about is left in peace; what is grave beside it is not."""
    read = ear.read(text)
    assert (read.level, read.doubt is not None) == (level, asked)
