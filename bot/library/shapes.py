"""A file that has not the shape of its model: what pydantic finds, as sentences, each at the line where it stands."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import Fault
from bot.library.strict_yaml import Path, Tree

NAME = r"^[a-z][a-z0-9_]{0,31}$"
OPTION = r"^[a-z0-9][a-z0-9_]{0,47}$"
KEY = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$"
NUMBER = r"^[1-9][0-9]{0,4}$"
DURATION = r"^[1-9][0-9]{0,3}[smhd]$"
DELAY = r"^([1-9][0-9]{0,3}[smhd]|=.+)$"
CLOCK = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
COUNTRY = r"^[A-Z]{2}$"
SOURCE = r"^https://[^ ]+$"

_PATTERNS = {
    NAME: "needs a name of lower case letters, digits and _, at most 32 of them, that begins with a letter",
    OPTION: "needs an option of lower case letters, digits and _, at most 48 of them",
    KEY: "needs the name of a text, such as care.doctor",
    NUMBER: "needs the number of a version, such as 1",
    DURATION: "needs a time such as 30m, 12h or 3d",
    DELAY: "needs a time such as 30m, 12h or 3d, or = and what gives a number of days",
    CLOCK: "needs a clock time such as 09:00",
    COUNTRY: "needs a country code of two capitals, such as US",
    SOURCE: "needs the page that says so, as https://…",
}
_WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list",
    "dict_type": "keys and values",
    "model_type": "keys and values",
}


def shape_faults(tree: Tree, error: ValidationError, model: Callable[[Path], type[BaseModel]]) -> list[Fault]:
    """Say each mistake once, where it is written. `model` tells which model has the key at a path.

    A value that could be of several kinds fails once for each: what it needs is said together, and not at all where
    something inside it is wrong.
    """
    said: dict[Path, list[str]] = {}
    wanted: dict[Path, list[str]] = {}
    for problem in error.errors():
        path = place(tree, problem["loc"])
        kind = problem["type"]
        if kind in _WANTED:
            wanted.setdefault(path, []).append(_WANTED[kind])
        elif kind == "literal_error":
            expected = problem["ctx"]["expected"]
            wanted.setdefault(path, []).append(expected.replace("'", "").replace("True", "true"))
        else:
            said.setdefault(path, []).append(_sentence(path, problem, model))
    for path, kinds in wanted.items():
        inside = any(len(other) > len(path) and other[: len(path)] == path for other in (*said, *wanted))
        if path not in said and not inside:
            said[path] = [f"needs {' or '.join(dict.fromkeys(kinds))}"]
    return [tree.fault(path, _at(path, message)) for path, messages in said.items() for message in messages]


def word_faults(
    error: ValidationError,
    fault: Callable[[Path, str], Fault],
    name: Callable[[Path], Path],
    said_at: Callable[[str], Path],
) -> Iterator[Fault]:
    """Say what is wrong with a list of words, whose models know their own rules and say where these are broken.

    `name`: the path in the file of what pydantic found; `said_at`: the path that a model's own sentence names.
    """
    for problem in error.errors():
        path = name(problem["loc"])
        named = ".".join(map(str, path))
        match problem["type"]:
            case "value_error":
                said = str(problem["ctx"]["error"])
                yield fault(said_at(said), said)
            case "missing":
                yield fault(path, f"lacks «{'.'.join(map(str, problem['loc']))}»; add it")
            case "extra_forbidden":
                yield fault(path, f"«{named}» is a key that nobody reads; mend its name or delete it")
            case _:
                yield fault(path, f"«{named}» is not right ({problem['msg']})")


def place(tree: Tree, loc: tuple[str | int, ...]) -> Path:
    """Return the path in the file: pydantic puts the names of models and kinds between."""
    path: Path = ()
    for part in loc:
        if (*path, part) in tree.lines:
            path = (*path, part)
    return path


def _sentence(path: Path, problem: ErrorDetails, model: Callable[[Path], type[BaseModel]]) -> str:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return f"lacks «{problem['loc'][-1]}:»; add it"
        case "extra_forbidden":
            return _unknown(path, model(path))
        case "string_pattern_mismatch":
            return _PATTERNS[context["pattern"]]
        case "value_error":
            return str(context["error"])
        case "greater_than_equal":
            return f"needs {context['ge']} or more"
        case "less_than_equal":
            return f"needs {context['le']} or less"
        case "too_short":
            return f"needs at least {context['min_length']} in the list"
        case "too_long":
            return f"needs at most {context['max_length']} in the list"
    return f"is not right ({problem['msg']})"


def _unknown(path: Path, model: type[BaseModel]) -> str:
    known = [part.alias or name for name, part in model.model_fields.items()]
    close = get_close_matches(str(path[-1]), known, 1)
    hint = f"did you mean «{close[0]}:»?" if close else f"there are {', '.join(known)}"
    return f"is a key that nobody reads; {hint}"


def _at(path: Path, message: str) -> str:
    name = next((part for part in reversed(path) if isinstance(part, str)), None)
    return message if name is None else f"«{name}» {message}"
