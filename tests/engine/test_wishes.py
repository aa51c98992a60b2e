"""What people want, ask or greet with: what it begins, what it gives way to, and what stays an answer."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine.advance import at_a_menu
from bot.engine.conditions import ConditionError, Type, compile_expression
from bot.engine.events import Heard
from bot.engine.kinds import Choice, Field, Flag, Several, Told, WallTime, Whole, Words
from bot.engine.model import Flows, Starts
from bot.engine.names import FlowName, Lane
from tests.engine.small_house import ask, flow, small_flows, step
from tests.engine.talker import Talker

COFFEE = Heard(topics=("coffee",), asks=True)
HANDED: Mapping[str, Field] = {
    "intent": Field(Words(40), optional=True),
    "found": Field(Several(("coffee", "shoes"))),
    "at": Field(WallTime(), optional=True),
    "second": Field(WallTime(), optional=True),
    "third": Field(WallTime(), optional=True),
    "clock": Field(Words(20), optional=True),
    "hours": Field(Whole(1, 12), optional=True),
    "amount": Field(Whole(1, 8), optional=True),
    "asks": Field(Flag()),
    "within": Field(Flag()),
    "doctor_below": Field(Flag()),
}


def house() -> Flows:
    """Return the small house with an article, a wish, a goodbye, and a menu that yields."""
    small = small_flows()
    article = flow(
        "article", ask("more", Choice(("more", "undo"))), step("bye"), data=HANDED, yields="anything",
        starts=Starts(topic=True),
    )  # fmt: skip
    wish = flow(
        "wish", ask("which", Choice(("one", "two"))), step("bye"), data=HANDED, starts=Starts(intents=("remind",))
    )
    undo = flow("undo", step("undone"), starts=Starts(intents=("undo",)))
    bye = flow("bye", step("bye"), resumes=False, starts=Starts(intents=("goodbye",)))
    clock = flow("clock", ask("at", WallTime(), fills="at"), step("bye"), starts=Starts(command="clock"))
    told = flow("told", ask("told", Told()), step("bye"), starts=Starts(command="told"))
    flows = {one.name: one for one in (article, wish, undo, bye, clock, told)}
    flows |= small.flows
    flows[FlowName("menu")] = replace(small.flows[FlowName("menu")], yields="wishes")
    intents = {"remind": wish.name, "undo": undo.name, "goodbye": bye.name}
    commands = {**small.commands, "clock": clock.name, "told": told.name}
    return replace(small, flows=flows, topic=article.name, intents=intents, commands=commands)


@pytest.fixture
def talker() -> Talker:
    """A person who agreed."""
    return Talker(house())


def data(talker: Talker) -> Mapping[str, object]:
    """Return the data of the flow on top. A flag that is not there is off."""
    return {"within": False, "doctor_below": False, **talker.conversation.talks[-1].top.data}


def test_a_question_that_an_article_answers_begins_it(talker: Talker) -> None:
    """The article is handed what was found, and that nothing waits below."""
    talker.types("coffee?", COFFEE)
    assert talker.at == "article.more"
    assert (data(talker)["found"], data(talker)["asks"], data(talker)["within"]) == (("coffee",), True, False)


def test_a_question_in_the_middle_is_answered_and_the_open_one_comes_back(talker: Talker) -> None:
    """The article knows that a question waits below, and that one is put again once the article is done."""
    talker.commands("checkin")
    talker.types("coffee?", COFFEE)
    assert (talker.at, data(talker)["within"]) == ("article.more", True)
    talker.taps("more")
    assert talker.at == "checkin.mood"
    assert talker.newest.lead == "common.resumed"


def test_below_the_doctors_card_an_article_knows_it(talker: Talker) -> None:
    """What is asked while the doctor's card waits can be answered with care."""
    flows = house()
    doctor = flow("doctor", ask("later", Choice(("yes", "no"))), step("bye"), starts=Starts(sign="doctor"))
    careful = Talker(replace(flows, flows={**flows.flows, doctor.name: doctor}))
    careful.types("my foot is weak", Heard(level="doctor"))
    careful.types("coffee?", COFFEE)
    assert data(careful)["doctor_below"] is True
    talker.commands("checkin")
    talker.types("coffee?", COFFEE)
    assert data(talker)["doctor_below"] is False


def test_a_menu_gives_way_to_a_wish_and_to_a_question_for_good(talker: Talker) -> None:
    """What is chosen from no longer matters to somebody who said what they want."""
    for heard in (COFFEE, Heard(intent="remind")):
        talker.commands("start")
        talker.types("…", heard)
        assert data(talker)["within"] is False
        talker.taps("more" if heard is COFFEE else "one")
        assert talker.at is None


def test_a_menu_is_known_before_the_text_is_read(talker: Talker) -> None:
    """At a menu one searches as with a first message; at a question that waits for its answer, one does not."""
    seen = [at_a_menu(talker.flows, talker.conversation, talker.now)]
    talker.commands("start")
    seen.append(at_a_menu(talker.flows, talker.conversation, talker.now))
    talker.commands("checkin")
    seen.append(at_a_menu(talker.flows, talker.conversation, talker.now))
    talker.later(timedelta(days=1))
    assert [*seen, at_a_menu(talker.flows, talker.conversation, talker.now)] == [False, True, False, False]


def test_a_menu_comes_back_after_a_card(talker: Talker) -> None:
    """A warning sign is no wish: what was open is put again below the card."""
    talker.commands("start")
    talker.types("my foot is weak", Heard(level="doctor"))
    assert talker.at == "menu.choice"


def test_an_article_comes_back_after_nothing(talker: Talker) -> None:
    """What has been read is not said again, whatever came between."""
    talker.types("coffee?", COFFEE)
    talker.types("my foot is weak", Heard(level="doctor"))
    assert talker.at is None
    talker.types("coffee?", COFFEE)
    talker.commands("checkin")
    (talk,) = talker.conversation.talks
    assert [frame.flow for frame in talk.frames] == ["checkin"]


def test_what_an_article_has_no_answer_to_is_a_first_word(talker: Talker) -> None:
    """Nobody is told below an article that they were not understood; a menu lets go only for a question."""
    talker.types("coffee?", COFFEE)
    talker.types("what a day")
    leads = [talker.newest.lead]
    talker.types("what a day")
    leads.append(talker.newest.lead)
    talker.types("who won?", Heard(asks=True))
    leads.append(talker.newest.lead)
    assert leads == [None, "common.not_understood", None]
    assert talker.at == "menu.choice"


def test_a_wish_is_handed_its_details(talker: Talker) -> None:
    """Times by their names, and as one reads them; those that were not said are missing."""
    talker.types("…", Heard(intent="remind", at=("08:00", "12:30"), hours=None))
    given = data(talker)
    assert [given[name] for name in ("at", "second", "third", "clock", "hours")] == [
        "08:00", "12:30", None, "08:00, 12:30", None,
    ]  # fmt: skip
    talker.types("…", Heard(intent="remind", hours=2))
    assert (data(talker)["at"], data(talker)["hours"]) == (None, 2)
    talker.types("…", Heard(intent="remind", at=("08:00", "09:00", "10:00", "11:00")))
    assert (data(talker)["at"], data(talker)["clock"]) == (None, None)


def test_a_wish_without_a_flow_is_read_as_other_words_are(talker: Talker) -> None:
    """An intent that no flow begins with is nothing special."""
    talker.types("thanks", Heard(intent="thanks"))
    assert talker.at == "menu.choice"


def test_goodbye_ends_what_is_open(talker: Talker) -> None:
    """A flow that does not resume ends the talk that it interrupted."""
    talker.commands("checkin")
    talker.types("bye", Heard(intent="goodbye"))
    assert talker.at is None


def test_a_label_or_a_number_answers_the_open_question_whatever_wish_it_is_elsewhere(talker: Talker) -> None:
    """“Bad” is a button's other word, and 7 a number that is awaited: no wish takes them away."""
    talker.commands("checkin")
    talker.types("bad", Heard(intent="goodbye"))
    assert talker.at == "checkin.scale"
    talker.types("7", Heard(number=7))
    assert talker.at == "checkin.signs"


def test_a_wish_called_like_an_option_is_that_option(talker: Talker) -> None:
    """“Take it back” presses the button «undo»; without one, it begins its own flow."""
    talker.types("coffee?", COFFEE)
    talker.types("take it back", Heard(intent="undo"))
    assert talker.said == ["small.bye"]
    talker.types("take it back", Heard(intent="undo"))
    assert talker.said == ["small.undone"]


def test_a_wish_with_details_is_no_option(talker: Talker) -> None:
    """Details would be lost in the press of a button."""
    talker.types("coffee?", COFFEE)
    talker.types("…", Heard(intent="undo", amount=2))
    assert talker.said == ["small.undone"]


def test_where_a_time_is_awaited_a_wish_for_a_time_is_the_time(talker: Talker) -> None:
    """“Remind me at 8”, where it was asked when, does not ask everything anew."""
    talker.commands("clock")
    talker.types("remind me at 8", Heard(intent="remind", at=("08:00",), time="08:00"))
    assert talker.said == ["small.bye"]
    talker.commands("clock")
    talker.types("take it back", Heard(intent="undo", time="08:00"))
    assert talker.at == "clock.at"


def test_a_reminder_is_answered_before_a_wish_begins(talker: Talker) -> None:
    """What a reminder's button is called stays its answer, although it runs aside."""
    reminder = ask("done", Choice(("yes", "later")), spoken={"en": {"later": "later"}})
    flows = house()
    aside = flow("aside", reminder, step("thanks"), lane=Lane("aside"), starts=Starts(reminder="water"))
    flows = replace(flows, flows={**flows.flows, aside.name: aside}, reminders={"water": aside.name})
    person = Talker(flows)
    person.is_reminded("water")
    person.commands("checkin")
    person.types("Later!", Heard(intent="goodbye"))
    assert person.said == ["small.thanks"]
    assert person.at == "checkin.mood"


def test_who_was_asked_to_tell_and_asks_is_answered_and_not_asked_again(talker: Talker) -> None:
    """The article is the answer to what they told."""
    talker.commands("told")
    talker.types("is it coffee?", COFFEE)
    assert (talker.at, data(talker)["within"]) == ("article.more", False)
    talker.taps("more")
    assert talker.at is None


def test_who_was_asked_to_tell_and_tells_has_told(talker: Talker) -> None:
    """A statement that an article would fit is what was asked for."""
    talker.commands("told")
    talker.types("it may be coffee", Heard(topics=("coffee",)))
    assert talker.said == ["small.bye"]


def test_first_of_a_set() -> None:
    """`first` gives the first word of a set, and nothing of an empty one: it needs a default."""
    names = {"found": Type("set", frozenset({"a", "b"})), "some": Type("set", optional=True), "n": Type("int")}
    first = compile_expression("first(found) or 'b'", names)
    assert first(lambda _: ("a", "b")) == "a"
    assert first(lambda _: ()) == "b"
    assert first.type == Type("text", frozenset({"a", "b"}))
    for wrong in ("first(n)", "first(some)", "first(found) == 'a'", "first(found, found)"):
        with pytest.raises(ConditionError):
            compile_expression(wrong, names)
