"""Other languages: a short sentence of one is told by a word that English has not, and no slip of English is one."""

import pytest

from bot.domain.foreign import Tongues, other_script
from bot.domain.signwords import Foreign

TONGUES = Tongues(
    Foreign(
        function_words={"fr": ("j", "ai", "je", "ne", "pas", "est", "la", "me", "c"), "es": ("no", "me", "el", "pie")},
        telling={"fr": ("peur", "orteil"), "es": ("hablo", "gracias", "duele")},
        greetings=("ola",),
        home=("no", "me", "my", "i", "the"),
    )
)


@pytest.mark.parametrize(
    "said",
    ["gracias", "no hablo inglaterra", "j'ai peur", "l'orteil", "ola amigo", "me duele el pie", "je ne est pas la"],
)
def test_a_short_sentence_of_another_language(said: str) -> None:
    """One word that is none of this language is enough where half of all are of that other one."""
    assert TONGUES.foreign(said.split())


@pytest.mark.parametrize(
    "said", ["my toe gracias", "no no", "me me", "ola my toe twitches", "don't hablo", "toe jump gracias", "", "est"]
)
def test_this_language_beside_a_word_of_another(said: str) -> None:
    """Who writes English with one such word is read as English."""
    assert not TONGUES.foreign(said.split())


@pytest.mark.parametrize(("text", "strange"), [("Не могу", True), ("ok да", False), ("12:30", False)])
def test_another_script(text: str, *, strange: bool) -> None:
    """Most letters are not Latin."""
    assert other_script(text) is strange
