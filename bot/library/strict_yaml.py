"""YAML as an author means it: `yes`, `20:30` and `012` stay text, and nothing is dropped or built behind their back.

Read from the C parser's events, so no constructor ever runs: one document, mappings with text keys, lists, and the
scalars of YAML 1.2's JSON schema. Bounded in size and depth, because a file can come from anybody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from bot.errors import Fault, FlowError

LARGEST = 256 * 1024
"""Bytes of one file."""
DEEPEST = 20
"""Mappings and lists inside one another."""

Path = tuple[str | int, ...]
"""The keys and positions that lead to a value: `("steps", 0, "ask")`."""

_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_INT = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?([eE][-+]?[0-9]{1,2})?")

_COLON = "has a colon where none can be; put a text with a colon in quotes, or look at the indentation"
_TAB = "has a tab, or a value that begins with @, ` or %; indent with blanks, and put such a text in quotes"
_PLAIN = {
    "mapping values are not allowed in this context": _COLON,
    "found character that cannot start any token": _TAB,
    "found a tab character that violates indentation": _TAB,
    "did not find expected alphabetic or numeric character": "has a value that begins with & or *; put it in quotes",
}
"""What the parser says of an author's usual slips, and what we say instead."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A file's value, of dict, list, str, int, float, bool and None, and the line of each part of it."""

    file: str
    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line where `path` is written, or that of the nearest part around it that is."""
        for length in range(len(path), 0, -1):
            line = self.lines.get(tuple(path[:length]))
            if line is not None:
                return line
        return 1

    def fault(self, path: Sequence[str | int], message: str) -> Fault:
        """Return a fault at `path`."""
        return Fault(self.file, self.line(path), message)


def read_yaml(source: bytes, file: str) -> Tree:
    """Read one file; `file` is its name in faults. Raises `FlowError`, and nothing else whatever the bytes are."""
    reader = _Reader(file)
    if len(source) > LARGEST:
        raise reader.stop(1, f"is larger than {LARGEST // 1024} kB; split it into several files")
    try:
        text = source.decode("utf-8")
    except UnicodeDecodeError as error:
        line = source[: error.start].count(b"\n") + 1
        raise reader.stop(line, "is not UTF-8; save the file with the encoding UTF-8") from None
    try:
        value = reader.document(yaml.parse(text, Loader=yaml.CLoader))
    except yaml.MarkedYAMLError as error:
        raise reader.stop(*_slip(error)) from None
    except yaml.YAMLError:
        line = next((n for n, part in enumerate(text.split("\n"), 1) if not _printable(part)), 1)
        raise reader.stop(line, "has a character that cannot be printed; delete it") from None
    if reader.faults:
        raise FlowError(reader.faults)
    return Tree(file, value, reader.lines)


def read_file(root: FilePath, name: str, faults: list[Fault]) -> Tree | None:
    """Read `root/name`; None where it cannot be read, with why added to `faults`."""
    file = f"{root.name}/{name}"
    try:
        return read_yaml((root / name).read_bytes(), file)
    except OSError:
        faults.append(Fault(file, 1, "cannot be read; is it there, and a file?"))
    except FlowError as error:
        faults.extend(error.faults)
    return None


def _slip(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    """Return the line of what the parser refused, and a sentence about it."""
    line = 1 if error.problem_mark is None else error.problem_mark.line + 1
    if error.context == "while scanning a quoted scalar" and error.context_mark is not None:
        return error.context_mark.line + 1, "opens a quotation mark that is never closed; close it"
    why = error.problem or error.context or "it does not parse"
    return line, _PLAIN.get(why, f"is not YAML ({why}); look at the indentation, colons and quotes here")


def _printable(text: str) -> bool:
    return not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]", text)


class _Reader:
    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.lines: dict[Path, int] = {}

    def stop(self, line: int, message: str) -> FlowError:
        return FlowError([*self.faults, Fault(self.file, line, message)])

    def document(self, events: Iterator[Any]) -> Any:
        next(events)  # the stream's start
        if not isinstance(next(events), yaml.DocumentStartEvent):
            return None
        value = self.node(next(events), events, ())
        next(events)  # the document's end
        after = next(events)
        if isinstance(after, yaml.DocumentStartEvent):
            raise self.stop(_line(after), "begins a second document; put it into a file of its own")
        return value

    def node(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        line = _line(event)
        self.lines.setdefault(path, line)
        if isinstance(event, yaml.AliasEvent):
            self.faults.append(Fault(self.file, line, f"has the alias *{event.anchor}; write the value out again"))
            return None
        if event.anchor is not None:
            self.faults.append(Fault(self.file, line, f"has the anchor &{event.anchor}; leave it out"))
        if event.tag is not None:
            self.faults.append(Fault(self.file, line, f"has the tag {event.tag}; leave it out"))
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else scalar(event.value)
        if len(path) >= DEEPEST:
            raise self.stop(line, f"goes deeper than {DEEPEST} levels; make it flatter")
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path, braces=bool(event.flow_style))
        return self.sequence(events, path)

    def mapping(self, events: Iterator[Any], path: Path, *, braces: bool) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise self.stop(line, "has a key that is not a word; a key is a word and a colon")
            key = event.value
            if key in result:
                self.faults.append(Fault(self.file, line, f"has the key «{key}» twice; keep one"))
            self.lines[(*path, key)] = line
            value = next(events)
            if braces and isinstance(value, yaml.ScalarEvent) and not value.value and not value.style:
                message = f"has «{key}» without a value; what has a comma in it, inside braces, needs quotes"
                self.faults.append(Fault(self.file, line, message))
            result[key] = self.node(value, events, (*path, key))
        return result

    def sequence(self, events: Iterator[Any], path: Path) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            result.append(self.node(event, events, (*path, len(result))))
        return result


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def scalar(text: str) -> str | int | float | bool | None:
    """Return what an unquoted scalar is: true, false, null, a number as JSON writes it; all else is text."""
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
