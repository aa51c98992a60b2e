"""What is denied, said to be well, or was feared and was not so: a mask for each, alone.

A scope ends where a new thought begins. In doubt it ends early: what is missed here raises an alarm, what is swallowed
hides one.
"""

from itertools import pairwise

from bot.domain.scopes import Heard, covered, sentences
from bot.domain.words import NONE, STRONG, WEAK, Words

FARTHEST = 12
"""Words that a denial reaches at most."""
LISTED = 3
"""Words in one item of a list: no pain, no weakness in it."""
QUESTION = 6
"""Words of a question in a list of them: `longer than two weeks?`."""


def negated(text: Words, heard: Heard, clauses: int) -> int:
    """Return the words that are denied: `no pain or numbness | but my face droops`, `weakness: no`."""
    harmless = covered(
        (a, b) for a, b in heard.of("no_negation") if all(text.breaks[i] == NONE for i in range(a + 1, b + 1))
    )
    contrast, opinion = heard.mask("contrast") | heard.mask("instead"), heard.mask("opinion")
    found = 0
    for first, last in heard.of("negation"):
        if harmless >> first & 1:
            continue
        if _alone(text, first, last):
            found |= _backwards(text, first)
            continue
        start = last + 1
        while start < len(text.words) and opinion >> start & 1 and text.breaks[start] == NONE:
            start += 1
        found |= _forwards(text, start, clauses, contrast)
    for _, last in heard.of("denies"):
        end = last + 1
        while end < len(text.words) and text.breaks[end] != STRONG and not (contrast | clauses) >> end & 1:
            end += 1
        found |= (1 << end) - (2 << last)
    return found


def _alone(text: Words, first: int, last: int) -> bool:
    """Whether a denial stands behind what it denies: `numbness no,`."""
    ends = last + 1 == len(text.words) or text.breaks[last + 1] != NONE
    return ends and first > 0 and text.breaks[first] != STRONG


def _backwards(text: Words, first: int) -> int:
    start = first
    while start > 0 and first - start < LISTED and (start == first or text.breaks[start] == NONE):
        start -= 1
        if text.breaks[start] != NONE:
            return (1 << first) - (1 << start)
    return 0 if start else (1 << first) - 1


def _forwards(text: Words, start: int, clauses: int, contrast: int) -> int:
    end = start
    while end < len(text.words) and end - start < FARTHEST:
        if text.breaks[end] == STRONG or contrast >> end & 1 or (end > start and clauses >> end & 1):
            break
        if text.breaks[end] == WEAK and not _list_goes_on(text, end, clauses, contrast):
            break
        end += 1
    return (1 << end) - (1 << start)


def _list_goes_on(text: Words, at: int, clauses: int, contrast: int) -> bool:
    """Whether a comma only separates items: `no pain, numbness or tingling`: short ones, the last with its `or`."""
    item = 0
    for i in range(at, min(at + FARTHEST, len(text.words))):
        if text.words[i] in ("or", "nor") and i + 1 < len(text.words):
            return True
        if text.breaks[i] == STRONG or contrast >> i & 1 or clauses >> i & 1:
            return i == at + 1 and text.breaks[i] == STRONG
        item = 0 if text.breaks[i] == WEAK else item + 1
        if item > LISTED:
            return False
    return at + 1 == len(text.words) or (at + 1 < len(text.words) and text.breaks[at + 1] != NONE)


def well(text: Words, heard: Heard) -> int:
    """Return what is said to be as it should be: `my arms and legs | are fine`, `face normal`.

    Only names of things are: back to the first verb, denial or pause, and none where the praise is itself denied.
    """
    stops = heard.mask("verbs") | heard.mask("contrast") | heard.mask("negation")
    found = 0
    for first, _ in heard.of("well"):
        start = first
        while start > 0 and first - start < FARTHEST and text.breaks[start] == NONE and not stops >> (start - 1) & 1:
            start -= 1
        found |= (1 << first) - (1 << start)
    return found


def mistaken(heard: Heard) -> int:
    """Return what was thought and was not so: `I thought it was a stroke | but it was only my twitching toe`."""
    ends = sorted(heard.of("turned_out"))
    found = 0
    for _, last in heard.of("thought"):
        end = next((first for first, _ in ends if last < first <= last + FARTHEST), None)
        found |= (1 << end) - (2 << last) if end is not None else 0
    return found


def disowned(text: Words, heard: Heard) -> int:
    """Return the lists that are denied behind them: `it names weakness and drooping. I have none of these`.

    Such a list is nobody's or somebody's who asks or writes; what is told of `my arm` is no list.
    """
    denials, me, sources = heard.mask("disowned"), heard.mask("me"), heard.mask("sources")
    found = 0
    for (first, last), (start, end) in pairwise(sentences(text)):
        words = (2 << last) - (1 << first)
        if denials & ((2 << end) - (1 << start)) and (not me & words or sources & words):
            found |= words
    return found


def answered(text: Words, heard: Heard) -> int:
    """Return the short questions that are denied at once, as in a list: `weak? no. numb? no`."""
    denied = dict(heard.of("negation"))
    found = 0
    for (first, last), (start, end) in pairwise(sentences(text)):
        if not text.asked >> first & 1 or last - first >= QUESTION or start not in denied:
            continue
        if denied[start] == end or text.breaks[denied[start] + 1] != NONE:
            found |= (2 << last) - (1 << first)
    return found
