"""Every kind of mistake, told with its place and its remedy. `faults.yaml` holds what is written and what is said."""

from pathlib import Path
from typing import Any

import pytest

from bot.errors import FlowError
from bot.library.house import load
from bot.library.strict_yaml import read_yaml
from tests.library.small_house import MOOD, MOOD_WORDS, changed, faults

_TABLE = Path(__file__).with_name("faults.yaml")
CASES: list[dict[str, Any]] = read_yaml(_TABLE.read_bytes(), _TABLE.name).value


def test_the_small_house_is_right(tmp_path: Path) -> None:
    """Nothing is said of a house without a mistake."""
    assert faults(tmp_path) == []


@pytest.mark.parametrize("case", CASES, ids=[f"{case['in']}: {case['now'].strip()[:60]}" for case in CASES])
def test_a_mistake_is_told(case: dict[str, Any], tmp_path: Path) -> None:
    """The author reads where it is, what is wrong and what to do, and nothing that follows from it alone."""
    assert faults(tmp_path, changed(case["in"], case["was"], case["now"])) == case["says"]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Mistakes in several files and places come together, sorted by place."""
    said = faults(
        tmp_path,
        {
            "flows/mood.yaml": MOOD.replace("next: mood", "next: moood").replace("if: risk", "if: risky"),
            "flows/water.yaml": "flow: water\n",
            "content/en/mood.yaml": MOOD_WORDS.replace("Once more.", "Once <p>more.").replace("No hurry", "No {hurry}"),
            "content/languages.yaml": "en: English\nxx: Nowhere\n",
        },
    )
    assert [line.partition(": ")[0] for line in said] == [
        "content/en/mood.yaml:6",
        "content/en/mood.yaml:13",
        "content/languages.yaml:2",
        "flows/mood.yaml:20",
        "flows/mood.yaml:25",
        "flows/water.yaml:1",
        "flows/water.yaml:1",
    ]


@pytest.mark.parametrize(
    ("file", "was", "now", "said"),
    [
        ("content/en/mood.yaml", "Once more.", "x" * 4097,
         "content/en/mood.yaml:12: «again» can become 4097 characters, and Telegram takes 4096; make it shorter"),
        ("content/en/mood.yaml", "Once more.", "😀" * 2049,
         "content/en/mood.yaml:12: «again» can become 4098 characters, and Telegram takes 4096; make it shorter"),
        ("content/en/mood.yaml", "Once more.", "x" * 3860 + " {help.crisis}",
         "content/en/mood.yaml:12: «again» can become 4101 characters, and Telegram takes 4096; make it shorter"),
        ("content/en/mood.yaml", "How strong?", "x" * 4090,
         "content/en/mood.yaml:7: «scale» can become 4131 characters, and Telegram takes 4096; make it shorter"),
        ("content/en/common.yaml", "How are your toes?", "x" * 257,
         "content/en/common.yaml:28: «commands.mood» is longer than 256 characters; make it shorter"),
        ("content/en/common.yaml", "I have it & thank you", "x" * 201,
         "content/en/common.yaml:10: «already.say» is longer than 200 characters; make it shorter"),
        ("content/en/mood.yaml", MOOD_WORDS, "- x\n",
         "content/en/mood.yaml:1: needs keys and values, such as mood: {say: …}"),
        ("flows/mood.yaml", MOOD, "", "flows/mood.yaml:1: needs keys and values"),
        ("flows/mood.yaml", MOOD, "# " + "x" * 256 * 1024,
         "flows/mood.yaml:1: is larger than 256 kB; split it into several files"),
    ],
)  # fmt: skip
def test_what_is_too_long_is_told(file: str, was: str, now: str, said: str, tmp_path: Path) -> None:
    """Lengths are Telegram's, with the longest values, and for a question with what is said around it."""
    assert faults(tmp_path, changed(file, was, now)) == [said]


def test_just_short_enough_is_said(tmp_path: Path) -> None:
    """A text of 4096 units is right: tags and entities do not count."""
    assert faults(tmp_path, changed("content/en/mood.yaml", "Once more.", f"<b>{'x' * 4095}</b>&lt;")) == []


def test_missing_files_are_told(tmp_path: Path) -> None:
    """A house without its files says which are missing."""
    (tmp_path / "flows").mkdir()
    (tmp_path / "flows/lost.yaml").mkdir()
    said = faults_of(tmp_path)
    assert "content/languages.yaml:1: cannot be read; is it there, and a file?" in said
    assert "content/help_lines.yaml:1: cannot be read; is it there, and a file?" in said
    assert "flows/lost.yaml:1: cannot be read; is it there, and a file?" in said


def test_a_language_that_begins_lacks_whole_files(tmp_path: Path) -> None:
    """What is not translated at all is a line a file, with the entries to write, not a line for each text."""
    said = faults(
        tmp_path,
        {
            "content/languages.yaml": "en: English\nde: Deutsch\n",
            "content/de/mood.yaml": "again: {say: Noch einmal.}\n",
        },
    )
    assert len({line.partition(":")[0] for line in said}) < len(said)  # one file is begun, and told text by text
    assert "content/de/vocabulary.yaml:1: is not there; write it, with words for «warning»" in said
    assert not [line for line in said if "common" in line and "is not there" not in line]


def test_a_file_with_another_ending_is_told(tmp_path: Path) -> None:
    """A .yml file would be overlooked in silence."""
    assert faults(tmp_path, {"flows/new.yml": "flow: new\n"}) == ["flows/new.yml:1: is not read; name it new.yaml"]


def test_words_for_no_flow_are_told(tmp_path: Path) -> None:
    """Content that belongs to no flow is a misspelt name."""
    assert faults(tmp_path, {"content/en/moood.yaml": "a: {say: x}\n"}) == [
        "content/en/moood.yaml:1: belongs to no flow; name it like one, or write flows/moood.yaml",
        "content/en/moood.yaml:1: «a» is said by nobody; delete it, or say it in a flow",
    ]


def faults_of(root: Path) -> list[str]:
    """Return what is said of what is below `root` already."""
    with pytest.raises(FlowError) as error:
        load(root / "flows", root / "content")
    return [str(fault) for fault in error.value.faults]
