"""The real house and any house at all."""

import contextlib
import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.engine.acts import Text
from bot.engine.model import Flows, Step
from bot.errors import FlowError
from bot.library.content import SHARED_FILES
from bot.library.house import House, load
from bot.library.house_words import HOUSE, SHARED
from bot.library.schema import schema_text
from tests.library.small_house import FILES, faults, loaded, write

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def house() -> House:
    """The house as it is delivered."""
    return load(ROOT / "flows", ROOT / "content")


def test_the_house_is_right(house: House) -> None:
    """Flows and words of the house load without a fault."""
    assert house.flows.flows
    assert "en" in house.languages
    assert set(house.ear) == set(house.languages) == set(house.menu)


def test_every_command_is_in_every_menu(house: House) -> None:
    """The menu shows each command that a flow has."""
    for menu in house.menu.values():
        assert {command for command, _ in menu} == set(house.flows.commands)


def test_every_text_of_every_flow_can_be_said(house: House) -> None:
    """Each text with any values, each label and each word of Python comes out in every language."""
    library = house.articles["en"]
    for language in house.languages:
        for key, word in HOUSE.items():
            assert house.words.render(key, dict.fromkeys(word.values, "x"), language)
            if word.plain is not None:
                assert house.words.label(key, language)
        for step in (step for flow in house.flows.flows.values() for step in flow.steps.values()):
            for text in texts_of(step):
                for key in [text.key] if text.article is None else [f"articles.{one}.{text.key}" for one in library]:
                    assert house.words.render(key, dict.fromkeys(text.needs, 1), language)
            for key in step.ask.labels.values() if step.ask is not None else ():
                assert 0 < len(house.words.label(key, language)) <= 60


def texts_of(step: Step) -> list[Text]:
    """Return every text that a step may say."""
    texts = [step.say]
    if step.ask is not None:
        texts += [step.ask.again, step.ask.silence.say if step.ask.silence is not None else None]
    return [text for text in texts if text is not None]


def test_the_schema_for_editors_is_up_to_date() -> None:
    """docs/flow.schema.json is what the models say."""
    written = (ROOT / "docs/flow.schema.json").read_text(encoding="utf-8")
    assert written == schema_text(), "stale: run  python -m bot.library.schema"


def test_every_house_word_says_when() -> None:
    """A word that Python says stands in common.yaml and tells when it is said."""
    for key, word in HOUSE.items():
        assert key.partition(".")[0] in SHARED_FILES
        assert word.when


def test_what_python_says_is_declared() -> None:
    """Every key of common.yaml that stands in the code is in `HOUSE`, and every one of `HOUSE` stands in the code."""
    sources = [path for path in (ROOT / "bot").rglob("*.py") if path.name != "house_words.py"]
    said = {key for path in sources for key in re.findall(r'"(common\.[a-z_]+)"', path.read_text(encoding="utf-8"))}
    assert said <= set(HOUSE)
    assert {key for key in HOUSE if key.startswith("common.")} - said - set(SHARED.values()) == set()


@pytest.mark.parametrize("key", ["lost", "not_understood", "stale"])
def test_python_fills_only_what_it_declares(key: str, tmp_path: Path) -> None:
    """A fact in a word of Python's own would have no value when it is said."""
    common = FILES["content/en/common.yaml"]
    line = next(line for line in common.splitlines() if line.startswith(f"{key}:"))
    assert faults(tmp_path, {"content/en/common.yaml": common.replace(line, f'{key}: {{say: "{{help.crisis}}"}}')})


def test_a_house_without_a_vocabulary_loads(tmp_path: Path) -> None:
    """Named lists are for who needs them."""
    files = {
        "flows/mood.yaml": FILES["flows/mood.yaml"].replace("{set: warning}", "{set: [weakness]}"),
        "content/en/mood.yaml": FILES["content/en/mood.yaml"].replace(
            "any of these there?", "any of these there?\n  buttons: {weakness: Weak}\n  none: Not one\n  done: Go on"
        ),
        "content/en/signs.yaml": FILES["content/en/signs.yaml"].replace("level: doctor", "level: self_care"),
    }
    write(tmp_path, files)
    (tmp_path / "flows/vocabulary.yaml").unlink()
    (tmp_path / "content/en/vocabulary.yaml").unlink()
    flows: Flows = load(tmp_path / "flows", tmp_path / "content").flows
    ask = next(step.ask for step in flows.flows[flows.commands["mood"]].steps.values() if step.id == "signs")
    assert ask is not None
    assert ask.labels == {
        "weakness": "mood.signs.buttons.weakness", "~none": "mood.signs.none", "~done": "mood.signs.done",
    }  # fmt: skip
    assert ask.spoken["en"] == {
        "weak": "weakness", "not one": "~none", "no": "~none", "go on": "~done",
    }  # fmt: skip


def test_help_lines(tmp_path: Path) -> None:
    """Numbers come by country; an unknown country has none."""
    lines = loaded(tmp_path).help_lines
    assert (lines.emergency("US"), lines.crisis("US")) == ("911", "988")
    assert (lines.emergency("XX"), lines.crisis("XX"), lines.emergency(None), lines.crisis(None)) == (None,) * 4


def test_the_ear_has_the_words_of_its_language(tmp_path: Path) -> None:
    """signs.yaml comes as the domain's own shape."""
    ear = loaded(tmp_path).ear["en"]
    assert ear.signs["weakness"].level == "doctor"


PIECES = st.text("abc:{}[]-=#'\"\n ,&*!|>?%@0123~<", max_size=40)
SCALARS = st.sampled_from([None, True, False, -1, 5, "mood", "=mood", "=", "bye", "~", "a b", "{x}", "<b>"])
INNER = st.sampled_from(["if", "then", "by", "other", "say"])
VALUES = st.recursive(
    SCALARS, lambda part: st.lists(part, max_size=2) | st.dictionaries(INNER, part, max_size=3), max_leaves=4
)
KEYS = [
    "version", "start", "aside", "expires", "data", "steps", "prove", "changes", "resumes", "id", "ask", "say",
    "next", "call", "save", "set", "log", "remind", "schedule", "tries", "silence", "back", "choice", "int", "bool",
    "words", "buttons", "typed", "skip", "nudge", "again", "title", "commands", "countries", "signs", "groups",
    "mood", "scale",
]  # fmt: skip
ANY = settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def read_or_refused(root: Path, files: dict[str, str]) -> None:
    """Load the house with these files: anything but a house or a `FlowError` is raised on."""
    write(root, files)
    with contextlib.suppress(FlowError):
        load(root / "flows", root / "content")


@ANY
@given(file=st.sampled_from(sorted(FILES)), at=st.floats(0, 1), length=st.integers(0, 60), piece=PIECES)
def test_any_file_is_read_or_refused(file: str, at: float, length: int, piece: str, tmp_path: Path) -> None:
    """Whatever is scribbled into whichever file, there is a house or a `FlowError`, never anything else."""
    text = FILES[file]
    start = int(at * len(text))
    read_or_refused(tmp_path, {file: text[:start] + piece + text[start + length :]})


@ANY
@given(file=st.sampled_from(sorted(FILES)), pick=st.integers(0, 10_000), key=st.sampled_from(KEYS), value=VALUES)
def test_any_value_is_read_or_refused(file: str, pick: int, key: str, value: object, tmp_path: Path) -> None:
    """Whatever value stands at whichever key, there is a house or a `FlowError`, never anything else."""
    lines = FILES[file].splitlines()
    line = lines[pick % len(lines)]
    indent = line[: len(line) - len(line.lstrip(" -"))]
    lines[pick % len(lines)] = f"{indent}{key}: {json.dumps(value)}"
    read_or_refused(tmp_path, {file: "\n".join(lines) + "\n"})
