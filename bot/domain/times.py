"""Times of day as people type them. Never raises; what is not clearly a time is none.

A bare "8" is 08:00: who means the evening says so. A bare number counts only where all around it is small talk ("at 8
please"), so that "8 hours" and "I had 3 coffees" are no times; "20:30", "8 pm" or "half past eight" count anywhere.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

LONGEST = 200
"""Characters that are read: nobody needs more to say when."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNITS = _words("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
_NUMBER = {word: n for n, word in enumerate((*_UNITS, "sixteen", "seventeen", "eighteen", "nineteen"))}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_PAST = _words("past after")
_TO = _words("to before till til")
_MINUTES = _words("minute minutes min mins")
_OCLOCK = _words("o'clock uhr hrs")
_PARTS = {f"{part}{end}": part for part in _words("morning afternoon evening night") for end in ("", "s")}
_PARTS |= {"am": "am", "pm": "pm", "tonight": "evening"}
_NAMED = {"noon": 12, "midday": 12, "midnight": 0}
LEAD = _words("in the this at every each early late around about")
SMALL_TALK = frozenset((*LEAD, *(_PARTS.keys() - {"am", "pm"}), *_OCLOCK[:2])) | frozenset(
    _words(
        """
        also and approximately be best better by change circa clock daily day do exactly fine for from good great here
        hm hmm i i'd i'll is ish it it's its just let let's lets like make maybe me my now ok okay on or perhaps please
        plus pls prefer remind right roughly say set sharp so suits sure thank thanks then think time to today tomorrow
        um usually want well with works would yeah yes you
        """
    )
)
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(am|pm|a|p|h)?")
_HOUR = re.compile(r"(\d{1,2})(am|pm|a|p|h|ish|uhr)?")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})(am|pm|h)?")


@dataclass(frozen=True, slots=True)
class _Found:
    """A time at a place among the tokens. `sure`: it is one whatever stands around it. `part`: of the day, as said."""

    start: int
    end: int
    hour: int
    minute: int
    sure: bool
    part: str = ""
    back: int = 0
    """Minutes before the hour."""


def typed_time(text: str) -> time | None:
    """Return the one time that the text says; None where it says none, or several."""
    said = {at for at, _ in _said(text)}
    return said.pop() if len(said) == 1 else None


def typed_times(text: str) -> tuple[time, ...]:
    """Return all times that the text says, early to late, each once.

    A time without am or pm that would lie before the one said before it is of the afternoon: "10, 2 and 6".
    """
    said: list[time] = []
    for at, part in _said(text):
        later = at.replace(hour=at.hour + 12) if 0 < at.hour < 12 and not part else at
        said.append(later if said and at <= said[-1] < later else at)
    return tuple(sorted(set(said)))


def spaced(every: timedelta) -> tuple[time, ...]:
    """Return the times of day that lie so far apart, from 10:00 to 20:00; none where that is less than an hour."""
    step = every // timedelta(minutes=1)
    return tuple(time(at // 60, at % 60) for at in range(10 * 60, 20 * 60 + 1, step)) if step >= 60 else ()


def clock_readings(text: str) -> tuple[time, ...]:
    """Return what the clock of someone who says what time it is may show: "9:40" is 09:40 or 21:40.

    One where am, pm, a part of the day, or the hour itself ("21:40", "09:40") tells; () where there is no one time.
    """
    said = set(_said(text))
    if len(said) != 1:
        return ()
    at, part = said.pop()
    if part or not 0 < at.hour <= 12 or re.search(r"\b0\d", text):
        return (at,)
    return at, at.replace(hour=(at.hour + 12) % 24)


def told_times(text: str) -> tuple[tuple[tuple[time, str], ...], frozenset[str]]:
    """Return the times that the text says, and all other words in it.

    Each has the part of the day that was said with it: `named` of noon and midnight.
    """
    tokens = _tokens(text)
    covered = {i for one in _read(tokens) if _time(one) is not None for i in range(one.start, one.end)}
    return tuple(_said(text)), frozenset(token for i, token in enumerate(tokens) if i not in covered)


def _tokens(text: str) -> Sequence[str]:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    plain = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", plain)
    plain = re.sub(r"(?<=[a-z])-(?=[a-z])|(?<=\d)-(?=ish\b)|(?<=\d),(?=\d{1,2}(?!\d))", " ", plain)
    plain = re.sub(r"\bo['` ]?clock\b", "o'clock", plain)
    chunks = (chunk.strip(".!?;()[]\"'~@\N{HORIZONTAL ELLIPSIS}") for chunk in re.split(r"\s+|,(?=\D|$)", plain))
    return [chunk for chunk in chunks if any(map(str.isalnum, chunk))]


def _said(text: str) -> list[tuple[time, str]]:
    """Return the times that count, in the order they were said, with the part of the day that came with each."""
    tokens = _tokens(text)
    found = [(one, at) for one in _read(tokens) if (at := _time(one)) is not None]
    covered = {i for one, _ in found for i in range(one.start, one.end)}
    talk = all(token in SMALL_TALK for i, token in enumerate(tokens) if i not in covered)
    return [(at, one.part) for one, at in found if one.sure or talk]


def _read(tokens: Sequence[str]) -> Iterator[_Found]:
    i, free = 0, 0
    while i < len(tokens):
        one = _spoken(tokens, i) or _written(tokens, i)
        if one is None:
            i += 1
            continue
        yield one if one.part else replace(one, part=_part_before(tokens[free:i]))
        i = free = one.end


def _spoken(tokens: Sequence[str], start: int) -> _Found | None:
    """Read noon, midnight, "half past eight", "half eight", "20 to 9 in the evening"."""
    i = start
    if tokens[i] == "12" and _at(tokens, i + 1) in _NAMED:
        i += 1
    if tokens[i] in _NAMED:
        return _Found(start, i + 1, _NAMED[tokens[i]], 0, sure=True, part="named")
    i += tokens[i] == "a" and _at(tokens, i + 1) == "quarter"
    minutes, named = _minutes(tokens[i])
    i += 1
    if minutes is None:
        minutes, i = _number(tokens, start)
    if minutes is None:
        return None
    if _at(tokens, i) in _MINUTES:
        named, i = True, i + 1
    way = _at(tokens, i)
    if way in _PAST or way in _TO or (way == "of" and minutes == 15):
        hour, end, part = _on_the_hour(tokens, i + 1)
        # "5 to 8" is a time, "9 to 5" a working day.
        if hour is None or minutes > 59 or not (named or way in _PAST or (minutes % 5 == 0 and minutes < 30)):
            return None
        if way in _PAST:
            return _Found(start, end, hour, minutes, sure=True, part=part)
        return _Found(start, end, hour, 0, sure=True, part=part, back=minutes)
    if tokens[start] == "half":
        hour, end, part = _on_the_hour(tokens, i)
        if hour is not None:
            return _Found(start, end, hour, 30, sure=True, part=part)
    return None


def _written(tokens: Sequence[str], start: int) -> _Found | None:
    """Read "20:30", "8.30 pm", "19h", "830am", "eight thirty", "8 o'clock", "8 in the evening", and a bare "8"."""
    token = tokens[start]
    if match := _CLOCK.fullmatch(token):
        hour, minute, mark, sure, end = int(match[1]), int(match[2]), match[3], True, start + 1
    elif match := _HOUR.fullmatch(token):
        hour, minute, mark, end = int(match[1]), 0, match[2], start + 1
        sure = mark in {"am", "pm", "h", "uhr"}
        if mark is None and (late := _at(tokens, end)).isdecimal() and len(late) == 2 and not 0 < int(late) < 25:
            minute, end = int(late), end + 1  # "8 30"
    elif match := _DIGITS.fullmatch(token):
        hour, minute, mark, sure, end = int(match[1]), int(match[2]), match[3], match[3] is not None, start + 1
    else:
        number, end = _number(tokens, start)
        if number is None:
            return None
        hour, minute, mark, sure = number, 0, None, False
        place = end + (_at(tokens, end) in {"oh", "o", "zero"})
        small, after = _number(tokens, place)
        if small is not None and (small > 9) == (place == end):  # "eight fifteen", "eight oh five"
            minute, sure, end = small, True, after
    if _at(tokens, end) in _OCLOCK:
        sure, end = True, end + 1
    part = {"a": "am", "p": "pm", "am": "am", "pm": "pm"}.get(mark or "", "")
    if not part:
        end, part = _part(tokens, end)
    if hour > 24 or minute > 59:
        return None
    return _Found(start, end, hour, minute, sure=sure or bool(part), part=part)


def _at(tokens: Sequence[str], i: int) -> str:
    return tokens[i] if i < len(tokens) else ""


def _minutes(token: str) -> tuple[int | None, bool]:
    return {"half": (30, True), "quarter": (15, True)}.get(token, (None, False))


def _number(tokens: Sequence[str], i: int) -> tuple[int | None, int]:
    """Return the number that begins here, in words or two digits, and where it ends."""
    token = _at(tokens, i)
    if token in _TENS:
        ones = _NUMBER.get(_at(tokens, i + 1), 0)
        return (_TENS[token] + ones, i + 2) if 0 < ones < 10 else (_TENS[token], i + 1)
    if token.isdecimal() and len(token) < 3:
        return int(token), i + 1
    return _NUMBER.get(token), i + 1


def _on_the_hour(tokens: Sequence[str], i: int) -> tuple[int | None, int, str]:
    """Return the hour that a "past" or "to" leads to, where it ends, and the part of the day."""
    if _at(tokens, i) in _NAMED:
        return _NAMED[tokens[i]], i + 1, "named"
    if match := re.fullmatch(r"(\d{1,2})(am|pm)", _at(tokens, i)):
        return int(match[1]), i + 1, match[2]
    hour, end = _number(tokens, i)
    if hour is None or hour > 24:
        return None, i, ""
    return hour, *_part(tokens, end + (_at(tokens, end) in _OCLOCK))


def _part(tokens: Sequence[str], i: int) -> tuple[int, str]:
    """Read "pm", "in the evening", "at night" from here: where it ends, and the part of the day; "" for none."""
    end = i
    while _at(tokens, end) in LEAD:
        end += 1
    part = _PARTS.get(_at(tokens, end), "")
    return (end + 1, part) if part else (i, "")


def _part_before(tokens: Sequence[str]) -> str:
    """Return the part of the day in "tomorrow evening, at about" (8); "" for none."""
    for token in reversed(tokens):
        if token not in LEAD:
            part = _PARTS.get(token, "")
            return part if part not in {"am", "pm"} else ""
    return ""


def _time(found: _Found) -> time | None:
    """Return the time of day; None where the hour and the part of the day cannot be."""
    hour = found.hour
    match found.part:
        case "am" | "morning":
            if hour > 12:
                return None
            hour %= 12
        case "pm" | "afternoon":
            if hour == 0:
                return None
            hour = hour + 12 if hour < 12 else hour
        case "evening" | "night":
            if hour == 12:
                hour = 0
            elif (5 if found.part == "night" else 0) < hour < 12:  # 3 at night is 03:00
                hour += 12
    minutes = hour * 60 + found.minute - found.back
    if minutes > 24 * 60:
        return None
    return time(minutes // 60 % 24, minutes % 60)
