"""What counts as a warning sign, in the words of one language: `content/<language>/signs.yaml` and the files beside it.

`signs.yaml` holds what all share; each file of `content/<language>/signs/` adds its part under the same keys. The
shape and its rules are the domain's (`SignWords`); here they become faults with a file and a line.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from bot.domain.signwords import SignWords
from bot.errors import Fault, FlowError
from bot.library.shapes import place, word_faults
from bot.library.strict_yaml import Path, Tree, read_file

_SIGN = re.compile(r"signs\.(\w+): ")
GRAVE = frozenset({"doctor", "emergency", "crisis"})


@dataclass(slots=True)
class Joined:
    """Several files as one: mappings united, lists one after another, and where each part of them stands."""

    main: Tree
    value: dict[str, Any]
    _parts: dict[Path, tuple[Tree, Path]] = field(default_factory=dict)

    def add(self, tree: Tree, faults: list[Fault]) -> None:
        """Add what `tree` holds; a name that another file has is a fault."""
        if not isinstance(tree.value, dict):
            faults.append(tree.fault((), "needs keys and values, such as signs: {…}"))
            return
        for key, part in tree.value.items():
            there = self.value.setdefault(key, type(part)())
            if isinstance(part, dict) and isinstance(there, dict):
                for name, inside in part.items():
                    if name in there:
                        other, _ = self._at((key, name))
                        faults.append(tree.fault((key, name), f"«{name}» is in {other.file} too; keep one"))
                    there[name] = inside
                    self._parts[key, name] = (tree, (key, name))
            elif isinstance(part, list) and isinstance(there, list):
                for at, inside in enumerate(part):
                    self._parts[key, len(there)] = (tree, (key, at))
                    there.append(inside)
            else:
                faults.append(
                    tree.fault((key,), f"«{key}» is another kind of thing in {self.main.file}; write it alike")
                )

    def _at(self, path: Path) -> tuple[Tree, Path]:
        tree, start = self._parts.get(path[:2], (self.main, path[:2]))
        return tree, start + path[2:]

    def fault(self, path: Path, message: str) -> Fault:
        """Return a fault at `path`, in the file that holds it."""
        tree, there = self._at(path)
        return tree.fault(there, message)

    def name(self, loc: Path) -> Path:
        """Return the path of what pydantic found, as far as it is written."""
        tree, there = self._at(loc)
        return loc[:2] + place(tree, there)[2:] if len(loc) > 1 else place(tree, there)


def read_ear(content: FilePath, language: str, faults: list[Fault]) -> tuple[Joined, SignWords] | None:
    """Return the language's words for signs and their places; what is wrong is added to `faults`."""
    main = read_file(content, f"{language}/signs.yaml", faults)
    folder = sorted((content / language / "signs").glob("*.yaml"))
    trees = [tree for path in folder if (tree := read_file(content, f"{language}/signs/{path.name}", faults))]
    if main is None or len(trees) < len(folder):
        return None
    joined, before = Joined(main, {}), len(faults)
    for tree in (main, *trees):
        joined.add(tree, faults)
    if len(faults) > before:
        return None
    try:
        return joined, SignWords.model_validate(joined.value)
    except ValidationError as error:
        faults.extend(word_faults(error, joined.fault, joined.name, _place))
        return None


def sign_words(content: FilePath, language: str) -> SignWords:
    """Return the language's words for signs alone, for those who measure them. Raises `FlowError`."""
    faults: list[Fault] = []
    read = read_ear(content, language, faults)
    if read is None:
        raise FlowError(faults)
    return read[1]


def _place(said: str) -> Path:
    named = _SIGN.match(said)
    return ("signs", named[1]) if named else ()


def sign_faults(joined: Joined, ear: SignWords, vocabulary: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Find grave signs that no list of the vocabulary has: flows are handed the names, and could not speak of them."""
    known = {word for words in vocabulary.values() for word in words}
    for name, sign in ear.signs.items():
        if sign.level in GRAVE and name not in known:
            message = f"«{name}» is in no list of flows/vocabulary.yaml, so no flow can speak of it; add it there"
            yield joined.fault(("signs", name), message)
