"""What is wanted by what people type: all of it where it is plain, and nothing where it is not."""

import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.intents import LETTERS, Intent, Intents
from bot.domain.intentwords import IntentWords, Name
from bot.domain.sayings import MOST, RAREST, SOONEST
from bot.errors import Fault
from bot.library.intents import read_intents
from bot.library.strict_yaml import read_file, read_yaml

ROOT = Path(__file__).parents[2]
ROWS: Sequence[dict[str, Any]] = yaml.safe_load((ROOT / "tests/intents/intents.yaml").read_text("utf-8"))


def _words() -> IntentWords:
    faults: list[Fault] = []
    tree = read_file(ROOT / "content", "en/intents.yaml", faults)
    assert tree is not None
    words = read_intents(tree, faults)
    assert words is not None, faults
    return words


WORDS = _words()
ENGLISH = Intents(WORDS)


def _wanted(row: dict[str, Any]) -> tuple[object, ...] | None:
    if row["intent"] == "none":
        return None
    told = row.get("amount"), row.get("kind"), tuple(row.get("times", ())), row.get("every"), row.get("words")
    return row["intent"], *told, bool(row.get("once"))


def _heard(intent: Intent | None) -> tuple[object, ...] | None:
    if intent is None:
        return None
    times = tuple(f"{at:%H:%M}" for at in intent.times)
    every = None if intent.every is None else intent.every // timedelta(minutes=1)
    return intent.name, intent.amount, intent.kind, times, every, intent.words, intent.when is not None


def _told(wrong: Sequence[dict[str, Any]]) -> str:
    return "\n".join(f"{row}: {ENGLISH.read(row['text'])}" for row in wrong)


def test_the_set_is_large_has_all_intents_and_no_message_twice() -> None:
    """A small or padded set proves nothing."""
    texts = [row["text"] for row in ROWS]
    assert len(texts) >= 330
    assert len(texts) == len(set(texts))
    assert {row["intent"] for row in ROWS} == {*get_args(Name), "none"}
    assert sum(row["intent"] == "none" for row in ROWS) >= 110


def test_what_is_plain_is_understood() -> None:
    """Nearly every plain wish is read, with its amount, kind and times."""
    plain = [row for row in ROWS if row["intent"] != "none"]
    missed = [row for row in plain if _heard(ENGLISH.read(row["text"])) != _wanted(row)]
    assert len(missed) <= 0.03 * len(plain), _told(missed)


def test_nothing_is_taken_for_another_wish() -> None:
    """A wish that is not understood is not mistaken for another one."""
    wrong = [r for r in ROWS if (read := ENGLISH.read(r["text"])) is not None and read.name != r["intent"]]
    assert wrong == [], _told(wrong)


def test_what_is_not_plain_is_no_intent() -> None:
    """Denials, questions, the past, other people, other drinks, and whatever says something else too: none."""
    wrong = [row for row in ROWS if row["intent"] == "none" and ENGLISH.read(row["text"]) is not None]
    assert wrong == [], _told(wrong)


@pytest.mark.parametrize("rest", ["but my arm is numb", "and i cant breathe", "my leg is weak", "i want to die", "why"])
def test_no_wish_hides_what_stands_beside_it(rest: str) -> None:
    """Whatever else a message says is not lost in a wish, before it or behind it: at most it stands in their words."""
    plain = [row["text"] for row in ROWS if row["intent"] != "none"]
    both = [said for text in plain for said in (f"{text} {rest}", f"{rest}, {text}")]
    wrong = [said for said in both if (read := ENGLISH.read(said)) and rest not in (read.words or "")]
    assert wrong == []


@pytest.mark.parametrize("denial", ["i did not say: ", "yesterday ", "my brother said ", "if ", "should i have said "])
def test_no_wish_is_denied_imagined_or_somebody_else_s(denial: str) -> None:
    """A word before it that changes what is meant makes it no wish."""
    plain = [row["text"] for row in ROWS if row["intent"] not in ("none", "greeting", "thanks", "goodbye")]
    assert [text for text in plain if ENGLISH.read(denial + text)] == []


@given(st.text(max_size=500))
def test_any_text_has_a_reading(text: str) -> None:
    """Whatever is typed is read, within its bounds."""
    _is_bounded(ENGLISH.read(text))


SAID = sorted({word for row in ROWS for word in row["text"].split()} | {"at", "8", "12:30", "0", "99", "1.5", "25:00"})


@given(st.lists(st.sampled_from(SAID), max_size=12))
def test_any_of_its_own_words_have_a_reading(words: list[str]) -> None:
    """The words of wishes in any order are read within the bounds, too."""
    _is_bounded(ENGLISH.read(" ".join(words)))


def _is_bounded(intent: Intent | None) -> None:
    if intent is None:
        return
    assert intent.amount is None or 1 <= intent.amount <= MOST
    assert list(intent.times) == sorted(set(intent.times))
    assert intent.every is None or timedelta(minutes=SOONEST) <= intent.every <= timedelta(minutes=RAREST)
    assert intent.name == "remind" or (not intent.times and intent.every is None)
    assert intent.name in ("drank", "exercised") or intent.amount is None


def test_a_long_message_is_no_wish_and_costs_little() -> None:
    """Who writes a letter wants more than this can tell; no text keeps it busy."""
    assert ENGLISH.read("hi " * LETTERS) is None
    start = time.process_time()
    for text in ("remind me at 8 " * 26, "thanks hi bye ok " * 6, "8 9 10 11 12 " * 5, "a a a a a a a a a a a a"):
        ENGLISH.read(text)
    assert time.process_time() - start < 0.2


SMALL = """
amounts: {numbers: {two: 2}, glass: 250, volumes: {litre: 1000}}
intervals: {each: [every], units: {hour: 60}}
intents:
  drank: {about_water: ["drank {amount} {glasses}"], asks: false}
groups:
  glasses: [glasses]
"""


def _faults(yaml_text: str) -> list[str]:
    faults: list[Fault] = []
    words = read_intents(read_yaml(yaml_text.encode(), "en/intents.yaml"), faults)
    assert (words is None) == bool(faults)
    return list(map(str, faults))


def test_a_small_language_is_enough() -> None:
    """A language may begin with one saying of one intent."""
    assert _faults(SMALL) == []
    intents = Intents(IntentWords.model_validate(yaml.safe_load(SMALL)))
    assert intents.read("drank two glasses") == Intent("drank", 2, "water")
    assert intents.read("drank two glasses?") is None
    assert intents.read("hi") is None


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("{glasses}", "{cups}", "en/intents.yaml:5: intents.drank names the group 'cups', which is not under groups"),
        ("glasses: [glasses]", "amount: [glasses]", "en/intents.yaml:7: groups.amount is read by the program"),
        ("asks: false", "ask: false", "en/intents.yaml:5: «intents.drank.ask» is a key that nobody reads"),
        ("  drank:", "  drink:", "en/intents.yaml:5: «intents.drink» is not right"),
        ("glass: 250", "glass: a", "en/intents.yaml:2: «amounts.glass» is not right"),
        ("units: {hour: 60}", "unit: {hour: 60}", "en/intents.yaml:3: lacks «intervals.units»; add it"),
        ("glasses: [glasses]", 'glasses: ["{glasses}"]', "en/intents.yaml:7: groups.glasses: the group «glasses»"),
    ],
)
def test_a_mistake_is_told_at_its_line(right: str, wrong: str, told: str) -> None:
    """What an author gets wrong is said with its line and the remedy."""
    assert right in SMALL
    assert any(fault.startswith(told) for fault in _faults(SMALL.replace(right, wrong))), _faults(
        SMALL.replace(right, wrong)
    )
