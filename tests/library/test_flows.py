"""What an author wrote, as the engine has it."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.engine.acts import CallOff, Count, Forget, Halt, Keep, Later, Put, Remind, Text
from bot.engine.conditions import Expression
from bot.engine.facts import REMINDERS
from bot.engine.kinds import Choice, Field, Several, Told, WallTime, Whole, Words, Zone
from bot.engine.model import Flow, Silence, Tries
from bot.engine.names import TALK, FlowName, Lane, StepId
from tests.library.small_house import COMMON, FILES, MOOD, MOOD_WORDS, faults, loaded

ALL_KINDS = """\
flow: kinds
version: 3
start: {command: kinds}
resumes: false
pierces: true
expires: {after: 30m}
data:
  level: {told: true}
  zone: {zone: iana, optional: true}
  at: {time: local}
  name: {words: 40}
  big: {int: [0, 99], optional: true}
  flag: {bool: given}
  long: {bool: (big or 0) > 14}
steps:
  - id: level
    ask: level
  - id: zone
    ask: zone
    tries: {max: 2, then: at}
  - id: at
    ask: at
    suggest: ["09:00", "18:00"]
    columns: 2
  - id: name
    ask: name
  - id: big
    ask: big
    back: name
  - id: act
    log: {water: 1, exercise: "=min(2, 3)"}
    set: {consent: true, zone: Europe/Berlin}
    save: {to: checkin, fields: {mood: calm, strength: null, signs: [weakness]}}
    remind: {kind: water, at: [=at, "10:00"]}
    schedule: {flow: hello, in: 3d, at: =at}
    next: off
  - id: off
    call_off: hello
    remind: {kind: exercise, at: []}
    schedule: {flow: kinds, in: 45m, replace: later, with: {level: none, at: "07:30", name: "=name", big: 4}}
    stop: true
    erase: true
    say: care.card
    tags: [gone]
    next:
      - if: long
        then: switch
      - else: end
  - id: switch
    switch: hello
  - id: end
    end: done
"""
KINDS_WORDS = """\
level: {say: Tell me.}
zone: {say: Where?, skip: Not now}
at: {say: When?, typed: {"09:00": [morning]}}
name: {say: "Your name? {person.clock}"}
big: {say: How long?, typed: {"14": [a fortnight], back: [wait]}}
"""


@pytest.fixture
def mood(tmp_path: Path) -> Flow:
    """The flow of the small house."""
    return loaded(tmp_path).flows.flows[FlowName("mood")]


@pytest.fixture
def kinds(tmp_path: Path) -> Flow:
    """A flow with every kind of data and act."""
    commands = "commands:\n  mood: How are your toes?\n  kinds: All kinds\n"
    house = loaded(
        tmp_path,
        {
            "flows/kinds.yaml": ALL_KINDS,
            "content/en/kinds.yaml": KINDS_WORDS,
            "content/en/common.yaml": COMMON.replace("commands:\n  mood: How are your toes?\n", commands),
        },
    )
    return house.flows.flows[FlowName("kinds")]


def test_the_flow_itself(mood: Flow, kinds: Flow) -> None:
    """Name, version, start, lane and lifetime are as written, or their defaults."""
    assert (mood.name, mood.version, mood.lane, mood.expires) == ("mood", 1, TALK, timedelta(hours=12))
    assert (mood.starts.command, mood.starts.sign, mood.starts.idle) == ("mood", None, False)
    assert (mood.resumes, mood.holds, mood.pierces, mood.first) == (True, False, False, "mood")
    assert (kinds.version, kinds.resumes, kinds.pierces, kinds.expires) == (3, False, True, timedelta(minutes=30))


def test_what_begins_flows(tmp_path: Path) -> None:
    """Commands, signs, reminders and the first free word find their flow; a reminder has a lane of its own."""
    flows = loaded(tmp_path).flows
    assert flows.commands == {"mood": "mood"}
    assert flows.signs == {"doctor": "doctor", "emergency": "emergency", "crisis": "crisis", "doubt": "doubt"}
    assert flows.reminders == {name: name for name in REMINDERS}
    assert flows.idle == "hello"
    assert flows.flows[FlowName("water")].lane == Lane("water")


def test_data(mood: Flow, kinds: Flow) -> None:
    """Each kind of data becomes the engine's; computed ones carry their expression."""
    assert mood.data["mood"] == Field(Choice(("calm", "worse")))
    assert mood.data["scale"] == Field(Whole(0, 10), optional=True)
    assert mood.data["signs"] == Field(Several(("weakness", "numbness")))
    risk = mood.data["risk"].computed
    assert risk is not None
    assert risk(lambda name: {"scale": None, "signs": ("weakness",)}[name]) is True
    assert risk.numbers == {0, 8}
    assert {name: type(field.kind) for name, field in kinds.data.items()} == {
        "level": Told, "zone": Zone, "at": WallTime, "name": Words, "big": Whole,
        "flag": type(mood.data["risk"].kind), "long": type(mood.data["risk"].kind),
    }  # fmt: skip
    assert kinds.data["flag"].computed is None


def test_a_question(mood: Flow) -> None:
    """A question has its buttons' words, its default columns, and where it goes when nothing fits."""
    step = mood.steps[StepId("mood")]
    ask = step.ask
    assert ask is not None
    assert step.say == Text("mood.mood")
    assert (ask.fills, ask.kind, ask.columns, ask.skips, ask.back) == (
        "mood",
        Choice(("calm", "worse")),
        1,
        False,
        None,
    )
    assert ask.labels == {"calm": "mood.mood.buttons.calm", "worse": "mood.mood.buttons.worse"}
    assert ask.silence == Silence(timedelta(hours=2), Text("mood.mood.nudge"), 1, StepId("bye"))
    scale = mood.steps[StepId("scale")].ask
    assert scale is not None
    assert (scale.columns, scale.tries, scale.back) == (6, Tries(3, StepId("signs")), "mood")
    assert (scale.skips, scale.labels) == (True, {"~skip": "mood.scale.skip"})


def test_what_may_be_typed(mood: Flow, kinds: Flow) -> None:
    """Labels, synonyms and the words that all questions share are understood, laid side by side as `plain`."""
    spoken = {id_: step.ask.spoken["en"] for id_, step in {**mood.steps, **kinds.steps}.items() if step.ask}
    assert spoken[StepId("mood")] == {"calm": "calm", "worse": "worse", "fine": "calm", "good thanks": "calm"}
    assert spoken[StepId("scale")] == {
        "i cannot say": "~skip", "pass": "~skip", "back": "~back", "return": "~back",
    }  # fmt: skip
    assert spoken[StepId("signs")] == {
        "my foot is weak": "weakness", "my foot is numb": "numbness",
        "none of these": "~none", "no": "~none", "done": "~done",
    }  # fmt: skip
    assert spoken[StepId("at")] == {"morning": "09:00"}
    assert spoken[StepId("big")] == {"a fortnight": "14", "wait": "~back", "back": "~back", "return": "~back"}
    assert spoken[StepId("zone")] == {"not now": "~skip", "pass": "~skip"}


def test_words_of_two_languages_are_understood(tmp_path: Path) -> None:
    """Labels of every language of the house are typed words, each under its language."""
    german = {name.replace("/en/", "/de/"): text for name, text in FILES.items() if "/en/" in name}
    german["content/de/mood.yaml"] = MOOD_WORDS.replace("Calm", "Ruhig").replace("Worse", "Schlimmer")
    house = loaded(tmp_path, {**german, "content/languages.yaml": "en: English\nde: Deutsch\n"})
    ask = house.flows.flows[FlowName("mood")].steps[StepId("mood")].ask
    assert ask is not None
    assert ask.spoken["de"] == {"ruhig": "calm", "schlimmer": "worse", "fine": "calm", "good thanks": "calm"}
    assert ask.spoken["en"]["calm"] == "calm"
    assert house.words.label("mood.mood.buttons.calm", "de") == "Ruhig"
    assert house.languages == {"en": "English", "de": "Deutsch"}


def test_ways(mood: Flow) -> None:
    """Without next the step below comes next; a list tries its conditions in order, the else last."""
    assert [(b.condition, b.then) for b in mood.steps[StepId("mood")].next] == [(None, "scale")]
    first, last = mood.steps[StepId("signs")].next
    assert isinstance(first.condition, Expression)
    assert (first.condition.source, first.then, last.condition, last.then) == ("risk", "bye", None, "again")
    assert mood.steps[StepId("bye")].end
    assert mood.steps[StepId("bye")].next == ()


def test_texts_know_what_they_need(mood: Flow, kinds: Flow) -> None:
    """A text's places and the number that chooses its form are its needs: data of the flow and facts."""
    assert mood.steps[StepId("bye")].say == Text("mood.bye", ("scale", "water.today"))
    assert kinds.steps[StepId("name")].say == Text("kinds.name", ("person.clock",))


def test_acts_come_in_the_order_of_the_file(kinds: Flow) -> None:
    """A step's acts are done as written: consent first, then what needs it."""
    acts = kinds.steps[StepId("act")].acts
    assert [type(act) for act in acts] == [Count, Count, Put, Keep, Remind, Later]
    water, exercise, put, keep, remind, later = acts
    assert water == Count("water", 1)
    assert isinstance(exercise, Count)
    assert isinstance(exercise.amount, Expression)
    assert put == Put({"consent": True, "zone": "Europe/Berlin"})
    assert keep == Keep("checkin", {"mood": "calm", "strength": None, "signs": ("weakness",)})
    assert isinstance(remind, Remind)
    assert remind.at is not None
    assert isinstance(remind.at[0], Expression)
    assert remind.at[1] == "10:00"
    assert isinstance(later, Later)
    assert (later.flow, later.after, later.replace) == ("hello", timedelta(days=3), "hello")


def test_more_acts(kinds: Flow) -> None:
    """Calling off, switching off, halting and erasing; what a scheduled flow is handed is typed by its data."""
    off, silent, later, halt, erase = kinds.steps[StepId("off")].acts
    assert (off, silent, halt, erase) == (CallOff("hello"), Remind("exercise", ()), Halt(), Forget())
    assert isinstance(later, Later)
    assert (later.after, later.at, later.replace) == (timedelta(minutes=45), None, "later")
    assert {name: value for name, value in later.data.items() if name != "name"} == {
        "level": "none", "at": "07:30", "big": 4,
    }  # fmt: skip
    assert kinds.steps[StepId("off")].say == Text("care.card")
    assert kinds.steps[StepId("off")].tags == {"gone"}
    assert kinds.steps[StepId("switch")].switch == "hello"


CALLER = """\
flow: caller
version: 1
start: {idle: true}
data:
  worst: {int: [0, 10], optional: true}
  mood: {choice: [calm, worse, odd]}
steps:
  - id: call
    call: mood
    with: {scale: 3}
    gives: {mood: mood, scale: worst}
  - id: told
    say: true
    end: done
"""


def test_a_call(tmp_path: Path) -> None:
    """A call hands over by the callee's names and takes its data as its own."""
    house = loaded(
        tmp_path,
        {
            "flows/hello.yaml": CALLER.replace("flow: caller", "flow: hello"),
            "content/en/hello.yaml": "told: {say: 'It was {worst}.'}\n",
        },
    )
    call = house.flows.flows[FlowName("hello")].steps[StepId("call")].call
    assert call is not None
    assert (call.flow, call.give, call.gives) == ("mood", {"scale": 3}, {"mood": "mood", "scale": "worst"})


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("scale: worst", "mood: worst", "flows/hello.yaml:11: has the key «mood» twice; keep one"),
        ("mood: mood,", "risk: mood,",
         "flows/hello.yaml:11: «risk» is true or false, and here one of some words belongs"),
        ("mood: mood,", "signs: mood,", "flows/hello.yaml:11: «signs» is a set, and here one of some words belongs"),
        ("worse, odd]", "odd]", "flows/hello.yaml:11: «mood» can be worse, and here only calm, odd"),
        ("[0, 10], optional: true", "[0, 10]",
         "flows/hello.yaml:11: «scale» may be missing, and must not be here; give it a default: (… or 0)"),
        ("{int: [0, 10]", "{int: [1, 10]", "flows/hello.yaml:11: «scale» can be from 0 to 10, and here from 1 to 10"),
        ("scale: 3", "scale: 30", "flows/hello.yaml:10: «scale» is 30, where a whole number from 0 to 10 belongs"),
        ("scale: 3", "risk: true", "flows/hello.yaml:10: «risk» is not known here; there are mood, scale, signs"),
    ],
)  # fmt: skip
def test_a_call_that_does_not_fit_is_told(was: str, now: str, said: str, tmp_path: Path) -> None:
    """Types hold across flows: what is handed over and what is taken."""
    assert CALLER.count(was) == 1
    text = CALLER.replace("flow: caller", "flow: hello").replace(was, now)
    words = {"content/en/hello.yaml": "told: {say: 'It was {worst}.'}\n"}
    assert said in faults(tmp_path, {"flows/hello.yaml": text, **words})


def test_an_emergency_card_says_itself_again(tmp_path: Path) -> None:
    """A flow that holds may have a shorter self for its card; its question may be a shared text."""
    card = (
        "flow: emergency\nversion: 1\nstart: {sign: emergency}\nholds: true\ndata: {safe: {choice: [ok]}}\n"
        "steps:\n  - id: card\n    ask: safe\n    say: care.card\n    again: true\n  - id: end\n    end: done\n"
    )
    words = "card: {buttons: {ok: I am safe}, again: Call now.}\n"
    flow = loaded(tmp_path, {"flows/emergency.yaml": card, "content/en/emergency.yaml": words}).flows.flows[
        FlowName("emergency")
    ]
    step = flow.steps[StepId("card")]
    assert flow.holds
    assert step.say == Text("care.card")
    assert step.ask is not None
    assert step.ask.again == Text("emergency.card.again")
    assert step.ask.labels == {"ok": "emergency.card.buttons.ok"}


def test_where_a_step_stands(mood: Flow) -> None:
    """Every step knows its file and line, for the log."""
    assert (mood.steps[StepId("scale")].where.file, mood.steps[StepId("scale")].where.line) == ("flows/mood.yaml", 13)
    assert MOOD.splitlines()[12].strip() == "- id: scale"
