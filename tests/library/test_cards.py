"""What no card may lose, whatever is done to its words."""

import pytest

from bot.library.house import House, load
from tests.chat import ROOT

HELP = {"help.emergency": "112", "help.crisis": "116 123"}


@pytest.fixture(scope="module")
def house() -> House:
    """Return the house as it stands."""
    return load(ROOT / "flows", ROOT / "content")


@pytest.mark.parametrize("key", ["care.doctor", "care.doctor_fear", "care.doctor_again"])
def test_a_doctors_card_says_when_not_to_wait(house: House, key: str) -> None:
    """Whoever waits for a doctor reads which signs are an emergency, and the number for it."""
    said = house.words.render(key, HELP, "en")
    assert "Call 112 at once" in said
    for sign in ("face droops", "weak or numb", "walk, breathe or swallow", "bladder or bowel"):
        assert sign in said


@pytest.mark.parametrize("key", ["care.doctor", "care.doctor_fear"])
def test_a_doctors_card_says_what_to_tell_and_to_ask(house: House, key: str) -> None:
    """Where, since when, which medicines; and what to ask."""
    said = house.words.render(key, HELP, "en")
    for part in ("Tell them", "where it twitches", "since when", "every medicine you take", "Ask them"):
        assert part in said


def test_nobody_in_an_emergency_drives(house: House) -> None:
    """The card says not to drive and to let somebody stay."""
    said = house.words.render("care.emergency", HELP, "en")
    assert "Do not drive" in said
    assert "stay with you" in said


def test_numb_feet_are_looked_at_daily(house: House) -> None:
    """The advice for numb feet has the daily look, and what a wound needs."""
    said = house.words.render("self_care.feet", HELP, "en")
    assert "Look at both feet every day" in said
    assert "needs a doctor today" in said


def test_nobody_is_told_to_stop_drinking_at_once(house: House) -> None:
    """Much alcohol that ends from one day to the next is a danger of its own."""
    assert "do not stop all at once" in house.words.render("self_care.alcohol", HELP, "en")
