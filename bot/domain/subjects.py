"""Whose it is: what is told of somebody else, or of a thing that has no body. In doubt it is the writer's own."""

from bot.domain.scopes import Heard, covered, pieces, within_sentences
from bot.domain.words import NONE, STRONG, Words

_OBJECTS = ("him", "her", "them", "you")
"""They are only named: what is said of them ends at the next pause. I carry him about, | my toe …"""
_LINKS = ("and", "but", "so", "because", "then", "when", "while", "that", "since")


def others(text: Words, heard: Heard) -> int:
    """Return the words about somebody else: from `my dad` to the end of the sentence, or to the next `I` or `my`."""
    me, contrast = heard.mask("me"), heard.mask("contrast")
    reporting = heard.mask("reporting")
    found = 0
    mistaken = heard.mask("no_others")
    for first, last in heard.of("others"):
        if (mistaken | found) >> first & 1 or reporting & (0b111 << (last + 1)):
            continue
        named = text.words[first] in _OBJECTS and first > 0 and text.breaks[first] == NONE
        start = first
        while (
            start > 0
            and text.breaks[start] == NONE
            and first - start < 2
            and text.words[start - 1] in ("my", "a", "the")
        ):
            start -= 1
        end = last + 1
        while end < len(text.words) and text.breaks[end] != STRONG and not (named and text.breaks[end] != NONE):
            if me >> end & 1 or (contrast >> end & 1 and me & (0b1110 << end)):
                break
            end += 1
        found |= (1 << end) - (1 << start)
    return found


def of_things(text: Words, heard: Heard) -> int:
    """Return what is told of things without a body: `the app froze | and I …`, `my patience collapsed`.

    Only what begins a clause does something: not `at work I collapsed`, `I can't hold the phone`.
    """
    ends = heard.mask("me") | heard.mask("contrast") | heard.mask("others") | heard.mask("negation")
    found = 0
    for first, last in heard.of("things"):
        start = first
        while start > 0 and text.breaks[start] == NONE and text.words[start - 1] in ("my", "the", "this", "our", "a"):
            start -= 1
        if start > 0 and text.breaks[start] == NONE and text.words[start - 1] not in _LINKS:
            continue
        end = last + 1
        while end < len(text.words) and text.breaks[end] == NONE and not ends >> end & 1 and text.words[end] != "and":
            end += 1
        found |= (1 << end) - (1 << first)
    return found


def stories(text: Words, heard: Heard, other: int) -> int:
    """Return the sentences that only tell an old story of `other`: `my dad had a stroke`, `… so I am on edge`."""
    return within_sentences(text, heard.mask("story")) & ~within_sentences(text, heard.mask("present") & other)


def beside(text: Words, heard: Heard, other: int, complaint: int = 0) -> int:
    """Return the words about somebody else who needs help now.

    All of them where one such sentence is urgent; else those that tell neither a story nor a habit, nor only what was.
    What is said between two pauses of the writer's own `complaint` makes nothing else urgent: `…, my toe since today`.
    """
    own = covered(span for span in pieces(text) if covered([span]) & complaint and not covered([span]) & other)
    if within_sentences(text, heard.mask("urgent") & ~own) & other:
        return other
    distant = within_sentences(text, heard.mask("story") | heard.mask("habit"))
    was = within_sentences(text, heard.mask("narrated")) & ~within_sentences(text, heard.mask("present"))
    return other & ~(distant | was)
