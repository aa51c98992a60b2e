"""Short notation for many wordings: a phrase written once stands for all its forms, so that the lists stay readable.

`give+ way` is give, gives, giving, gave, given way; `{refuses} {obey}` is every phrase of the one group followed by
every phrase of the other; `a|b_c` is a or «b c»; `x?` may be missing. All is written out when the reader is built.
"""

from collections.abc import Iterable, Mapping
from itertools import product

MOST = 20_000
"""Phrases that one may stand for: more is a mistake of the author."""
VOWELS = "aeiou"


class TooMuchError(ValueError):
    """A phrase stands for too many, or for itself."""


def forms_of(verb: str, irregular: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the forms of an English verb: drop, drops, dropping, dropped. `irregular`: those no rule tells."""
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = f"{verb}es"
    elif verb.endswith("y") and verb[-2:-1] not in VOWELS:
        third = f"{verb[:-1]}ies"
    else:
        third = f"{verb}s"
    stem = _stem(verb)
    past = f"{verb[:-1]}ied" if third.endswith("ies") else f"{stem}ed"
    going = f"{verb[:-2]}ying" if verb.endswith("ie") else f"{verb}ing" if verb.endswith(("ee", "ye")) else f"{stem}ing"
    return list(dict.fromkeys([verb, third, going, *irregular.get(verb, (past,))]))


def _stem(verb: str) -> str:
    """Return what `-ed` and `-ing` follow: drop → dropp, move → mov, wait → wait."""
    if verb.endswith("e"):
        return verb[:-1]
    doubled = len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in VOWELS and verb[-3] not in VOWELS
    return f"{verb}{verb[-1]}" if doubled and sum(c in VOWELS for c in verb) == 1 else verb


class Wordings:
    """Writes out the phrases of one language."""

    __slots__ = ("_done", "_groups", "_irregular")

    def __init__(self, groups: Mapping[str, Iterable[str]], irregular: Mapping[str, Iterable[str]]) -> None:
        """`groups` and `irregular`: as in signs.yaml."""
        self._groups = groups
        self._irregular = irregular
        self._done: dict[str, tuple[str, ...]] = {}

    def all(self, phrases: Iterable[str]) -> list[str]:
        """Return every phrase that these stand for, each once."""
        return list(dict.fromkeys(said for phrase in phrases for said in self.of(phrase)))

    def group(self, name: str, inside: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return every phrase of a group. Raises TooMuchError where it holds itself, KeyError where it is unknown."""
        if name in inside:
            raise TooMuchError(f"the group «{name}» holds itself, by way of {', '.join(inside)}")
        if name not in self._done:
            said = [one for phrase in self._groups[name] for one in self.of(phrase, (*inside, name))]
            self._done[name] = tuple(dict.fromkeys(said))
        return self._done[name]

    def of(self, phrase: str, inside: tuple[str, ...] = ()) -> list[str]:
        """Return all that one phrase stands for."""
        choices = [self._choices(step, inside) for step in phrase.split()]
        size = 1
        for choice in choices:
            size *= len(choice)
        if size > MOST:
            raise TooMuchError(f"«{phrase}» stands for {size} phrases: at most {MOST}")
        return [" ".join(filter(None, said)) for said in product(*choices)]

    def _choices(self, step: str, inside: tuple[str, ...]) -> list[str]:
        found = [""] if step.endswith("?") else []
        for one in step.removesuffix("?").split("|"):
            if one.startswith("{"):
                found += self.group(one[1:-1], inside)
            elif "+" in one:
                found += [" ".join(said) for said in product(*(self._verb(word) for word in one.split("_")))]
            else:
                found.append(one.replace("_", " "))
        return found

    def _verb(self, word: str) -> list[str]:
        return forms_of(word[:-1], self._irregular) if word.endswith("+") else [word]
