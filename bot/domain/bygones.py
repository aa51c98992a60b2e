"""When it was: long ago, over, sudden, or before the twitching that is told of. What may last until now, lasts."""

from itertools import pairwise

from bot.domain.scopes import Heard, covered, pieces, sentences, within_sentences
from bot.domain.words import NONE, STRONG, WEAK, Words

REACH = 40
"""Words that a time is said of, before it or behind, where no punctuation tells."""
FRONT = 2
"""Words of a time that stands in front: `when I was ten I broke …`."""
FRAGMENT = 3
"""Words of a sentence that is only a piece of one."""
AROUND = 2
"""Sentences before and behind one that tells when it came."""


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


def before_it(text: Words, heard: Heard, complaint: int) -> int:
    """Return the pieces that tell what was at some occasion, beside another with the `complaint`.

    `My foot was dead after the long prayer, | my toe twitches`. What is so now, came suddenly or today, or is denied,
    and what has no occasion is no such piece: `my arm went floppy. My toe twitches`.
    """
    lasts = heard.mask("present") | heard.mask("onset") | heard.mask("current") | heard.mask("negation")
    complaint &= ~text.asked  # `could it be the twitching?` tells of nothing that is so today
    was, occasions, found = heard.mask("was"), heard.mask("occasions"), 0
    for span in pieces(text):
        words = covered([span])
        if was & words and occasions & words and not (lasts | complaint) & words and complaint & ~words:
            found |= words
    return found


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
