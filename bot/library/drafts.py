"""One file of the library, read: each value of its front matter and its body, or a fault at its line."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from bot.errors import Fault, FlowError
from bot.library.limits import units, visible
from bot.library.markdown import html_of
from bot.library.shapes import NAME
from bot.library.strict_yaml import Tree, read_yaml

Kind = Literal[
    "mechanism", "reassurance", "cause", "condition", "sleep", "remedy", "exercise", "prevention", "treatment",
    "doctor", "trivia",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
KEYS = ("id", "title", "kind", "summary", "asks", "near", "sources", "checked")
LONGEST_TITLE, LONGEST_SUMMARY, LONGEST_BODY, LONGEST_ASK = 40, 350, 1800, 60
"""Lengths in UTF-16 units as read; a title is a button's label too, on a phone."""
FEWEST_ASKS, MOST_ASKS = 5, 25
FEWEST_NEAR, MOST_NEAR = 2, 4


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the facts of an article stand: a publication by its name, and its part; "" where all of it is meant."""

    name: str
    part: str


class Draft:
    """An article as its author wrote it. Only one that is `right` has all its values; each mistake is in `faults`."""

    def __init__(self, tree: Tree, body: str, faults: list[Fault]) -> None:
        self.tree, self.body, self.faults = tree, body, faults
        self.value: dict[str, Any] = tree.value
        self.right = True
        for key in self.value:
            if key not in KEYS:
                self.wrong(key, f"is a key that nobody reads; there are {', '.join(KEYS)}")
        for key in KEYS:
            if key not in self.value:
                self.wrong(key, f"is missing; add {key}: above the second ---")
        self.title = self._text("title", LONGEST_TITLE)
        self.summary = self._markdown("summary", LONGEST_SUMMARY)
        self.asks = self._phrases("asks", FEWEST_ASKS, MOST_ASKS)
        self.near = self._phrases("near", FEWEST_NEAR, MOST_NEAR)
        self.sources = self._origins()
        self.checked = self._day()
        self.kind: Kind = KINDS[0]
        if self.value.get("kind") in KINDS:
            self.kind = self.value["kind"]
        elif "kind" in self.value:
            self.wrong("kind", f"is none of {', '.join(KINDS)}; write one of them")

    def wrong(self, key: str, message: str, *deeper: str | int) -> None:
        """Add a fault at the line of a key, or of what is below it."""
        self.right = False
        self.faults.append(self.tree.fault((key, *deeper), f"«{key}» {message}"))

    def _text(self, key: str, longest: int) -> str:
        value = self.value.get(key, "-")
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "is not text; write it in quotes")
            return ""
        if units(value.strip()) > longest:
            self.wrong(key, f"has {units(value.strip())} characters and may have {longest}; make it shorter")
        return value.strip()

    def _markdown(self, key: str, longest: int) -> str:
        value = self._text(key, 10**9)
        html, wrong = html_of(value)
        for _, message in wrong:
            self.wrong(key, message)
        if units(visible(html)) > longest:
            self.wrong(key, f"has {units(visible(html))} characters and may have {longest}; make it shorter")
        return html

    def _phrases(self, key: str, fewest: int, most: int) -> tuple[str, ...]:
        value = self.value.get(key)
        if key not in self.value:
            return ()
        if not isinstance(value, list) or not fewest <= len(value) <= most:
            self.wrong(key, f"needs a list of {fewest} to {most}, such as [first, second]")
            return ()
        for n, phrase in enumerate(value):
            if not isinstance(phrase, str) or not normal(phrase):
                self.wrong(key, "has something that is not text; write it in quotes", n)
            elif units(phrase) > LONGEST_ASK:
                self.wrong(key, f"has «{phrase}», longer than {LONGEST_ASK} characters; make it shorter", n)
        return tuple(str(phrase).strip() for phrase in value)

    def _origins(self) -> tuple[Origin, ...]:
        value = self.value.get("sources")
        if "sources" not in self.value:
            return ()
        if not isinstance(value, list) or not value:
            self.wrong("sources", "needs a list such as [{name: Toe twitching, part: home remedies}]")
            return ()
        origins: list[Origin] = []
        for n, one in enumerate(value):
            right = isinstance(one, dict) and set(one) in ({"name"}, {"name", "part"})
            if right and all(isinstance(part, str) and part.strip() for part in one.values()):
                origins.append(Origin(one["name"], one.get("part", "")))
            else:
                self.wrong("sources", "needs for each a name and, if you like, a part: {name: …, part: …}", n)
        return tuple(origins)

    def _day(self) -> date:
        written = str(self.value.get("checked"))
        with suppress(ValueError):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
                return date.fromisoformat(written)
        if "checked" in self.value:
            self.wrong("checked", "is no day; write it such as 2026-11-21")
        return date.min


def normal(phrase: str) -> str:
    """Return a phrase as two of them are compared: small letters and digits, one blank between words."""
    return " ".join(re.findall(r"\w+", phrase.casefold().replace("'", "").replace("’", "")))


def read_draft(path: Path, file: str, faults: list[Fault]) -> Draft | None:
    """Read one article; `file` is its name in faults. None where it has no front matter that can be read."""
    try:
        lines = path.read_bytes().decode("utf-8").replace("\r\n", "\n").split("\n")
    except (OSError, UnicodeDecodeError):
        faults.append(Fault(file, 1, "cannot be read; save it as a text file with the encoding UTF-8"))
        return None
    if lines[0] != "---" or "---" not in lines[1:]:
        faults.append(Fault(file, 1, "has no front matter; begin with a line ---, its keys, and a line ---"))
        return None
    end = lines.index("---", 1)
    try:
        # The first line stays, empty, so that lines are counted as in the file.
        tree = read_yaml("\n".join(["", *lines[1:end]]).encode(), file)
    except FlowError as error:
        faults.extend(error.faults)
        return None
    if not isinstance(tree.value, dict):
        faults.append(Fault(file, 2, f"needs keys and values between the lines ---: {', '.join(KEYS)}"))
        return None
    body, wrong = html_of("\n".join(lines[end + 1 :]))
    if not 0 < units(visible(body)) <= LONGEST_BODY:
        length = units(visible(body))
        wrong.append((1, f"the text below the front matter has {length} characters; write 1 to {LONGEST_BODY}"))
    draft = Draft(tree, body, faults)
    draft.right = draft.right and not wrong
    faults.extend(Fault(file, end + 1 + line, message) for line, message in wrong)
    name = draft.value.get("id", path.stem)
    if name != path.stem:
        draft.wrong("id", f"is {name}, and the file is {path.name}; name both alike")
    elif not re.fullmatch(NAME, path.stem):
        draft.wrong("id", "needs lower case letters, digits and _, at most 32, with a letter first; rename the file")
    return draft
