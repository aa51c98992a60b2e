"""Free text as words and the breaks between them. Nothing here knows what a word means; every text has a reading."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST = 16_384
"""Letters that are read. A message has at most 4,096, but a single sign can unfold to eighteen letters."""
NONE, WEAK, STRONG = 0, 1, 2
"""Breaks before a word: none; a comma, dash or new line (people use them for anything); the end of a sentence."""

_YEAR = re.compile(r"(?<!\w)'(?=[3-9]\d\b)")
"""The last century left out: in '89."""
_APOSTROPHES = dict.fromkeys(map(ord, "’‘`´ʼ′"), "'")
_UNCUT = str.maketrans("ıłøđæ", "ilode")
"""Letters that are plain ones to those who have no others, and that no rule of Unicode takes apart."""
_PIECE = re.compile(
    r"(?P<ordinal>\d{1,4}(?:st|nd|rd|th)\b)|(?P<number>\d+(?:[.,:/]\d+)*)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)"
    r"|(?P<end>[.?!;。？！]+)|(?P<pause>\n+|[,:()\[\]/\"“”–—…|•]+|-)|(?P<other>[^\s\w])"
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, one by one. `breaks[i]`: what stands before word i. Masks have bit i for word i."""

    words: tuple[str, ...]
    breaks: tuple[int, ...]
    asked: int
    """The words of sentences that end with a question mark."""
    typed: tuple[str, ...] = ()
    """The words as they were typed, in small letters, before anything was mended."""

    def mask(self, wanted: Callable[[int], bool]) -> int:
        """Return the mask of the positions that are wanted."""
        found = 0
        for i in range(len(self.words)):
            if wanted(i):
                found |= 1 << i
        return found


def folded(text: str) -> str:
    """Return `text` in small letters without accents, with straight apostrophes and plain letters."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c)).translate(_UNCUT)


def split(text: str, spellings: Mapping[str, str], mend: Callable[[str], str]) -> Words:
    """Cut `text` into words, written out by `spellings` (cant → can not) and mended where they are slips."""
    words: list[str] = []
    typed: list[str] = []
    breaks: list[int] = []
    asked, sentence, before = 0, 0, STRONG
    for piece in _PIECE.finditer(_YEAR.sub("19", folded(text)[:LONGEST])):
        kind, said = piece.lastgroup, piece.group()
        if kind == "end":
            dots = said.startswith("..") and set(said) == {"."}
            if "?" in said or "？" in said:
                asked |= (1 << len(words)) - (1 << sentence)
            if not dots:
                sentence = len(words)
            before = max(before, WEAK if dots else STRONG)
        elif kind in ("pause", "other"):
            before = max(before, NONE if said == "-" else WEAK)
        else:
            typed.append(said)
            for word in written_out(said, spellings, mend) if kind == "word" else (said,):
                words.append(word)
                breaks.append(before)
                before = NONE
    return Words(tuple(words), tuple(breaks), asked, tuple(typed))


def written_out(said: str, spellings: Mapping[str, str], mend: Callable[[str], str]) -> list[str]:
    """Return one typed word as the words it stands for: `can't` → can, not; `dad's` → dad."""
    known = spellings.get(said)
    if known is not None:
        return known.split()
    bare, _, tail = said.partition("'")
    if tail == "t" and bare.endswith("n") and len(bare) > 2:
        return [bare[:-1], "not"]
    whole = bare if tail in ("s", "d", "ll", "ve", "re", "m", "") else said.replace("'", "")
    mended = mend(whole)
    return spellings.get(mended, mended).split()
