"""A day's entry: from what a flow saves, and back into words. Pure; days are the person's local dates."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from babel import Locale
from babel.dates import format_date

from bot.domain.episodes import DAY, counts_for, last_before
from bot.engine.kinds import Value
from bot.library.words import Words
from bot.session.kept import Checkin

PARTS = ("strength", "often", "sleep", "signs")


def entry_day(fields: Mapping[str, Value], today: date) -> date:
    """Return the day of what a flow saves: its `day`, if that can be, else today."""
    return counts_for(cast("str | None", fields.get("day")), today)


def entry_of(fields: Mapping[str, Value], noted: Mapping[date, Checkin], today: date, now: datetime) -> Checkin:
    """Return the entry that a flow saves. `noted`: those of the last days.

    What is not among the fields stays as it was noted for that day. The mood `as_before` takes all of the entry before
    that day but its signs, which are asked every time; `over` is calm, and calm is a strength of 0.
    """
    day, mood = entry_day(fields, today), cast("str", fields["mood"])
    told: dict[str, Any] = {part: fields[part] for part in PARTS if part in fields}
    earlier = noted.get(day)
    if mood == "as_before":
        before = last_before(noted, day)
        earlier = None if before is None else noted[before]
        mood = "same" if earlier is None else earlier.mood
        told = {"signs": told.get("signs") or ()}
    elif mood == "over":
        mood = "calm"
    if mood == "calm":
        told["strength"] = 0
    kept = {part: getattr(earlier, part, None) for part in PARTS} | told
    return Checkin(day, now, mood, kept["strength"], kept["often"], kept["sleep"], tuple(kept["signs"] or ()))


def day_in_words(day: date, language: str) -> str:
    """Return a day as it is said in a language (`Monday, March 2`): CLDR's short pattern, with its words in full."""
    locale = Locale.parse(language.replace("-", "_"))
    short = str(locale.datetime_skeletons["MMMEd"].pattern)
    return str(format_date(day, re.sub(r"M+", "MMMM", re.sub(r"E+", "EEEE", short)), locale))


def entry_in_words(entry: Checkin, today: date, words: Words, language: str) -> str:
    """Return an entry with its day (`Yesterday: better, strength 3, slept well`)."""
    parts = [words.label(f"entry.{entry.mood}", language)]
    if entry.strength is not None and entry.mood != "calm":
        parts.append(words.render("entry.strength", {"strength": entry.strength}, language))
    if entry.often is not None:
        parts.append(words.label(f"entry.{entry.often}", language))
    if entry.sleep is not None:
        parts.append(words.label(f"entry.{entry.sleep}", language))
    if entry.signs:
        parts.append(words.render("entry.signs", {"signs": len(entry.signs)}, language))
    return f"{_day(entry.day, today, words, language)}: {', '.join(parts)}"


def _day(day: date, today: date, words: Words, language: str) -> str:
    if day == today:
        return words.label("entry.today", language)
    if day == today - DAY:
        return words.label("entry.yesterday", language)
    return day_in_words(day, language)
