"""What a sprint does: answers, digressions, cards, old buttons, silence, and authors' mistakes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.engine import effects
from bot.engine.acts import Act, Count, Keep, Later, Put, PutOff, Remind
from bot.engine.advance import awaited, held
from bot.engine.conversation import Conversation
from bot.engine.events import Commanded, Heard, Showed, Typed
from bot.engine.kinds import Choice, Kind, Whole
from bot.engine.model import Branch, Flows, Starts
from bot.engine.names import FlowName, StepId
from bot.engine.renewed import renewed
from tests.engine.small_house import NOW, SIGNS, SomeFacts, ask, flow, small_flows, step
from tests.engine.talker import Talker

EMERGENCY = Heard(level="emergency", signs=frozenset({"chest_pain"}))
CRISIS = Heard(level="crisis", signs=frozenset({"self_harm"}))
DOCTOR = Heard(level="doctor", signs=frozenset({"numbness"}))


@pytest.fixture
def talker() -> Talker:
    """A person in the small house, who agreed."""
    return Talker(small_flows())


def test_a_talk_runs_to_each_question_and_saves_at_the_end(talker: Talker) -> None:
    """Buttons, typed numbers and toggles fill the entry that is saved."""
    talker.commands("checkin")
    talker.taps("worse")
    assert talker.at == "checkin.scale"
    talker.types("about a 7", Heard(number=7))
    talker.taps("weakness")
    talker.taps("numbness")
    talker.taps("weakness")
    talker.taps("~done")
    assert talker.said == ["small.sorry", "small.bye"]
    assert talker.did(effects.Save) == [
        effects.Save("checkin", {"mood": "worse", "strength": 7, "signs": ("numbness",)})
    ]
    assert talker.conversation.talks == ()


def test_a_synonym_counts_as_a_press(talker: Talker) -> None:
    """“Bad!” is the button “worse”, whatever its case and punctuation."""
    talker.commands("checkin")
    talker.types("Bad!")
    assert talker.at == "checkin.scale"


def test_the_choice_takes_the_place_of_the_buttons(talker: Talker) -> None:
    """An answered prompt is closed with what was chosen."""
    talker.commands("checkin")
    nonce = talker.newest.nonce
    talker.taps("same")
    (closed,) = talker.did(effects.Close)
    assert isinstance(closed, effects.Close)
    assert (closed.nonce, [option.value for option in closed.chosen]) == (nonce, ["same"])


def test_what_is_not_understood_is_asked_again(talker: Talker) -> None:
    """Nothing is guessed: the question comes again, after the words that say so."""
    talker.commands("checkin")
    talker.types("blue")
    assert talker.newest.lead == "common.not_understood"
    assert talker.at == "checkin.mood"


def test_after_enough_tries_the_flow_goes_its_other_way(talker: Talker) -> None:
    """The third answer that is none goes where the author said, with what was heard."""
    talker.commands("start")
    for _ in range(3):
        talker.types("my toe twitches", Heard(level="self_care"))
    assert talker.said == ["small.told"]


def test_a_number_out_of_range_is_no_answer(talker: Talker) -> None:
    """11 on a scale to 10 is asked again."""
    talker.commands("checkin")
    talker.taps("same")
    talker.types("11", Heard(number=11))
    assert talker.at == "checkin.scale"
    assert talker.newest.lead == "common.not_understood"


def test_back_and_skip_work_by_button_and_by_word(talker: Talker) -> None:
    """Both are answers everywhere they are offered; the command works too."""
    talker.commands("checkin")
    talker.taps("same")
    talker.taps("~back")
    assert talker.at == "checkin.mood"
    talker.taps("same")
    talker.types("Back")
    assert talker.at == "checkin.mood"
    talker.taps("same")
    talker.commands("back")
    assert talker.at == "checkin.mood"
    talker.taps("same")
    talker.types("skip")
    assert talker.at == "checkin.signs"


def test_a_second_press_changes_nothing(talker: Talker) -> None:
    """The second tap of a double tap gets a short answer, and the talk stays where it is."""
    talker.commands("checkin")
    nonce = talker.newest.nonce
    talker.taps("worse")
    before = talker.conversation
    talker.taps("worse", nonce)
    assert talker.conversation == before
    assert talker.last == (effects.Toast("common.already"),)


@pytest.mark.parametrize("option", ["", "worst", "~back", "~done", "1", "x" * 60])
def test_a_forged_option_changes_nothing(talker: Talker, option: str) -> None:
    """What the open question does not offer is no answer, even with its nonce."""
    talker.commands("checkin")
    talker.taps(option)
    assert talker.at == "checkin.mood"
    assert effects.Toast("common.stale") in talker.last


def test_an_old_button_shows_the_present_screen(talker: Talker) -> None:
    """A press on an older prompt changes nothing; the open question comes again below."""
    talker.commands("checkin")
    old = talker.newest.nonce
    talker.taps("same")
    talker.taps("~skip")
    talker.taps("worse", old)
    assert talker.at == "checkin.signs"
    assert talker.last[0] == effects.Toast("common.stale")
    assert talker.said == ["small.signs"]


def test_a_press_with_nothing_open_is_only_answered(talker: Talker) -> None:
    """A button from last year gets its short answer and a way on, no talk."""
    talker.taps("worse", "gone1")
    assert talker.last == (effects.Toast("common.stale"), effects.Say("common.nothing_open", {}))
    assert talker.conversation.talks == ()


def test_an_emergency_comes_before_everything(talker: Talker) -> None:
    """The running talk ends, the card opens, and nothing but its own buttons gets past it."""
    talker.commands("checkin")
    talker.types("half my face is hanging", EMERGENCY)
    assert talker.said == ["small.card"]
    assert held(talker.flows, talker.conversation, talker.now)
    for event in (
        Typed("e1", "hello"),
        Commanded("e2", "checkin"),
        Commanded("e3", "nonsense"),
        Showed("e4"),
        Typed("e5", "numb too", DOCTOR),
        Typed("e6", "Guten Tag", Heard(foreign=True)),
    ):
        talker.happens(event)
        assert talker.said == ["small.again"]
    talker.is_reminded()
    assert talker.last == ()
    talker.taps("wrong")
    assert talker.said == ["small.free"]
    assert talker.conversation.talks == ()


def test_an_emergency_in_a_commands_tail_is_heard(talker: Talker) -> None:
    """`/water my chest hurts` is an emergency, not a glass."""
    talker.commands("glass", EMERGENCY)
    assert talker.said == ["small.card"]
    assert talker.did(effects.Log) == []


def test_a_crisis_opens_its_card_above_an_emergency(talker: Talker) -> None:
    """One card gives way to the other, because the newer words are the truer ones."""
    talker.types("chest pain", EMERGENCY)
    talker.types("i want to die", CRISIS)
    assert talker.at == "crisis.card"


def test_a_label_typed_is_its_press_even_where_it_names_a_sign(talker: Talker) -> None:
    """The flow deals with it: no card in between, and the question does not come again."""
    talker.commands("checkin")
    talker.types("Worse", DOCTOR)
    assert talker.at == "checkin.scale"


def test_what_was_pierced_is_shown_again_with_its_heading_first(talker: Talker) -> None:
    """After “no” to /erase the card comes back in its shorter form, without words before it."""
    talker.types("chest pain", EMERGENCY)
    talker.commands("erase")
    talker.taps("no")
    assert talker.said[-1] == "small.again"
    assert talker.newest.lead is None


def test_erase_gets_past_a_card(talker: Talker) -> None:
    """What pierces works at once, and nothing comes again after it."""
    talker.types("chest pain", EMERGENCY)
    talker.commands("erase")
    assert talker.at == "erase.sure"
    talker.taps("yes")
    assert effects.Erase() in talker.last
    assert talker.conversation.talks == ()


def test_a_doctors_sign_interrupts_and_the_talk_goes_on(talker: Talker) -> None:
    """The card is shown, then the question that was open comes again."""
    talker.commands("checkin")
    talker.types("my foot is numb", DOCTOR)
    assert talker.said == ["small.card", "small.mood"]
    assert talker.newest.lead == "common.resumed"


def test_a_doubt_is_asked_about(talker: Talker) -> None:
    """What stays doubtful gets one plain question, not a card."""
    talker.types("numb?", Heard(level="doctor", doubt="numbness"))
    assert talker.at == "doubt.really"


def test_telling_a_worry_that_needs_a_doctor_is_answered_by_the_card(talker: Talker) -> None:
    """Whoever was asked to tell has told: the question does not come again."""
    talker.commands("worry")
    talker.types("my foot is numb", DOCTOR)
    assert talker.said == ["small.card"]
    assert talker.conversation.talks == ()


def test_a_sign_typed_where_signs_are_ticked_is_ticked(talker: Talker) -> None:
    """No card in between and nothing forgotten: the flow itself leads on; “nothing else” takes no tick away."""
    talker.commands("checkin")
    talker.taps("worse")
    talker.taps("~skip")
    talker.types("my foot is numb", DOCTOR)
    assert (talker.at, talker.newest.lead) == ("checkin.signs", "common.ticked")
    talker.taps("~none")
    (saved,) = talker.did(effects.Save)
    assert isinstance(saved, effects.Save)
    assert saved.fields["signs"] == ("numbness",)


def test_a_sign_that_has_no_place_among_the_ticks_still_gets_its_card(talker: Talker) -> None:
    """The one that has is ticked; for the other the doctor's card comes, and then the question again."""
    talker.commands("checkin")
    talker.taps("worse")
    talker.taps("~skip")
    talker.types("numb, for two weeks", Heard(level="doctor", signs=frozenset({"numbness", "two_weeks"})))
    assert talker.said == ["small.card", "small.signs"]
    assert [option.value for option in talker.newest.options if option.picked] == ["numbness"]


def test_one_tap_is_enough_where_it_has_to_be() -> None:
    """A set that is answered at once needs no “that is all”."""
    urgent = flow("urgent", ask("signs", SIGNS, at_once=True), step("end"))
    talker = Talker(small_flows(urgent=urgent))
    talker.commands("urgent")
    assert [option.value for option in talker.newest.options] == ["numbness", "weakness", "~none"]
    talker.taps("weakness")
    assert talker.said == ["small.end"]


def test_another_language_is_never_taken_for_harmless(talker: Talker) -> None:
    """What we cannot read gets the line for it and the question again, even where any words would do."""
    talker.commands("worry")
    talker.types("mein Gesicht hängt", Heard(foreign=True))
    assert talker.said == ["common.other_language", "small.level"]
    assert effects.Say("common.other_language", {"help.emergency": "112"}) in talker.last
    assert talker.at == "worry.level"


def test_an_edited_message_can_only_raise_an_alarm(talker: Talker) -> None:
    """An edit answers no question, but a sign in it counts."""
    talker.commands("checkin")
    talker.types("worse", edited=True)
    assert (talker.last, talker.at) == ((), "checkin.mood")
    talker.types("worse, and chest pain", EMERGENCY, edited=True)
    assert talker.at == "emergency.card"


def test_a_reminder_leaves_the_open_question_alone(talker: Talker) -> None:
    """It runs beside the talk, and both can be answered."""
    talker.commands("checkin")
    mood = talker.newest.nonce
    talker.is_reminded()
    reminder = talker.newest.nonce
    talker.taps("worse", mood)
    assert talker.at == "checkin.scale"
    talker.taps("done", reminder)
    assert talker.said == ["small.count"]


def test_a_newer_reminder_takes_the_place_of_the_older(talker: Talker) -> None:
    """Below the older one stands that it has passed, in place of its buttons, and pressing them is stale."""
    talker.is_reminded()
    old = talker.newest.nonce
    talker.is_reminded()
    (closed,) = talker.did(effects.Close)
    assert isinstance(closed, effects.Close)
    assert (closed.nonce, [option.key for option in closed.chosen]) == (old, ["common.passed"])
    assert talker.did(effects.Withdraw) == []
    talker.taps("done", old)
    assert talker.last[0] == effects.Toast("common.stale")


def test_a_called_flow_gives_its_answer_back(talker: Talker) -> None:
    """The outer flow goes on with what the inner one was told."""
    talker.commands("outer")
    assert talker.at == "inner.mood"
    talker.taps("better")
    assert talker.last[-1] == effects.Say("small.thanks", {"mood": "better"})


def test_what_is_said_knows_what_was_just_done(talker: Talker) -> None:
    """Two glasses in one go are two glasses."""
    talker.commands("glass")
    assert talker.last[-1] == effects.Say("small.glass", {"water.today": 1})
    talker.commands("glass")
    assert talker.last[-1] == effects.Say("small.glass", {"water.today": 2})


def test_nothing_is_kept_before_consent() -> None:
    """A flow that tries to store before the person agreed is mistaken, and stores nothing."""
    talker = Talker(small_flows(), SomeFacts(consent=False, zone=None))
    talker.commands("glass")
    assert talker.did(effects.Log) == []
    assert len(talker.did(effects.Mistake)) == 1
    where = flow("where", step("put", acts=(Put({"zone": "Europe/Paris"}),)))
    talker = Talker(small_flows(where=where), SomeFacts(consent=False, zone=None))
    talker.commands("where")
    assert talker.did(effects.SetPerson) == []
    assert talker.facts.fact("person.zone") is None


@pytest.mark.parametrize(
    ("act", "effect"),
    [
        (Keep("episode", {"days_ago": 3}), effects.Save),
        (Count("water", 1), effects.Log),
        (Remind("water", ("10:00",)), effects.SetReminder),
        (PutOff("water", timedelta(hours=1)), effects.Snooze),
        (Later(FlowName("checkin"), timedelta(days=1), None, "checkin"), effects.Schedule),
    ],
)
def test_no_act_stores_anything_before_consent(act: Act, effect: type[effects.Effect]) -> None:
    """Each that would leave a row is refused while nobody agreed, and done afterwards."""
    flows = small_flows(does=flow("does", step("now", acts=(act,)), starts=Starts(command="does")))
    for consent in (False, True):
        talker = Talker(flows, SomeFacts(consent=consent))
        talker.commands("does")
        assert (len(talker.did(effect)), len(talker.did(effects.Mistake))) == ((1, 0) if consent else (0, 1))


def test_silence_nudges_once_and_then_goes_on(talker: Talker) -> None:
    """After the nudge the next silence ends the talk; a late one does nothing."""
    talker.commands("checkin")
    nonce = talker.newest.nonce
    talker.is_silent(nonce)
    assert talker.said == ["small.nudge"]
    assert len(talker.did(effects.AwaitSilence)) == 1
    talker.is_silent(nonce)
    assert talker.said == ["small.bye"]
    talker.is_silent(nonce)
    assert talker.last == ()


def test_a_silence_that_was_broken_does_nothing(talker: Talker) -> None:
    """The nonce is the fence: a timer of an answered prompt finds nothing to do."""
    talker.commands("checkin")
    nonce = talker.newest.nonce
    talker.taps("same")
    talker.is_silent(nonce)
    assert talker.last == ()


def test_a_talk_left_alone_is_over(talker: Talker) -> None:
    """After its time the talk is gone, its buttons with it, and free text begins anew."""
    talker.commands("checkin")
    nonce = talker.newest.nonce
    talker.later(timedelta(hours=13))
    talker.types("hello")
    assert talker.last[0] == effects.Withdraw(nonce)
    assert talker.at == "menu.choice"


def test_cancel_ends_everything_in_the_talk(talker: Talker) -> None:
    """No question comes again after it."""
    talker.commands("checkin")
    talker.commands("cancel")
    assert talker.said == ["small.left"]
    assert talker.conversation.talks == ()


def test_an_unknown_command_says_so_and_asks_again(talker: Talker) -> None:
    """The open question is shown below the answer."""
    talker.commands("checkin")
    talker.commands("frobnicate")
    assert talker.said == ["common.unknown_command", "small.mood"]


def test_several_places_are_offered(talker: Talker) -> None:
    """What fits more than one zone becomes buttons; one that was not offered is forged."""
    talker.commands("where")
    talker.types("8:30", Heard(zones=(("Europe/Berlin", "Berlin"), ("Africa/Lagos", "Lagos"))))
    assert [option.label for option in talker.newest.options] == ["Berlin", "Lagos"]
    talker.taps("Asia/Tokyo")
    assert talker.at == "where.zone"
    talker.taps("Africa/Lagos")
    assert talker.at == "where.at"


def test_a_place_on_the_map_answers_a_question_for_a_zone(talker: Talker) -> None:
    """One zone is the answer, two are offered, and where there is none the question comes again and says so."""
    talker.commands("where")
    talker.shares()
    assert talker.newest.lead == "common.no_zone"
    talker.shares(("Asia/Shanghai", "Shanghai"), ("Asia/Urumqi", "Urumqi"))
    assert [option.label for option in talker.newest.options] == ["Shanghai", "Urumqi"]
    talker.shares(("Europe/Berlin", "Berlin"))
    assert talker.at == "where.at"


def test_a_place_that_nobody_asked_for_is_told_so(talker: Talker) -> None:
    """The open question is put again; on an open emergency card nothing is said but the card."""
    talker.shares()
    assert talker.said == ["common.place"]
    talker.commands("checkin")
    talker.shares()
    assert talker.said == ["common.place", "small.mood"]
    talker.types("my chest hurts", Heard(level="emergency", signs=frozenset({"chest_pain"})))
    talker.shares()
    assert "common.place" not in talker.said
    assert talker.said


@pytest.mark.parametrize(("command", "kind"), [("checkin", Choice), ("where", type(None)), ("nonsense", type(None))])
def test_what_is_awaited_is_known_before_the_text_is_read(talker: Talker, command: str, kind: type[Kind]) -> None:
    """Whoever reads text looks for zones and times only where they are asked for."""
    talker.commands(command)
    found = awaited(talker.flows, talker.conversation, talker.now)
    assert (found is not None) if command == "where" else isinstance(found, kind)


def test_a_loop_without_a_question_ends_politely() -> None:
    """An author's endless loop is a mistake for the log and a way home for the person."""
    loop = flow("loop", step("a", next="b"), step("b", next="a"))
    talker = Talker(small_flows(loop=loop))
    talker.commands("loop")
    assert len(talker.did(effects.Mistake)) == 1
    assert talker.said[-1] == "common.lost"
    assert talker.conversation.talks == ()


def test_a_flow_that_a_deploy_took_away_strands_nobody(talker: Talker) -> None:
    """Whoever was in it hears an apology, and the next word begins anew."""
    talker.commands("checkin")
    without = small_flows()
    flows = {name: f for name, f in without.flows.items() if name != "checkin"}
    talker.flows = type(without)(flows, without.commands, without.signs, without.reminders, without.idle)
    talker.types("worse")
    assert talker.said == ["common.lost"]
    talker.types("hello")
    assert talker.at == "menu.choice"


def without(name: str) -> Flows:
    """Return the small house after a deploy that took a flow away."""
    house = small_flows()
    return replace(house, flows={other: f for other, f in house.flows.items() if other != name})


def test_a_sign_is_heard_where_a_deploy_took_the_question_away(talker: Talker) -> None:
    """No apology stands before a card, and none instead of it."""
    for heard, card in ((EMERGENCY, "small.card"), (CRISIS, "small.card"), (DOCTOR, "small.card")):
        talker.flows, talker.conversation = small_flows(), Conversation()
        talker.commands("checkin")
        nonce = talker.newest.nonce
        talker.flows = without("checkin")
        talker.types("something is wrong with my face", heard)
        assert talker.said == [card]
        assert effects.Withdraw(nonce) in talker.last
        assert len(talker.did(effects.Mistake)) == 1


def test_a_command_is_followed_where_a_deploy_took_the_question_away(talker: Talker) -> None:
    """An apology, then what they asked for; a press gets its short answer, a picture the same words as ever."""
    acts: list[tuple[Callable[[], object], list[str]]] = [
        (lambda: talker.commands("glass"), ["common.lost", "small.glass"]),
        (lambda: talker.taps("worse"), ["common.lost"]),
        (talker.shows, ["common.lost", "common.media"]),
    ]
    for act, said in acts:
        talker.flows, talker.conversation = small_flows(), Conversation()
        talker.commands("checkin")
        talker.flows = without("checkin")
        act()
        assert talker.said == said
        assert talker.conversation.talks == ()
        assert talker.at is None
    talker.flows = small_flows()
    talker.commands("checkin")
    talker.flows = without("checkin")
    talker.taps("worse")
    assert talker.did(effects.Toast) == [effects.Toast("common.stale")]


def test_what_falls_due_says_nothing_of_a_question_that_a_deploy_took_away(talker: Talker) -> None:
    """A reminder comes alone; a silence is nobody's. And a talk that was over anyway is not apologised for."""
    talker.commands("checkin")
    nonce = talker.newest.nonce
    talker.flows = without("checkin")
    before = talker.conversation
    talker.is_silent(nonce)
    assert talker.said == []
    talker.conversation = before
    talker.is_reminded()
    assert talker.said == ["small.done"]
    talker.conversation = before
    talker.later(timedelta(hours=13))
    talker.types("hello")
    assert talker.said == ["small.choice"]


def test_a_step_that_a_deploy_took_away_strands_nobody(talker: Talker) -> None:
    """The same when only the question is gone."""
    talker.commands("checkin")
    talker.flows = small_flows(checkin=flow("checkin", ask("other", Whole(0, 3), next=(Branch(None, StepId("end")),)),
                                            step("end")))  # fmt: skip
    talker.taps("worse")
    assert talker.said[-1] == "common.lost"


def test_a_renamed_step_is_gone_on_with(talker: Talker) -> None:
    """Whoever waits at a step of an old version answers it under its present name, over several versions too."""
    talker.commands("checkin")
    old = talker.flows.flows[FlowName("checkin")]
    steps = {StepId("feeling" if name == "mood" else name): step for name, step in old.steps.items()}
    steps[StepId("feeling")] = replace(steps[StepId("feeling")], id=StepId("feeling"))
    changes = {1: {StepId("mood"): StepId("state")}, 2: {StepId("state"): StepId("feeling")}}
    talker.flows = small_flows(checkin=replace(old, version=3, first=StepId("feeling"), steps=steps, changes=changes))
    talker.conversation = renewed(talker.flows, talker.conversation)
    assert talker.at == "checkin.feeling"
    talker.taps("same")
    assert talker.said[-1] != "common.lost"
    assert talker.conversation.talks[0].top.version == 3
    assert renewed(talker.flows, talker.conversation) == talker.conversation


def test_time_is_only_what_is_handed_in(talker: Talker) -> None:
    """A talk's end is reckoned from the `now` of the event, to whole seconds."""
    talker.commands("checkin")
    assert talker.conversation.talks[0].until == NOW + timedelta(hours=12)
