"""Where the cues of a text stand, and how far a sentence, a clause or a piece between two pauses reaches."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain.words import NONE, STRONG, WEAK, Words

Span = tuple[int, int]
"""First and last word of a phrase."""
FRAGMENT = 3
"""Words of a sentence that is only a piece of one."""
AHEAD = 4
"""Words in which a new clause shows its verb."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Where the cues of a text stand (see `Cues` in signwords): phrases by the name of their cue."""

    spans: Mapping[str, Sequence[Span]]

    def of(self, cue: str) -> Sequence[Span]:
        """The phrases of one cue, in order."""
        return self.spans.get(cue, ())

    def mask(self, cue: str) -> int:
        """The words of the phrases of one cue."""
        return covered(self.of(cue))


def covered(spans: Iterable[Span]) -> int:
    """Return the mask of all words in the spans."""
    found = 0
    for first, last in spans:
        found |= (2 << last) - (1 << first)
    return found


def sentences(text: Words) -> list[Span]:
    """Return the first and last word of each sentence."""
    starts = [i for i in range(len(text.words)) if text.breaks[i] == STRONG]
    ends = [start - 1 for start in starts[1:]] + [len(text.words) - 1]
    return list(zip(starts, ends, strict=True)) if starts else []


def pieces(text: Words) -> list[Span]:
    """Return the first and last word of what stands between two pauses."""
    starts = [i for i in range(len(text.words)) if text.breaks[i] != NONE]
    ends = [start - 1 for start in starts[1:]] + [len(text.words) - 1]
    return list(zip(starts, ends, strict=True)) if starts else []


def within_sentences(text: Words, mask: int) -> int:
    """Return all words of the sentences in which one of these words stands."""
    found = 0
    for first, last in sentences(text):
        words = (2 << last) - (1 << first)
        if mask & words:
            found |= words
    return found


def near(text: Words, mask: int, words: int) -> int:
    """Return these and up to so many `words` before and behind them, within their sentences."""
    fresh = ~text.mask(lambda i: text.breaks[i] == STRONG)
    for _ in range(words):
        mask |= (mask << 1 & fresh) | (mask & fresh) >> 1
    return mask & ((1 << len(text.words)) - 1)


def new_clauses(text: Words, heard: Heard) -> int:
    """Return the words that begin a new clause without a sign of punctuation: `no pain | my face is drooping`."""
    openers, verbs, joints = heard.mask("openers"), heard.mask("verbs"), heard.mask("joints")
    me, subjects = heard.mask("me"), heard.mask("subjects")
    found = 0
    for i in range(1, len(text.words)):
        bit = 1 << i
        if not openers & bit or (joints & (bit >> 1) and not subjects & bit and text.breaks[i] == NONE):
            continue
        if openers & (bit >> 1) and text.breaks[i] == NONE and (me & (bit >> 1) or not me & bit):
            continue
        ahead = ((1 << AHEAD) - 1) << (i + 1)
        for j in range(i + 1, min(i + 1 + AHEAD, len(text.words))):
            if text.breaks[j] != NONE:
                ahead &= (1 << j) - 1
                break
        if verbs & ahead or (me & bit and text.words[i] == "i"):
            found |= bit
    return found


def run_together(text: Words, heard: Heard) -> Words:
    """Return `text` with pieces of sentences joined: `My arm. Floppy.` as one, and `I felt my leg. It is dead.` too.

    A sentence of up to three words is a fragment; one that begins with `it` goes on about what was named before.
    """
    on = heard.mask("goes_on")
    every = sentences(text)
    breaks = list(text.breaks)
    for (first, last), (start, end) in pairwise(every):
        asked = text.asked >> first & 1
        if not asked and (last - first < FRAGMENT or end - start < FRAGMENT or on >> start & 1):
            breaks[start] = WEAK
    return replace(text, breaks=tuple(breaks))
