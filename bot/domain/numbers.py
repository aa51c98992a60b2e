"""The one number that a text gives as an answer: `about a 7`, `seven`, `7/10`, `twenty five`. Several are none."""

import re

from bot.domain.signwords import Numbers
from bot.domain.words import NONE, Words

LONGEST = 16
"""Words of a text that can be an answer."""
LARGEST = 10**9
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
_RATING = re.compile(r"(\d{1,4})/(\d{1,4})")
_DECIMAL_ZERO = re.compile(r"(\d{1,9})\.0+")


def whole(said: str) -> int | None:
    """Return the whole number that digits stand for (`1,500`, `7.0`, `7/10` as 7); `20:30` and `3.5` are none."""
    if _DIGITS.fullmatch(said):
        return int(said.replace(",", ""))
    rating = _RATING.fullmatch(said) or _DECIMAL_ZERO.fullmatch(said)
    return int(rating.group(1)) if rating else None


class Counting:
    """Reads numbers in the words of one language."""

    __slots__ = ("_numbers", "_out_of")

    def __init__(self, numbers: Numbers) -> None:
        """`numbers`: as in signs.yaml."""
        self._numbers = numbers
        self._out_of = tuple(tuple(phrase.split()) for phrase in numbers.out_of)

    def at(self, text: Words, i: int) -> tuple[int, int] | None:
        """Return the number that begins at word i, and the word after it."""
        words, numbers = text.words, self._numbers
        said = words[i]
        if said[0].isdigit():
            value = whole(said)
            return None if value is None else (value, i + 1)
        joined = i + 1 < len(words) and text.breaks[i + 1] == NONE
        if said in numbers.tens:
            unit = numbers.units.get(words[i + 1], 0) if joined else 0
            return (numbers.tens[said] + unit, i + 2) if 0 < unit < 10 else (numbers.tens[said], i + 1)
        if said in numbers.units:
            if joined and words[i + 1] in numbers.scales:
                return numbers.units[said] * numbers.scales[words[i + 1]], i + 2
            return numbers.units[said], i + 1
        return (numbers.scales[said], i + 1) if said in numbers.scales else None

    def answer(self, text: Words) -> int | None:
        """Return the one number of a short text. `this one` is no number, `one` is."""
        if not 0 < len(text.words) <= LONGEST or len(self._all(text)) != 1:
            return None
        number = self._all(text)[0]
        return number if number <= LARGEST else None

    def _all(self, text: Words) -> list[int]:
        """Return the numbers of a text; one that cannot be a whole number makes it two."""
        found: list[int] = []
        i = 0
        while i < len(text.words):
            said = text.words[i]
            there = self.at(text, i)
            if there is None:
                found += [LARGEST + 1] if said[0].isdigit() and not said[-1].isalpha() else []
                i += 1
                continue
            value, after = there
            pronoun = not said[0].isdigit() and value == 1 and len(text.words) > 3
            if not pronoun:
                found.append(value)
            i = self._skip_out_of(text, after)
        return found

    def _skip_out_of(self, text: Words, i: int) -> int:
        for phrase in self._out_of:
            if text.words[i : i + len(phrase)] == phrase and i + len(phrase) < len(text.words):
                behind = self.at(text, i + len(phrase))
                return behind[1] if behind else i
        return i
