"""Questions that wait aside: asked by a reminder, or left alone in the talk; an answer on another day still counts."""

from datetime import timedelta
from typing import Any

import pytest

from bot.engine.effects import Close, Withdraw
from bot.engine.events import Heard
from bot.engine.kinds import Choice, Field, Flag, Whole
from bot.engine.model import OPEN_ASIDE, Flow, Flows, Starts
from bot.engine.names import TALK
from tests.engine.small_house import MOODS, ask, flow, small_flows, step
from tests.engine.talker import Talker

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asking(**more: Any) -> Flow:
    """Return a flow of two questions that can wait aside for two days."""
    return flow(
        "asking",
        ask("mood", MOODS, next="scale", spoken={"en": {"worse": "worse"}}),
        ask("scale", Whole(0, 10), next="bye"),
        step("bye"),
        starts=Starts(command="asking", reminder="water"),
        aside_for=2 * DAY,
        data={"aside": Field(Flag()), "within": Field(Flag())},
        **more,
    )


@pytest.fixture
def flows() -> Flows:
    """The small house, in which a reminder asks by a flow of the talk."""
    return small_flows(water=flow("water", step("card")), asking=asking())


def lanes(talker: Talker) -> list[str]:
    """Return where talks wait."""
    return sorted(talk.lane for talk in talker.conversation.talks)


def test_a_reminder_never_takes_the_floor(flows: Flows) -> None:
    """It asks beside the open question, and knows that nobody asked for it."""
    talker = Talker(flows)
    talker.commands("checkin")
    talker.is_reminded()
    assert (talker.at, talker.newest.key) == ("checkin.mood", "small.mood")
    assert lanes(talker) == ["asking", TALK]
    beside = talker.conversation.talk(next(t.lane for t in talker.conversation.talks if t.lane != TALK))
    assert beside is not None
    assert beside.top.data["aside"] is True


def test_the_first_answer_takes_the_floor_and_gives_it_back(flows: Flows) -> None:
    """What ran in the talk goes on when the question that came between is done."""
    talker = Talker(flows)
    talker.commands("checkin")
    old = talker.newest
    talker.is_reminded()
    talker.taps("worse")
    assert talker.at == "asking.scale"
    assert lanes(talker) == [TALK]
    assert [effect.nonce for effect in talker.did(Withdraw) if isinstance(effect, Withdraw)] == [old.nonce]
    talk = talker.conversation.talk(TALK)
    assert talk is not None
    assert talk.top.data["within"] is True
    talker.taps("3")
    assert talker.said == ["small.bye", "small.mood"]


def test_each_day_has_its_question_and_the_oldest_gives_way(flows: Flows) -> None:
    """Three of them wait, each with its own buttons; the fourth takes the place of the first."""
    talker = Talker(flows)
    nonces = []
    for _ in range(OPEN_ASIDE + 1):
        talker.is_reminded()
        nonces.append(talker.newest.nonce)
        talker.later(HOUR)
    assert len(lanes(talker)) == OPEN_ASIDE
    assert {talk.nonce for talk in talker.conversation.talks} == set(nonces[1:])
    assert nonces[0] not in talker.open
    talker.taps("worse", nonces[1])
    assert talker.at == "asking.scale"
    assert len(lanes(talker)) == OPEN_ASIDE


def test_typed_words_answer_the_newest_that_waits(flows: Flows) -> None:
    """Where nothing is open in the talk, a label is taken for the question that came last."""
    talker = Talker(flows)
    talker.is_reminded()
    talker.later(HOUR)
    talker.is_reminded()
    newest = talker.newest
    talker.types("worse", Heard())
    (closed,) = talker.did(Close)
    assert isinstance(closed, Close)
    assert (closed.nonce, talker.at) == (newest.nonce, "asking.scale")


def test_a_question_left_alone_steps_aside(flows: Flows) -> None:
    """After its time in the talk it no longer stands in anybody's way, and can be answered as long again as it says."""
    talker = Talker(flows)
    talker.commands("asking")
    talker.taps("same")
    talker.later(13 * HOUR)
    talker.shows()
    assert talker.at is None
    assert lanes(talker) == ["asking"]
    talker.later(DAY)
    talker.taps("3")
    assert talker.said == ["small.bye"]
    assert lanes(talker) == []


def test_what_it_had_interrupted_is_over(flows: Flows) -> None:
    """Only the question itself steps aside: what lay below it in the talk has had its time."""
    talker = Talker(flows)
    talker.commands("checkin")
    talker.commands("asking")
    talker.later(13 * HOUR)
    talker.taps("same")
    talker.taps("3")
    assert talker.said == ["small.bye"]


def test_after_its_last_day_it_is_over(flows: Flows) -> None:
    """Then its buttons are those of any old question."""
    for begin in (Talker.is_reminded, lambda talker: talker.commands("asking")):
        talker = Talker(flows)
        begin(talker)
        nonce = talker.newest.nonce
        talker.later(3 * DAY)
        talker.taps("same", nonce)
        assert talker.said == ["common.nothing_open"]


def test_what_gives_way_does_not_wait_aside(flows: Flows) -> None:
    """A question that nobody has to answer is over with its time."""
    talker = Talker(small_flows(water=flow("water", step("card")), asking=asking(yields="anything")))
    talker.commands("asking")
    talker.later(13 * HOUR)
    talker.shows()
    assert lanes(talker) == []


def test_a_flow_that_does_not_say_so_is_over_with_its_time(flows: Flows) -> None:
    """Without `aside` nothing steps aside."""
    plain = flow("plain", ask("choice", Choice(("one", "two"))), step("bye"), starts=Starts(command="plain"))
    talker = Talker(small_flows(plain=plain))
    talker.commands("plain")
    talker.later(13 * HOUR)
    talker.shows()
    assert lanes(talker) == []


def test_an_emergency_ends_what_waits_aside(flows: Flows) -> None:
    """Its card is the only thing on the screen that can be pressed."""
    talker = Talker(flows)
    talker.is_reminded()
    talker.types("i cannot feel my legs", Heard(level="emergency"))
    assert (talker.at, lanes(talker)) == ("emergency.card", [TALK])
