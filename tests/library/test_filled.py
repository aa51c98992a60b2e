"""Data is there when it is used, on every way."""

from pathlib import Path

import pytest

from tests.library.small_house import faults

HELLO = """\
flow: hello
version: 1
start: {idle: true}
data:
  mood: {choice: [calm, worse]}
  days: {int: [0, 99]}
  bad: {bool: mood == 'worse'}
  level: {told: true}
steps:
  - id: first
    next: mood
  - id: mood
    ask: mood
    tries: {max: 2, then: days}
    back: mood
  - id: days
    ask: days
    tries: {max: 2, then: end}
  - id: said
    say: true
  - id: end
    end: done
"""
WORDS = "mood: {say: How?, buttons: {calm: Calm, worse: Worse}}\ndays: {say: Days?}\nsaid: {say: 'It is {days}.'}\n"


TOLD = " uses «", "», which some way here has not filled; ask it first, or make it optional"


def unfilled(tmp_path: Path, was: str, now: str) -> list[str]:
    """Return the names that are found unfilled, with their lines."""
    assert HELLO.count(was) == 1
    files = {"flows/hello.yaml": HELLO.replace(was, now), "content/en/hello.yaml": WORDS}
    return [fault.replace(TOLD[1], "").replace(TOLD[0], " ") for fault in faults(tmp_path, files)]


@pytest.mark.parametrize(
    ("was", "now", "found"),
    [
        ("flow: hello", "flow: hello", []),
        ("next: mood", "next: [{if: person.consent, then: said}, {else: mood}]",
         ["flows/hello.yaml:19: step «said» days"]),
        ("tries: {max: 2, then: end}", "tries: {max: 2, then: said}", ["flows/hello.yaml:19: step «said» days"]),
        ("tries: {max: 2, then: end}", "silence: {after: 1h, say: care.card, then: said}\n    back: days",
         ["flows/hello.yaml:20: step «said» days"]),
        ("    end: done", "    save: {to: episode, fields: {days_ago: =days}}\n    end: done",
         ["flows/hello.yaml:21: step «end» days"]),
        ("    next: mood", "    next: [{if: bad, then: mood}, {else: mood}]",
         ["flows/hello.yaml:10: step «first» mood"]),
        ("    back: mood", "    back: mood\n    next: [{if: bad, then: end}, {else: days}]", []),
        ("    say: true", "    say: true\n    next: [{if: bad, then: end}, {else: end}]",
         ["flows/hello.yaml:19: step «said» mood"]),
        ("    next: mood", "    next: [{if: level == 'none', then: mood}, {else: mood}]", []),
        ("    next: mood", "    call: doctor\n    gives: {days: days}\n    next: mood",
         ["flows/hello.yaml:12: flow «doctor» has no data «days»; there are none"]),
    ],
)  # fmt: skip
def test_every_way_is_looked_at(was: str, now: str, found: list[str], tmp_path: Path) -> None:
    """A way around a question (tries, silence) leaves its data unfilled; what reads it there is told."""
    assert unfilled(tmp_path, was, now) == found


CHILD = """\
flow: child
version: 1
data: {days: {int: [0, 99]}, given: {int: [0, 9]}}
steps:
  - id: ask
    ask: days
    tries: {max: 2, then: end}
  - id: end
    next: [{if: given > 3, then: out}, {else: out}]
  - id: out
    end: done
"""


@pytest.mark.parametrize(
    ("call", "child", "found"),
    [
        ("with: {given: 1}", CHILD, ["flows/hello.yaml:21: step «said» days"]),
        ("with: {given: 1}", CHILD.replace("then: end", "then: ask"), []),
        ("tags: [x]", CHILD.replace("then: end", "then: ask"), ["flows/child.yaml:8: step «end» given"]),
    ],
)
def test_what_a_called_flow_has_filled(call: str, child: str, found: list[str], tmp_path: Path) -> None:
    """What is taken from a called flow counts if that flow fills it on all its ways; what it needs is handed in."""
    way = f"    call: child\n    {call}\n    gives: {{days: days}}\n    next: said"
    more = {"flows/child.yaml": child, "content/en/child.yaml": "ask: {say: Days?}\n"}
    text = HELLO.replace("  - id: days\n    ask: days\n    tries: {max: 2, then: end}\n", f"  - id: days\n{way}\n")
    files = {"flows/hello.yaml": text, "content/en/hello.yaml": WORDS.replace("days: {say: Days?}\n", ""), **more}
    said = [
        fault.partition(", which")[0].replace(" uses «", " ").replace("»", "»", 1) for fault in faults(tmp_path, files)
    ]
    assert [fault.rstrip("»") for fault in said] == found
