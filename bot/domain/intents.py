"""What somebody wants who types it instead of pressing a button: rather nothing than what was not meant.

A message has an intent when all of its words are accounted for: by a saying of the intent, greetings, thanks and
fillers around it. So what is denied, imagined, of yesterday or of somebody else has none, and neither has a message
that says something else as well. Warning signs are read elsewhere, and come first.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.domain.days import Said, said, with_time
from bot.domain.intentwords import SLOTS, About, IntentWords, Name, Ways
from bot.domain.times import typed_times
from bot.domain.typos import Mender
from bot.domain.wordforms import Wordings
from bot.domain.words import split

LONGEST = 24
"""Words of a message that can be an intent."""
LETTERS = 400
MOST = 8
"""Glasses or rounds that are believed; more is asked about."""
SOONEST, RAREST = 30, 12 * 60
"""Minutes between two reminders that are believed."""
LONGEST_WHEN = 8
"""Words at the end of a reminder of their own that can say when."""
NO_WHEN = frozenset({"for", "from", "of", "about", "with", "since", "before", "than", "and", "or", "like", "during"})
"""Behind these a day is part of what it is about: «prepare for friday»."""
UNCLEAR = 0
_MARKS = " .,;:!?-\u2013\u2014\u2026"
COURTESY: tuple[Name, ...] = ("goodbye", "thanks", "greeting")
"""They may stand around what is wanted. Of several in a message that wants nothing else, the first here is meant."""
NOD: Name = "nod"
"""«Ok», where nothing was asked. It says the least: anything else in the message is meant."""
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d{1,2})?")


@dataclass(frozen=True, slots=True)
class Intent:
    """What is wanted. `amount`: glasses or rounds, 1 to 8; None where it was not said, or is to be asked.

    `kind`: water, exercise, or None where it was not said. `times`: local times of day, early to late.
    `every`: how far apart.
    """

    name: Name
    amount: int | None = None
    kind: About | None = None
    times: tuple[time, ...] = ()
    every: timedelta | None = None
    when: Said | None = None
    """The one time that it is wanted, or until when."""
    words: str | None = None
    """Of `own`: what it is about, as they wrote it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What stands at one place: phrases by their first words, or slots; `may`: it may be missing."""

    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    slots: tuple[str, ...] = ()
    may: bool = False


@dataclass(frozen=True, slots=True)
class _Saying:
    name: Name
    kind: About | None
    asks: bool
    steps: tuple[_Step, ...]
    first: frozenset[str] | None
    """The words it can begin with; None where it can begin with a number or the like."""


@dataclass(frozen=True, slots=True)
class _Told:
    """How far a message has been followed, and what it told on the way. `amount` 0: it told of one that is unclear."""

    at: int
    amount: int | None = None
    times: tuple[time, ...] = ()
    every: timedelta | None = None
    when: Said | None = None


class Intents:
    """Reads the intents of one language. Built once."""

    __slots__ = (
        "_after", "_before", "_courtesies", "_fillers", "_interval", "_mender", "_once", "_sayings", "_vague", "_words",
    )  # fmt: skip

    def __init__(self, words: IntentWords) -> None:
        """`words`: as in intents.yaml."""
        wordings = Wordings({**words.groups, **{slot: (f"<{slot}>",) for slot in SLOTS}}, words.forms)
        self._words = words
        self._fillers = _step(wordings.all(words.fillers))
        self._vague = _step(wordings.all(words.amounts.vague))
        self._interval = _step(("<every>",))
        own = words.own
        self._before, self._after, self._once = (
            [_saying("remind", "own", Ways(), _steps(said, wordings)) for said in sayings]
            for sayings in ((own.before, own.after, own.once) if own is not None else ((), (), ()))
        )
        self._courtesies = {
            name: _step(wordings.all(words.intents[name].says)) for name in COURTESY if name in words.intents
        }
        self._sayings = [
            _saying(name, kind, ways, _steps(said, wordings))
            for name, ways in words.intents.items()
            if name not in COURTESY
            for kind, sayings in _kinds(ways)
            for said in sayings
        ]
        steps = [self._fillers, self._vague, *self._courtesies.values()]
        all_sayings = (*self._sayings, *self._before, *self._after, *self._once)
        steps += [step for saying in all_sayings for step in saying.steps]
        known = {word for step in steps for phrases in step.phrases.values() for said in phrases for word in said}
        known |= {word for phrase in words.intervals.units for word in phrase.split()}
        known |= {*words.clock, *words.amounts.numbers}
        self._mender = Mender((word for word in known if len(word) > 4), (), {*known, *words.ordinary})

    def read(self, text: str, glass: int | None = None) -> Intent | None:
        """Return the intent of a message; None where it has none, several, or says something else too. Never raises.

        `glass`: how many ml are one for them; the usual one if it is not given.
        """
        if len(text) > LETTERS:
            return None
        read = split(text, self._words.spellings, self._mender.mend)
        if not 0 < len(read.words) <= LONGEST:
            return None
        message = _Message(self._words, read.words, self._fillers, self._vague, glass or self._words.amounts.glass)
        begins, ends, polite = message.courtesies(self._courtesies)
        found = {
            _intent(saying, told)
            for saying in self._sayings
            if (saying.asks or not read.asked) and message.may_begin(saying, begins)
            for told in message.follow(saying.steps, begins)
            if told.at in ends
        }
        wanted = {intent for intent in found if intent.name != NOD}
        # «Until tomorrow» can be a goodbye behind it; who names an end means one.
        wanted = {intent for intent in wanted if intent.when is not None} or wanted
        if wanted:
            return _one(wanted)
        if polite is not None:
            return Intent(polite)
        if found:
            return Intent(NOD)
        return self._own(text) if any(message.may_begin(saying, begins) for saying in self._before) else None

    def every(self, text: str) -> timedelta | None:
        """Return how far apart something is wanted, where the whole message says nothing else: «every 2 hours»."""
        message = self._message(text)
        if message is None:
            return None
        begins, ends, _ = message.courtesies(self._courtesies)
        found = {told.every for told in message.follow((self._interval,), begins) if told.at in ends} - {None}
        return found.pop() if len(found) == 1 else None

    def _own(self, text: str) -> Intent | None:
        """Return a reminder in words of their own, as they wrote them: «remind me to stretch at 18:30»."""
        said = text.split()
        heads = ((at, head) for at in range(1, len(said)) if (head := self._fits(self._before, said[:at])) is not None)
        begins, when = next(heads, (0, None))
        if when is None:
            return None
        about = said[begins:]
        for at in range(max(1, len(about) - LONGEST_WHEN), len(about)):
            tail = about[at:]
            if self._fits(self._once, tail) is not None:
                about, when = about[:at], _Told(0)
                break
            if (told := self._fits(self._after, tail)) is not None:
                if told.when is not None and NO_WHEN & {about[at - 1].casefold(), tail[0].casefold()}:
                    continue
                times, named = tuple(sorted({*when.times, *told.times})), told.when or when.when
                if named is not None and len(times) == 1:
                    named, times = with_time(named, times[0]), ()
                about, when = about[:at], replace(told, times=times, when=named)
                break
        words = " ".join(about).strip(_MARKS)
        return Intent("remind", None, "own", when.times, when.every, when.when, words) if words else None

    def _fits(self, sayings: Sequence[_Saying], said: Sequence[str]) -> "_Told | None":
        """Return what these words tell, if one of the sayings accounts for all of them."""
        message = self._message(" ".join(said))
        if message is None:
            return None
        begins, ends, _ = message.courtesies(self._courtesies)
        able = (saying for saying in sayings if message.may_begin(saying, begins))
        told = [one for saying in able for one in message.follow(saying.steps, begins) if one.at in ends]
        return max(told, key=lambda one: (one.when is not None, len(one.times), one.every is not None), default=None)

    def _message(self, text: str) -> "_Message | None":
        read = split(text, self._words.spellings, self._mender.mend)
        if len(text) > LETTERS or not 0 < len(read.words) <= LONGEST:
            return None
        return _Message(self._words, read.words, self._fillers, self._vague, self._words.amounts.glass)


class _Message:
    """One message, followed word by word."""

    __slots__ = ("_fillers", "_glass", "_said", "_vague", "_words")

    def __init__(self, words: IntentWords, said: tuple[str, ...], fillers: _Step, vague: _Step, glass: int) -> None:
        self._words = words
        self._said = said
        self._fillers = fillers
        self._vague = vague
        self._glass = glass

    def courtesies(self, courtesies: Mapping[Name, _Step]) -> tuple[set[int], set[int], Name | None]:
        """Return where what is wanted can begin and end, and the courtesy that the message is, if it is no more."""
        size = len(self._said)
        passable: tuple[tuple[Name | None, _Step], ...] = (*courtesies.items(), (None, self._fillers))
        ways = {(name, at, end) for name, step in passable for at in range(size) for end in self._phrases(step, at)}
        begins, ends = {0}, {size}
        for at in range(size):
            begins |= {end for _, start, end in ways if start == at and at in begins}
        for at in range(size, 0, -1):
            ends |= {start for _, start, end in ways if end == at and at in ends}
        said = {name for name, start, end in ways if start in begins and end in ends}
        return begins, ends, next((name for name in COURTESY if name in said), None) if size in begins else None

    def may_begin(self, saying: _Saying, begins: set[int]) -> bool:
        """Whether the saying begins at one of these words: most need not be followed at all."""
        return saying.first is None or any(at < len(self._said) and self._said[at] in saying.first for at in begins)

    def follow(self, steps: Sequence[_Step], begins: set[int]) -> set[_Told]:
        """Return all ways in which the steps follow each other from one of these words on."""
        told = {_Told(at) for at in begins}
        for step in steps:
            onward = {after for one in told for after in self._after(step, one)}
            told = self._past_fillers(onward) | (told if step.may else set())
            if not told:
                break
        return told

    def _past_fillers(self, told: set[_Told]) -> set[_Told]:
        fresh = told
        while fresh:
            fresh = {replace(one, at=end) for one in fresh for end in self._phrases(self._fillers, one.at)} - told
            told |= fresh
        return told

    def _after(self, step: _Step, told: _Told) -> Iterator[_Told]:
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

    def _phrases(self, step: _Step, at: int) -> Iterator[int]:
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


def _steps(said: str, wordings: Wordings) -> list[_Step]:
    return [_step(wordings.of(one.removesuffix("?")), one) for one in said.split()]


def _kinds(ways: Ways) -> tuple[tuple[About | None, tuple[str, ...]], ...]:
    return (None, ways.says), ("water", ways.about_water), ("exercise", ways.about_exercise)


def _step(phrases: Iterable[str], written: str = "") -> _Step:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    slots = []
    for phrase in phrases:
        words = tuple(phrase.split())
        if phrase.startswith("<"):
            slots.append(phrase.strip("<>"))
        elif words:
            by_first.setdefault(words[0], []).append(words)
    return _Step({first: tuple(all_) for first, all_ in by_first.items()}, tuple(slots), written.endswith("?"))


def _saying(name: Name, kind: About | None, ways: Ways, steps: Sequence[_Step]) -> _Saying:
    first: set[str] = set()
    for step in steps:
        if step.slots:
            return _Saying(name, kind, ways.asks, tuple(steps), None)
        first |= step.phrases.keys()
        if not step.may:
            break
    return _Saying(name, kind, ways.asks, tuple(steps), frozenset(first))


def _intent(saying: _Saying, told: _Told) -> Intent:
    return Intent(saying.name, told.amount or None, saying.kind, told.times, told.every, told.when)


def _one(found: set[Intent]) -> Intent | None:
    """Return the one that tells most; None where they are not of one name and kind."""
    if len({(intent.name, intent.kind) for intent in found}) > 1:
        return None
    return max(
        found,
        key=lambda one: (
            one.when is not None,
            bool(one.times) + bool(one.every),
            one.amount is not None,
            one.amount or 0,
        ),
    )
