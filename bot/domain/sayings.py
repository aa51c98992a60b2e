"""How a message is followed word by word along a saying, and what it tells on the way. Pure, and nothing is guessed.

A saying is a row of steps. At each stand phrases, or a slot: an amount, times of day, how far apart, a moment.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.domain.days import Said, said
from bot.domain.intentwords import About, IntentWords, Name, Ways
from bot.domain.times import typed_times
from bot.domain.wordforms import Wordings

MOST = 8
"""Glasses or rounds that are believed; more is asked about."""
SOONEST, RAREST = 30, 12 * 60
"""Minutes between two reminders that are believed."""
LONGEST_WHEN = 8
"""Words at the end of a reminder of their own that can say when."""
UNCLEAR = 0
COURTESY: tuple[Name, ...] = ("goodbye", "thanks", "greeting")
"""They may stand around what is wanted. Of several in a message that wants nothing else, the first here is meant."""
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Step:
    """What stands at one place: phrases by their first words, or slots; `may`: it may be missing."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    slots: tuple[str, ...] = ()
    may: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """One way to say an intent. `kind`: what it is about; `asks`: it may be a question."""

    name: Name
    kind: About | None
    asks: bool
    steps: tuple[Step, ...]
    first: frozenset[str] | None
    """The words it can begin with; None where it can begin with a number or the like."""


@dataclass(frozen=True, slots=True)
class Told:
    """How far a message has been followed, and what it told on the way. `amount` 0: it told of one that is unclear."""

    at: int
    amount: int | None = None
    times: tuple[time, ...] = ()
    every: timedelta | None = None
    when: Said | None = None


class Message:
    """One message, followed word by word."""

    __slots__ = ("_fillers", "_glass", "_said", "_vague", "_words")

    def __init__(self, words: IntentWords, said: tuple[str, ...], fillers: Step, vague: Step, glass: int) -> None:
        self._words = words
        self._said = said
        self._fillers = fillers
        self._vague = vague
        self._glass = glass

    def courtesies(self, courtesies: Mapping[Name, Step]) -> tuple[set[int], set[int], Name | None]:
        """Return where what is wanted can begin and end, and the courtesy that the message is, if it is no more."""
        size = len(self._said)
        passable: tuple[tuple[Name | None, Step], ...] = (*courtesies.items(), (None, self._fillers))
        ways = {(name, at, end) for name, step in passable for at in range(size) for end in self._phrases(step, at)}
        begins, ends = {0}, {size}
        for at in range(size):
            begins |= {end for _, start, end in ways if start == at and at in begins}
        for at in range(size, 0, -1):
            ends |= {start for _, start, end in ways if end == at and at in ends}
        said = {name for name, start, end in ways if start in begins and end in ends}
        return begins, ends, next((name for name in COURTESY if name in said), None) if size in begins else None

    def may_begin(self, saying: Saying, begins: set[int]) -> bool:
        """Whether the saying begins at one of these words: most need not be followed at all."""
        return saying.first is None or any(at < len(self._said) and self._said[at] in saying.first for at in begins)

    def follow(self, steps: Sequence[Step], begins: set[int]) -> set[Told]:
        """Return all ways in which the steps follow each other from one of these words on."""
        told = {Told(at) for at in begins}
        for step in steps:
            onward = {after for one in told for after in self._after(step, one)}
            told = self._past_fillers(onward) | (told if step.may else set())
            if not told:
                break
        return told

    def _past_fillers(self, told: set[Told]) -> set[Told]:
        fresh = told
        while fresh:
            fresh = {replace(one, at=end) for one in fresh for end in self._phrases(self._fillers, one.at)} - told
            told |= fresh
        return told

    def _after(self, step: Step, told: Told) -> Iterator[Told]:
        for end in self._phrases(step, told.at):
            yield replace(told, at=end)
        for slot in step.slots:
            match slot:
                case "amount":
                    for end, amount in self._amounts(told.at):
                        yield replace(told, at=end, amount=amount if told.amount is None else UNCLEAR)
                case "volume":
                    for end, amount in self._volumes(told.at):
                        yield replace(told, at=end, amount=amount if told.amount is None else UNCLEAR)
                case "clock":
                    end = told.at
                    while end < len(self._said) and (
                        self._said[end] in self._words.clock or self._said[end][0].isdigit()
                    ):
                        end += 1
                    times = typed_times(" ".join(self._said[told.at : end]))
                    # «at 8 to drink»: what can be part of a time need not be.
                    while times and typed_times(" ".join(self._said[told.at : end])) == times:
                        yield replace(told, at=end, times=tuple(sorted({*told.times, *times})))
                        end -= 1
                case "once" | "until":
                    for end, when in self._whens(told.at, slot):
                        yield replace(told, at=end, when=when)
                case _:
                    for end, minutes in self._intervals(told.at):
                        every = timedelta(minutes=minutes) if SOONEST <= minutes <= RAREST else None
                        yield replace(told, at=end, every=every)

    def _whens(self, at: int, slot: str) -> Iterator[tuple[int, Said]]:
        """Yield the longest run of words from here that says a moment, and what says the same without its last words.

        «In 20 minutes to stretch»: what can be part of it need not be.
        """
        longest: Said | None = None
        for end in range(min(len(self._said), at + LONGEST_WHEN), at, -1):
            when = said(" ".join(self._said[at:end]), close=True)
            if when is None or not _fits_slot(when, slot) or (longest is not None and when != longest):
                continue
            longest = when
            yield end, when

    def _phrases(self, step: Step, at: int) -> Iterator[int]:
        """Yield where the phrases of a step that begin at this word end."""
        if at < len(self._said):
            for phrase in step.phrases.get(self._said[at], ()):
                if self._said[at : at + len(phrase)] == phrase:
                    yield at + len(phrase)

    def _number(self, at: int) -> float | None:
        said = self._said[at] if at < len(self._said) else ""
        if _NUMBER.fullmatch(said):
            return float(said.replace(",", "."))
        return self._words.amounts.numbers.get(said)

    def _amounts(self, at: int) -> Iterator[tuple[int, int]]:
        number = self._number(at)
        if number:
            yield at + 1, int(number) if number % 1 == 0 and number <= MOST else UNCLEAR
        for end in self._phrases(self._vague, at):
            yield end, UNCLEAR

    def _volumes(self, at: int) -> Iterator[tuple[int, int]]:
        amounts = self._words.amounts
        factors = [(at + 1, number)] if (number := self._number(at)) else []
        factors += [(end, 0.5) for end in self._listed(amounts.halves, at)]
        for behind, factor in factors:
            for phrase, millilitres in amounts.volumes.items():
                for end in self._listed((phrase,), behind):
                    glasses = round(factor * millilitres / self._glass)
                    yield end, glasses if 0 < glasses <= MOST else UNCLEAR

    def _intervals(self, at: int) -> Iterator[tuple[int, int]]:
        intervals = self._words.intervals
        for phrase, minutes in intervals.whole.items():
            for end in self._listed((phrase,), at):
                yield end, minutes
        for behind in self._listed(intervals.each, at):
            number = self._number(behind)
            for phrase, minutes in intervals.units.items():
                for end in self._listed((phrase,), behind + (number is not None)):
                    yield end, int(minutes * (1 if number is None else number))

    def _listed(self, phrases: Iterable[str], at: int) -> Iterator[int]:
        for phrase in phrases:
            words = tuple(phrase.split())
            if self._said[at : at + len(words)] == words:
                yield at + len(words)


def _fits_slot(when: Said, slot: str) -> bool:
    """Whether what was said of when is an end (of a pause), or a moment that is none of every day."""
    if when.lead in {"until", "for"}:
        return slot == "until"
    return slot == "once" and when.lead != "bare" and (when.dated or when.after is not None or when.again)


def steps_of(said: str, wordings: Wordings) -> list[Step]:
    """Return the steps of a saying as it is written."""
    return [step_of(wordings.of(one.removesuffix("?")), one) for one in said.split()]


def step_of(phrases: Iterable[str], written: str = "") -> Step:
    """Return what may stand at one place; `written` with a ? behind it may be missing."""
    by_first: dict[str, list[tuple[str, ...]]] = {}
    slots = []
    for phrase in phrases:
        words = tuple(phrase.split())
        if phrase.startswith("<"):
            slots.append(phrase.strip("<>"))
        elif words:
            by_first.setdefault(words[0], []).append(words)
    return Step({first: tuple(all_) for first, all_ in by_first.items()}, tuple(slots), written.endswith("?"))


def saying_of(name: Name, kind: About | None, ways: Ways, steps: Sequence[Step]) -> Saying:
    """Return a saying with the words that it can begin with."""
    first: set[str] = set()
    for step in steps:
        if step.slots:
            return Saying(name, kind, ways.asks, tuple(steps), None)
        first |= step.phrases.keys()
        if not step.may:
            break
    return Saying(name, kind, ways.asks, tuple(steps), frozenset(first))
