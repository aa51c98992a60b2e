"""How many days it has been so, in any usual wording: `since 3 weeks`, `a fortnight`, `for months`, `a couple of days`.

How long something else has been (married, in this job), how often, and how old somebody is are no answers to that.
"""

from collections.abc import Iterator
from datetime import date

from bot.domain.durations_since import Since
from bot.domain.numbers import Counting
from bot.domain.phrases import Lexicon
from bot.domain.scopes import covered, sentences
from bot.domain.signwords import Durations
from bot.domain.words import NONE, Words

LONGEST = 40_000
"""Days: more than a life."""
ADULT = 15
"""Years behind `I am` or `student` that are an age, and no time that a toe has twitched."""
YEAR = 365
SHORT = 8
"""Words of a sentence that can be nothing but an answer."""


class Spans:
    """Reads durations in the words of one language."""

    __slots__ = ("_counting", "_lexicon", "_since", "_words")

    def __init__(self, words: Durations, counting: Counting) -> None:
        """`words`: as in signs.yaml. `counting` reads its numbers."""
        self._words = words
        self._counting = counting
        self._since = Since(words.dates)
        groups: dict[str, list[str]] = {}
        for kind, phrases in (("amount", words.amounts), ("whole", words.whole), ("half", words.halves)):
            for phrase, value in phrases.items():
                groups.setdefault(f"{kind} {value}", []).append(phrase)
        for kind in ("not_before", "not_after", "ages", "elsewhere", "about"):
            groups[kind] = list(getattr(words, kind))
        self._lexicon = Lexicon(groups)

    def days(
        self, text: Words, fillers: int, complaint: int, excused: int = 0, today: date | None = None
    ) -> int | None:
        """Return the longest duration that is about the complaint.

        `complaint`: the words that name it. `excused`: words about somebody else, or only imagined. `today`: where the
        person lives; without it named days (`since March`) are guessed or not read.
        """
        found = self._lexicon.find(text, fillers)
        about = complaint | covered(found.get("about", ()))
        elsewhere = covered(found.get("elsewhere", ()))
        longest: int | None = None
        for first, last in sentences(text):
            words = (2 << last) - (1 << first)
            if elsewhere & words and not complaint & words:
                continue
            if not about & words and last - first >= SHORT:
                continue
            for days in self._all(text, found, (first, last), excused, today, (elsewhere, complaint)):
                longest = days if longest is None else max(longest, days)
        return longest

    def _all(
        self,
        text: Words,
        found: dict[str, list[tuple[int, int]]],
        sentence: tuple[int, int],
        excused: int,
        today: date | None,
        about: tuple[int, int],
    ) -> list[int]:
        ends_before = {end for _, end in found.get("not_before", ())}
        aged = {end for _, end in found.get("ages", ())}
        begins_after = {start for start, _ in found.get("not_after", ())}
        named = [] if today is None else self._since.spoken(text, *sentence, today)
        exact = covered((start, end) for start, end, _ in named)
        spoken = [span for span in self._spoken(text, found, *sentence) if not exact >> span[1] & 1]
        all_days: list[int] = []
        for start, end, days in (*named, *spoken):
            behind = end + 1
            if (
                excused >> start & 1
                or start - 1 in ends_before
                or (days >= ADULT * YEAR and start - 1 in aged)
                or self._of_something_else(text, start, sentence, about)
                or (behind in begins_after and text.breaks[behind] == NONE)
            ):
                continue
            all_days.append(min(days, LONGEST))
        return all_days

    @staticmethod
    def _of_something_else(text: Words, at: int, sentence: tuple[int, int], about: tuple[int, int]) -> bool:
        """Whether what stands between two commas is about glasses or a marriage (`about[0]`), and not the complaint."""
        first, end = at, at + 1
        while first > sentence[0] and text.breaks[first] == NONE:
            first -= 1
        while end <= sentence[1] and text.breaks[end] == NONE:
            end += 1
        piece = (1 << end) - (1 << first)
        return bool(about[0] & piece) and not about[1] & piece

    def _spoken(
        self, text: Words, found: dict[str, list[tuple[int, int]]], first: int, last: int
    ) -> list[tuple[int, int, int]]:
        """Return first word, last word and days of each duration in a sentence."""
        spoken = [*_valued(found, "whole", first, last)]
        amounts = [*_valued(found, "amount", first, last)]
        halves = {start: (end, value) for start, end, value in _valued(found, "half", first, last)}
        i = first
        while i <= last:
            there = self._counting.at(text, i)
            if there is not None:
                amounts.append((i, there[1] - 1, there[0]))
            i = there[1] if there is not None else i + 1
        units = self._words.units
        for start, end, amount in amounts:
            if start > first and text.words[start - 1] in units and text.breaks[start] == NONE:
                spoken.append((start - 1, end, min(amount, LONGEST) * units[text.words[start - 1]]))  # day 17
            unit, more = end + 1, 0
            if unit in halves:
                last_half, more = halves[unit]
                unit = last_half + 1
            if unit > last or text.words[unit] not in units:
                continue
            days = units[text.words[unit]]
            if not more and unit + 1 in halves:
                more = halves[unit + 1][1]
            spoken.append((start, unit, min(amount, LONGEST) * days + more * days // 2))
        return spoken


def _valued(
    found: dict[str, list[tuple[int, int]]], kind: str, first: int, last: int
) -> Iterator[tuple[int, int, int]]:
    for name, places in found.items():
        if name.startswith(f"{kind} "):
            value = int(name.removeprefix(f"{kind} "))
            for start, end in places:
                if first <= start <= last:
                    yield start, end, value
