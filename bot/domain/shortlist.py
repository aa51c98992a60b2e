"""Which patterns may be in a text at all: most are ruled out by the words alone, without a look at each.

Every pattern is filed under the rarest of the groups that it cannot be without. So the work for a text depends on what
is in it, and hardly on how many patterns a language has.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Generic, TypeVar

from bot.domain.phrases import Pattern

Key = TypeVar("Key")


class Shortlist(Generic[Key]):
    """Patterns in lists of their own, each list under a key."""

    __slots__ = ("_always", "_filed")

    def __init__(self, lists: Mapping[Key, Iterable[Pattern]], commonness: Mapping[str, int]) -> None:
        """`commonness`: how often the phrases of a group are expected; the least common of a pattern's files it."""
        self._filed: dict[str, list[tuple[Key, int, Pattern]]] = {}
        self._always: list[tuple[Key, int, Pattern]] = []
        for key, patterns in lists.items():
            for at, each in enumerate(patterns):
                rarest = min(each.needs, key=lambda group: (commonness.get(group, 0), group), default=None)
                (self._always if rarest is None else self._filed.setdefault(rarest, [])).append((key, at, each))

    def of(self, there: AbstractSet[str]) -> dict[Key, list[Pattern]]:
        """Return the patterns that need no group but those that are `there`, in the order of their lists."""
        possible = [*self._always]
        for group in there:
            possible += (each for each in self._filed.get(group, ()) if each[2].needs <= there)
        found: dict[Key, list[Pattern]] = {}
        for key, _, each in sorted(possible, key=lambda each: each[1]):
            found.setdefault(key, []).append(each)
        return found
