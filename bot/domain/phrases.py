"""Phrases found in one pass, patterns followed as bits. Work grows with the length of a text, not with what is in it.

Bit i of a mask stands for word i. A pattern is followed forwards with all its possible places at once (Baeza-Yates
and Gonnet's shift-and, over words): a text made of nothing but signs costs no more than another.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import permutations

from bot.domain.words import NONE, STRONG, Words

CLOSE = "$"
"""The end of a clause, as a step of a pattern."""
NUMBER = "#"
"""Any number in digits, as a word of a phrase."""
GAP = 5
"""Words that `..` may skip, and a filler behind each."""
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
                    onward = node.next.get(word)
                    if onward is None:
                        (self._beginnings if word.endswith("*") else self._words).add(word.removesuffix("*"))
                        onward = node.next[word] = _Node({}, [])
                    node = onward
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
            places = [(self._root.next[key], 0) for key in keys[start] if key in self._root.next]
            at = start
            while places:
                for place, skipped in places:
                    for name in place.names if not skipped else ():
                        found.setdefault(name, []).append((start, at))
                at += 1
                if at >= len(keys) or text.breaks[at] == STRONG:
                    break
                onward = [(place.next[key], 0) for place, _ in places for key in keys[at] if key in place.next]
                if fillers >> at & 1 and ~fillers & ((1 << at) - (1 << start)):
                    onward += [(place, n + 1) for place, n in places if place.next and n < SKIPPED]
                places = onward
        return found

    def _keys(self, word: str) -> list[str]:
        keys = [word] if word in self._words else []
        keys += [NUMBER] if word[0].isdigit() else []
        keys += [f"{word[:n]}*" for n in range(2, len(word) + 1) if word[:n] in self._beginnings]
        return keys


@dataclass(slots=True)  # not frozen: there are tens of thousands, and a frozen one takes three times as long to make
class _Node:
    next: "dict[str, _Node]"
    names: list[str]


@dataclass(frozen=True, slots=True)
class Step:
    """A place of a pattern: the group that stands there; whether words may lie before it; whether it may be missing.

    `closes`: the end of a clause will do instead.
    """

    group: str
    gap: bool = False
    optional: bool = False
    closes: bool = False


Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Terms that must all stand in one sentence, each in one of its ways; the last one is what is meant.

    `without`: terms that must not stand near. `needs`: the groups without which it cannot be there. `before`: what
    must have been said earlier in the message, `elsewhere`: what must be said anywhere in it. `denied_too`: only what
    is meant, the last term, must not be denied, and a denial between the terms does not part them.
    """

    terms: tuple[tuple[Steps, ...], ...]
    needs: frozenset[str]
    without: tuple[tuple[Steps, ...], ...] = ()
    before: "Pattern | None" = None
    elsewhere: "tuple[Pattern, ...]" = ()
    denied_too: bool = False

    def groups(self) -> Iterator[str]:
        """Yield the names of the groups that it looks for."""
        yield from (step.group for ways in (*self.terms, *self.without) for way in ways for step in way)
        for each in (self.before, *self.elsewhere):
            yield from each.groups() if each else ()


def pattern(written: str) -> tuple[Pattern, dict[str, list[str]]]:
    """Read a pattern, and return with it the groups for the words that it names itself, as phrases."""
    own: dict[str, list[str]] = {}
    first, *others = (_chain(part, own) for part in written.split("&&"))
    return replace(first, needs=first.needs.union(*(each.needs for each in others)), elsewhere=tuple(others)), own


def _chain(written: str, own: dict[str, list[str]]) -> Pattern:
    """Read what follows each other with `>>`."""
    *earlier, last = (_sentence(part, own) for part in written.split(">>"))
    before: Pattern | None = None
    for each in earlier:
        before = replace(each, needs=each.needs | (before.needs if before else frozenset()), before=before)
    return replace(last, needs=last.needs | (before.needs if before else frozenset()), before=before)


def _sentence(written: str, own: dict[str, list[str]]) -> Pattern:
    """Read what must stand in one sentence."""
    terms: list[tuple[Steps, ...]] = []
    without: list[tuple[Steps, ...]] = []
    for term in written.split("&"):
        bare = term.strip()
        sides = [_steps(side, own) for side in bare.removeprefix("!").split("~")]
        ways = tuple(dict.fromkeys(way for order in permutations(sides) for way in _spelled(_joined(order))))
        (without if bare.startswith("!") else terms).append(ways)
    needs = {
        step.group for ways in terms for step in ways[0] if not (step.optional or step.closes) and step.group != CLOSE
    }
    return Pattern(tuple(terms), frozenset(needs), tuple(without))


def _steps(side: str, own: dict[str, list[str]]) -> Steps:
    steps: list[Step] = []
    gap = False
    for said in side.split():
        if said == "..":
            gap = True
            continue
        optional, bare = said.endswith("?"), said.removesuffix("?")
        closes = "|" in bare and CLOSE in bare.split("|")
        bare = "|".join(one for one in bare.split("|") if one != CLOSE) if closes else bare
        if bare == CLOSE:
            group = CLOSE
        elif bare.startswith("{") and "|" not in bare:
            group = bare[1:-1]
        else:
            group = f"={bare}"
            own[group] = [bare]
        steps.append(Step(group, gap, optional, closes))
        gap = False
    return tuple(steps)


def _joined(sides: Iterable[Steps]) -> Steps:
    """Return the sides of `~` one behind the other, with a gap between them."""
    joined: list[Step] = []
    for steps in sides:
        first, *rest = steps
        joined += [replace(first, gap=True) if joined else first, *rest]
    return tuple(joined)


def _spelled(steps: Steps) -> list[Steps]:
    """Return the steps without and with what may be missing behind a gap: then the gap is the next step's.

    The shortest comes first: what it holds must be there.
    """
    for i, step in enumerate(steps[:-1]):
        if step.gap and step.optional:
            rest = (replace(steps[i + 1], gap=True), *steps[i + 2 :])
            there = (replace(step, optional=False), *steps[i + 1 :])
            return [(*steps[:i], *way) for tail in (rest, there) for way in _spelled(tail)]
    return [steps]


class Field:
    """A text as masks: where phrases begin and end, what can be walked over, and where sentences end."""

    __slots__ = ("_closing", "_fillers", "_fresh", "_spans", "_there", "_walkable")

    def __init__(self, text: Words, hits: Mapping[str, list[tuple[int, int]]], fillers: int, walls: int) -> None:
        """`walls`: words that `..` and `&` cannot cross: denials."""
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
        self._there = self._spans.keys()

    def follow(self, wanted: Pattern, first: int, every: int) -> int:
        """Return the last words of all places where the pattern is.

        `first`: words a term may begin with; `every`: words its steps may stand on.
        """
        if not wanted.needs <= self._there:
            return 0
        found = self._ways(wanted.terms[-1], first & every, every)
        for ways in wanted.terms[:-1]:
            if not found:
                return 0
            place = self._ways(ways, every if wanted.denied_too else first & every, every)
            found &= self._around(place, -1 if wanted.denied_too else self._walkable)
        for ways in wanted.without:
            found &= ~self._around(self._ways(ways, -1, -1), self._walkable) if found else 0
        if found and wanted.before:
            said = self.follow(wanted.before, first, every)
            found &= -((said & -said) << 1)  # the words behind the first place where it was said
        return found if all(self.follow(each, first, every) for each in wanted.elsewhere) else 0

    def any(self, wanted: Iterable[Pattern], first: int, every: int) -> bool:
        """Whether one of the patterns is there; `first` and `every` as for `follow`."""
        return any(self.follow(each, first, every) for each in wanted)

    def _ways(self, ways: tuple[Steps, ...], first: int, every: int) -> int:
        found = 0
        for steps in ways:
            found |= self._term(steps, first, every)
        return found

    def _term(self, steps: Steps, first: int, every: int) -> int:
        """Return the last words of all the places where the steps follow each other."""
        ends = self._ends(steps[0].group, first)
        missing = steps[0].optional
        for step in steps[1:]:
            if step.group == CLOSE:
                ends &= self._closing
                continue
            came = self._ends(step.group, self._after(ends, gap=step.gap) & every)
            came |= ends & self._closing if step.closes else 0
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
                reach |= ((reach & self._fillers) << 1) & self._fresh
        for _ in range(SKIPPED):
            reach |= ((reach & self._fillers) << 1) & self._fresh
        return reach

    def _around(self, mask: int, walkable: int) -> int:
        for _ in range(NEAR):
            mask |= ((mask & walkable) << 1) & self._fresh
            mask |= (mask & self._fresh) >> 1
        return mask
