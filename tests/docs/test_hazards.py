"""The page of hazards is true where a program can tell: controls and tests exist, what has neither is said."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "hazards.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in PAGE.splitlines()
    if line.startswith("| ") and not line.startswith("| hazard ")
]
CODE = re.compile(r"`([^`]+)`")
HEARD_OF = (
    "an emergency is missed", "false calm", "alarm fatigue", "number of another country", "kidney", "woken", "lost",
    "twice", "seen by others", "worry", "child", "language", "suicide", "old button", "wrong hour", "fact is wrong",
)  # fmt: skip
"""What somebody who knows such software would look for first."""


def exists(name: str) -> bool:
    """Return whether there is such a file, and such a test in it."""
    path, _, test = name.partition("::")
    if not (ROOT / path).exists():
        return False
    names = {
        node.name
        for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")) if test else ast.Module([], []))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    return not test or test in names


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:40] for row in ROWS])
def test_each_hazard_has_a_cause_a_control_and_a_test_that_exist(row: list[str]) -> None:
    """A row has four parts; its last names at least one test, and whatever looks like a file of ours is one."""
    hazard, cause, control, test = row
    assert hazard
    assert cause
    named = CODE.findall(control) + CODE.findall(test)
    files = [name for name in named if re.match(r"(?:bot|flows|content|tests|docs)/", name)]
    assert [name for name in files if not exists(name)] == []
    assert any("::" in name for name in CODE.findall(test)), "no test holds it; say so in the last part instead"


@pytest.mark.parametrize("words", HEARD_OF)
def test_the_hazards_that_one_would_look_for_are_there(words: str) -> None:
    """None of the first questions of a safety officer is left out."""
    assert any(words in row[0] for row in ROWS)


def test_numbers_that_nobody_has_compared_are_named() -> None:
    """A help line with a note stands among what has no control yet, and no other does."""
    # As text: to PyYAML a Norway without quotes is «no».
    text = (ROOT / "content" / "help_lines.yaml").read_text(encoding="utf-8")
    lines = yaml.load(text, yaml.BaseLoader)["countries"]
    unsure = sorted(code for code, line in lines.items() if "note" in line)
    last = " ".join(PAGE.partition("## Without a control")[2].split())
    named = re.search(r"(?:that|those) of ((?:[A-Z]{2}(?:, | and )?)+) not even", last)
    assert named is not None
    assert re.findall(r"[A-Z]{2}", named[1]) == unsure
