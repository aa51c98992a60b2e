"""The library: short answers about twitching toes, one Markdown file each, read at start and never changed after.

A file is its front matter between two lines `---`, read as strictly as any YAML here, and a body of
paragraphs, `**bold**` and `- bullets`. Words come out as Telegram's HTML with no tag but `b`; every mistake is a fault.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from babel.dates import format_date

from bot.errors import Fault, FlowError
from bot.library.limits import units, visible
from bot.library.markdown import html_of, inline
from bot.library.shapes import NAME
from bot.library.strict_yaml import Tree, read_yaml
from bot.library.texts import Text, fixed

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
NO_FOOT = fixed("")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the facts of an article stand: a publication by its name, and the part of it, if one is meant."""

    name: str
    part: str

    def __str__(self) -> str:
        return f"{self.name} ({self.part})" if self.part else self.name


@dataclass(frozen=True, slots=True)
class Article:
    """One answer. `title` and `asks` are plain text; `summary`, `body` and `foot` are Telegram's HTML."""

    id: str
    title: str
    kind: Kind
    summary: str
    """The short answer, shown first."""
    body: str
    asks: tuple[str, ...]
    """What people type for it, as its author wrote it."""
    near: tuple[str, ...]
    """Ids of articles to read next, in the order in which they are offered."""
    sources: tuple[Origin, ...]
    checked: date
    """The day when it was compared with its sources."""
    foot: str
    """The last line of what is shown: the sources, the day, and that no clinician has reviewed it."""

    @property
    def short(self) -> str:
        """The title, the short answer and the foot, as one message."""
        return self._shown(self.summary)

    @property
    def whole(self) -> str:
        """The title, the short answer, the body and the foot, as one message; always below Telegram's limit."""
        return self._shown(self.summary, self.body)

    @property
    def rest(self) -> str:
        """What a person reads who has read `short`: the title, the body and the foot."""
        return self._shown(self.body)

    def _shown(self, *parts: str) -> str:
        title = f"<b>{inline(self.title)}</b>"
        return "\n\n".join(part for part in (title, *parts, self.foot) if part)


def read_articles(root: Path, language: str, faults: list[Fault], foot: Text = NO_FOOT) -> Mapping[str, Article]:
    """Return the articles in `root/language/articles/*.md` by their ids, in the order of their names.

    `foot` is the text of the last line, with places for `sources` and `checked`. Adds what is wrong to `faults`; an
    article with a fault is left out. A folder that is not there holds no articles.
    """
    directory = root / language / "articles"
    drafts: dict[str, _Draft] = {}
    for path in sorted(directory.glob("*")) if directory.is_dir() else ():
        file = f"{root.name}/{language}/articles/{path.name}"
        if path.suffix != ".md":
            faults.append(Fault(file, 1, f"is not read; an article is a file such as {path.stem}.md"))
            continue
        draft = _read(path, file, faults)
        if draft is not None:
            drafts[path.stem] = draft
    _compare(drafts, {path.stem for path in directory.glob("*.md")})
    return {name: draft.article(foot, language) for name, draft in drafts.items() if draft.right}


class _Draft:
    """One file while it is read: each value, or a fault at the line where it stands."""

    def __init__(self, tree: Tree, body: str, faults: list[Fault]) -> None:
        self.tree, self.faults = tree, faults
        self.value: dict[str, Any] = tree.value
        self.right = True
        self.body = body
        for key in self.value:
            if key not in KEYS:
                self.wrong(key, f"is a key that nobody reads; there are {', '.join(KEYS)}")
        for key in KEYS:
            if key not in self.value:
                self.wrong(key, f"is missing; add {key}: above the second ---")
        self.title = self.text("title", LONGEST_TITLE)
        self.summary = self.markdown("summary", LONGEST_SUMMARY)
        self.asks = self.phrases("asks", FEWEST_ASKS, MOST_ASKS)
        self.near = self.phrases("near", FEWEST_NEAR, MOST_NEAR)
        self.sources = self.origins()
        self.checked = self.day()
        if "kind" in self.value and self.value["kind"] not in KINDS:
            self.wrong("kind", f"is none of {', '.join(KINDS)}; write one of them")

    def wrong(self, key: str, message: str, *deeper: str | int) -> None:
        self.right = False
        self.faults.append(self.tree.fault((key, *deeper), f"«{key}» {message}"))

    def text(self, key: str, longest: int) -> str:
        value = self.value.get(key)
        if key not in self.value:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(key, "is not text; write it in quotes")
            return ""
        if units(value.strip()) > longest:
            self.wrong(key, f"is longer than {longest} characters ({units(value.strip())}); make it shorter")
        return value.strip()

    def markdown(self, key: str, longest: int) -> str:
        html, wrong = html_of(value) if isinstance(value := self.value.get(key), str) else ("", [])
        for _, message in wrong:
            self.wrong(key, message)
        self.text(key, 10**9)
        if units(visible(html)) > longest:
            self.wrong(key, f"is longer than {longest} characters ({units(visible(html))}); make it shorter")
        return html

    def phrases(self, key: str, fewest: int, most: int) -> tuple[str, ...]:
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

    def origins(self) -> tuple[Origin, ...]:
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

    def day(self) -> date:
        written = str(self.value.get("checked"))
        with suppress(ValueError):
            if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
                return date.fromisoformat(written)
        if "checked" in self.value:
            self.wrong("checked", "is no day; write it such as 2026-11-21")
        return date.min

    def article(self, foot: Text, language: str) -> Article:
        sources = "; ".join(map(str, self.sources))
        told = foot({"sources": sources, "checked": format_date(self.checked, "long", language.replace("-", "_"))})
        return Article(
            self.value["id"], self.title, self.value["kind"], self.summary, self.body, self.asks, self.near,
            self.sources, self.checked, told,
        )  # fmt: skip


def normal(phrase: str) -> str:
    """Return a phrase as two of them are compared: small letters and digits, one blank between words."""
    return " ".join(re.findall(r"\w+", phrase.casefold().replace("'", "").replace("’", "")))


def _read(path: Path, file: str, faults: list[Fault]) -> _Draft | None:
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError):
        faults.append(Fault(file, 1, "cannot be read; save it as a text file with the encoding UTF-8"))
        return None
    lines = text.split("\n")
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
    draft = _Draft(tree, body, faults)
    for line, message in wrong:
        draft.right = False
        faults.append(Fault(file, end + 1 + line, message))
    length = units(visible(body))
    if length == 0 or length > LONGEST_BODY:
        draft.right = False
        message = f"the body has {length} characters; write 1 to {LONGEST_BODY}"
        faults.append(Fault(file, end + 2, message))
    name = draft.value.get("id", path.stem)
    if name != path.stem:
        draft.wrong("id", f"is {name}, and the file is {path.name}; name both alike")
    elif not re.fullmatch(NAME, path.stem):
        draft.wrong("id", "needs lower case letters, digits and _, at most 32, with a letter first; rename the file")
    return draft


def _compare(drafts: Mapping[str, _Draft], files: set[str]) -> None:
    """Find what only several articles together get wrong. `files`: all that are there, readable or not."""
    claimed: dict[str, str] = {}
    for name, draft in drafts.items():
        for n, phrase in enumerate(draft.asks):
            first = claimed.setdefault(normal(phrase), name)
            if first != name:
                draft.wrong("asks", f"has «{phrase}», which {first}.md has too; leave it to one of them", n)
            elif normal(phrase) in map(normal, draft.asks[:n]):
                draft.wrong("asks", f"has «{phrase}» twice; keep one", n)
        for n, other in enumerate(draft.near):
            if other == name or other not in files or other in draft.near[:n]:
                draft.wrong("near", f"has «{other}», which is not another article; write the id of one", n)
