"""What counts as a warning sign, in the words of one language: `content/<language>/signs.yaml`, read strictly.

The shape and its rules are the domain's (`SignWords`); here they become faults with a file and a line.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.signwords import SignWords
from bot.errors import Fault
from bot.library.shapes import place
from bot.library.strict_yaml import Tree

_SIGN = re.compile(r"signs\.(\w+): ")
GRAVE = frozenset({"doctor", "emergency", "crisis"})


def read_ear(tree: Tree, faults: list[Fault]) -> SignWords | None:
    """Return the language's words for signs; what is wrong with them is added to `faults`."""
    try:
        return SignWords.model_validate(tree.value)
    except ValidationError as error:
        faults.extend(_fault(tree, problem) for problem in error.errors())
        return None


def _fault(tree: Tree, problem: ErrorDetails) -> Fault:
    if problem["type"] == "value_error":
        said = str(problem["ctx"]["error"])
        named = _SIGN.match(said)
        return tree.fault(("signs", named[1]) if named else (), said)
    path = place(tree, problem["loc"])
    name = ".".join(map(str, path))
    match problem["type"]:
        case "missing":
            return tree.fault(path, f"lacks «{'.'.join(map(str, problem['loc']))}»; add it")
        case "extra_forbidden":
            return tree.fault(path, f"«{name}» is a key that nobody reads; mend its name or delete it")
    return tree.fault(path, f"«{name}» is not right ({problem['msg']})")


def sign_faults(tree: Tree, ear: SignWords, vocabulary: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """Find grave signs that no list of the vocabulary has: flows are handed the names, and could not speak of them."""
    known = {word for words in vocabulary.values() for word in words}
    for name, sign in ear.signs.items():
        if sign.level in GRAVE and name not in known:
            message = f"«{name}» is in no list of flows/vocabulary.yaml, so no flow can speak of it; add it there"
            yield tree.fault(("signs", name), message)
