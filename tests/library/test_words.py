"""What is said: values escaped, forms chosen by the language's own rule, a language for everybody."""

import re
from html import unescape
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.kinds import Value
from bot.library.texts import MOST_CELLS, bar, plural_of, read_text
from bot.library.words import Words
from tests.library.small_house import COMMON, FILES, loaded


@pytest.fixture
def words(tmp_path: Path) -> Words:
    """The words of the small house."""
    return loaded(tmp_path).words


def test_an_entry_is_its_title_and_text(words: Words) -> None:
    """The title is bold and has a line of its own."""
    assert words.render("mood.mood", {}, "en") == "<b>Your toes</b>\n\nHow are they?"
    assert words.render("mood.mood.title", {}, "en") == "Your toes"
    assert words.render("mood.mood.nudge", {}, "en") == "No hurry."


def test_labels_are_plain_and_can_be_said(words: Words) -> None:
    """A label comes as plain text for a button, and escaped where it is said."""
    assert words.label("mood.mood.buttons.calm", "en") == "Calm"
    assert words.label("vocabulary.warning.weakness", "en") == "My foot is weak"
    assert words.label("common.already", "en") == "I have it & thank you"
    assert words.render("common.already", {}, "en") == "I have it &amp; thank you"
    assert words.label("mood.mood", "en") == "Your toes\n\nHow are they?"


@pytest.mark.parametrize(
    ("scale", "said"),
    [
        (1, "That was 1 point."),
        (0, "That was 0 points. You had 4 glasses."),
        (None, "That was – points. You had 4 glasses."),
    ],
)
def test_the_form_follows_the_number(words: Words, scale: int | None, said: str) -> None:
    """The plural form is the language's; a number that is not known is a dash, never a crash."""
    assert words.render("mood.bye", {"scale": scale, "water.today": 4}, "en") == said


def test_polish_has_its_own_forms() -> None:
    """CLDR's rule of the language chooses among its forms."""
    forms = {"by": "days", "one": "{days} dzień", "few": "{days} dni", "many": "{days} dni", "other": "{days} dnia"}
    text, wrong = read_text(forms, plural_of("pl"))
    assert wrong == []
    assert text is not None
    assert [text({"days": n}) for n in (1, 3, 5)] == ["1 dzień", "3 dni", "5 dni"]
    assert text.names == {"days"}


@pytest.mark.parametrize(
    ("done", "whole", "shown"),
    [
        (0, 6, "○○○○○○"),
        (2, 6, "●●○○○○"),
        (9, 6, "●●●●●●"),
        (500, 2000, "●●○○○○○○○○"),
        (1999, 2000, "●●●●●●●●●○"),
        (None, 6, "–"),
    ],
)
def test_a_bar_shows_how_much_is_done(done: int | None, whole: int, shown: str) -> None:
    """A cell for each up to twelve, ten cells for more; what is only begun is not full."""
    text, faults = read_text("{done/whole} of {whole/6}", plural_of("en"))
    assert faults == []
    assert text is not None
    assert text.names == {"done", "whole"}
    assert text({"done": done, "whole": whole}).split(" of ")[0] == shown


@given(st.integers(-5, 5000), st.integers(1, 5000))
def test_a_bar_never_says_more_than_is_done(done: int, whole: int) -> None:
    """It is full only when all is done, empty only while hardly anything is, and never longer than a line."""
    shown = bar(done, whole)
    assert 0 < len(shown) <= MOST_CELLS
    assert (shown.count("●") == len(shown)) == (done >= whole)


def test_a_language_that_is_not_here_is_english(words: Words) -> None:
    """Nobody is left without words: an unknown tag is English, a known one with a region is its language."""
    for tag in ("de", "en-GB", "en_US", "", "x-klingon"):
        assert words.render("care.card", {}, tag) == "Take care."
    assert words.languages == ("en",)


def test_a_region_is_its_language(tmp_path: Path) -> None:
    """`de-AT` hears German."""
    german = {name.replace("/en/", "/de/"): text for name, text in FILES.items() if "/en/" in name}
    german["content/de/care.yaml"] = "card: {say: Alles Gute.}\n"
    words = loaded(tmp_path, {**german, "content/languages.yaml": "en: English\nde: Deutsch\n"}).words
    assert words.render("care.card", {}, "de-AT") == "Alles Gute."
    assert words.language("de_CH") == "de"


def test_a_key_that_is_missing_is_a_bug(words: Words) -> None:
    """Loading has refused it, so at run time it is a `KeyError`."""
    with pytest.raises(KeyError):
        words.render("care.no_such", {}, "en")
    with pytest.raises(KeyError):
        words.label("care.no_such", "en")


@pytest.mark.parametrize("value", [True, ("weakness",)])
def test_a_set_or_flag_cannot_be_said(words: Words, value: Value) -> None:
    """Sets and flags have no words of their own; loading refuses them in texts."""
    with pytest.raises(TypeError):
        words.render("common.typed_choice", {"chosen": value}, "en")


@given(st.text())
def test_any_value_is_escaped(value: str) -> None:
    """Whatever a person typed, it stands in the text as they typed it, and is no HTML."""
    text, _ = read_text("<b>{name}</b> & 100 % of {name}".replace("&", "&amp;"), plural_of("en"))
    said = cast("str", text and text({"name": value}))
    assert not re.search(r"<(?!/?b>)", said)
    assert not re.search(r"&(?!lt;|gt;|amp;)", said)
    inside = re.fullmatch(r"<b>(.*)</b> &amp; 100 % of (.*)", said, re.DOTALL)
    assert inside is not None
    assert unescape(inside[1]) == unescape(inside[2]) or "&" in value
    assert inside[1].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == value


@given(st.text("ab{}<>&%/ \"'=", max_size=30) | st.text(max_size=30))
def test_any_text_is_read_or_refused(raw: str) -> None:
    """Whatever an author writes, it is refused with reasons or can be said with any values."""
    text, wrong = read_text(raw, plural_of("en"))
    assert text is not None
    if not wrong:
        said = text(dict.fromkeys(text.names, "<x>"))
        assert "<x>" not in said


def test_the_menu_is_in_the_order_of_the_file(tmp_path: Path) -> None:
    """Commands come as common.yaml lists them, for each language."""
    common = COMMON.replace("  mood: How are your toes?", "  zeta: Last first\n  mood: How are your toes?")
    hello = FILES["flows/hello.yaml"].replace("{idle: true}", "{idle: true, command: zeta}")
    house = loaded(tmp_path, {"content/en/common.yaml": common, "flows/hello.yaml": hello})
    assert house.menu == {"en": (("zeta", "Last first"), ("mood", "How are your toes?"))}
