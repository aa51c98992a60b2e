"""Whose toe it is: a doctor's sign of somebody the writer asks for counts, a story does not."""

from pathlib import Path

import pytest

from bot.domain.signs import Reader, reader
from bot.library.ear import sign_words

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="module")
def ear() -> Reader:
    """The reader of English."""
    return reader(sign_words(CONTENT, "en"))


@pytest.mark.parametrize(
    "text",
    [
        "Mum's toes have been twitching for three weeks",
        "my husband is diabetic and has a sore on his foot that won't heal",
        "dad's foot slaps the floor when he walks",
    ],
)
def test_somebody_else_may_be_the_patient(ear: Reader, text: str) -> None:
    """Who asks for another is told to see a doctor as they would be for themselves."""
    assert ear.read(text).level == "doctor"


@pytest.mark.parametrize(
    "text",
    [
        "my mum has numb feet from her diabetes",
        "grandad's foot used to go numb and his toes were weak, he died in 1990",
        "my dad has weak legs and numb feet. my toe twitches since yesterday",
    ],
)
def test_a_story_about_another_alarms_nobody(ear: Reader, text: str) -> None:
    """What is only told, and what is said beside one's own twitch, sends nobody to a doctor."""
    assert ear.read(text).level in ("none", "self_care")
