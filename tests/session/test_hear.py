"""What is understood of free text before the engine sees it: signs first, then wishes and articles."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.engine.events import Heard
from bot.engine.kinds import Choice, Kind, Told, WallTime, Whole, Zone
from bot.session.hear import Ear, hear
from bot.session.house import House
from tests.chat import the_house

NOW = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
CHOICE = Choice(("yes", "no"))


def said(text: str, kind: Kind | None = None, today: date | None = None) -> Heard:
    """Return what the real house hears."""
    return hear(text, the_house().ear("en"), kind, NOW, today or NOW.date())


def test_a_question_finds_its_article() -> None:
    """The article that answers it is told, and that it was asked."""
    heard = said("can coffee cause this")
    assert (heard.topics, heard.asks, heard.intent) == (("caffeine_alcohol",), True, None)


def test_a_wish_is_told_with_its_details() -> None:
    """What they want, how much, of what, when, and how far apart."""
    drank = said("drank 500 ml")
    assert (drank.intent, drank.amount, drank.about, drank.topics) == ("drank", 2, "water", ())
    remind = said("remind me at 8 and 12:30")
    assert (remind.intent, remind.about, remind.at, remind.hours) == ("remind", None, ("08:00", "12:30"), None)
    every = said("remind me to drink every 2 hours")
    assert (every.intent, every.about, every.at, every.hours) == ("remind", "water", (), 2)
    assert said("remind me to drink every 90 minutes").hours is None


@pytest.mark.parametrize(
    "text",
    ["bye, i want to die", "drank 2 glasses and now my face droops", "is it als, my foot is getting weaker"],
)
def test_a_sign_comes_before_any_wish_or_article(text: str) -> None:
    """Where there is a sign, nothing else is told: there is nothing that could be answered instead."""
    heard = said(text)
    assert heard.level not in {"none", "self_care"}
    assert (heard.topics, heard.intent) == ((), None)


@pytest.mark.parametrize(
    "text", ["drank 2 glasses and my toe hurts", "my dad drank 2 glasses", "should i drink 2 glasses"]
)
def test_more_than_the_wish_is_no_wish(text: str) -> None:
    """Only a message that is nothing else is a wish."""
    assert said(text).intent is None


def test_a_complaint_is_no_search() -> None:
    """Where somebody tells of their toe and no article stands out, none is offered: they are met as a person."""
    complaint = said("my toe will not stop jumping")
    assert (complaint.level, complaint.topics) == ("self_care", ())
    assert said("why does my toe not stop jumping?").topics != ()
    assert said("my shoes are tight").topics == ("tight_shoes",)


def test_a_word_or_two_are_a_search() -> None:
    """“coffee” is what one types to search, and counts as a question; “my shoes are tight” is told."""
    assert said("coffee").asks
    assert not said("my shoes are tight").asks


def test_a_nod_is_one_only_where_nothing_was_asked() -> None:
    """“ok” to an open question is an answer to it or none, and never small talk: doubts count what is no answer."""
    assert said("ok").intent == "nod"
    assert said("ok", CHOICE).intent is None
    assert said("ok thanks", CHOICE).intent == "thanks"


@pytest.mark.parametrize("kind", [CHOICE, Told(), Whole(0, 10)])
def test_a_small_word_is_about_the_open_question(kind: Kind) -> None:
    """“why” asks for causes where nothing is open, and for a reason where something is."""
    assert said("why").topics == ("causes",)
    assert said("why", kind).topics == ()
    assert said("why do you ask", kind).topics == ()
    assert said("how long does this last", kind).topics == ("how_long",)


@pytest.mark.parametrize("kind", [Zone(), WallTime(), Whole(0, 10)])
def test_what_is_said_where_something_is_typed_is_no_search(kind: Kind) -> None:
    """“at home” names no zone, and no article either; a question still does."""
    assert said("at home", kind).topics == ()
    assert said("what helps at home?", kind).topics == ("home_remedies",)
    assert said("massage", kind).topics == ()
    assert said("massage", CHOICE).topics == ("massage",)
    assert said("i see", CHOICE).topics == ()
    assert hear("i see", the_house().ear("en"), CHOICE, NOW, NOW.date(), menu=True).topics != ()


def test_since_is_counted_on_the_persons_own_calendar() -> None:
    """The same message is two weeks ago on one side of the date line, and not yet on the other."""
    text = "my toe has been twitching since the 18th"
    at = datetime(2026, 3, 4, 3, 0, tzinfo=UTC)
    assert "two_weeks" in said(text, today=at.astimezone(ZoneInfo("Asia/Tokyo")).date()).signs
    assert "two_weeks" not in said(text, today=at.astimezone(ZoneInfo("America/Los_Angeles")).date()).signs


def test_a_language_without_its_own_words_is_read_in_english() -> None:
    """Somebody whose app speaks another language, and who types English, is understood."""
    house = the_house()
    assert house.ear("xx") == house.ear("en")


def test_without_topics_and_wishes_signs_are_heard_all_the_same() -> None:
    """A house with signs alone is a house."""
    house = House(the_house().flows, the_house().words, the_house().help, the_house().readers)
    assert house.ear("en") == Ear(the_house().reader("en"))
    assert hear("drank 2 glasses", house.ear("en"), None, NOW, NOW.date()).intent is None
    assert hear("my face droops", house.ear("en"), None, NOW, NOW.date()).level != "none"
