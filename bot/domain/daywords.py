"""The words for days, months and lengths, with the slips that people make in them; and how long a length is."""

import re
from collections.abc import Mapping

from bot.domain.times import LONGEST
from bot.domain.typos import Mender
from bot.domain.words import folded

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_SPELLED = {
    "monday": "mon", "tuesday": "tue tues", "wednesday": "wed weds wensday wendsday", "thursday": "thu thur thurs",
    "friday": "fri", "january": "jan", "february": "feb", "march": "mar", "april": "apr", "june": "jun", "july": "jul",
    "august": "aug", "september": "sep sept", "october": "oct", "november": "nov", "december": "dec",
    "tomorrow": "tmrw tmr tmw tomoz 2moro 2morrow tomorow tommorow tommorrow tomorrows", "today": "todays",
    "tonight": "tonite 2nite 2night", "minute": "min mins minutes minuets minuts mintues minites",
    "hour": "hr hrs hours", "day": "days", "week": "weeks wk wks", "month": "months",
    "until": "til till untill untl upto",
}  # fmt: skip
_READ = {spelling: word for word, spellings in _SPELLED.items() for spelling in spellings.split()}
# «Sun» and «sat» are days only where nothing else can be meant: nobody sits in the Sunday.
_SUN = re.compile(
    r"(?:(?<=\bon )|(?<=\bnext )|(?<=\bthis )|(?<=\buntil )|(?<=\bevery ))(sun|sat)\b|^(sun|sat)\b(?= at\b| ?\d)"
)
_UNITS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_NUMBERS: Mapping[str, float] = {
    **{word: n for n, word in enumerate(f"{_UNITS} eighteen nineteen twenty".split(), 1)},
    "a": 1, "an": 1, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
}  # fmt: skip
_MEND = Mender(
    (*WEEKDAYS, *(month for month in MONTHS if len(month) > 5), "tomorrow", "tonight", "today", "minute", "until"),
    (),
    ("morning", "evening", "month", "months", "hours", "times", "sunny", "money"),
)
_MINUTES = {"m": 1, "minute": 1, "h": 60, "hour": 60, "d": 1440, "day": 1440, "week": 10080, "month": 43200}

NUMBER = r"(?:\d+(?:[.,]\d+)?|(?:twenty|thirty|forty|fifty) (?:one|two|three|four|five|six|seven|eight|nine)"
NUMBER += rf"|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
LENGTH = (
    r"(?P<length>(?:half|quarter) (?:of )?an? hour|a half hour|an? quarter (?:of )?an hour"
    r"|\d+ ?(?:h|hour) ?\d{1,2}(?: ?m| ?minute)?\b"
    rf"|(?:(?:a )?couple of|{NUMBER}) ?(?:and an? (?:half|quarter) )?(?:minute|m|hour|h|day|d|week|month)\b"
    rf"(?: and an? (?:half|quarter)\b| (?:and )?{NUMBER} ?(?:minute|m)\b)?)"
)


def plain(text: str) -> str:
    """Return a text in small letters, each word as it is spelled here, without the marks around words."""
    read = folded(text[:LONGEST]).replace("\N{EN DASH}", "-").replace("\N{EM DASH}", "-")
    read = re.sub(r"\b([ap])\. ?m\b\.?", r"\1m", read)
    read = re.sub(r"(?<=\d)(?=(?:min|mins|minutes?|hours?|hrs?|days?|weeks?)\b)", " ", read)
    read = read if "clock" in read else re.sub(r"(?<=[a-z])'(?=[a-z])", "", read)
    words = (word.strip(".,;!?()\"'") for word in read.split())
    read = " ".join(_READ.get(word) or _mended(word) for word in words if word)
    return _SUN.sub(lambda match: "sunday" if "sun" in match[0] else "saturday", read)


def _mended(word: str) -> str:
    if not word.isalpha() or (word.endswith("s") and word[:-1] in WEEKDAYS):
        return word
    return _MEND.mend(word)


def minutes_of(length: str) -> float | None:
    """Return how many minutes a length is, as `LENGTH` finds it; a day has 1,440."""
    if re.fullmatch(r"half (?:of )?an? hour|a half hour", length):
        return 30
    if "quarter" in length and "and" not in length:
        return 15
    if match := re.fullmatch(r"(\d+) ?(?:h|hour) ?(\d{1,2})(?: ?m| ?minute)?", length):
        return int(match[1]) * 60 + int(match[2])
    match = re.fullmatch(
        rf"(?:(?P<couple>(?:a )?couple of)|(?P<n>{NUMBER})) ?(?P<inside>and an? (?:half|quarter) )?"
        r"(?P<unit>minute|m|hour|h|day|d|week|month)(?P<tail> .*)?",
        length,
    )
    count = None if match is None else 2.0 if match["couple"] else _number(match["n"])
    if match is None or count is None:
        return None
    each, tail = _MINUTES[match["unit"]], (match["inside"] or "") + (match["tail"] or "")
    if "half" in tail or "quarter" in tail:
        return (count + (0.5 if "half" in tail else 0.25)) * each
    more = re.search(rf"({NUMBER}) ?(?:minute|m)$", tail)
    return count * each + ((_number(more[1]) or 0) if more is not None else 0)


def _number(words: str) -> float | None:
    """Return the number that a word or two say («twenty five», «1.5», «a»)."""
    if words.replace(",", ".").replace(".", "", 1).isdecimal():
        return float(words.replace(",", "."))
    return sum(_NUMBERS.get(part, 0) for part in words.split()) or None
