"""YAML as an author means it, from any bytes at all."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import FlowError
from bot.library.strict_yaml import DEEPEST, LARGEST, read_yaml, scalar


def said(source: str | bytes) -> list[str]:
    """Return what is wrong with a file."""
    try:
        read_yaml(source if isinstance(source, bytes) else source.encode(), "f.yaml")
    except FlowError as error:
        return [str(fault) for fault in error.faults]
    return []


COLON = "has a colon where none can be; put a text with a colon in quotes, or look at the indentation"
TAB = "has a tab, or a value that begins with @, ` or %; indent with blanks, and put such a text in quotes"


def not_yaml(line: int, why: str) -> str:
    """Return the fault for what the parser refused."""
    return f"f.yaml:{line}: is not YAML ({why}); look at the indentation, colons and quotes here"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("Off", "Off"), ("True", "True"), ("NULL", "NULL"),
        ("20:30", "20:30"), ("012", "012"), ("0x1F", "0x1F"), ("1_000", "1_000"), ("+1", "+1"),
        ("2026-11-21", "2026-11-21"),
        ("=scale", "=scale"), ("<<", "<<"), (".inf", ".inf"), ("1.", "1."), ("911", 911), ("-3", -3), ("0", 0),
        ("1.5", 1.5), ("1e3", 1000.0), ("true", True), ("false", False), ("null", None), ("~", None), ("", None),
        ('"911"', "911"), ("'true'", "true"), ('""', ""), ("9" * 30, "9" * 30),
    ],
)  # fmt: skip
def test_a_scalar_is_what_it_looks_like(written: str, meant: object) -> None:
    """Only true, false, null and JSON's numbers are more than text; YAML 1.1's surprises are text."""
    value = read_yaml(f"a: {written}".encode(), "f.yaml").value["a"]
    assert value == meant
    assert type(value) is type(meant)


def test_keys_are_words() -> None:
    """A key stays as it is written: `yes`, `10` and `true` name options."""
    assert read_yaml(b"{yes: 1, 10: 2, true: 3, null: 4}", "f.yaml").value == {"yes": 1, "10": 2, "true": 3, "null": 4}


def test_every_value_has_its_line() -> None:
    """Keys, items and nested values are found again; what is not there is placed at what is around it."""
    tree = read_yaml(b"# why\na: 1\nb:\n  - c: {d: 5,\n      e: 6}\n  - |\n    two\n    lines\nz: 1\n", "f.yaml")
    lines = [
        (("a",), 2), (("b",), 3), (("b", 0), 4), (("b", 0, "c", "d"), 4), (("b", 0, "c", "e"), 5), (("b", 1), 6),
        (("z",), 9), (("b", 0, "c", "no", "such"), 4), (("no",), 1),
    ]  # fmt: skip
    for path, line in lines:
        assert tree.line(path) == line, path


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("a: 1\na: 2\n", ["f.yaml:2: has the key «a» twice; keep one"]),
        ("x:\n  a: 1\n  'a': 2\n", ["f.yaml:3: has the key «a» twice; keep one"]),
        (
            "a: &x 1\nb: *x\n",
            ["f.yaml:1: has the anchor &x; leave it out", "f.yaml:2: has the alias *x; write the value out again"],
        ),
        ("a: !!int 3\n", ["f.yaml:1: has the tag tag:yaml.org,2002:int; leave it out"]),
        ("a: !!python/object/apply:os.system [ls]\n",
         ["f.yaml:1: has the tag tag:yaml.org,2002:python/object/apply:os.system; leave it out"]),
        ("x: {a: =min(1, 2), b: 3}\n",
         ["f.yaml:1: has «2)» without a value; what has a comma in it, inside braces, needs quotes"]),
        ("a: 1\n---\nb: 2\n", ["f.yaml:2: begins a second document; put it into a file of its own"]),
        ("a: 1\n...\n---\nb: 2\n", ["f.yaml:3: begins a second document; put it into a file of its own"]),
        ("? [a]\n: 1\n", ["f.yaml:1: has a key that is not a word; a key is a word and a colon"]),
        ("a: 1\n b: 2\n", [f"f.yaml:2: {COLON}"]),
        ("a: Good: b\n", [f"f.yaml:1: {COLON}"]),
        ("a:\n\t- b\n", [f"f.yaml:2: {TAB}"]),
        ("a:\n  b: 1\n\tc: 2\n", [f"f.yaml:3: {TAB}"]),
        ("a: 1\nb: @home\n", [f"f.yaml:2: {TAB}"]),
        ("a: 1\nb: &\n", ["f.yaml:2: has a value that begins with & or *; put it in quotes"]),
        ('a: 1\nb: "x\nc: y\nd: z\n', ["f.yaml:2: opens a quotation mark that is never closed; close it"]),
        ("a: 'It's'\n", [not_yaml(1, "did not find expected key")]),
        (b"a: 1\nb: \xff\n", ["f.yaml:2: is not UTF-8; save the file with the encoding UTF-8"]),
        (b"a: 1\nb: \x00\n", ["f.yaml:2: has a character that cannot be printed; delete it"]),
        ("[" * (DEEPEST + 1), [f"f.yaml:1: goes deeper than {DEEPEST} levels; make it flatter"]),
        (b"#" * (LARGEST + 1), ["f.yaml:1: is larger than 256 kB; split it into several files"]),
    ],
)  # fmt: skip
def test_a_fault_says_where_and_what_to_do(source: str | bytes, faults: list[str]) -> None:
    """Each thing that YAML allows and an author does not mean is told with its line."""
    assert said(source) == faults


def test_an_empty_file_is_nothing() -> None:
    """A file of comments only holds null, and whoever reads it says what is missing."""
    assert read_yaml(b"# later\n", "f.yaml").value is None


@pytest.mark.parametrize(
    "source", ["[" * 100_000, "{a: " * 50_000, "- " * 100_000, "? " * 100_000, "a: &a [*a, *a]\n" * 9000]
)
def test_a_bomb_is_a_fault(source: str) -> None:
    """Depth and aliases cannot take the process down."""
    assert said(source)


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(str.encode)
    | st.text("{}[]&*!|>-?:,#'\"%@` \n\tab1~", max_size=60).map(str.encode)
)
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    """Whatever the bytes, there is a tree or a `FlowError`, never anything else."""
    if not said(source):
        json.dumps(read_yaml(source, "f.yaml").value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.text("abc é:#-'\"{}\n", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcé: #", min_size=1, max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(JSON)
def test_json_is_read_as_itself(value: object) -> None:
    """JSON is YAML 1.2: what it holds comes back, value for value and type for type."""
    assert json.dumps(read_yaml(json.dumps(value).encode(), "f.yaml").value) == json.dumps(value)


@given(JSON)
def test_plain_style_is_read_as_itself(value: object) -> None:
    """What PyYAML writes for people, plain and indented, is read back."""
    written = yaml.safe_dump(value, allow_unicode=True, sort_keys=False)
    assert json.dumps(read_yaml(written.encode(), "f.yaml").value) == json.dumps(value)


@given(st.text(max_size=30))
def test_a_plain_scalar_is_never_lost(text: str) -> None:
    """A scalar that became a number, a flag or null says the same when it is written again; all else is itself."""
    value = scalar(text)
    if isinstance(value, str):
        assert value == text
    elif isinstance(value, int) and not isinstance(value, bool):
        assert str(value) == text or (text == "-0" and value == 0)
    elif isinstance(value, float):
        assert value == float(text)
    else:
        assert text in {"true", "false", "null", "~", ""}
