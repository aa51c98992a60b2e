"""Which words are denied, whose they are, when they were, and whether they are only imagined: a mask for each, alone.

A scope ends where a new thought begins. In doubt it ends early: what is missed here raises an alarm, what is swallowed
hides one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.domain.words import NONE, STRONG, WEAK, Words

Span = tuple[int, int]
"""First and last word of a phrase."""

FARTHEST = 12
"""Words that a denial reaches at most."""
LISTED = 3
"""Words in one item of a list: no pain, no weakness in it."""
REACH = 40
"""Words that a time is said of, before it or behind, where no punctuation tells."""
FRONT = 2
"""Words of a time that stands in front: `when I was ten I broke …`."""
FRAGMENT = 3
"""Words of a sentence that is only a piece of one."""
QUESTION = 6
"""Words of a question in a list of them: `longer than two weeks?`."""
SUBJECT = 3
"""Words before a novel or a film in which `I` is only who reads or watches it."""
AROUND = 2
"""Sentences before and behind one that tells when it came."""
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


def negated(text: Words, heard: Heard, clauses: int) -> int:
    """Return the words that are denied: `no pain or numbness | but my face droops`, `weakness: no`."""
    harmless = heard.mask("no_negation")
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


def others(text: Words, heard: Heard) -> int:
    """Return the words about somebody else: from `my dad` to the end of the sentence, or to the next `I` or `my`."""
    me, contrast = heard.mask("me"), heard.mask("contrast")
    reporting = heard.mask("reporting")
    found = 0
    mistaken = heard.mask("no_others")
    for first, last in heard.of("others"):
        if (mistaken | found) >> first & 1 or reporting & (0b111 << (last + 1)):
            continue
        start = first
        while (
            start > 0
            and text.breaks[start] == NONE
            and first - start < 2
            and text.words[start - 1] in ("my", "a", "the")
        ):
            start -= 1
        end = last + 1
        while end < len(text.words) and text.breaks[end] != STRONG:
            if me >> end & 1 or (contrast >> end & 1 and me & (0b1110 << end)):
                break
            end += 1
        found |= (1 << end) - (1 << start)
    return found


def sentences(text: Words) -> list[Span]:
    """Return the first and last word of each sentence."""
    starts = [i for i in range(len(text.words)) if text.breaks[i] == STRONG]
    ends = [start - 1 for start in starts[1:]] + [len(text.words) - 1]
    return list(zip(starts, ends, strict=True)) if starts else []


def times(text: Words, heard: Heard, cue: str, clauses: int) -> int:
    """Return the words said of a time gone by: `last year I had …`, `… when I was ten`. What lasts until now is not."""
    contrast, current = heard.mask("contrast"), heard.mask("current")
    joints = contrast | clauses
    found = 0
    for first, last in heard.of(cue):
        start = first
        while start > max(0, first - REACH) and text.breaks[start] == NONE and not joints >> start & 1:
            start -= 1
        end = last + 1
        trailing = first - start >= 2
        while end < min(len(text.words), last + REACH):
            comma = text.breaks[end] == WEAK
            if text.breaks[end] == STRONG or contrast >> end & 1 or (comma and (trailing or end > last + 1)):
                break
            if (end > last + FRONT and clauses >> end & 1) or (trailing and joints >> end & 1):
                break
            end += 1
        words = (1 << end) - (1 << start)
        if not current & words:
            found |= words
    return found


def imagined(text: Words, heard: Heard, cue: str, clauses: int) -> int:
    """Return the words that are only asked about or feared: from `what if` on to the next thought."""
    contrast = heard.mask("contrast")
    doubted = heard.mask("unsure") if cue == "hypothetical" else 0  # `not sure if my …` is more than `if my …`
    doubted |= heard.mask("real")
    found = 0
    for first, last in heard.of(cue):
        end = start = last + 1
        if doubted >> first & 1 or found >> start & 1:
            continue
        while end < len(text.words) and text.breaks[end] == NONE:
            if contrast >> end & 1 or (end > start and clauses >> end & 1):
                break
            end += 1
        found |= (1 << end) - (1 << start)
    return found


def questions(text: Words, heard: Heard) -> int:
    """Return the sentences that ask about the world and not about me: `can twitching cause seizures`."""
    me, denied = heard.mask("me"), heard.mask("negation")
    openers = {first for first, last in heard.of("questions") if not denied >> (last + 1) & 1}
    about = heard.mask("about_world")
    found = 0
    for first, last in sentences(text):
        words = (2 << last) - (1 << first)
        if not me & words and (first in openers or about & words):
            found |= words
    return found


def within_sentences(text: Words, mask: int) -> int:
    """Return all words of the sentences in which one of these words stands."""
    found = 0
    for first, last in sentences(text):
        words = (2 << last) - (1 << first)
        if mask & words:
            found |= words
    return found


def stories(text: Words, heard: Heard) -> int:
    """Return the sentences that only tell an old story: `my dad had a stroke`."""
    return within_sentences(text, heard.mask("story")) & ~within_sentences(text, heard.mask("present"))


def beside(text: Words, heard: Heard, other: int) -> int:
    """Return the words about somebody else who needs help now.

    All of them where one such sentence is urgent; else those that tell neither a story nor a habit, nor only what was.
    """
    if within_sentences(text, heard.mask("urgent")) & other:
        return other
    distant = within_sentences(text, heard.mask("story") | heard.mask("habit"))
    was = within_sentences(text, heard.mask("narrated")) & ~within_sentences(text, heard.mask("present"))
    return other & ~(distant | was)


def suddenly(text: Words, heard: Heard, complaint: int) -> int:
    """Return the words of what came suddenly, or today.

    `My arm is like sand. I dropped it. Ten minutes now.`: such a sentence goes for those `AROUND` it too, unless it is
    about the `complaint` (the words of a twitching toe): `My toe twitches since lunch. My grip is not what it was.`
    """
    onset = heard.mask("onset")
    every = [(2 << last) - (1 << first) for first, last in sentences(text)]
    found = 0
    for at, words in enumerate(every):
        if onset & words:
            near = every[max(0, at - AROUND) : at + AROUND + 1] if not complaint & words else (words,)
            for each in near:
                found |= each
    return found


def made_up(text: Words, heard: Heard) -> int:
    """Return the words of a novel, a course or a quiz, with the questions beside it, and whole dreams.

    It ends where the writer comes in: `I was watching a film where she faints | and my face dropped`.
    """
    me, dreams = heard.mask("me"), heard.mask("dreams")
    ends = me | heard.mask("onset") | heard.mask("contrast")
    said = sorted(heard.of("fiction"))
    authors, others_said, written = heard.mask("authors"), heard.mask("others"), False
    found, before, last_told = 0, 0, False
    for first, last in sentences(text):
        words = (2 << last) - (1 << first)
        asked = words if text.asked >> first & 1 else 0
        told = 0
        for start, stop in said:
            if first <= start <= last:
                mine = any(me >> i & 1 for i in range(first, start - SUBJECT))
                end = stop + 1
                while end <= last and not ends >> end & 1:
                    end += 1
                told |= (1 << end) - (1 << (start if mine else first))
        if written and others_said & words and not me & words:
            told |= words
        written = bool(authors & words) or (written and bool(told))
        told |= _dreamt(text, words, dreams, heard.mask("awake"))
        found |= told | before if told else asked if last_told else 0
        before, last_told = asked, bool(told)
    return found


def _dreamt(text: Words, sentence: int, dreams: int, awake: int) -> int:
    """Return the words of a sentence up to where somebody wakes, if it tells a dream."""
    if not dreams & sentence:
        return 0
    first, end = (sentence & -sentence).bit_length() - 1, (sentence & -sentence).bit_length() - 1
    while end < len(text.words) and sentence >> end & 1 and not awake >> end & 1:
        end += 1
    return (1 << end) - (1 << first)


def bygone(text: Words, heard: Heard) -> int:
    """Return the words of sentences that tell of other times, up to where they come to the present: `back then …`."""
    ends = heard.mask("contrast") | heard.mask("current")
    found = 0
    for first, last in heard.of("bygone"):
        for start, end in sentences(text):
            if start <= first <= end:
                stop = last + 1
                while stop <= end and not ends >> stop & 1:
                    stop += 1
                found |= (1 << stop) - (1 << start)
    return found


def settled(text: Words, heard: Heard) -> int:
    """Return up to `AROUND` sentences before `that was years ago`, and it."""
    said, every = heard.mask("settled"), sentences(text)
    found = 0
    for at, (first, last) in enumerate(every):
        if said & ((2 << last) - (1 << first)):
            found |= covered(every[max(0, at - AROUND) : at + 1])
    return found


def over(text: Words, heard: Heard, denied: int, complaint: int) -> int:
    """Return the sentences that tell what is over: `it stopped`, `three weeks without a twitch`; none if any lasts.

    `denied`: words that are denied, as in `it does not go away`. `complaint`: the words of what is complained of.
    """
    said = within_sentences(text, heard.mask("over") | complaint)
    lasts = (first for cue in ("lasting", "again") for first, _ in heard.of(cue) if said >> first & 1)
    if any(not denied >> first & 1 for first in lasts):
        return 0
    said = covered((first, last) for first, last in heard.of("over") if not denied >> first & 1)
    goes_on = heard.mask("goes_on")
    found = within_sentences(text, said)
    for (first, last), (start, end) in pairwise(sentences(text)):
        if found >> start & 1 and (goes_on >> start & 1 or end - start < FRAGMENT):
            found |= (2 << last) - (1 << first)
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
