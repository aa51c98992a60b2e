"""When reminders come, when they are put off, paused or not needed any more. Pure, on what is known of a person.

Nothing here is sent: an occurrence that does not come leaves a firing that says why, and what is put off is a timer.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from babel.lists import format_list

from bot.domain.rhythm import DAILY, EVERY, WEEKDAYS, Rhythm
from bot.domain.schedule import (
    Occurrence,
    local_day,
    midnight,
    next_occurrence,
    occurrence_of,
    out_of_quiet,
    wall_clock,
)
from bot.domain.zones import zone_of
from bot.engine.effects import Snooze
from bot.engine.facts import OWN
from bot.engine.kinds import Value
from bot.library.words import Words
from bot.session.entries import day_in_words
from bot.session.kept import Firing, Person, Reminder, Timer

PUT_OFF = "~reminder"
"""Stands where a timer has its flow: it is a reminder that was put off, of the kind in its data."""
TONIGHT = time(20)
NEAR, JUST_NOW = timedelta(minutes=45), timedelta(minutes=15)
"""What was done by itself stands for a reminder that comes so soon, or was due so lately."""


def rhythm_of(person: Person, kind: str) -> Rhythm:
    """Return on which days a reminder comes: the check-in and the card of the week have some of their own."""
    match kind:
        case "checkin":
            return Rhythm.read(person.preferences.checkin_days)
        case "week":
            return Rhythm.read(person.preferences.week_day)
        case _:
            return DAILY


def timed(person: Person, kind: str, now: datetime) -> Person:
    """Return the person with this reminder's next occurrence after `now`, in the zone where they are.

    One that comes once keeps its occurrence though it may be over: it falls due then, and is sent or leaves its record.
    In a pause it is not lost, but waits for its end.
    """
    reminder, zone = person.reminders[kind], zone_of(person.zone or "UTC")
    known = {(day, slot) for fired, day, slot in person.fired if fired == kind}
    coming: Occurrence | None
    if reminder.once is not None:
        coming = occurrence_of(reminder.once, zone, known)
        coming = replace(coming, at=after_pause(person, coming.at, zone))
    else:
        coming = next_occurrence(reminder.times, zone, now, known, rhythm_of(person, kind))
    at, day, slot = (None, None, None) if coming is None else (coming.at, coming.day, coming.slot)
    moved = replace(reminder, next_at=at, next_date=day, next_slot=slot)
    return replace(person, reminders={**person.reminders, kind: moved})


def put_off_name(kind: str) -> str:
    """Return the name of the timer of a reminder that was put off: a newer one takes its place."""
    return f"{kind}_later"


def put_off(snooze: Snooze, now: datetime, zone: ZoneInfo) -> Timer:
    """Return when a reminder comes once more: at the very time that they asked for, the next one of its kind."""
    due = now + (snooze.after or timedelta())
    if snooze.at is not None:
        coming = next_occurrence((time.fromisoformat(snooze.at),), zone, now)
        assert coming is not None, "a time of day comes every day"
        due = coming.at
    about: dict[str, Value] = {} if snooze.day is None else {"day": snooze.day}
    return Timer(put_off_name(snooze.kind), due, PUT_OFF, {"kind": snooze.kind, **about})


def later_ways(person: Person, now: datetime, zone: ZoneInfo) -> tuple[str, ...]:
    """Return how a reminder can be put off: tonight only while 20:00 is ahead, and none of their quiet hours."""
    tonight = wall_clock(now, zone) < f"{TONIGHT:%H:%M}" and not person.preferences.quiet.covers(TONIGHT)
    return ("minutes", "hour", "tonight", "time") if tonight else ("minutes", "hour", "time")


def just_done(person: Person, kind: str, now: datetime) -> tuple[Person, list[Firing]]:
    """Return the person without the occurrences that what they just did stands for, and what became of these."""
    fired: list[Firing] = []
    while (near := person.reminders.get(kind)) is not None and near.next_at is not None and not near.once:
        if not now - JUST_NOW <= near.next_at <= now + NEAR or near.next_date is None or near.next_slot is None:
            break
        fired.append(Firing(kind, near.next_date, near.next_slot, now, "skipped:just_done"))
        person = replace(person, fired=person.fired | {(kind, near.next_date, near.next_slot)})
        person = timed(person, kind, near.next_at)
    return person, fired


def paused_until(now: datetime, zone: ZoneInfo, *, hours: int = 0, days: int = 0) -> datetime | None:
    """Return until when (UTC) reminders pause: so many hours, or until so many days from today begin; None: not."""
    if hours:
        return now + timedelta(hours=hours)
    return midnight(local_day(now, zone) + timedelta(days=days), zone) if days else None


def is_paused(person: Person, at: datetime) -> bool:
    """Return whether what falls due `at` is in a pause."""
    until = person.preferences.paused_until
    return until is not None and at < until


def after_pause(person: Person, at: datetime, zone: ZoneInfo) -> datetime:
    """Return when (UTC) what comes once `at` really comes: in a pause it waits for its end, and for the morning."""
    until = person.preferences.paused_until
    return at if until is None or at >= until else out_of_quiet(until, zone, person.preferences.quiet)


def waiting(person: Person, zone: ZoneInfo) -> bool:
    """Return whether one that comes once waits for the end of a pause."""
    once = (reminder.once for reminder in person.reminders.values() if reminder.once is not None)
    return any(is_paused(person, occurrence_of(moment, zone).at) for moment in once)


def until_in_words(person: Person, now: datetime, zone: ZoneInfo, language: str) -> str | None:
    """Return until when it is paused: `17:30`, or a day (`Monday, March 2`); None where it is not."""
    until = person.preferences.paused_until
    if until is None or until <= now:
        return None
    day, clock = local_day(until, zone), wall_clock(until, zone)
    if day == local_day(now, zone):
        return clock
    words = day_in_words(day, language)
    return words if clock == "00:00" else f"{words}, {clock}"


def reminder_ways(person: Person, now: datetime) -> tuple[str, ...]:
    """Return what can be done with their reminders now."""
    own = [kind for kind in OWN if kind in person.reminders]
    ways = ["water", "exercise", "checkin", "week"]
    ways += ["own"] if own else []
    ways += ["add"] if len(own) < len(OWN) else []
    if is_paused(person, now):
        ways.append("resume")
    elif person.reminders:
        ways.append("pause")
    return (*ways, "close")


def own_in_words(person: Person, now: datetime, words: Words, language: str) -> Iterator[str]:
    """Yield their own reminders, numbered: `2. stretch: 18:30`. Plain text; whoever shows it escapes it."""
    for number, kind in enumerate(OWN, 1):
        if (reminder := person.reminders.get(kind)) is not None:
            when = clocks(reminder)
            if (once := once_in_words(reminder, person, now, words, language)) is not None:
                when = words.render("entry.once", {"when": once}, language)
            yield f"{number}. {reminder.words}: {when}"


def once_in_words(reminder: Reminder, person: Person, now: datetime, words: Words, language: str) -> str | None:
    """Return when a reminder comes that comes once: `today at 15:20`, `Friday, March 6 at 18:30`. Plain text."""
    if reminder.once is None:
        return None
    zone = zone_of(person.zone or "UTC")
    at = after_pause(person, occurrence_of(reminder.once, zone).at, zone)
    away = (local_day(at, zone) - local_day(now, zone)).days
    if away in (0, 1):
        key = "entry.at_today" if away == 0 else "entry.at_tomorrow"
        return words.render(key, {"clock": wall_clock(at, zone)}, language)
    day = day_in_words(local_day(at, zone), language)
    return words.render("entry.at_day", {"day": day, "clock": wall_clock(at, zone)}, language)


def all_in_words(person: Person, now: datetime, words: Words, language: str) -> str:
    """Return all reminders, a line each. Plain text."""
    lines = []
    for kind in ("water", "exercise", "checkin", "week"):
        on = person.reminders.get(kind)
        when = words.label("entry.off", language) if on is None else when_in_words(person, on, words, language)
        lines.append(f"{words.label(f'entry.{kind}', language)}: {when}")
    return "\n".join((*lines, *own_in_words(person, now, words, language)))


def when_in_words(person: Person, reminder: Reminder, words: Words, language: str) -> str:
    """Return when one comes: `20:00`, or where it is not every day, with its days (`on Monday and Friday at 20:00`)."""
    rhythm = rhythm_of(person, reminder.kind)
    if rhythm == DAILY:
        return clocks(reminder)
    days = days_in_words(rhythm, words, language)
    return words.render("entry.on_days", {"days": days, "clock": clocks(reminder)}, language)


def days_in_words(rhythm: Rhythm, words: Words, language: str) -> str:
    """Return on which days: `on Monday and Thursday`; `every third day`."""
    if rhythm.word in EVERY:
        return words.label(f"entry.{rhythm.word}", language)
    names = get_day_names("wide", locale=language.replace("-", "_"))
    chosen = [names[number] for number in range(len(WEEKDAYS)) if number in rhythm.weekdays]
    days = format_list(chosen, "standard", language.replace("-", "_"))
    return words.render("entry.weekdays", {"days": days}, language)


def clocks(reminder: Reminder) -> str:
    """Return the times of a reminder: `10:00, 14:00`."""
    return ", ".join(f"{at:%H:%M}" for at in reminder.times)
