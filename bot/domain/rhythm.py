"""On which days something comes: every one, every so many from a day on, or some of the week. Pure, and typed too.

`days_said` reads what people type («every other day», «mondays and thursdays», «every day but sunday»). Never raises;
what says no days says none.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from bot.domain.times import LONGEST
from bot.domain.words import folded

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY = {"daily": 1, "second": 2, "third": 3, "weekly": 7}
"""How many days apart."""
SAID = (*WEEKDAYS, *EVERY, "several", "some")
"""What `days_said` can return: days; how far apart; several times a day; some days of the week, not said which."""

_ANY = r"(?:(?:mon|fri|sun)(?:days?)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:rs?(?:days?)?)?|sat(?:urdays?)?)"
_TIMES = r"(?:twice|thrice|(?:[2-9]|two|three|four|five|several|many|more|some|a few|a couple of) ?(?:times|x))"
_A, _DAY, _WEEK = r"(?:an?|per|each|every|in a|the|in the)", r"(?:day|24 hours)", r"week"
_SEVERAL = re.compile(
    rf"\b{_TIMES} (?:{_A} {_DAY}|daily)\b|\bmornings? and (?:an? |the |every |each |in the )*evenings?\b"
)
_SOME = re.compile(
    rf"\b{_TIMES} (?:{_A} {_WEEK}|weekly)\b|\b(?:some|a few|certain) days\b"
    rf"|\b(?:two|three|four|five|[2-5]) days {_A} {_WEEK}\b"
)
_APART = (
    (
        re.compile(r"\b(?:every|each) (?:other|second|2nd|two|2) days?\b|\balternate days\b|\bevery 48 hours\b"),
        "second",
    ),
    (re.compile(r"\b(?:every|each) (?:third|3rd|three|3) days?\b"), "third"),
    (
        re.compile(
            r"\b(?:once|one time) an? week\b|\b(?:every|each|once per|once every) (?:single )?week\b|\bweekly\b"
        ),
        "weekly",
    ),
    (re.compile(r"\b(?:every|each) (?:seven|7) days\b"), "weekly"),
    (re.compile(r"\b(?:every|each)(?: single)? day\b|\beveryday\b|\bdaily\b|\ball days\b|\bonce an? day\b"), "daily"),
)
_BUT = re.compile(r"\b(?:except|but|not|without|besides|apart from)\b")
_RANGE = re.compile(rf"\b(?P<first>{_ANY})(?: ?- ?| to | till | until | through | thru )(?P<last>{_ANY})\b")
_NAMED = re.compile(rf"\b(?:(?P<day>{_ANY})|(?P<work>week ?days?|work(?:ing)? ?days?)|(?P<end>week ?ends?))\b")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The local days on which something comes: of the week (0 is Monday), or every so many from `since` on."""

    weekdays: frozenset[int] = frozenset()
    every: int = 1
    since: date = date.min

    def on(self, day: date) -> bool:
        """Return whether it comes on this day."""
        if self.weekdays:
            return day.weekday() in self.weekdays
        return (day - self.since).days % self.every == 0

    @property
    def longest(self) -> int:
        """How many days there are at most from one of its days to the next."""
        return 7 if self.weekdays else self.every

    @property
    def word(self) -> str:
        """How far apart its days are, as one of `EVERY`; «some» where they are days of the week."""
        if 0 < len(self.weekdays) < len(WEEKDAYS):
            return "some"
        return next((word for word, every in EVERY.items() if every == self.every), "daily")

    @classmethod
    def of(cls, said: Sequence[str], today: date) -> Self:
        """Return the rhythm of such words; «third» is every third day from today on. All days, if they say none."""
        if named := frozenset(WEEKDAYS.index(word) for word in said if word in WEEKDAYS):
            return cls(named) if len(named) < len(WEEKDAYS) else cls()
        every = next((EVERY[word] for word in said if word in EVERY), 1)
        return cls(every=every, since=today) if every > 1 else cls()

    def dump(self) -> str:
        """Return it as it is kept: `mon,thu`, `3@2026-03-01`; empty for every day."""
        if self.weekdays:
            return ",".join(WEEKDAYS[number] for number in sorted(self.weekdays))
        return f"{self.every}@{self.since.isoformat()}" if self.every > 1 else ""

    @classmethod
    def read(cls, kept: str) -> Self:
        """Return what `dump` wrote."""
        every, at, since = kept.partition("@")
        if at:
            return cls(every=int(every), since=date.fromisoformat(since))
        return cls.of(kept.split(","), date.min)


DAILY = Rhythm()


def days_said(text: str) -> tuple[str, ...]:
    """Return the days that a text says, as words of `SAID`: some of the week, or one of the others; () for none."""
    plain = " ".join(re.sub(r"[^\w' -]", " ", folded(text[:LONGEST]).replace("\N{EN DASH}", "-")).split())
    if _SEVERAL.search(plain):
        return ("several",)
    if but := _BUT.search(plain):
        named, out = _named(plain[: but.start()]), _named(plain[but.end() :])
        return tuple(word for word in named or WEEKDAYS if word not in out) if out else ()
    if named := _named(plain):
        return named
    if _SOME.search(plain):
        return ("some",)
    return next(((word,) for pattern, word in _APART if pattern.search(plain)), ())


def without_days(text: str) -> str:
    """Return the text without its days, so that a time beside them is read as if it stood alone («mondays at 8»)."""
    rest = folded(text[:LONGEST]).replace("\N{EN DASH}", "-")
    for pattern in (_SEVERAL, _SOME, *(pattern for pattern, _ in _APART), _RANGE, _NAMED, _BUT):
        rest = pattern.sub(" ", rest)
    return rest


def _named(plain: str) -> tuple[str, ...]:
    found: set[str] = set()
    for match in _RANGE.finditer(plain):
        first, last = WEEKDAYS.index(_word(match["first"])), WEEKDAYS.index(_word(match["last"]))
        found |= {WEEKDAYS[number % 7] for number in range(first, (last if last >= first else last + 7) + 1)}
    for match in _NAMED.finditer(plain):
        found |= {_word(match["day"])} if match["day"] else set(WEEKDAYS[:5] if match["work"] else WEEKDAYS[5:])
    return tuple(word for word in WEEKDAYS if word in found)


def _word(name: str) -> str:
    return name[:3]
