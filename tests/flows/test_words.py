"""How the house speaks: what no flow's logic can hold. The words are the real ones, read as the bot reads them."""

import re
from pathlib import Path

import pytest

from bot.library.house import House, load

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(path.name for path in (ROOT / "content").iterdir() if path.is_dir())
HELP = {"help.emergency": "112", "help.crisis": "116 123"}
CARDS = ("emergency", "crisis")
SHORT = 40
"""Characters of a sign's label: more is cut off on a phone."""


@pytest.fixture(scope="module")
def house() -> House:
    """The real house."""
    return load(ROOT / "flows", ROOT / "content")


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.mark.parametrize("card", CARDS)
def test_a_card_begins_with_its_heading_also_when_it_is_said_again(house: House, language: str, card: str) -> None:
    """The first line of an emergency or crisis card says which card it is, in its long and in its short form."""
    heading = house.words.render(f"care.{card}.title", HELP, language)
    for key in (f"care.{card}", f"{card}.card.again"):
        first = house.words.render(key, HELP, language).partition("\n")[0]
        assert re.sub(r"</?b>", "", first) == heading


@pytest.mark.parametrize("card", CARDS)
def test_a_card_names_the_number_and_leads_nowhere_else(house: House, language: str, card: str) -> None:
    """An emergency or crisis card says whom to call, and has no link and no command."""
    for key in (f"care.{card}", f"{card}.card.again"):
        said = house.words.render(key, HELP, language)
        assert HELP["help.emergency"] in said
        assert "<a" not in said
        assert not re.search(r"(?<!<)/[a-z]+", said)
    assert HELP["help.crisis"] in house.words.render("care.crisis", HELP, language)


def test_both_cards_have_the_same_buttons(house: House) -> None:
    """Whoever knows the buttons of one card knows those of the other."""
    labels = {
        tuple(
            house.words.label(f"{card}.card.buttons.{option}", "en") for option in ("called", "safe", "misunderstood")
        )
        for card in CARDS
    }
    assert labels == {("I have called", "I am safe", "You misunderstood me")}


def test_nobody_is_shouted_at_or_told_not_to_worry() -> None:
    """No exclamation mark, no “don't worry”, no blame in any file of words."""
    unkind = re.compile(
        r"!|\bdon['’]?t worry|\bdo not worry|\bcalm down|\bjust relax|\byou should have|\byou forgot", re.IGNORECASE
    )
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in sorted((ROOT / "content").glob("*/*.yaml"))
        if path.stem != "signs"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if not line.lstrip().startswith("#") and unkind.search(line)
    ]
    assert not found


def test_a_sign_fits_on_the_button_of_a_phone(house: House, language: str) -> None:
    """The label of every warning sign is short enough to be read whole."""
    for name in ("emergency_sign", "asked_sign"):
        for flow in house.flows.flows.values():
            for step in flow.steps.values():
                for key in step.ask.labels.values() if step.ask is not None else ():
                    if key.startswith(f"vocabulary.{name}."):
                        assert len(house.words.label(key, language)) <= SHORT


PROMISES = ("consent.declined", "offer.ask", "erase.erased")


@pytest.mark.parametrize("key", PROMISES)
def test_nothing_is_promised_that_is_not_done(house: House, key: str) -> None:
    """Where a talk stands is kept for a day, and a scrambled mark after an erasure: «nothing» is untrue."""
    assert "nothing" not in house.words.render(key, HELP, "en").lower()


@pytest.mark.parametrize("key", ["emergency.safe", "emergency_follow_up.not_needed", "doubt.before"])
def test_a_sign_that_is_over_is_no_good_news(house: House, key: str) -> None:
    """Whoever says that it has passed hears whom to call and that a doctor should know, and no gladness."""
    said = house.words.render(key, HELP, "en")
    assert HELP["help.emergency"] in said
    assert "doctor" in said
    assert not re.search(r"\b(glad|good|great)\b", said, re.IGNORECASE)


def test_where_feet_are_numb_heat_and_ice_are_warned_of(house: House) -> None:
    """Burns are not felt on numb feet: every text that names them or the remedy says so."""
    for key in ("doctor.diabetes_feet", "doctor.numbness", "self_care.warmth", "self_care.feet"):
        assert "may not feel a burn" in house.words.render(key, HELP, "en")


@pytest.mark.parametrize("key", ["self_care.until", "hello.goodbye", "worry.goodbye"])
def test_whoever_is_reassured_hears_when_a_doctor_should_look(house: House, key: str) -> None:
    """Self-care never ends without what would change it: two weeks, spreading, weakness, numbness."""
    said = house.words.render(key, HELP, "en")
    for word in ("doctor", "two weeks", "spreads", "weak", "numb"):
        assert word in said


def test_an_overdose_is_sent_to_the_emergency_number(house: House) -> None:
    """A crisis line cannot help whoever has taken something already."""
    said = house.words.render("care.crisis", HELP, "en")
    assert re.search(r"already[^.]*call 112 now", said)


def test_the_last_word_after_an_erasure_names_the_number(house: House) -> None:
    """/erase gets past an open card: whoever goes that way still knows whom to call."""
    assert HELP["help.emergency"] in house.words.render("erase.erased", HELP, "en")
