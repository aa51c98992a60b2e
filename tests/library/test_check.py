"""The rules of the house over all flows: no talk gets stuck, whoever calls whom."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.engine.names import FlowName, StepId
from tests.library.small_house import faults, loaded

HEAD = "flow: {name}\nversion: 1\n{head}steps:\n"


def flow(name: str, steps: Sequence[str], head: str = "") -> dict[str, str]:
    """Return a flow of steps in one line each, `id: rest`."""
    lines = [f"  - {{id: {step.partition(': ')[0]}, {step.partition(': ')[2]}}}\n" for step in steps]
    return {f"flows/{name}.yaml": HEAD.format(name=name, head=head) + "".join(lines)}


IDLE = "start: {idle: true}\n"


def test_a_step_reached_by_back_alone_is_reached(tmp_path: Path) -> None:
    """Back is a way like any other."""
    head = IDLE + "data: {level: {told: true}}\n"
    steps = ["tell: ask: level, back: why, next: end", "why: say: care.card, next: tell", "end: end: done"]
    files = flow("hello", steps, head) | {"content/en/hello.yaml": "tell: {say: Tell me.}\n"}
    assert faults(tmp_path, files) == []


@pytest.mark.parametrize(
    ("mine", "others", "said"),
    [
        (["one: next: two", "two: next: [{if: person.consent, then: one}, {else: end}]", "end: x"], ["end: end: done"],
         ["flows/hello.yaml:5: step «one» goes round in a loop without a question; put one into it",
          "flows/hello.yaml:6: step «two» goes round in a loop without a question; put one into it"]),
        (["one: call: other", "two: next: [{if: person.consent, then: one}, {else: end}]", "end: end: done"],
         ["end: end: done"],
         ["flows/hello.yaml:5: step «one» goes round in a loop without a question; put one into it",
          "flows/hello.yaml:6: step «two» goes round in a loop without a question; put one into it"]),
        (["one: call: other", "two: next: [{if: person.consent, then: one}, {else: end}]", "end: end: done"],
         ["ask: ask: level", "end: end: done"], []),
        (["one: switch: other"], ["end: switch: hello"],
         ["flows/hello.yaml:5: step «one» goes round in a loop without a question; put one into it",
          "flows/other.yaml:4: step «end» goes round in a loop without a question; put one into it"]),
        (["one: switch: other"], ["ask: ask: level", "end: switch: hello"], []),
        (["one: call: other", "end: end: done"], ["one: call: hello", "end: end: done"],
         ["flows/hello.yaml:5: step «one» calls «other», which comes back to «hello»; use switch: instead",
          "flows/hello.yaml:5: step «one» goes round in a loop without a question; put one into it",
          "flows/other.yaml:4: step «one» calls «hello», which comes back to «other»; use switch: instead",
          "flows/other.yaml:4: step «one» goes round in a loop without a question; put one into it"]),
        (["one: call: other", "end: end: done"],
         ["ask: ask: level, next: [{if: level == 'none', then: end}, {else: end}]", "end: switch: hello"], []),
    ],
)  # fmt: skip
def test_loops_are_found_across_flows(mine: list[str], others: list[str], said: list[str], tmp_path: Path) -> None:
    """A loop needs a question somewhere, in whichever flow it runs; a flow cannot call itself, not even by another."""
    words = {}
    head = ""
    if any("ask:" in step for step in others):
        head = "data: {level: {told: true}}\n"
        words = {"content/en/other.yaml": "ask: {say: Tell me.}\n"}
    if not any("other" in step for step in mine):
        mine = [*mine[:-1], "end: switch: other"]
    assert faults(tmp_path, flow("hello", mine, IDLE) | flow("other", others, head) | words) == said


WORDS = {"content/en/hello.yaml": "ask: {say: Tell me.}\n"}


@pytest.mark.parametrize("kind", ["{time: local}", "{zone: iana}", "{int: [0, 99]}"])
def test_who_cannot_type_it_has_a_way(kind: str, tmp_path: Path) -> None:
    """A question that only typing answers needs a way for who does not manage: tries, back, a skip, a button."""
    head = f"{IDLE}data: {{it: {kind}}}\n"
    told = "flows/hello.yaml:6: step «ask» can only be answered by typing; add tries:, back: or a skip for who cannot"
    assert faults(tmp_path / "1", flow("hello", ["ask: ask: it", "end: end: done"], head) | WORDS) == [told]
    ways = ["ask: ask: it, tries: {max: 2, then: end}", "end: end: done"]
    assert faults(tmp_path / "2", flow("hello", ways, head) | WORDS) == []
    skip = {"content/en/hello.yaml": "ask: {say: Tell me., skip: Leave it}\n"}
    optional = head.replace("}}", ", optional: true}}")
    assert faults(tmp_path / "3", flow("hello", ["ask: ask: it", "end: end: done"], optional) | skip) == []


@pytest.mark.parametrize("kind", ["{told: true}", "{words: 20}", "{int: [0, 10]}", "{time: local}"])
def test_what_anybody_can_answer_needs_no_way(kind: str, tmp_path: Path) -> None:
    """Free words are always an answer, and buttons can be pressed."""
    suggest = ", suggest: ['09:00']" if "time" in kind else ""
    head = f"{IDLE}data: {{it: {kind}}}\n"
    assert faults(tmp_path, flow("hello", [f"ask: ask: it{suggest}", "end: end: done"], head) | WORDS) == []


DATA = """\
data:
  short: {words: 20}
  long: {words: 60}
  at: {time: local, optional: true}
  name: {words: 5, optional: true}
  zone: {zone: iana, optional: true}
  mood: {choice: [calm, worse], optional: true}
  signs: {set: [weakness]}
"""


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("short: =short", None),
        ("short: =long", "«short» is «long», which can be 60 characters, and here 20"),
        ("long: =short", None),
        ("long: x", None),
        (f"short: {'x' * 21}", f"«short» is '{'x' * 21}', where text of at most 20 characters belongs"),
        ("at: =at", None),
        ("at: \"=at or '09:00'\"", None),
        ("at: =name", "«at» is «name», which is free words, and here a clock time belongs"),
        ("at: \"=name or '09:00'\"", "«at» is «name or '09:00'», which is other words, and here a clock time belongs"),
        ("zone: =person.zone", None),
        ("zone: =at", "«zone» is «at», which is a clock time, and here a time zone belongs"),
        ("mood: \"=mood or 'calm'\"", None),
        ("mood: \"=mood or 'odd'\"", "«mood» is «mood or 'odd'», which can be odd, and here only calm, worse"),
        ("mood: =len(signs)", "«mood» is «len(signs)», which is a number, and here one of some words belongs"),
        ("signs: [weakness]", None),
        ("signs: [rash]", "«signs» is ['rash'], where a list of weakness belongs"),
        ("signs: null", "«signs» is None, where a value belongs"),
        ("mood: null", None),
    ],
)
def test_what_is_handed_over_fits(value: str, why: str | None, tmp_path: Path) -> None:
    """A value fits what it is put into: its kind, its length, its words, and whether it may be missing."""
    head = f"{IDLE}{DATA}"
    given = {"short": "short: x", "long": "long: x"} | {value.partition(":")[0]: value}
    act = f"schedule: {{flow: hello, in: 1h, with: {{{', '.join(given.values())}}}}}"
    steps = ["one: ask: short", "two: ask: long", f"three: {act}", "end: end: done"]
    words = {"content/en/hello.yaml": "one: {say: A?}\ntwo: {say: B?}\n"}
    said = faults(tmp_path, flow("hello", steps, head) | words)
    assert said == ([] if why is None else [f"flows/hello.yaml:15: {why}"])


def test_true_is_no_number(tmp_path: Path) -> None:
    """Python takes true for 1; an author does not."""
    said = faults(tmp_path, flow("hello", ["one: log: {water: true}", "end: end: done"], IDLE))
    assert said == ["flows/hello.yaml:5: «water» is True, where a whole number from 1 to 100 belongs"]


def test_a_questions_own_word_comes_before_a_shared_one(tmp_path: Path) -> None:
    """`no` is this question's answer though it is another word for none; a label of signs alone cannot be typed."""
    head = f"{IDLE}data: {{it: {{set: [weakness, no]}}}}\n"
    words = {"content/en/hello.yaml": "ask: {say: Which?, buttons: {weakness: 👣, no: 'No'}}\n"}
    files = flow("hello", ["ask: ask: it", "end: end: done"], head) | words
    ask = loaded(tmp_path, files).flows.flows[FlowName("hello")].steps[StepId("ask")].ask
    assert ask is not None
    assert ask.spoken["en"] == {"no": "no", "none of these": "~none", "done": "~done"}
