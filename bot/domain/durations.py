"""How many days it has been so, in any usual wording: `since 3 weeks`, `a fortnight`, `for months`, `a couple of days`.

How long something else has been (married, in this job), how often, and how old somebody is are no answers to that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
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


SOON = 14
"""Days: who names a shorter time for the complaint tells with a longer one of something else."""


@dataclass(frozen=True, slots=True)
class Around:
    """Masks of the words around durations, and the day where the person lives.

    `complaint`: what is complained of. `mine`: I, my. `excused`: about somebody else, or only imagined.
    """

    complaint: int
    mine: int = 0
    excused: int = 0
    today: date | None = None


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
        for kind in ("not_before", "not_after", "ages", "elsewhere", "about", "it", "fresh", "joints"):
            groups[kind] = list(getattr(words, kind))
        self._lexicon = Lexicon(groups)

    def days(self, text: Words, fillers: int, around: Around) -> int | None:
        """Return the longest duration that is about the complaint; without a day named ones are guessed."""
        found = self._lexicon.find(text, fillers)
        about = around.complaint | covered(found.get("about", ()))
        elsewhere = covered(found.get("elsewhere", ()))
        skipped = around.excused | self._aside(text, found, around)
        longest: int | None = None
        for first, last in sentences(text):
            words = (2 << last) - (1 << first)
            if elsewhere & words and not around.complaint & words:
                continue
            if not about & words and last - first >= SHORT:
                continue
            for start, days in self._all(text, found, (first, last), around.today):
                if not skipped >> start & 1:
                    longest = days if longest is None else max(longest, days)
        return longest

    def aside(self, text: Words, fillers: int, around: Around) -> int:
        """Return the words between commas that tell how long something else has been: glasses, a job, a holiday.

        `I have worked here for years, my toe twitches since Monday`: what the complaint has a short time of its own
        for, no other time is said of, but with `it` or `this`.
        """
        return self._aside(text, self._lexicon.find(text, fillers), around)

    def _aside(self, text: Words, found: dict[str, list[tuple[int, int]]], around: Around) -> int:
        if not around.complaint:
            return 0
        joints, fresh = covered(found.get("joints", ())), covered(found.get("fresh", ()))
        elsewhere, it = covered(found.get("elsewhere", ())), covered(found.get("it", ()))
        soon, theirs, mine = False, 0, 0
        for first, last in sentences(text):
            said = self._all(text, found, (first, last), around.today)
            for piece in _pieces(text, first, last, joints):
                if piece & around.complaint:
                    soon = soon or bool(piece & fresh) or any(days < SOON for at, days in said if piece >> at & 1)
                elif piece & elsewhere:
                    theirs |= piece
                elif piece & around.mine and not piece & it:
                    mine |= piece
        return theirs | mine if soon else theirs

    def _all(
        self, text: Words, found: dict[str, list[tuple[int, int]]], sentence: tuple[int, int], today: date | None
    ) -> list[tuple[int, int]]:
        """Return the first word and the days of each duration in a sentence."""
        ends_before = {end for _, end in found.get("not_before", ())}
        aged = {end for _, end in found.get("ages", ())}
        begins_after = {start for start, _ in found.get("not_after", ())}
        named = [] if today is None else self._since.spoken(text, *sentence, today)
        exact = covered((start, end) for start, end, _ in named)
        spoken = [span for span in self._spoken(text, found, *sentence) if not exact >> span[1] & 1]
        all_days: list[tuple[int, int]] = []
        for start, end, days in (*named, *spoken):
            behind = end + 1
            if (
                start - 1 in ends_before
                or (days >= ADULT * YEAR and start - 1 in aged)
                or (behind in begins_after and text.breaks[behind] == NONE)
            ):
                continue
            all_days.append((start, min(days, LONGEST)))
        return all_days

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
            if start > first and units.get(text.words[start - 1], YEAR) < YEAR and text.breaks[start] == NONE:
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


def _pieces(text: Words, first: int, last: int, joints: int) -> Iterator[int]:
    """Yield the masks of what stands between the commas and the `and`s of a sentence."""
    start = first
    for i in range(first + 1, last + 2):
        if i > last or text.breaks[i] != NONE or joints >> i & 1:
            yield (1 << i) - (1 << start)
            start = i


def _valued(
    found: dict[str, list[tuple[int, int]]], kind: str, first: int, last: int
) -> Iterator[tuple[int, int, int]]:
    for name, places in found.items():
        if name.startswith(f"{kind} "):
            value = int(name.removeprefix(f"{kind} "))
            for start, end in places:
                if first <= start <= last:
                    yield start, end, value
