"""Free text is read once, before the engine: warning signs always and first, then only what can still matter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as clock
from zoneinfo import ZoneInfo

from bot.domain import days
from bot.domain.countries import country_named, only_states_country, stated_country
from bot.domain.intents import NOD, Intent, Intents
from bot.domain.moments import once, until
from bot.domain.rhythm import days_said, without_days
from bot.domain.signs import TWO_WEEKS, Reader, Reading
from bot.domain.spans import typed_span
from bot.domain.times import clock_readings, spaced, typed_time, typed_times
from bot.domain.topics import Found, Topics
from bot.domain.zones import zone_named, zones_for_clock
from bot.engine.answers import MOST_TIMES
from bot.engine.events import Heard
from bot.engine.facts import LONGEST_OWN, TROUBLES
from bot.engine.kinds import Country, Kind, Moment, Span, Times, WallTime, Whole, Zone

CALM = ("none", "self_care")
"""Where there is more than this, a card answers, and neither an article nor a wish."""
TYPED = Whole | WallTime | Times | Moment | Span | Zone
SEARCHED = 2
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Ear:
    """Who reads free text in one language. Where nobody knows its wishes or articles, there are buttons."""

    signs: Reader
    topics: Topics | None = None
    intents: Intents | None = None


def hear(
    text: str,
    ear: Ear,
    kind: Kind | None,
    now: datetime,
    today: date,
    *,
    menu: bool = False,
    glass: int | None = None,
    zone: ZoneInfo | None = None,
    other: Kind | None = None,
) -> Heard:
    """Return what was understood. `kind`: what the open question awaits; `menu`: it gives way to a search.

    `now` in UTC, for “it is 8:30 here”; `today` on the person's calendar, for “since Monday”; `glass`: ml of theirs.
    `zone`: theirs, for “tomorrow at 9”; `other`: what else may be typed to the question.
    """
    awaited = next((each for each in (kind, other) if isinstance(each, Moment)), None)
    reading = ear.signs.read(text, today)
    if reading.signs == {TWO_WEEKS} and reading.doubt is None and _only_a_pause(text, ear, awaited):
        reading = Reading(number=reading.number)
    time: str | None = None
    zones: tuple[tuple[str, str], ...] = ()
    match kind:
        case WallTime():
            said = typed_time(text)
            time = None if said is None else f"{said:%H:%M}"
        case Zone():
            zones = zone_named(text)
            if not zones and (readings := clock_readings(text)):
                zones = zones_for_clock(readings, now)
        case _:
            pass
    calm = reading.level in CALM
    wish = ear.intents.read(text, glass) if calm and ear.intents is not None else None
    if wish is not None and wish.name == NOD and kind is not None:
        wish = None  # an answer, and if it is none here, no answer
    told, ends = (None, False) if awaited is None or not calm else (days.said(text), awaited.until)
    if isinstance(kind, Whole) and told is not None and not told.dated and told.after is None:
        told = None  # «ten» is the number that was asked for
    if wish is not None and wish.when is not None:
        told, ends = wish.when, wish.name == "pause"
    moment, trouble = _moment(told, now, zone, ends=ends, bare=isinstance(kind, Moment))
    spans = typed_span(text) if Span in {type(kind), type(other)} else ()
    plain = kind if moment is None and trouble is None and not spans else Moment()
    found = _found(text, ear, reading, None if menu else plain) if calm and wish is None else Found()
    at = wish.times if wish is not None else _times(text, ear) if isinstance(kind, Times) else ()
    return Heard(
        level=reading.level,
        signs=reading.signs,
        doubt=reading.doubt,
        number=reading.number,
        time=time,
        zones=zones,
        topics=found.topics,
        # One word or two are what is typed to search.
        asks=found.question or (found.topics != () and len(text.split()) <= SEARCHED),
        intent=None if wish is None else wish.name,
        amount=None if wish is None else wish.amount,
        about=None if wish is None else wish.kind,
        words=None if wish is None or wish.words is None or len(wish.words) > LONGEST_OWN else wish.words,
        at=_clocks(at if trouble is None else ()),
        moment=moment,
        trouble=trouble,
        span=tuple(clock for span in spans for clock in _clocks(span)),
        spaced=() if wish is None or wish.every is None else _clocks(spaced(wish.every)),
        days=days_said(text) if isinstance(kind, Times) else (),
        beside_days=_clocks(typed_times(without_days(text))[:MOST_TIMES]) if isinstance(kind, Times) else (),
        hours=None if wish is None else _hours(wish),
        # A place or a number is no language.
        foreign=reading.foreign and not zones and time is None and reading.number is None,
    )


def _only_a_pause(text: str, ear: Ear, awaited: Moment | None) -> bool:
    """Whether so many weeks are how long a pause lasts, and no word says what else may last so long.

    «For three weeks» is the answer where an end is asked for; «pause for three weeks» says itself what it is of.
    """
    if awaited is not None and awaited.until:
        return days.said(text, close=True) is not None
    wish = ear.intents.read(text) if ear.intents is not None else None
    return wish is not None and wish.name == "pause" and wish.when is not None


def _moment(
    told: days.Said | None, now: datetime, zone: ZoneInfo | None, *, ends: bool, bare: bool
) -> tuple[str | None, str | None]:
    """Return the moment that was said, as a talk keeps it, or else why there is none though one was said.

    `ends`: of a pause; `bare`: no daily time is awaited, so a time without a day is a moment too. While nobody knows
    where they are, only what was said as a length is one.
    """
    if told is None or (zone is None and (told.dated or told.at is not None) and not told.again):
        return None, None
    somewhere = zone or ZoneInfo("UTC")
    found = until(told, now, somewhere) if ends else once(told, now, somewhere, bare=bare)
    return (None, found) if found in TROUBLES else (found, None)


def _found(text: str, ear: Ear, reading: Reading, kind: Kind | None) -> Found:
    """Return the articles that are asked for; none where the words are nearer to something else."""
    found = ear.topics.find(text) if ear.topics is not None else Found()
    if found.small and (kind is not None or not found.topics):
        return Found()  # «why» is about the question that is open, and «what» about nothing
    # Whoever complains is met as a person; and what is said to a question is no search, unless it is plain which.
    told = kind is not None or (reading.level == "self_care" and len(text.split()) > SEARCHED)
    unclear = told and not found.sure
    return Found() if not found.question and (unclear or isinstance(kind, TYPED)) else found


def _times(text: str, ear: Ear) -> Sequence[clock]:
    """Return the times of day that answer a question for them; how far apart they lie is an answer too."""
    every = ear.intents.every(text) if ear.intents is not None else None
    said = typed_times(text) if every is None else spaced(every)
    return said if len(said) <= MOST_TIMES else ()


def _clocks(times: Sequence[clock]) -> tuple[str, ...]:
    return tuple(f"{at:%H:%M}" for at in times)


def _hours(wish: Intent) -> int | None:
    """Return how many whole hours lie between; None where it was not said, or is no such number."""
    return wish.every // HOUR if wish.every is not None and not wish.every % HOUR else None


def located(heard: Heard, text: str, kind: Kind | None) -> Heard:
    """Return it with the country that they say they are in. That alone is a wish: to hear whom to call there."""
    match kind:
        case Country():
            return replace(heard, country=country_named(text), foreign=False)
        case Zone():
            return replace(heard, country=stated_country(text))
        case _:
            only = heard.level == "none" and only_states_country(text)
            return replace(heard, country=stated_country(text), intent="country" if only else heard.intent)
