"""Where somebody says that they are: a wrong number to call is worse than none."""

import pytest

from bot.domain.countries import country_named, only_states_country, stated_country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("I am in Canada", "CA"),
        ("i'm in canada and my face is drooping", "CA"),
        ("im in the us", "US"),
        ("I live in the UK", "GB"),
        ("we are currently in New Zealand", "NZ"),
        ("I'm staying in south korea", "KR"),
        ("my leg is numb, i am in germany", "DE"),
        ("I'm in England", "GB"),
        ("im in canada my arm went dead", "CA"),
        ("I’m in Turkey", "TR"),
        ("I'm here in Côte d’Ivoire", "CI"),
    ],
)
def test_where_they_are(text: str, country: str) -> None:
    """The present, of themselves, by the country's name, in any case and with anything around it."""
    assert stated_country(text) == country


@pytest.mark.parametrize(
    "text",
    [
        "I am in pain",
        "I'm in love",
        "i am in bed",
        "I was in Mexico",
        "I am not in Canada",
        "my dad is in Spain",
        "I am in Georgia",
        "we are in Holland Park",
        "I'm in China Town",
        "i live in england street",
        "I'm in Reading",
        "I am from Germany",
        "Canada",
        "it is in my toe",
        "",
    ],
)
def test_what_says_nothing_of_where_they_are(text: str) -> None:
    """The past, other people, a denial, a bare name, a place that could be two: none tells a number to call."""
    assert stated_country(text) is None


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("I am in Canada", True),
        ("I'm in the uk right now", True),
        ("I live in Ireland.", True),
        ("i am in canada and my toe twitches", False),
        ("hello, i am in canada", False),
        ("my toe twitches", False),
    ],
)
def test_whether_it_is_all_they_say(text: str, *, only: bool) -> None:
    """Only where a message says nothing else is it a wish to hear whom to call."""
    assert only_states_country(text) is only


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Canada", "CA"),
        ("toronto", "CA"),
        ("usa", "US"),
        ("US", "US"),
        ("the netherlands", "NL"),
        ("uk", "GB"),
        ("I'm in Brazil", "BR"),
        ("georgia", None),
        ("dont know", None),
        ("hm", None),
        ("no", None),
    ],
)
def test_the_country_that_was_asked_for(text: str, country: str | None) -> None:
    """Asked for it, a name, a code or a place in it will do; what could be two is none."""
    assert country_named(text) == country
