"""What somebody wants who types it instead of pressing a button: rather nothing than what was not meant.

A message has an intent when all of its words are accounted for: by a saying of the intent, greetings, thanks and
fillers around it. So what is denied, imagined, of yesterday or of somebody else has none, and neither has a message
that says something else as well. Warning signs are read elsewhere, and come first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.domain.days import Said, with_time
from bot.domain.intentwords import SLOTS, About, IntentWords, Name, Ways
from bot.domain.sayings import COURTESY, LONGEST_WHEN, Message, Saying, Told, saying_of, step_of, steps_of
from bot.domain.typos import Mender
from bot.domain.wordforms import Wordings
from bot.domain.words import split

LONGEST = 24
"""Words of a message that can be an intent."""
LONGEST_HEAD = 8
"""Words before when: could you please remind me …"""
LETTERS = 400
NO_WHEN = frozenset({"for", "from", "of", "about", "with", "since", "before", "than", "and", "or", "like", "during"})
"""Behind these a day is part of what it is about: «prepare for friday»."""
JOINED = NO_WHEN | {"but", "because", "so", "if", "when", "why"}
"""Between when and what they begin something else."""
_MARKS = " .,;:!?-\u2013\u2014\u2026"
NOD: Name = "nod"
"""«Ok», where nothing was asked. It says the least: anything else in the message is meant."""


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


class Intents:
    """Reads the intents of one language. Built once."""

    __slots__ = (
        "_after", "_bare", "_before", "_courtesies", "_fillers", "_interval", "_mender", "_once", "_sayings", "_vague",
        "_words",
    )  # fmt: skip

    def __init__(self, words: IntentWords) -> None:
        """`words`: as in intents.yaml."""
        wordings = Wordings({**words.groups, **{slot: (f"<{slot}>",) for slot in SLOTS}}, words.forms)
        self._words = words
        self._fillers = step_of(wordings.all(words.fillers))
        self._vague = step_of(wordings.all(words.amounts.vague))
        self._interval = step_of(("<every>",))
        own = words.own
        self._before, self._bare, self._after, self._once = (
            [saying_of("remind", "own", Ways(), steps_of(said, wordings)) for said in sayings]
            for sayings in ((own.before, own.bare, own.after, own.once) if own is not None else ((),) * 4)
        )
        self._courtesies = {
            name: step_of(wordings.all(words.intents[name].says)) for name in COURTESY if name in words.intents
        }
        self._sayings = [
            saying_of(name, kind, ways, steps_of(said, wordings))
            for name, ways in words.intents.items()
            if name not in COURTESY
            for kind, sayings in _kinds(ways)
            for said in sayings
        ]
        steps = [self._fillers, self._vague, *self._courtesies.values()]
        all_sayings = (*self._sayings, *self._before, *self._bare, *self._after, *self._once)
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
        message = Message(self._words, read.words, self._fillers, self._vague, glass or self._words.amounts.glass)
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
        return (
            self._own(text)
            if any(message.may_begin(saying, begins) for saying in (*self._before, *self._bare))
            else None
        )

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
        if when is None:  # «remind me friday 18:30 bins»: all that can say when, and theirs is the rest
            ends = range(min(len(said) - 1, LONGEST_WHEN + LONGEST_HEAD), 0, -1)
            long = ((at, head) for at in ends if (head := self._fits(self._bare, said[:at])) is not None)
            begins, when = next(long, (0, None))
            if JOINED & {word.casefold() for word in said[begins - 1 : begins + 1]}:
                return None  # «… tomorrow, and I feel faint» is no name of a reminder
        if when is None:
            return None
        about = said[begins:]
        for at in range(max(1, len(about) - LONGEST_WHEN), len(about)):
            tail = about[at:]
            if self._fits(self._once, tail) is not None:
                about, when = about[:at], Told(0)
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

    def _fits(self, sayings: Sequence[Saying], said: Sequence[str]) -> "Told | None":
        """Return what these words tell, if one of the sayings accounts for all of them."""
        message = self._message(" ".join(said))
        if message is None:
            return None
        begins, ends, _ = message.courtesies(self._courtesies)
        able = (saying for saying in sayings if message.may_begin(saying, begins))
        told = [one for saying in able for one in message.follow(saying.steps, begins) if one.at in ends]
        return max(told, key=lambda one: (one.when is not None, len(one.times), one.every is not None), default=None)

    def _message(self, text: str) -> "Message | None":
        read = split(text, self._words.spellings, self._mender.mend)
        if len(text) > LETTERS or not 0 < len(read.words) <= LONGEST:
            return None
        return Message(self._words, read.words, self._fillers, self._vague, self._words.amounts.glass)


def _kinds(ways: Ways) -> tuple[tuple[About | None, tuple[str, ...]], ...]:
    return (None, ways.says), ("water", ways.about_water), ("exercise", ways.about_exercise)


def _intent(saying: Saying, told: Told) -> Intent:
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
