"""The pages for people are true where a program can tell: what they name exists, and what exists is named."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import _parser
from bot.config import Settings
from bot.playground.jsonapi import JsonApi
from bot.playground.standin import Standin
from bot.storage.tables import metadata

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path
    for folder in (".", "docs", "flows", "content", "tests", "benchmarks")
    for path in (ROOT / folder).glob("*.md" if folder == "." else "**/*.md")
)
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
HEADINGS = ["Context", "Decision", "Rejected", "Consequences"]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
OURS = re.compile(r"(?:bot|tests|flows|content|docs|benchmarks)/[\w./-]*")
PATTERN = re.compile(r"NAME|NNNN|[<*…]")
EVENT = re.compile(r"""log\.(debug|info|warning|error)\(\s*"(\w+)\"""")


def page(name: str) -> str:
    """Return a page's text."""
    return (ROOT / name).read_text(encoding="utf-8")


def prose(text: str) -> str:
    """Return a page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(text: str) -> set[str]:
    """Return the names that headings can be linked by."""
    headings = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def named(path: Path) -> str:
    """Return a page's name as a test shows it."""
    return str(path.relative_to(ROOT))


def rows(text: str) -> Iterator[list[str]]:
    """Return the cells of each table row."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_every_setting_is_explained(setting: str) -> None:
    """A setting stands in README's table, with its default, and in .env.example."""
    cells = next((row for row in rows(page("README.md")) if row[0] == f"`{setting.upper()}`"), None)
    assert cells is not None
    default = Settings.model_fields[setting].default
    if default is not None:
        told = str(default).lower() if isinstance(default, bool) else str(default).replace("+aiosqlite", "")
        assert cells[1] == f"`{told}`"
    assert re.search(rf"^#?{setting.upper()}=", page(".env.example"), re.MULTILINE)


def test_no_setting_is_invented() -> None:
    """README and .env.example name no setting that nobody reads."""
    table = {row[0].strip("`") for row in rows(page("README.md")) if re.fullmatch(r"`[A-Z_]+`", row[0])}
    example = set(re.findall(r"^#?([A-Z_]+)=", page(".env.example"), re.MULTILINE))
    assert table | example <= {name.upper() for name in Settings.model_fields}


def test_every_command_is_explained() -> None:
    """A command of `python -m bot` stands in README or CONTRIBUTING, and no other does."""
    parsers = next(action for action in _parser()._actions if action.dest == "command")
    assert parsers.choices is not None
    told = set(re.findall(r"python -m bot ([a-z]+)", page("README.md") + page("CONTRIBUTING.md")))
    assert told == set(parsers.choices)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_somewhere(path: Path) -> None:
    """A relative link leads to a file that is there, and to a heading that it has."""
    for target in LINK.findall(prose(path.read_text(encoding="utf-8"))):
        if re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        found = path.parent / file if file else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_paths_are_there(path: Path) -> None:
    """A path of ours in backticks is there, and so is the test that it names."""
    for code in CODE.findall(prose(path.read_text(encoding="utf-8"))):
        if not OURS.match(code) or PATTERN.search(code):
            continue
        name, _, test = code.partition("::")
        if " " in name:
            continue
        assert (ROOT / name).exists(), code
        if test:
            tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
            tests = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
            assert test in tests, code


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_make_targets_are_there(path: Path) -> None:
    """What a page tells to make is a target of the Makefile."""
    targets = set(re.findall(r"^([a-z]+):", page("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8"))) <= targets


@pytest.mark.parametrize("path", RECORDS, ids=named)
def test_records_have_their_form(path: Path) -> None:
    """A decision has its number, a title and the four headings, each with something below it."""
    text = path.read_text(encoding="utf-8")
    number = int(path.name[:4])
    assert re.match(rf"# {number}\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert all(part.strip() for part in re.split(r"^## .+$", text, flags=re.MULTILINE))


def test_records_are_numbered_in_order() -> None:
    """No decision's number is missing or given twice."""
    assert [int(path.name[:4]) for path in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_every_dependency_is_explained() -> None:
    """What `pyproject.toml` depends on has a row in the record of dependencies, and no row is left over."""
    project = tomllib.loads(page("pyproject.toml"))
    wanted = {
        re.split(r"[\[<>=~ ]", line)[0].lower()
        for line in (*project["project"]["dependencies"], *project["dependency-groups"]["dev"])
    }
    found = {
        name.split(" ")[0].lower()
        for row in rows(page("docs/adr/0015-dependencies.md"))
        for name in row[0].split(", ")
        if not row[0].startswith("-") and row[0] != "package"
    }
    assert found == wanted


def test_every_trouble_in_the_log_is_explained() -> None:
    """A warning or error of the log stands in the architecture's tables, and none that nobody logs."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot").rglob("*.py")))
    events = dict.fromkeys((name for _, name in EVENT.findall(source)), "")
    troubles = {name for level, name in EVENT.findall(source) if level in {"warning", "error"}}
    architecture = page("docs/architecture.md")
    told = set(CODE.findall(architecture))
    assert troubles <= told
    failing = architecture.partition("## When something fails")[2].partition("\n## ")[0]
    said = {name for row in rows(failing) for name in CODE.findall(row[-1]) if re.fullmatch(r"[a-z]+(_[a-z]+)+", name)}
    assert said <= set(events)


def test_every_table_is_explained() -> None:
    """A table of the database stands in the architecture's list of what is kept where."""
    kept = page("docs/architecture.md").partition("## What is kept where")[2].partition("\n## ")[0]
    told = {name for row in rows(kept) for name in CODE.findall(row[0])}
    assert told == set(metadata.tables)


def test_every_call_of_the_json_api_is_explained() -> None:
    """A path of the stand-in's JSON API stands in the architecture, with its method."""
    architecture = page("docs/architecture.md").partition("## The JSON API")[2].partition("\n## ")[0]
    told = " ".join(cell for row in rows(architecture) for cell in row)
    for route in JsonApi(Standin()).routes():
        path = re.sub(r"\{\w+(:\w+)?\}", "{id}", route.path)
        for method in (route.methods or set()) - {"HEAD"}:
            assert re.search(rf"`{method} {re.escape(path)}[`?]", told), (method, path)
