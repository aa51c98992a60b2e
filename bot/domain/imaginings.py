"""What is only asked about, feared, made up or dreamt, and so nobody's. It ends where the writer comes in."""

from bot.domain.scopes import Heard, sentences
from bot.domain.words import NONE, Words

SUBJECT = 3
"""Words before a novel or a film in which `I` is only who reads or watches it."""


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
    me, denied = heard.mask("me"), heard.mask("negation") | heard.mask("instead")  # `can only see half` asks nothing
    openers = {first for first, last in heard.of("questions") if not denied >> (last + 1) & 1}
    about = heard.mask("about_world")
    found = 0
    for first, last in sentences(text):
        words = (2 << last) - (1 << first)
        if not me & words and (first in openers or about & words):
            found |= words
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
