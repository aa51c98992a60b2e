"""What counts as a warning sign, in the words of one language: `content/<language>/signs.yaml`, read strictly.

The shape and its rules are the domain's (`SignWords`); here they become faults with a file and a line.
"""

from collections.abc import Collection, Iterator, Mapping

from pydantic import ValidationError

from bot.domain.signwords import SignWords
from bot.errors import Fault
from bot.library.strict_yaml import Path, Tree

GRAVE = frozenset({"doctor", "emergency", "crisis"})


def read_ear(tree: Tree, faults: list[Fault]) -> SignWords | None:
    """Return the language's words for signs; what is wrong with them is added to `faults`."""
    try:
        return SignWords.model_validate(tree.value)
    except ValidationError as error:
        for problem in error.errors():
            path: Path = ()
            for part in problem["loc"]:
                path = (*path, part) if (*path, part) in tree.lines else path
            missing = f".{problem['loc'][-1]}" if problem["type"] == "missing" else ""
            name = ".".join(map(str, path)) + missing
            said = str(problem["ctx"]["error"]) if problem["type"] == "value_error" else _lower(problem["msg"])
            faults.append(tree.fault(path, f"«{name.lstrip('.')}» {said}" if name else said))
        return None


def sign_faults(tree: Tree, ear: SignWords, vocabulary: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Find grave signs that no list of the vocabulary has: flows are handed the names, and could not speak of them."""
    known = {word for words in vocabulary.values() for word in words}
    for name, sign in ear.signs.items():
        if sign.level in GRAVE and name not in known:
            message = f"«{name}» is in no list of flows/vocabulary.yaml, so no flow can speak of it; add it there"
            yield tree.fault(("signs", name), message)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]
