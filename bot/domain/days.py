"""Days and dates as people type them, with a time of day or a length: «tomorrow at 9», «friday», «in 20 minutes».

What is said here is not yet a day on the calendar: `bot.domain.moments` says which, once it is known when and where.
All of the text has to be accounted for, or nothing is said. Never raises.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from typing import Literal

from bot.domain.daywords import LENGTH, MONTHS, WEEKDAYS, minutes_of, plain
from bot.domain.times import LEAD, SMALL_TALK, told_times

Part = Literal["", "morning", "afternoon", "evening", "night", "midnight"]
Lead = Literal["", "in", "until", "for", "bare"]
LONGEST_AHEAD = 400
"""Days that are read; whoever says more means it no less, and is told that it is too far."""
_CLOSE = frozenset({*LEAD, "on", "by", "of", "for"})
_PARTS: Mapping[str, Part] = {"morning": "morning", "afternoon": "afternoon", "evening": "evening", "night": "night"}


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says of when. `ahead`: so many days from today; `weekday`: 0 is Monday; `month`, `number`: a date.

    `after`: so long from now. `lead`: the word before it; `bare` of a length that has none. `at`: a time of day;
    `part`: the part of the day. `again`: on certain days again and again («every friday»).
    """

    ahead: int | None = None
    weekday: int | None = None
    next_week: bool = False
    month: int | None = None
    number: int | None = None
    year: int | None = None
    after: timedelta | None = None
    at: time | None = None
    part: Part = ""
    again: bool = False
    lead: Lead = ""

    @property
    def dated(self) -> bool:
        """Whether it names a day."""
        return not (self.ahead is None and self.weekday is None and self.number is None and self.month is None)


def said(text: str, *, close: bool = False) -> Said | None:
    """Return what the text says of when; None where it says nothing of it, two things, or something else as well.

    `close`: small talk is something else too, for these words are a part of a message.
    """
    rest, found = plain(text), Said()
    if rest.startswith("until "):
        rest, found = rest.removeprefix("until "), replace(found, lead="until")
    for pattern, take in _RULES:
        if (match := pattern.search(rest)) is not None:
            more = take(match, found)
            if more is None:
                return None
            if found.dated and more.dated and (found.ahead, found.weekday) != (more.ahead, more.weekday):
                return None  # two days
            found, rest = more, f"{rest[: match.start()]} {rest[match.end() :]}"
    if not found.again and re.search(r"\b(?:every|each|daily|hourly)\b", rest):
        return None
    times, others = told_times(rest)
    if others - (_CLOSE if close else SMALL_TALK) or len({at for at, _ in times}) > 1:
        return None
    if times:
        if found.after is not None and not found.dated:
            return None
        at, part = times[0]
        if part == "named" and at == time(0):
            return replace(found, at=at, part="midnight")
        if found.part and not part:
            at = _of_part(at, found.part)
        found = replace(found, at=at)
    return found if found.dated or found.after is not None or found.again or times else None


def with_time(day: Said, at: time) -> Said:
    """Return a day that was said, with a time that was said elsewhere in the message."""
    return replace(day, at=_of_part(at, day.part) if day.part else at) if day.at is None else day


def _of_part(at: time, part: Part) -> time:
    if part in {"afternoon", "evening", "night"} and (5 if part != "afternoon" else 1) <= at.hour < 12:
        return at.replace(hour=at.hour + 12)
    return at


Take = Callable[[re.Match[str], Said], Said | None]


def _length(match: re.Match[str], found: Said) -> Said | None:
    minutes = minutes_of(match["length"])
    if minutes is None or not 1 <= minutes <= LONGEST_AHEAD * 1440:
        return None
    word = "in" if match["behind"] else match["lead"]
    lead: Lead = "in" if word in {"in", "after"} else "for" if word else found.lead or "bare"
    if minutes % 1440 == 0 and re.search(r"day|d\b|week|month", match["length"]):
        return replace(found, ahead=int(minutes) // 1440, lead=lead)
    return replace(found, after=timedelta(minutes=round(minutes)), lead=lead)


def _weekday(match: re.Match[str], found: Said) -> Said | None:
    if match["plural"] or (match["every"] or "").strip():
        return replace(found, again=True)
    part = _PARTS.get(match["part"] or "", found.part)
    return replace(found, weekday=WEEKDAYS.index(match["day"]), part=part)


def _next_week(match: re.Match[str], found: Said) -> Said | None:
    return replace(found, weekday=WEEKDAYS.index(match["day"] or match["other"]), next_week=True)


def _date(match: re.Match[str], found: Said) -> Said | None:
    month, year = MONTHS.index(match["month"]) + 1, match["year"]
    return replace(found, number=int(match["number"]), month=month, year=int(year) if year else None)


def _iso(match: re.Match[str], found: Said) -> Said | None:
    month = int(match[2])
    return replace(found, year=int(match[1]), month=month, number=int(match[3])) if 1 <= month <= 12 else None


def _ahead(days: int) -> Take:
    def take(match: re.Match[str], found: Said) -> Said | None:
        part = _PARTS.get(match["part"] or "", found.part)
        return replace(found, ahead=days, part=part)

    return take


def _number(match: re.Match[str], found: Said) -> Said | None:
    return replace(found, number=int(match["the"] or match["alone"]))


def _weekly(_match: re.Match[str], found: Said) -> Said | None:
    return replace(found, again=True)


def _for_today(_match: re.Match[str], found: Said) -> Said | None:
    return replace(found, ahead=1, lead="for")


def _rules() -> tuple[tuple[re.Pattern[str], Take], ...]:
    day, month = "|".join(WEEKDAYS), "|".join(MONTHS)
    alone = "|".join(name for name in MONTHS if name not in {"may", "march"})
    part = rf"(?: (?:in the |at )?(?P<part>{'|'.join(_PARTS)})\b)?"
    long = LENGTH + r"(?P<behind> from now\b| later\b)?"
    number, year, th = r"(?P<number>[0-3]?\d)(?:st|nd|rd|th)?", r"(?:,? (?P<year>20\d\d))?", r"(?:st|nd|rd|th)\b"
    rules: tuple[tuple[str, Take], ...] = (
        (rf"(?:every|each) (?:other |second |third )(?:day|week|weekend|month|year|{day})\b", _weekly),
        (r"(?:every|each) (?:week|weekend|month|year|weekday|workday|working day)\b|weekly\b|monthly\b", _weekly),
        (r"(?:on )?(?:weekdays|weekends|workdays|work days)\b|(?:once|twice) a (?:week|month)\b", _weekly),
        (r"^(?:for )?the rest of (?:the day|today)$|^for (?:today|tonight|now)$", _for_today),
        (rf"(?:the )?day after tomorrow\b{part}", _ahead(2)),
        (rf"(?:on )?(?:next week (?:on )?(?P<day>{day})|(?P<other>{day}) (?:of |in )?next week)\b", _next_week),
        (
            rf"(?P<every>(?:every|each) )?(?:on |this |next |coming |the )*(?P<day>{day})(?P<plural>s)?\b{part}",
            _weekday,
        ),
        (rf"(?:from )?tomorrow\b{part}", _ahead(1)),
        (r"(?P<part>)tonight\b", lambda _match, found: replace(found, ahead=0, part="night")),
        (rf"(?:later )?(?:today|this)(?: in the| at)? (?P<part>{'|'.join(_PARTS)})\b", _ahead(0)),
        (r"(?P<part>)(?:later )?today\b", _ahead(0)),
        (rf"(?P<lead>in|after|for the next|for) (?:about |around |roughly |approximately )?{long}", _length),
        (rf"(?:on |the )*{number}(?: of)? (?P<month>{month})\b{year}", _date),
        (rf"(?:on )?(?P<month>{month}) (?:the )?{number}\b(?! ?(?:am|pm|:)){year}", _date),
        (r"(?:on |the )*(20\d\d)-(\d\d)-(\d\d)\b", _iso),
        (rf"(?:on |the )+(?P<the>[0-3]?\d){th}|(?P<alone>[0-3]?\d){th}", _number),
        (r"(?:on )?christmas(?: day)?\b", lambda _match, found: replace(found, month=12, number=25)),
        (r"(?:the )?new years?(?: day)?\b", lambda _match, found: replace(found, month=1, number=1)),
        (r"(?:at |on |this |next |the )*weekend\b", lambda _match, found: replace(found, weekday=5)),
        (r"next week\b", lambda _match, found: replace(found, weekday=0, next_week=True)),
        (r"(?:the )?(?:beginning of )?next month\b", lambda _match, found: replace(found, number=1)),
        (rf"(?P<month>{alone})\b", lambda match, found: replace(found, month=MONTHS.index(match[1]) + 1, number=1)),
        (r"^in (\d{1,2})$", lambda match, found: replace(found, after=timedelta(minutes=int(match[1])), lead="in")),
        (rf"(?P<lead>){long}", _length),
    )
    return tuple((re.compile(rf"\b(?:{pattern})"), take) for pattern, take in rules)


_RULES = _rules()
