"""One language of `content/`, read: every text and label by its key, with the place where it is written.

Keys: `flow.step` is the entry's title and text; its parts are `flow.step.title`, `.nudge`, `.again`, `.skip`, `.none`,
`.done` and `.buttons.OPTION`; `vocabulary.LIST.WORD` is the label of a named word.
"""

from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from bot.errors import Fault
from bot.library.house_words import HOUSE, SHARED
from bot.library.limits import LONGEST_DESCRIPTION, LONGEST_LABEL, units
from bot.library.strict_yaml import Path, Tree, read_file
from bot.library.texts import Plural, Text, fixed, read_text

TEXTS = ("title", "say", "nudge", "again")
LABELS = ("skip", "none", "done")
ENTRY = (*TEXTS, "buttons", "typed", *LABELS)
SHARED_FILES = frozenset({"common", "care", "entry", "weeks"})
OTHER_FILES = frozenset({"vocabulary", "signs", "facts", "intents"})


@dataclass(frozen=True, slots=True)
class Label:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A place in a file, to hang a fault on."""

    tree: Tree
    path: Path

    def fault(self, message: str) -> Fault:
        """Return a fault here, which begins with what is here."""
        name = ".".join(str(part) for part in self.path)
        return self.tree.fault(self.path, f"«{name}» {message}")


@dataclass(slots=True)
class Content:
    """A language as its authors wrote it."""

    language: str
    directory: str
    texts: dict[str, Text] = field(default_factory=dict)
    titles: dict[str, Text] = field(default_factory=dict)
    """By the key of their entry."""
    labels: dict[str, Label] = field(default_factory=dict)
    typed: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """By the key of their entry: other words for an option."""
    commands: dict[str, str] = field(default_factory=dict)
    places: dict[str, Placed] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    """Files that are there."""
    unreadable: set[str] = field(default_factory=set)
    """Files that could not be read: nothing else is said of what they lack."""

    def whole(self, key: str) -> tuple[Text, ...]:
        """Return what is said at `key`: the title, if it has one, and the text."""
        return tuple(table[key] for table in (self.titles, self.texts) if key in table)

    def file(self, name: str) -> str:
        """Return the name of a file in faults."""
        return f"{self.directory}/{name}.yaml"


def read_content(root: FilePath, language: str, plural: Plural, known: set[str], faults: list[Fault]) -> Content:
    """Read `root/language/*.yaml`. `known`: the names that flows have. Adds what is wrong to `faults`."""
    content = Content(language, f"{root.name}/{language}")
    for path in sorted((root / language).glob("*.yaml")):
        if path.stem in OTHER_FILES - {"vocabulary"}:
            continue
        content.files.add(path.stem)
        tree = read_file(root, f"{language}/{path.name}", faults)
        if tree is None:
            content.unreadable.add(path.stem)
            continue
        if path.stem not in known | SHARED_FILES | OTHER_FILES:
            faults.append(tree.fault((), f"belongs to no flow; name it like one, or write flows/{path.stem}.yaml"))
        reader = _Reader(content, tree, path.stem, plural, faults)
        (reader.vocabulary if path.stem == "vocabulary" else reader.entries)()
    return content


class _Reader:
    def __init__(self, content: Content, tree: Tree, name: str, plural: Plural, faults: list[Fault]) -> None:
        self.content, self.tree, self.name, self.plural, self.faults = content, tree, name, plural, faults

    def wrong(self, path: Path, message: str) -> None:
        self.faults.append(Placed(self.tree, path).fault(message) if path else self.tree.fault((), message))

    def mapping(self, value: Any, path: Path, example: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        if not path:
            self.content.unreadable.add(self.name)
        self.wrong(path, f"needs keys and values, such as {example}")
        return {}

    def entries(self) -> None:
        for name, value in self.mapping(self.tree.value or {}, (), "mood: {say: …}").items():
            if self.name == "common" and name == "commands":
                self.commands(value)
                continue
            entry = self.mapping(value, (name,), "{say: …}")
            key = f"{self.name}.{name}"
            self.content.places[key] = Placed(self.tree, (name,))
            for part, inside in entry.items():
                self.part(key, (name, part), part, inside)
            if "title" in entry and "say" not in entry:
                self.wrong((name,), "has a title and nothing below it; add say:")

    def part(self, key: str, path: Path, part: str, value: Any) -> None:
        house = HOUSE.get(key)
        if house is not None and house.plain is not None and part == "say":
            self.label(key, path, value, house.plain)
        elif part in TEXTS:
            text, wrong = read_text(value, self.plural)
            for message in wrong:
                self.wrong(path, message)
            text = text or fixed("x")
            if part == "title":
                self.content.titles[key] = text
            self.content.texts[key if part == "say" else f"{key}.{part}"] = text
            self.content.places.setdefault(f"{key}.{part}", Placed(self.tree, path))
        elif part in LABELS:
            self.label(f"{key}.{part}", path, value, LONGEST_LABEL)
        elif part == "buttons":
            for option, label in self.mapping(value, path, "{calm: Calm}").items():
                self.label(f"{key}.buttons.{option}", (*path, option), label, LONGEST_LABEL)
        elif part == "typed":
            self.typed(key, path, value)
        else:
            self.wrong(path, f"is a key that nobody reads; there are {', '.join(ENTRY)}")

    def label(self, key: str, path: Path, value: Any, longest: int) -> None:
        self.content.places[key] = Placed(self.tree, path)
        self.content.labels[key] = Label(value.strip() if isinstance(value, str) else "x")
        if not isinstance(value, str) or not value.strip():
            self.wrong(path, "is not text; put it in quotes")
        elif "{" in value or "}" in value:
            self.wrong(path, "has a brace; a label has no places for values, leave it out")
        elif units(value.strip()) > longest:
            self.wrong(path, f"is longer than {longest} characters; make it shorter")

    def typed(self, key: str, path: Path, value: Any) -> None:
        shared = next((option for option, one in SHARED.items() if one == key), None)
        if shared is None:
            said = self.mapping(value, path, "{calm: [fine, good]}")
        else:
            said, path = {shared: value}, path[:-1]
        words = self.content.typed.setdefault(key, {})
        for option, each in said.items():
            if isinstance(each, list) and each and all(isinstance(word, str) for word in each):
                words[option] = tuple(each)
            else:
                at = path if shared is not None else (*path, option)
                self.wrong(at, "needs a list of typed words, such as [fine, good]; numbers in quotes")

    def commands(self, value: Any) -> None:
        self.content.places["commands"] = Placed(self.tree, ("commands",))
        for name, text in self.mapping(value, ("commands",), "{checkin: How are your toes?}").items():
            self.content.places[f"commands.{name}"] = Placed(self.tree, ("commands", name))
            self.content.commands[name] = text if isinstance(text, str) else "x"
            if not isinstance(text, str) or not text.strip():
                self.wrong(("commands", name), "is not text; put it in quotes")
            elif units(text) > LONGEST_DESCRIPTION:
                self.wrong(("commands", name), f"is longer than {LONGEST_DESCRIPTION} characters; make it shorter")

    def vocabulary(self) -> None:
        for name, words in self.mapping(self.tree.value or {}, (), "warning_sign: {weakness: Weak}").items():
            for word, label in self.mapping(words, (name,), "{weakness: Weak}").items():
                self.label(f"vocabulary.{name}.{word}", (name, word), label, LONGEST_LABEL)
