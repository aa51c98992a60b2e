"""Whether a text is plainly in a language that is not spoken here.

When it is short or mixed it is not: nobody is sent away lightly.
"""

import unicodedata
from collections.abc import Sequence

from bot.domain.signwords import Foreign

LOOKED_AT = 400
"""Letters that are looked at for their script."""
FEWEST = 2


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
    """Tells by small words: articles, pronouns, negations, which no text of some length lacks."""

    __slots__ = ("_greetings", "_home", "_small")

    def __init__(self, words: Foreign) -> None:
        """`words`: as in signs.yaml."""
        self._home = frozenset(words.home)
        self._small = {tongue: frozenset(small) for tongue, small in words.function_words.items()}
        self._greetings = frozenset(words.greetings)

    def foreign(self, said: Sequence[str]) -> bool:
        """Whether two small words or more of one other language are there: a fifth of all, twice those of this one.

        `said`: the words as they were typed, in small letters.
        """
        if said and len(said) <= 3 and said[0] in self._greetings:
            return True
        home = sum(word in self._home for word in said)
        for small in self._small.values():
            theirs = [word for word in said if word in small]
            enough = len(said) > 3 or len(theirs) == len(said)
            if enough and len(set(theirs)) >= FEWEST and 5 * len(theirs) >= len(said) and len(theirs) > 2 * home:
                return True
        return False
