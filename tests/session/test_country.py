"""Where somebody says that they are: the number to call there, at once; kept only when they agreed."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.engine.effects import SetPerson
from bot.engine.facts import CONDITIONS
from bot.engine.names import FlowName
from bot.session.kept import Person
from bot.session.known import Known
from tests.chat import SAM, Chat, chatting, the_house

NIGHT = datetime(2026, 3, 1, 3, tzinfo=UTC)


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """Somebody's first chat, at night."""
    async with chatting(tmp_path / "steady.db", NIGHT) as chat:
        yield chat


async def kept(chat: Chat) -> tuple[str | None, str]:
    """Return what the store has of where they are and what they told of themselves."""
    async with chat.database.begin() as connection:
        row = (await connection.execute(text("select country, conditions from people"))).one()
    return row.country, row.conditions


async def test_the_first_card_names_the_number_of_the_country_that_they_name(chat: Chat) -> None:
    """No zone, no consent: one message, and the card has the right number. The country is not kept."""
    await chat.says("my face is drooping and i cannot speak well, i'm in the UK")
    assert "Call 999 now" in chat.last.html
    assert await kept(chat) == (None, "{}")


async def test_on_the_open_card_they_can_still_say_where_they_are(chat: Chat) -> None:
    """The card is said again with the number of that country."""
    await chat.says("my face is drooping")
    assert "112, 911, 999 or 000" in chat.last.html
    await chat.says("I'm in Australia")
    assert "Call 000" in chat.last.html
    assert await kept(chat) == (None, "{}")


async def test_what_they_named_goes_before_their_zone(chat: Chat) -> None:
    """Many countries share a clock: New York's is Toronto's."""
    await chat.becomes(lambda person: replace(person, consented_at=NIGHT, zone="Europe/Berlin", country="GB"))
    await chat.says("my face is drooping")
    assert "Call 999 now" in chat.last.html


async def test_the_country_tells_night_from_day_where_the_zone_is_not_known(chat: Chat) -> None:
    """Roughly is enough: nobody in Japan is asked at three in the morning whether help came."""
    await chat.becomes(lambda person: replace(person, consented_at=NIGHT, country="JP"))
    chat.clock.at = datetime(2026, 3, 1, 18, tzinfo=UTC)  # three in the morning in Tokyo
    await chat.says("my face is drooping")
    await chat.taps("I have called")
    await chat.later(timedelta(hours=31))
    assert chat.said == []
    await chat.later(timedelta(hours=2))
    assert chat.said == ["emergency_follow_up.ask"]


async def test_an_erasure_takes_country_and_conditions_along(chat: Chat) -> None:
    """Who comes back after it is not known for anything that they told before."""
    await chat.becomes(
        lambda person: replace(person, consented_at=NIGHT, country="JP", conditions={"kidney_heart": True})
    )
    await chat.says("/erase")
    await chat.taps("Yes, delete it")
    await chat.says("hello")
    assert await kept(chat) == (None, "{}")


def test_conditions_are_told_one_by_one_or_all_at_once() -> None:
    """What was never asked is not taken for a no."""
    known = Known(Person(SAM, NIGHT), NIGHT, "en", the_house().help)
    assert known.fact("person.asked") == ()
    one = known.after(SetPerson("has_not", "balance")).after(SetPerson("has", "numb_feet"))
    assert one.fact("person.conditions") == ("numb_feet",)
    assert one.fact("person.asked") == ("balance", "numb_feet")
    assert one.fact("person.all_asked") is False
    every = one.after(SetPerson("conditions", ("pregnant",)))
    assert every.fact("person.conditions") == ("pregnant",)
    assert every.fact("person.asked") == CONDITIONS
    assert every.fact("person.all_asked") is True


def test_the_vocabulary_has_the_same_conditions() -> None:
    """What flows may tick is what is kept, word for word."""
    asked = the_house().flows.flows[FlowName("ask_conditions")].data["told"].kind
    assert getattr(asked, "options", None) == CONDITIONS
