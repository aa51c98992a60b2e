"""Whether a text is plainly in a language that is not spoken here.

What is mixed is not, and a slip of this language is none: nobody is sent away lightly. But who is answered «I found
no warning sign» in a language that nobody read would be calmed by nothing.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from bot.domain.signwords import Foreign

LOOKED_AT = 400
"""Letters that are looked at for their script."""
FEWEST = 2
GREETING = 3
"""Words of a text that is only a greeting."""
CONTRACTED = frozenset({"s", "t", "d", "m", "ll", "re", "ve"})
"""What stands behind the apostrophe in English."""


def other_script(text: str) -> bool:
    """Whether most letters are not Latin, and there are at least two of them."""
    letters = [c for c in text[: 4 * LOOKED_AT] if c.isalpha()][:LOOKED_AT]
    strange = sum(not _latin(c) for c in letters)
    return strange >= FEWEST and 2 * strange > len(letters)


def _latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith(
        ("LATIN", "FULLWIDTH LATIN", "FEMININE", "MASCULINE")
    )


class Tongues:
    """Tells by small words, which no text of some length lacks, and by words that are none of this language."""

    __slots__ = ("_greetings", "_home", "_small", "_telling")

    def __init__(self, words: Foreign) -> None:
        """`words`: as in signs.yaml."""
        self._home = frozenset(words.home)
        self._telling = {tongue: frozenset(telling) for tongue, telling in words.telling.items()}
        self._small = {
            tongue: frozenset(words.function_words.get(tongue, ())) | self._telling.get(tongue, frozenset())
            for tongue in words.function_words.keys() | words.telling.keys()
        }
        self._greetings = frozenset(words.greetings)

    def foreign(self, typed: Sequence[str]) -> bool:
        """Whether two words or more of one other language are there: a fifth of all, twice those of this one.

        One that can be no word of this language is enough where half of all are of that other one, and fewer of this.
        `typed`: the words as they were typed, in small letters.
        """
        said = [part for word in typed for part in _parts(word)]
        home = sum(word in self._home or "'" in word for word in said)
        if said and len(said) <= GREETING and said[0] in self._greetings and not home:
            return True
        for tongue, small in self._small.items():
            theirs = [word for word in said if word in small]
            enough = len(said) > GREETING or len(theirs) == len(said)
            if enough and len(set(theirs)) >= FEWEST and 5 * len(theirs) >= len(said) and len(theirs) > 2 * home:
                return True
            told = any(word in self._telling.get(tongue, ()) for word in said)
            if told and 2 * len(theirs) >= len(said) and len(theirs) > home:
                return True
        return False


def _parts(word: str) -> Iterator[str]:
    """Yield the words that an apostrophe joins: `j'ai` → j, ai. A contraction of English stays whole: `don't`."""
    if word.rpartition("'")[2] in CONTRACTED:
        yield word
    else:
        yield from word.split("'")
