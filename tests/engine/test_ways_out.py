"""The ways out of a flow that another called, the one card that a talk leads to, and several texts in one message."""

from dataclasses import replace

from bot.engine import effects
from bot.engine.acts import Also, Text
from bot.engine.events import Heard
from bot.engine.facts import Facts
from bot.engine.kinds import Choice, Country, Field
from bot.engine.model import Call, Flow
from bot.engine.names import CALLER, FlowName, StepId
from tests.engine.small_house import MOODS, ask, flow, small_flows, step, when
from tests.engine.talker import Talker

SICK = Heard(level="doctor", signs=frozenset({"weakness"}))
YES = Choice(("yes", "no"))


def calls(name: str, back: StepId | None) -> Flow:
    """Return a flow that asks something, calls `inner`, and thanks."""
    call = Call(FlowName("inner"), {}, {"mood": "mood"}, back)
    return flow(
        name,
        ask("first", YES, next="call"),
        replace(step("call", say=False, next="thanks"), call=call),
        step("thanks"),
        data={"mood": Field(MOODS)},
    )


INNER = flow("inner", ask("mood", MOODS, back=CALLER), step("bye"))


def talking(**flows: Flow) -> Talker:
    """Return somebody in the small house with these flows."""
    return Talker(small_flows(**{"inner": INNER, **flows}))


def options(talker: Talker) -> list[str]:
    """Return what the newest prompt offers."""
    return [option.value for option in talker.newest.options]


def test_the_way_back_leads_out_of_a_called_flow_to_where_its_caller_says() -> None:
    """From the inner question to the outer one, by button and by word, and on again."""
    talker = talking(outer=calls("outer", StepId("first")))
    talker.commands("outer")
    talker.taps("yes")
    assert talker.at == "inner.mood"
    assert options(talker)[-1] == "~back"
    talker.taps("~back")
    assert talker.at == "outer.first"
    talker.taps("no")
    talker.commands("back")
    assert talker.at == "outer.first"
    talker.taps("no")
    talker.taps("same")
    assert talker.said == ["small.bye", "small.thanks"]


def test_there_is_no_way_back_where_it_leads_nowhere() -> None:
    """Begun by itself, or by a caller that names no way, the same question has no such button, and takes none."""
    for name in ("inner", "outer"):
        talker = talking(outer=calls("outer", None))
        talker.commands(name)
        if name == "outer":
            talker.taps("yes")
        assert talker.at == "inner.mood"
        assert "~back" not in options(talker)
        talker.taps("~back")
        assert talker.at == "inner.mood"


def test_the_way_back_leads_through_callers_that_pass_it_on() -> None:
    """A called flow may itself say that its caller knows the way."""
    middle = flow(
        "middle",
        replace(step("call", say=False, next="end"), call=Call(FlowName("inner"), {}, {}, CALLER)),
        step("end"),
    )
    first, call, thanks = calls("outer", StepId("first")).steps.values()
    outer = flow("outer", first, replace(call, call=Call(FlowName("middle"), {}, {}, StepId("first"))), thanks)
    talker = talking(middle=middle, outer=outer)
    talker.commands("outer")
    talker.taps("yes")
    assert talker.at == "inner.mood"
    talker.taps("~back")
    assert talker.at == "outer.first"
    talker.commands("cancel")
    talker.commands("middle")
    assert "~back" not in options(talker)


CARD = flow(
    "doctor",
    step("card", next="later", tags=frozenset({"doctor"})),
    ask("later", YES),
    step("bye"),
    starts=small_flows().flows[FlowName("doctor")].starts,
    data=small_flows().flows[FlowName("doctor")].data,
)


def test_a_talk_that_leads_to_a_card_ends_where_an_interruption_brings_one() -> None:
    """The doctor's card stands for its own; what else was interrupted goes on afterwards."""
    talker = talking(outer=replace(calls("outer", StepId("first")), one_card=True), doctor=CARD)
    talker.commands("checkin")
    talker.commands("outer")
    talker.taps("yes")
    talker.types("my foot is weak", SICK)
    assert talker.said == ["small.card", "small.later"]
    talker.taps("no")
    assert talker.at == "checkin.mood"


def test_other_talks_go_on_after_a_card() -> None:
    """A flow that promises no card of its own asks again where it was."""
    talker = talking(outer=calls("outer", StepId("first")), doctor=CARD)
    talker.commands("outer")
    talker.taps("yes")
    talker.types("my foot is weak", SICK)
    talker.taps("no")
    assert talker.at == "inner.mood"


def test_a_card_of_its_own_ends_no_talk() -> None:
    """The flow that calls the card goes on below it."""
    call = Call(FlowName("doctor"), {}, {})
    outer = flow("outer", replace(step("call", say=False, next="thanks"), call=call), step("thanks"), one_card=True)
    talker = talking(outer=outer, doctor=CARD)
    talker.commands("outer")
    talker.taps("no")
    assert talker.said == ["small.bye", "small.thanks"]


def test_several_texts_are_one_message_each_where_its_condition_is_true() -> None:
    """The first always, what has no condition too, in the order in which they were written."""
    parts = (
        Also(when("water.today > 0"), Text("small.some", ("water.today",))),
        Also(when("water.today > 5"), Text("small.much")),
        Also(None, Text("small.always")),
    )
    many = flow("many", step("say", text=Text("small.first", also=parts)))
    talker = talking(many=many)
    talker.facts = facts_with(talker.facts, 2)
    talker.commands("many")
    assert talker.last == (
        effects.Say("small.first", {}, also=(("small.some", {"water.today": 2}), ("small.always", {}))),
    )


def facts_with(facts: Facts, glasses: int) -> Facts:
    """Return the facts after so many glasses."""
    return facts.after(effects.Log("water", glasses))


def test_a_country_is_taken_where_it_was_heard_and_asked_for_again_where_not() -> None:
    """The question for a country has no buttons; words that name none are no answer."""
    told = step("told", text=Text("small.told", ("country",)))
    talker = talking(here=flow("here", ask("country", Country(), next="told"), told))
    talker.commands("here")
    assert options(talker) == []
    talker.types("hm")
    assert talker.at == "here.country"
    talker.types("Canada", Heard(country="CA"))
    assert talker.last[-1] == effects.Say("small.told", {"country": "CA"})
