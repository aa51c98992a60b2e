"""Conditions: a small Python-like language, parsed by Python, checked by us, run as closures. Nothing is evaluated.

Names, literals, comparison, `and` / `or` / `not`, `in`, `+`, `-`, `len`, `first`, `min`, `max`. Every expression has a
type before it runs, so that a wrong one is its author's fault at loading and never a person's at night. Work is bounded
by its length.
"""

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any, Literal

Lookup = Callable[[str], Any]
Run = Callable[[Lookup], Any]
Base = Literal["int", "bool", "text", "set", "table"]

LONGEST = 300
_WORD = {"int": "a number", "bool": "true or false", "text": "a word", "set": "a set", "table": "a table"}


class ConditionError(Exception):
    """The author's: what is wrong in an expression and what to write instead."""


@dataclass(frozen=True, slots=True)
class Type:
    """What a value is. `options`: the only words it can be (or hold); `optional`: it may be missing.

    A table gives a set for each of its words, and is called like a function: `near(topic)`. `options`: those words.
    """

    base: Base
    options: frozenset[str] | None = None
    optional: bool = False
    table: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __str__(self) -> str:
        return _WORD[self.base] + (" or nothing" if self.optional else "")


INT, BOOL, TEXT = Type("int"), Type("bool"), Type("text")


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression. `reads`: the names whose values it needs. `numbers`: the constants that stand in it."""

    source: str
    type: Type
    reads: frozenset[str] = frozenset()
    numbers: frozenset[int] = frozenset()
    run: Run = field(compare=False, repr=False, default=lambda _: None)

    def __call__(self, lookup: Lookup) -> Any:
        """Return its value; `lookup` gives the value of a name."""
        return self.run(lookup)


def compile_expression(source: str, names: Mapping[str, Type]) -> Expression:
    """Check `source` against the types of `names`. Raises `ConditionError` with a remedy."""
    if len(source) > LONGEST:
        raise ConditionError(f"is longer than {LONGEST} characters; give a part of it a name under data:")
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ConditionError("is not an expression; write for example: mood == 'worse' and (scale or 0) >= 5") from None
    checker = _Checker(names)
    kind, run = checker.visit(tree.body)
    return Expression(source, kind, frozenset(checker.reads), frozenset(checker.numbers), run)


_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
}


class _Checker:
    def __init__(self, names: Mapping[str, Type]) -> None:
        self.names = names
        self.reads: set[str] = set()
        self.numbers: set[int] = set()

    def visit(self, node: ast.expr) -> tuple[Type, Run]:
        match node:
            case ast.Constant(value=bool() as flag):
                return BOOL, lambda _: flag
            case ast.Constant(value=int() as number):
                self.numbers.add(number)
                return INT, lambda _: number
            case ast.Constant(value=str() as word):
                return Type("text", frozenset({word})), lambda _: word
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case ast.BoolOp(op=op, values=values):
                return self.join(op, values)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                run = self.expect(operand, BOOL)
                return BOOL, lambda look: not run(look)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() as number)):
                self.numbers.add(-number)
                return INT, lambda _: -number
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                one, two = self.expect(left, INT), self.expect(right, INT)
                if isinstance(op, ast.Add):
                    return INT, lambda look: one(look) + two(look)
                return INT, lambda look: one(look) - two(look)
            case ast.Compare(left=left, ops=ops, comparators=others):
                return self.compare(left, ops, others)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self.call(name, args)
        raise ConditionError(f"uses «{ast.unparse(node)}», which flows cannot; see flows/README.md for what they can")

    def name(self, node: ast.expr) -> tuple[Type, Run]:
        name = ast.unparse(node)
        if name not in self.names:
            near = get_close_matches(name, self.names, 1)
            meant = (
                f"did you mean «{near[0]}»?" if near else "declare it under data:, or use a fact (bot/engine/facts.py)"
            )
            raise ConditionError(f"knows no «{name}»; {meant}")
        self.reads.add(name)
        return self.names[name], lambda look: look(name)

    def join(self, op: ast.boolop, values: list[ast.expr]) -> tuple[Type, Run]:
        parts = [self.visit(value) for value in values]
        runs = [run for _, run in parts]
        kind = parts[0][0]
        if isinstance(op, ast.Or) and kind.optional:
            for other, _ in parts[1:]:
                self.same(kind, other)
            kind = replace(kind, optional=all(k.optional for k, _ in parts), options=_either(k for k, _ in parts))
            return kind, lambda look: _first(runs, look)
        for kind, _ in parts:
            self.require(kind, BOOL)
        if isinstance(op, ast.Or):
            return BOOL, lambda look: any(run(look) for run in runs)
        return BOOL, lambda look: all(run(look) for run in runs)

    def compare(self, left: ast.expr, ops: list[ast.cmpop], others: list[ast.expr]) -> tuple[Type, Run]:
        if len(ops) > 1:
            raise ConditionError("compares twice in a row; write a <= b and b <= c")
        op, other = ops[0], others[0]
        if isinstance(op, ast.Is | ast.IsNot) and isinstance(other, ast.Constant) and other.value is None:
            _, one = self.visit(left)
            wanted = isinstance(op, ast.Is)
            return BOOL, lambda look: (one(look) is None) == wanted
        act = _COMPARE.get(type(op))
        if act is None:
            raise ConditionError("compares in a way that flows cannot; use == != < <= > >= in, or «is None»")
        kind, one = self.visit(left)
        self.present(kind, ast.unparse(left))
        if isinstance(op, ast.In | ast.NotIn):
            two = self.holder(kind, other)
        else:
            second, two = self.visit(other)
            self.present(second, ast.unparse(other))
            self.same(kind, second)
            if isinstance(op, ast.Eq | ast.NotEq):
                self.possible(kind, second)
            else:
                self.require(kind, INT)
        return BOOL, lambda look: act(one(look), two(look))

    def holder(self, kind: Type, node: ast.expr) -> Run:
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            members = [self.visit(item) for item in node.elts]
            for member, _ in members:
                self.same(kind, member)
                self.possible(kind, member)
            runs = [run for _, run in members]
            return lambda look: [run(look) for run in runs]
        second, run = self.visit(node)
        self.present(second, ast.unparse(node))
        if second.base != "set" or kind.base != "text":
            raise ConditionError(
                "looks «in» something that holds nothing; write 'weakness' in signs, or x in ('a', 'b')"
            )
        self.possible(second, kind)
        return run

    def call(self, name: str, args: list[ast.expr]) -> tuple[Type, Run]:
        if name == "len" and len(args) == 1:
            kind, run = self.visit(args[0])
            self.present(kind, ast.unparse(args[0]))
            if kind.base not in {"set", "text"}:
                raise ConditionError("takes the len of something without length; len works on sets and words")
            return INT, lambda look: len(run(look))
        if name == "first" and len(args) == 1:
            kind, run = self.visit(args[0])
            if kind.base != "set" or kind.optional:
                raise ConditionError("takes the first of something that holds nothing; first works on sets")
            return Type("text", kind.options, optional=True), lambda look: next(iter(run(look)), None)
        if name in {"min", "max"} and len(args) > 1:
            runs = [self.expect(arg, INT) for arg in args]
            pick: Callable[[list[int]], int] = min if name == "min" else max
            return INT, lambda look: pick([run(look) for run in runs])
        if name in self.names and self.names[name].base == "table" and len(args) == 1:
            return self.looked_up(self.names[name], args[0])
        tables = "".join(f", {table}(x)" for table, kind in self.names.items() if kind.base == "table")
        raise ConditionError(f"calls {name}(…); flows have len(x), first(x), min(a, b), max(a, b){tables}")

    def looked_up(self, kind: Type, arg: ast.expr) -> tuple[Type, Run]:
        given, run = self.visit(arg)
        self.present(given, ast.unparse(arg))
        if given.base != "text":
            raise ConditionError(f"looks up {given}, where a word belongs")
        self.possible(kind, given)
        table = kind.table
        held = frozenset(word for words in table.values() for word in words)
        return Type("set", held), lambda look: table.get(run(look), ())

    def expect(self, node: ast.expr, wanted: Type) -> Run:
        kind, run = self.visit(node)
        self.present(kind, ast.unparse(node))
        self.require(kind, wanted)
        return run

    @staticmethod
    def present(kind: Type, source: str) -> None:
        if kind.optional:
            raise ConditionError(f"uses «{source}», which may be missing; give it a default: ({source} or 0)")

    @staticmethod
    def require(kind: Type, wanted: Type) -> None:
        if kind.base != wanted.base or kind.optional:
            raise ConditionError(f"has {kind} where {wanted} belongs")

    @staticmethod
    def same(one: Type, two: Type) -> None:
        if one.base != two.base:
            raise ConditionError(f"puts {one} beside {two}; both sides must be of one kind")

    @staticmethod
    def possible(one: Type, two: Type) -> None:
        if one.options is not None and two.options is not None and not one.options & two.options:
            raise ConditionError(f"can never be: {_list(two.options)} is none of {_list(one.options)}")


def _either(kinds: Any) -> frozenset[str] | None:
    together: frozenset[str] = frozenset()
    for kind in kinds:
        if kind.options is None:
            return None
        together |= kind.options
    return together


def _first(runs: list[Run], look: Lookup) -> Any:
    """Take the first that is there: 0 is a value, nothing is not."""
    value = None
    for run in runs:
        value = run(look)
        if value is not None:
            break
    return value


def _list(options: frozenset[str]) -> str:
    return ", ".join(repr(option) for option in sorted(options)) or "nothing"
