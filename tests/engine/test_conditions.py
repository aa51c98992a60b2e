import ast
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.engine.conditions import BOOL, INT, LONGEST, TEXT, ConditionError, Type, compile_expression

NAMES: dict[str, Type] = {
    "scale": Type("int", optional=True),
    "count": INT,
    "glasses": INT,
    "worse": BOOL,
    "mood": Type("text", frozenset({"better", "same", "worse"})),
    "sleep": Type("text", frozenset({"good", "bad"}), optional=True),
    "word": TEXT,
    "signs": Type("set", frozenset({"weakness", "numb"})),
    "person.zone": Type("text", optional=True),
    "person.days": INT,
}
VALUES: dict[str, Any] = {
    "scale": None,
    "count": 3,
    "glasses": 5,
    "worse": True,
    "mood": "worse",
    "sleep": None,
    "word": "toe",
    "signs": frozenset({"numb"}),
    "person.zone": None,
    "person.days": 4,
}


def value_of(source: str, **changed: Any) -> Any:
    """Return what an expression gives with these values."""
    return compile_expression(source, NAMES)({**VALUES, **changed}.__getitem__)


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("True", True),
        ("count == 3", True),
        ("count != 3", False),
        ("count < 3 or count >= 4", False),
        ("not worse", False),
        ("worse and count > 2", True),
        ("mood == 'worse'", True),
        ("mood != 'same'", True),
        ("mood in ('better', 'same')", False),
        ("mood not in ['better', 'same']", True),
        ("count in {1, 2, 3}", True),
        ("'numb' in signs", True),
        ("'weakness' not in signs", True),
        ("len(signs)", 1),
        ("len(word) + count - 1", 5),
        ("min(count, glasses, 4)", 3),
        ("max(count, -7)", 3),
        ("scale is None", True),
        ("scale is not None", False),
        ("(scale or 7) >= 5", True),
        ("sleep or 'good'", "good"),
        ("person.zone is None and person.days == 4", True),
        (" count ", 3),
    ],
)
def test_what_flows_can_say(source: str, value: Any) -> None:
    """Each part of the language gives the value that it reads like."""
    assert value_of(source) == value


def test_zero_is_a_value() -> None:
    """A scale of 0 is an answer: the default stands in for nothing, not for zero."""
    assert value_of("scale or 7", scale=0) == 0
    assert value_of("scale or 7", scale=None) == 7


def test_what_is_missing_stays_missing() -> None:
    """Where every part may be missing, so may the whole, and its type says so."""
    compiled = compile_expression("sleep or sleep", NAMES)
    assert compiled.type.optional
    assert compiled(VALUES.__getitem__) is None
    assert not compile_expression("sleep or 'good'", NAMES).type.optional


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("count + 1", INT),
        ("worse or count > 1", BOOL),
        ("len(signs)", INT),
        ("mood", NAMES["mood"]),
        ("'good'", Type("text", frozenset({"good"}))),
        ("scale", NAMES["scale"]),
        ("sleep or 'soso'", Type("text", frozenset({"good", "bad", "soso"}))),
        ("person.zone or 'UTC'", TEXT),
    ],
)
def test_every_expression_has_a_type(source: str, kind: Type) -> None:
    """The type is known before anything runs: words carry the options that they can be."""
    assert compile_expression(source, NAMES).type == kind


def test_what_it_reads_and_which_numbers_it_names() -> None:
    """An expression tells its names and constants, so that proofs can try both sides of each."""
    compiled = compile_expression("person.days >= 3 and (scale or 0) > -2 and not worse", NAMES)
    assert compiled.reads == {"person.days", "scale", "worse"}
    assert compiled.numbers == {0, -2, 3}
    assert compiled.source == "person.days >= 3 and (scale or 0) > -2 and not worse"


def test_only_what_is_needed_is_read() -> None:
    """`and` and `or` stop as in Python: a fact behind them is not looked up."""
    read: list[str] = []

    def look(name: str) -> Any:
        read.append(name)
        return VALUES[name]

    assert compile_expression("worse or count > 1", NAMES)(look) is True
    assert compile_expression("not worse and count > 1", NAMES)(look) is False
    assert read == ["worse", "worse"]


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("", "is not an expression"),
        ("count ==", "is not an expression"),
        ("count = 3", "is not an expression"),
        ("a\0b", "is not an expression"),
        ("(" * 250, "is not an expression"),
        ("x" * (LONGEST + 1), f"longer than {LONGEST}"),
        ("cuont == 3", "knows no «cuont»"),
        ("person.name == 'x'", "knows no «person.name»"),
        ("1 < count < 3", "compares twice"),
        ("count is 3", "compares in a way"),
        ("count is worse", "compares in a way"),
        ("scale > 5", "may be missing"),
        ("len(sleep) > 1", "may be missing"),
        ("min(scale, 1)", "may be missing"),
        ("not sleep", "may be missing"),
        ("sleep == 'good'", "may be missing"),
        ("sleep in ('good', 'bad')", "may be missing"),
        ("count == 'three'", "must be of one kind"),
        ("worse == 1", "must be of one kind"),
        ("mood in ('better', 3)", "must be of one kind"),
        ("scale or 'none'", "must be of one kind"),
        ("mood == 'wrose'", "can never be"),
        ("mood in ('better', 'wrose')", "can never be"),
        ("'stiff' in signs", "can never be"),
        ("mood < 'worse'", "where a number belongs"),
        ("count and worse", "where true or false belongs"),
        ("not count", "where true or false belongs"),
        ("mood + 'x'", "where a number belongs"),
        ("count in glasses", "holds nothing"),
        ("'e' in word", "holds nothing"),
        ("count in signs", "holds nothing"),
        ("len(count)", "without length"),
        ("len()", "calls len"),
        ("min(count)", "calls min"),
        ("sum(signs)", "calls sum"),
        ("min(count, 1, key=len)", "which flows cannot"),
        ("count * 2", "which flows cannot"),
        ("3.5", "which flows cannot"),
        ("None", "which flows cannot"),
        ("-count", "which flows cannot"),
        ("signs[0]", "which flows cannot"),
        ("count if worse else 1", "which flows cannot"),
        ("(count, 1)", "which flows cannot"),
        ("f'{count}'", "which flows cannot"),
        ("lambda: 1", "which flows cannot"),
        ("[x for x in signs]", "which flows cannot"),
        ("(x := 1)", "which flows cannot"),
        ("__import__('os')", "calls __import__"),
        ("word.__class__", "knows no"),
        ("''.__class__.__mro__", "knows no"),
        ("word.upper()", "which flows cannot"),
    ],
)
def test_what_is_wrong_is_told_with_a_remedy(source: str, told: str) -> None:
    """An author's mistake is found at loading, and the message says what is wrong and what to write instead."""
    with pytest.raises(ConditionError) as raised:
        compile_expression(source, NAMES)
    assert told in str(raised.value)


def test_the_bound_is_the_last_length_that_passes() -> None:
    """300 characters are read, 301 are not: work is bounded by length."""
    assert compile_expression("1" + " " * (LONGEST - 1), NAMES).type == INT
    with pytest.raises(ConditionError):
        compile_expression("1" + " " * LONGEST, NAMES)


# Any expression that compiles means what Python means by it -----------------------------------------------------------

numbers: st.SearchStrategy[str] = st.deferred(
    lambda: (
        st.integers(-20, 20).map(str)
        | st.sampled_from(["count", "glasses", "(scale or 0)", "len(signs)", "len(word)", "person_days"])
        | st.tuples(numbers, st.sampled_from(["+", "-"]), numbers).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | st.tuples(st.sampled_from(["min", "max"]), numbers, numbers).map(lambda t: f"{t[0]}({t[1]}, {t[2]})")
    )
)
conditions: st.SearchStrategy[str] = st.deferred(
    lambda: (
        st.sampled_from(["worse", "True", "False", "scale is None", "sleep is not None", "'numb' in signs"])
        | st.sampled_from(["mood == 'same'", "mood not in ('better', 'worse')", "(sleep or 'good') != 'bad'"])
        | st.tuples(numbers, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numbers).map(" ".join)
        | st.tuples(conditions, st.sampled_from(["and", "or"]), conditions).map(lambda t: f"({t[0]} {t[1]} {t[2]})")
        | conditions.map(lambda one: f"(not {one})")
    )
)
PLAIN = {name.replace(".", "_"): kind for name, kind in NAMES.items()}
values = st.fixed_dictionaries(
    {
        "scale": st.none() | st.integers(0, 10),
        "count": st.integers(-5, 9),
        "glasses": st.integers(0, 12),
        "worse": st.booleans(),
        "mood": st.sampled_from(["better", "same", "worse"]),
        "sleep": st.sampled_from([None, "good", "bad"]),
        "word": st.text(max_size=5),
        "signs": st.frozensets(st.sampled_from(["weakness", "numb"])),
        "person_zone": st.none() | st.just("UTC"),
        "person_days": st.integers(0, 99),
    }
)


@given(conditions | numbers, values)
@example("(scale or 0)", {**VALUES, "scale": 0})
def test_it_means_what_python_means(source: str, given_values: Mapping[str, Any]) -> None:
    """Any expression gives exactly what Python gives for it, with the same values."""
    if len(source) > LONGEST:
        with pytest.raises(ConditionError):
            compile_expression(source, PLAIN)
        return
    compiled = compile_expression(source, PLAIN)
    expected = eval(source, {"__builtins__": {"len": len, "min": min, "max": max}}, dict(given_values))
    assert compiled(given_values.__getitem__) == expected
    assert compiled.reads <= PLAIN.keys()
    assert isinstance(expected, bool) == (compiled.type.base == "bool")


ALLOWED = (
    ast.Expression,
    ast.Constant,
    ast.Name,
    ast.Attribute,
    ast.Load,
    ast.BoolOp,
    ast.boolop,
    ast.UnaryOp,
    ast.Not,
    ast.USub,
    ast.BinOp,
    ast.Add,
    ast.Sub,
    ast.Compare,
    ast.cmpop,
    ast.Call,
    ast.Tuple,
    ast.List,
    ast.Set,
)
TOKENS = """
    1 'same' None True + - * ** / % and or not in is if else == < ( ) [ ] { } , . : := lambda len min max eval open
    await yield for x *signs f'{word}' __class__ b'x' 1.5 ... ~ @
"""
pieces = st.lists(st.sampled_from([*NAMES, *TOKENS.split()]), max_size=12).map(" ".join)


@given(pieces | st.text(max_size=60))
@example("len(*signs)")
@example("min(1, *signs)")
@example("(*signs,)")
def test_nothing_else_compiles(source: str) -> None:
    """Whatever stands there: it is refused as its author's mistake, or it is made of what the language has."""
    try:
        compile_expression(source, NAMES)
    except ConditionError:
        return
    tree = ast.parse(source.strip(), mode="eval")
    for node in ast.walk(tree):
        assert isinstance(node, ALLOWED), ast.dump(node)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            assert node.func.id in {"len", "min", "max"}
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) in NAMES


def test_long_chains_do_not_exhaust_the_stack() -> None:
    """The deepest nesting that fits the length compiles and runs, or is refused; it never breaks the process."""
    for source in ("not " * 70 + "worse", "(" * 60 + "1" + ")" * 60, "1" + "+1" * 149, "-" * 250 + "1"):
        try:
            compiled = compile_expression(source, NAMES)
        except ConditionError:
            continue
        assert compiled(VALUES.__getitem__) is not None
