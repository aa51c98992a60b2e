"""Phrases found in one pass, patterns followed as bits. Work grows with the length of a text, not with what is in it.

Bit i of a mask stands for word i. A pattern is followed forwards with all its possible places at once (Baeza-Yates
and Gonnet's shift-and, over words): a text made of nothing but signs costs no more than another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain.words import NONE, STRONG, Words

CLOSE = "$"
"""The end of a clause, as a step of a pattern."""
GAP = 5
"""Words that `..` may skip."""
NEAR = 14
"""Words that may lie between the two sides of `&`."""
SKIPPED = 3
"""Fillers that a phrase may hold in a row."""


class Lexicon:
    """All phrases of a language, each under the names of the groups that hold it."""

    __slots__ = ("_beginnings", "_root", "_words")

    def __init__(self, groups: Mapping[str, Iterable[str]]) -> None:
        """Names of groups to their phrases."""
        self._root = _Node({}, [])
        self._words: set[str] = set()
        self._beginnings: set[str] = set()
        for name, phrases in groups.items():
            for phrase in phrases:
                node = self._root
                for word in phrase.split():
                    (self._beginnings if word.endswith("*") else self._words).add(word.removesuffix("*"))
                    node = node.next.setdefault(word, _Node({}, []))
                if name not in node.names:
                    node.names.append(name)

    @property
    def words(self) -> frozenset[str]:
        """Every whole word in a phrase."""
        return frozenset(self._words)

    @property
    def beginnings(self) -> frozenset[str]:
        """Every beginning of a word in a phrase, without its star."""
        return frozenset(self._beginnings)

    def find(self, text: Words, fillers: int) -> dict[str, list[tuple[int, int]]]:
        """Return where the phrases of each group stand: first and last word.

        A phrase may hold `fillers` (a mask) behind a word that is none, and no end of a sentence.
        """
        keys = [self._keys(word) for word in text.words]
        found: dict[str, list[tuple[int, int]]] = {}
        for start in range(len(keys)):
            places = [self._root.next[key] for key in keys[start] if key in self._root.next]
            at, skipped = start, 0
            while places:
                if not skipped:
                    for place in places:
                        for name in place.names:
                            found.setdefault(name, []).append((start, at))
                at += 1
                if at >= len(keys) or text.breaks[at] == STRONG or all(not place.next for place in places):
                    break
                onward = [place.next[key] for place in places for key in keys[at] if key in place.next]
                if onward:
                    places, skipped = onward, 0
                elif fillers >> at & 1 and skipped < SKIPPED and ~fillers & ((1 << at) - (1 << start)):
                    skipped += 1
                else:
                    break
        return found

    def _keys(self, word: str) -> list[str]:
        keys = [word] if word in self._words else []
        keys += [f"{word[:n]}*" for n in range(2, len(word) + 1) if word[:n] in self._beginnings]
        return keys


@dataclass(frozen=True, slots=True)
class _Node:
    next: "dict[str, _Node]"
    names: list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A place of a pattern: the group that stands there; whether words may lie before it; whether it may be missing."""

    group: str
    gap: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Terms that must all stand in one sentence; the last one is what is meant."""

    terms: tuple[tuple[Step, ...], ...]

    @property
    def needs(self) -> frozenset[str]:
        """The groups without which it cannot be there."""
        return frozenset(
            step.group for term in self.terms for step in term if not step.optional and step.group != CLOSE
        )


def pattern(written: str) -> tuple[Pattern, dict[str, list[str]]]:
    """Read a pattern, and return with it the groups for the words that it names itself."""
    own: dict[str, list[str]] = {}
    terms = []
    for term in written.split("&"):
        steps: list[Step] = []
        gap = False
        for said in term.split():
            if said == "..":
                gap = True
                continue
            optional, bare = said.endswith("?"), said.removesuffix("?")
            if bare == CLOSE:
                group = CLOSE
            elif bare.startswith("{") and "|" not in bare:
                group = bare[1:-1]
            else:
                group = f"={bare}"
                own[group] = [one if one.startswith("{") else one.replace("_", " ") for one in bare.split("|")]
            steps.append(Step(group, gap, optional))
            gap = False
        terms.append(tuple(steps))
    return Pattern(tuple(terms)), own


class Field:
    """A text as masks: where phrases begin and end, what can be walked over, and where sentences end."""

    __slots__ = ("_closing", "_fillers", "_fresh", "_spans", "_walkable")

    def __init__(self, text: Words, hits: Mapping[str, list[tuple[int, int]]], fillers: int, walls: int) -> None:
        """`walls`: words that `..` and `&` cannot cross (denials)."""
        self._fillers = fillers
        self._fresh = ~text.mask(lambda i: text.breaks[i] == STRONG)
        self._walkable = ~walls
        last = len(text.words) - 1
        self._closing = text.mask(lambda i: i == last or text.breaks[i + 1] != NONE)
        self._spans: dict[str, dict[int, int]] = {}
        for name, places in hits.items():
            lengths = self._spans.setdefault(name, {})
            for first, last in places:
                lengths[last - first] = lengths.get(last - first, 0) | 1 << first

    def has(self, name: str) -> bool:
        """Whether a phrase of this group is there at all."""
        return name in self._spans

    def starts(self, name: str) -> int:
        """The words with which phrases of this group begin."""
        found = 0
        for mask in self._spans.get(name, {}).values():
            found |= mask
        return found

    def follow(self, wanted: Pattern, first: int, every: int) -> bool:
        """Whether the pattern is there. `first`: words a term may begin with; `every`: words its steps may stand on."""
        if not all(name in self._spans for name in wanted.needs):
            return False
        found = self._term(wanted.terms[-1], first & every, every)
        for term in wanted.terms[:-1]:
            if not found:
                return False
            found &= self._around(self._term(term, first & every, every))
        return bool(found)

    def _term(self, steps: tuple[Step, ...], first: int, every: int) -> int:
        """Return the last words of all the places where the steps follow each other."""
        ends = self._ends(steps[0].group, first)
        missing = steps[0].optional
        for step in steps[1:]:
            if step.group == CLOSE:
                ends &= self._closing
                continue
            came = self._ends(step.group, self._after(ends, gap=step.gap) & every)
            if missing:
                came |= self._ends(step.group, first)
            ends = came | ends if step.optional else came
            missing = missing and step.optional
            if not ends and not missing:
                return 0
        return ends

    def _ends(self, group: str, starts: int) -> int:
        found = 0
        for length, mask in self._spans.get(group, {}).items():
            found |= (mask & starts) << length
        return found

    def _after(self, ends: int, *, gap: bool) -> int:
        reach = (ends << 1) & self._fresh
        if gap:
            for _ in range(GAP):
                reach |= ((reach & self._walkable) << 1) & self._fresh
        for _ in range(SKIPPED):
            reach |= ((reach & self._fillers) << 1) & self._fresh
        return reach

    def _around(self, mask: int) -> int:
        for _ in range(NEAR):
            mask |= ((mask & self._walkable) << 1) & self._fresh
            mask |= (mask & self._fresh) >> 1
        return mask
