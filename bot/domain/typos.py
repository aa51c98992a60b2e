"""Slips of the finger: a word nobody knows is read as the known word that it nearly is.

Only words that are no others are mended: a right word is never bent into a warning sign (`ordinary` in signs.yaml holds
the right words that lie near one). The first letter counts as typed. Near: one insertion, deletion, change or swap of
neighbours; two in words of eight letters or more. Lookups by deletion as in Wolf Garbe's SymSpell, so the work for a
word does not grow with the vocabulary.
"""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA

_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_VOWELS = re.compile(r"[aeiouy]")
SHORTEST, LONG, LONGEST = 4, 8, 20
BONES = 3
"""Letters of a word that was typed without vowels: spk, brth."""


class Mender:
    """Knows the words of a language's signs and the ordinary ones that are right too."""

    __slots__ = ("_begins", "_by_deletion", "_right", "_skeletons")

    def __init__(self, known: Iterable[str], begins: Iterable[str], ordinary: Iterable[str]) -> None:
        """`begins`: beginnings of words (`droop*`): whatever begins so is right."""
        words = sorted(set(known))
        self._begins = frozenset(begins)
        self._right = frozenset(words) | frozenset(ordinary)
        self._skeletons: dict[str, str] = {}
        for word in sorted(words, key=len):
            bones = word[0] + _VOWELS.sub("", word[1:])
            if SHORTEST <= len(word) <= LONG and bones != word:
                self._skeletons.setdefault(bones, word)
        self._by_deletion: dict[str, list[str]] = {}
        for word in words:
            if SHORTEST <= len(word) <= LONGEST:
                for shorter in _deletions(word):
                    self._by_deletion.setdefault(shorter, []).append(word)

    def mend(self, word: str) -> str:
        """Return the known word that this one nearly is, or the word itself: `weaknes` → weakness, `spk` → speak."""
        if len(word) >= BONES and word in self._skeletons and word not in self._right and not _VOWELS.search(word):
            return self._skeletons[word]
        if len(word) == SHORTEST - 1 and word not in self._right:
            swapped = word[0] + word[2] + word[1]
            return swapped if swapped in self._right else word
        if not SHORTEST <= len(word) <= LONGEST or word in self._right or not word.isascii():
            return word
        if _DRAWN_OUT.search(word):
            twice, once = _DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)
            return twice if twice in self._right else once if once in self._right else self._nearest(once)
        return self._nearest(word)

    def _nearest(self, word: str) -> str:
        begin = next((word[:n] for n in range(len(word), SHORTEST - 1, -1) if word[:n] in self._begins), "")
        best, distance = word, 3
        for shorter in _deletions(word):
            for known in self._by_deletion.get(shorter, ()):
                if known[0] != word[0] or not known.startswith(begin):
                    continue
                most = 2 if min(len(known), len(word)) >= LONG and not begin else 1
                far = OSA.distance(known, word, score_cutoff=most)
                # Letters are left out more often than mistaken for others: `chst` is chest before it is chat.
                if far <= most and (far, -len(known), known) < (distance, -len(best), best):
                    best, distance = known, far
        return best


def _deletions(word: str) -> Iterator[str]:
    """Yield the word, and all that is left of it when one letter (two, in a long word) is taken away."""
    seen = {word}
    yield word
    layer = [word]
    for _ in range(2 if len(word) >= LONG else 1):
        following = []
        for one in layer:
            for i in range(1, len(one)):
                shorter = one[:i] + one[i + 1 :]
                if shorter not in seen:
                    seen.add(shorter)
                    following.append(shorter)
                    yield shorter
        layer = following
