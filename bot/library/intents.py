"""What people want who type it, in the words of one language: `content/<language>/intents.yaml`, read strictly."""

import re
from functools import partial

from pydantic import ValidationError

from bot.domain.intentwords import IntentWords
from bot.errors import Fault
from bot.library.shapes import place, word_faults
from bot.library.strict_yaml import Path, Tree

_PLACE = re.compile(r"[a-z_.]+")


def read_intents(tree: Tree, faults: list[Fault]) -> IntentWords | None:
    """Return the language's words for intents; what is wrong with them is added to `faults`."""
    try:
        return IntentWords.model_validate(tree.value)
    except ValidationError as error:
        faults.extend(word_faults(error, tree.fault, partial(place, tree), _place))
        return None


def _place(said: str) -> Path:
    named = _PLACE.match(said)
    return tuple(named[0].rstrip(".").split(".")) if named else ()
