"""How many days ago a named day was: `since March`, `since the 1st`, `since Easter`, `it began on 3 June`.

A day without a year is the latest one that is not to come. All need to know what day it is where the person lives.
"""

import re
from datetime import date, timedelta

from bot.domain.phrases import Lexicon
from bot.domain.signwords import Dates
from bot.domain.words import Words

_ORDINAL = re.compile(r"([1-9]|[12]\d|3[01])(?:st|nd|rd|th)")
_DAY = re.compile(r"[1-9]|[12]\d|3[01]")
_YEAR = re.compile(r"19\d\d|20\d\d")
BETWEEN = 4
"""Words between `since` and the day: the end of last …"""
Span = tuple[int, int, int]


def easter(year: int) -> date:
    """Return Easter Sunday (the Gregorian rule, as Meeus, Jones and Butcher wrote it down)."""
    golden, century, within = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


class Since:
    """Reads named days in the words of one language."""

    __slots__ = ("_dates", "_lexicon")

    def __init__(self, dates: Dates) -> None:
        """`dates`: as in signs.yaml."""
        self._dates = dates
        groups: dict[str, list[str]] = {"since": [*dates.since], "on": [*dates.on], "began": [*dates.began]}
        for phrase, (month, day) in dates.feasts.items():
            groups.setdefault(f"feast {month} {day}", []).append(phrase)
        groups["easter"] = [*dates.easter]
        self._lexicon = Lexicon(groups)

    def spoken(self, text: Words, first: int, last: int, today: date) -> list[Span]:
        """Return first word, last word and days of each named day in a sentence."""
        found = self._lexicon.find(text, 0)
        within = {name: [(a, b) for a, b in places if first <= a <= last] for name, places in found.items()}
        leads = list(within.get("since", ()))
        if within.get("began"):
            leads += within.get("on", ())
        feasts = {
            a: (name, b) for name, places in within.items() if name.startswith(("feast", "easter")) for a, b in places
        }
        days: list[Span] = []
        for start, end in leads:
            at, part = end + 1, 1
            while at <= min(last, end + BETWEEN) and text.words[at] in self._dates.parts:
                part = self._dates.parts[text.words[at]] or part
                at += 1
            if at > last:
                continue
            if at in feasts:
                name, stop = feasts[at]
                days.append((start, stop, (today - self._feast(name, today)).days))
            elif (there := self._day(text, at, last, part, today)) is not None:
                days.append((start, there[1], (today - there[0]).days))
        return days

    def _feast(self, name: str, today: date) -> date:
        if name == "easter":
            this = easter(today.year)
            return this if this <= today else easter(today.year - 1)
        _, month, day = name.split()
        return _latest(int(month), int(day), None, today)

    def _day(self, text: Words, at: int, last: int, part: int, today: date) -> tuple[date, int] | None:
        """Return the day that begins at a word, and the last word of it."""
        said = text.words[at]
        ahead = text.words[at + 1 : min(last, at + 3) + 1]
        if said in self._dates.weekdays:
            gone = (today.weekday() - self._dates.weekdays[said]) % 7
            return today - timedelta(days=gone or 7), at
        if _YEAR.fullmatch(said):
            return _latest(1, 1, int(said), today), at
        if said in self._dates.months:
            number = next((_number(word) for word in ahead[:1]), None)
            stop = at + (number is not None)
            year = _year(text, stop + 1, last)
            return _latest(self._dates.months[said], number or part, year, today), stop + (year is not None)
        number = _number(said)
        if number is None:
            return None
        skip = 1 if ahead[:1] and ahead[0] in self._dates.parts else 0
        if len(ahead) > skip and ahead[skip] in self._dates.months:
            year = _year(text, at + skip + 2, last)
            return _latest(self._dates.months[ahead[skip]], number, year, today), at + skip + 1 + (year is not None)
        return (_day_of_month(number, today), at) if _ORDINAL.fullmatch(said) else None


def _number(said: str) -> int | None:
    ordinal = _ORDINAL.fullmatch(said)
    return int(ordinal.group(1)) if ordinal else int(said) if _DAY.fullmatch(said) else None


def _year(text: Words, at: int, last: int) -> int | None:
    return int(text.words[at]) if at <= last and _YEAR.fullmatch(text.words[at]) else None


def _latest(month: int, day: int, year: int | None, today: date) -> date:
    """Return that day of the year, or of the latest year in which it is not to come."""
    that = _valid(year or today.year, month, day)
    return min(that, today) if year is not None else that if that <= today else _valid(today.year - 1, month, day)


def _day_of_month(day: int, today: date) -> date:
    """Return the latest day of this number that is not to come."""
    that = _valid(today.year, today.month, day)
    before = today.replace(day=1) - timedelta(days=1)
    return that if that <= today and that.day == day else _valid(before.year, before.month, day)


def _valid(year: int, month: int, day: int) -> date:
    """Return that day, or the last of a month that has not so many."""
    year = max(year, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), after - timedelta(days=1))
