"""What people want who type it, in the words of one language: `content/<language>/intents.yaml`, read strictly."""

import re

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.domain.intentwords import IntentWords
from bot.errors import Fault
from bot.library.shapes import place
from bot.library.strict_yaml import Tree

_PLACE = re.compile(r"[a-z_.]+")


def read_intents(tree: Tree, faults: list[Fault]) -> IntentWords | None:
    """Return the language's words for intents; what is wrong with them is added to `faults`."""
    try:
        return IntentWords.model_validate(tree.value)
    except ValidationError as error:
        faults.extend(_fault(tree, problem) for problem in error.errors())
        return None


def _fault(tree: Tree, problem: ErrorDetails) -> Fault:
    if problem["type"] == "value_error":
        said = str(problem["ctx"]["error"])
        named = _PLACE.match(said)
        return tree.fault(tuple(named[0].rstrip(".").split(".")) if named else (), said)
    path = place(tree, problem["loc"])
    name = ".".join(map(str, path))
    match problem["type"]:
        case "missing":
            return tree.fault(path, f"lacks «{'.'.join(map(str, problem['loc']))}»; add it")
        case "extra_forbidden":
            return tree.fault(path, f"«{name}» is a key that nobody reads; mend its name or delete it")
    return tree.fault(path, f"«{name}» is not right ({problem['msg']})")
