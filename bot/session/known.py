"""A person as flows know them: facts by name, and the facts as they are after an effect. Pure, in memory.

The day is the person's own; while their zone is not known it is the day in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self, cast
from zoneinfo import ZoneInfo

from bot.domain.episodes import calm_in_a_row, coming, due, last_before, within_week
from bot.domain.moments import so_long
from bot.domain.rhythm import Rhythm
from bot.domain.schedule import Moment, local_day, occurrence_of, wall_clock
from bot.domain.zones import country_of, zone_in, zone_of
from bot.engine.effects import (
    Effect,
    Erase,
    Log,
    Save,
    SetPerson,
    SetReminder,
    StopAll,
)
from bot.engine.facts import CONDITIONS, OWN
from bot.engine.kinds import Value
from bot.session.entries import day_in_words, entry_in_words, entry_of
from bot.session.house import Help
from bot.session.kept import Checkin, Person, Reminder
from bot.session.preferences import NAMES as PREFERENCES
from bot.session.reminding import (
    all_in_words,
    clocks,
    days_in_words,
    is_paused,
    later_ways,
    once_in_words,
    own_in_words,
    paused_until,
    reminder_ways,
    rhythm_of,
    until_in_words,
    waiting,
)

RECENT = 3
"""Days back that a sign of the diary still counts in what is said."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of `person` at `now` (UTC); `language` is the one that they are spoken to in.

    `here`: the country that they name in the very message that is answered. It is heeded at once, and not kept by that.
    `setting`: the kind of the reminder that was set in this sprint; none where its moment had passed. `unsure`: what
    was set in it can be two things.
    """

    person: Person
    now: datetime
    language: str
    help: Help
    here: str | None = None
    setting: str = ""
    unsure: bool = False

    @property
    def zone(self) -> ZoneInfo:
        """The person's zone; UTC while nothing is known of it."""
        return self.somewhere or zone_of("UTC")

    @property
    def somewhere(self) -> ZoneInfo | None:
        """The person's zone, or roughly so: by the country that they named. Good enough to tell night from day."""
        person = self.person
        name = person.zone or (zone_in(person.country) if person.country else None)
        return None if name is None else zone_of(name)

    @property
    def today(self) -> date:
        """The person's local day."""
        return local_day(self.now, self.zone)

    def fact(self, name: str) -> Value:
        """Return the value of a name in `bot.engine.facts.FACTS`; `KeyError` for any other."""
        person = self.person
        match name:
            case "person.consent":
                return person.consented_at is not None
            case "person.zone":
                return person.zone
            case "person.clock":
                return None if person.zone is None else wall_clock(self.now, self.zone)
            case "person.today":
                return self.today.isoformat()
            case "person.day":
                return day_in_words(self.today, self.language)
            case "person.called":
                return person.preferences.called
            case "person.unit":
                return person.preferences.unit
            case "person.glass":
                return person.preferences.glass
            case "person.quiet_from":
                return f"{person.preferences.quiet_from:%H:%M}"
            case "person.quiet_until":
                return f"{person.preferences.quiet_until:%H:%M}"
            case "person.quiet_unsure":
                return self.unsure
            case "person.silent":
                return person.preferences.silent
            case "person.country":
                return person.country
            case "person.conditions":
                return tuple(name for name in CONDITIONS if person.conditions.get(name))
            case "person.asked":
                return tuple(name for name in CONDITIONS if name in person.conditions)
            case "person.all_asked":
                return person.conditions.keys() >= set(CONDITIONS)
            case "checkin.today":
                return self.today in person.checkins
            case "checkin.week":
                return within_week(person.checkins, self.today)
            case "checkin.calm":
                return calm_in_a_row({day: entry.mood for day, entry in person.checkins.items()}, self.today)
            case "recent.signs":
                recent = [entry for day, entry in person.checkins.items() if (self.today - day).days <= RECENT]
                return tuple(sorted({sign for entry in recent for sign in entry.signs}))
            case "noted.mood":
                return None if (newest := self.newest) is None else newest.mood
            case "noted.words":
                return None if (newest := self.newest) is None else self.told(newest)
            case "follow_up.coming":
                return None if person.onset is None else coming(max(0, (self.today - person.onset).days))
            case "follow_up.due":
                return None if person.onset is None else due(max(0, (self.today - person.onset).days))
            case "episode.days":
                return None if person.onset is None else max(0, (self.today - person.onset).days)
            case "diary.days_ago":
                return None if person.noted is None else max(0, (self.today - person.noted).days)
            case "water.today":
                return person.glasses.get(self.today, 0)
            case "water.goal":
                return person.preferences.goal
            case "water.ml":
                return person.glasses.get(self.today, 0) * person.preferences.glass
            case "water.volume":
                return person.preferences.volume(person.glasses.get(self.today, 0))
            case "exercise.today":
                return person.rounds.get(self.today, 0)
            case "checkin.rhythm":
                return rhythm_of(person, "checkin").word
            case "checkin.eased":
                return person.preferences.eased
            case "checkin.days" | "week.days":
                rhythm = rhythm_of(person, name.partition(".")[0])
                return days_in_words(rhythm, self.help.words, self.language)
            case "water.reminded" | "exercise.reminded" | "checkin.reminded" | "week.reminded":
                return name.partition(".")[0] in person.reminders
            case "water.when" | "exercise.when" | "checkin.when" | "week.when":
                return self.when(name.partition(".")[0])
            case "later.ways":
                return later_ways(person, self.now, self.zone)
            case "later.all":
                return (*later_ways(person, self.now, self.zone), "skip", "stop")
            case "help.emergency":
                return self.help.emergency(self.country, self.language)
            case "help.crisis":
                return self.help.crisis(self.country, self.language)
            case "help.country":
                return self.help.country(self.country, self.language)
            case _ if name.startswith(("reminders.", "own.")):
                return self.reminding(name)
            case _ if name.startswith("last."):
                return self.last(name.partition(".")[2])
            case _:
                raise KeyError(name)

    def last(self, part: str) -> Value:
        """Return a part of the newest entry of the three days before today; `KeyError` for one that there is not."""
        day = last_before(self.person.checkins, self.today)
        entry = None if day is None else self.person.checkins[day]
        match part:
            case "days":
                return None if day is None else (self.today - day).days
            case "words":
                return None if entry is None else self.told(entry)
            case "mood":
                return None if entry is None else entry.mood
            case "strength":
                return None if entry is None else entry.strength
            case "often":
                return None if entry is None else entry.often
            case "sleep":
                return None if entry is None else entry.sleep
            case "signs":
                return () if entry is None else entry.signs
            case _:
                raise KeyError(f"last.{part}")

    def reminding(self, name: str) -> Value:
        """Return what is known of all their reminders, or of those in their own words; `KeyError` for anything else."""
        person = self.person
        match name:
            case "reminders.all":
                return all_in_words(person, self.now, self.help.words, self.language)
            case "reminders.own":
                return "\n".join(own_in_words(person, self.now, self.help.words, self.language))
            case "reminders.set" | "reminders.once" | "reminders.in_pause":
                return self.just_set(name.partition(".")[2])
            case "reminders.ways":
                return reminder_ways(person, self.now)
            case "reminders.paused":
                return is_paused(person, self.now)
            case "reminders.waiting":
                return waiting(person, self.zone) and is_paused(person, self.now)
            case "reminders.until":
                return until_in_words(person, self.now, self.zone, self.language)
            case "own.slots":
                return tuple(kind for kind in OWN if kind in person.reminders)
            case "own.free":
                return next((kind for kind in OWN if kind not in person.reminders), None)
            case _:
                raise KeyError(name)

    def just_set(self, part: str) -> Value:
        """Return a part of what is known of the reminder that this very sprint set."""
        reminder = self.person.reminders.get(self.setting)
        match part:
            case "set" if reminder is not None:
                return once_in_words(reminder, self.person, self.now, self.help.words, self.language) or clocks(
                    reminder
                )
            case "once":
                return reminder is not None and reminder.once is not None
            case "in_pause" if reminder is not None and reminder.once is not None:
                return is_paused(self.person, occurrence_of(reminder.once, self.zone).at)
            case _:
                return None if part == "set" else False

    @property
    def newest(self) -> Checkin | None:
        """The entry that was told last, whatever its day. `after` puts it first: of two at one instant it is that."""
        return max(self.person.checkins.values(), key=lambda entry: entry.at, default=None)

    def told(self, entry: Checkin) -> str:
        """Return an entry in words."""
        return entry_in_words(entry, self.today, self.help.words, self.language)

    def when(self, kind: str) -> str:
        """Return the times of a reminder, or that it is off."""
        reminder = self.person.reminders.get(kind)
        if reminder is None:
            return self.help.words.label("entry.off", self.language)
        return clocks(reminder)

    @property
    def country(self) -> str | None:
        """The country (ISO 3166) where they are: as they said, or else that of their zone."""
        told = self.here or self.person.country
        return told or (country_of(self.person.zone) if self.person.zone else None)

    def after(self, effect: Effect) -> Self:
        """Return the facts with this effect done."""
        person = self.person
        match effect:
            case Save("checkin", fields):
                entry = entry_of(fields, person.checkins, self.today, self.now)
                noted = max(entry.day, person.noted or entry.day)
                rest = {day: other for day, other in person.checkins.items() if day != entry.day}
                person = replace(person, checkins={entry.day: entry, **rest}, noted=noted)
            case Save("episode_end"):
                person = replace(person, onset=None)
            case Save("episode", fields):
                person = replace(person, onset=self.today - timedelta(days=cast("int", fields["days_ago"])))
            case SetPerson("consent", value):
                # From now on it is kept in which language they are spoken to: reminders are, too.
                person = replace(person, consented_at=self.now if value else None, language=self.language)
            case SetPerson("zone", value):
                person = replace(person, zone=cast("str | None", value))
            case SetPerson("country", value):
                person = replace(person, country=cast("str | None", value))
            case SetPerson("conditions", tuple() as true):
                person = replace(person, conditions={name: name in true for name in CONDITIONS})
            case SetPerson("checkin_days" | "week_day" as which, tuple() as said):
                chosen = person.preferences.having(which, Rhythm.of(said, self.today).dump())
                person = replace(person, preferences=chosen)
            case SetPerson(name, value) if name in PREFERENCES:
                person = replace(person, preferences=person.preferences.having(name, value))
            case SetPerson("has" | "has_not" as which, value):
                person = replace(person, conditions={**person.conditions, cast("str", value): which == "has"})
            case Log("water", amount):
                person = replace(person, glasses=more(person.glasses, self.today, amount), noted=self.today)
            case Log("exercise", amount):
                person = replace(person, rounds=more(person.rounds, self.today, amount), noted=self.today)
            case SetReminder():
                return self.having_set(effect)
            case SetPerson("quiet", (str() as begins, str() as over, *others)):
                chosen = person.preferences.having("quiet_from", begins).having("quiet_until", over)
                return replace(self, person=replace(person, preferences=chosen), unsure=bool(others))
            case SetPerson("pause_until", str() as moment):
                ends = occurrence_of(Moment(moment), self.zone).at
                person = replace(person, preferences=person.preferences.having("paused_until", ends))
            case SetPerson("pause_hours" | "pause_days" as which, int() as long):
                hours, days = (long, 0) if which == "pause_hours" else (0, long)
                until = paused_until(self.now, self.zone, hours=hours, days=days)
                person = replace(person, preferences=person.preferences.having("paused_until", until))
            case StopAll():
                awake = person.preferences.having("paused_until", None)
                person = replace(person, reminders={}, preferences=awake)
            case Erase():
                person = Person(person.id, self.now)
            case _:
                return self
        return replace(self, person=person)

    def having_set(self, effect: SetReminder) -> Self:
        """Return the facts with a reminder set or switched off; as they are where its moment has passed meanwhile."""
        person, kind = self.person, effect.kind
        before = person.reminders.get(kind, Reminder(kind, ()))
        slots, once = before.times, before.once
        if effect.at is not None:
            slots, once = tuple(sorted({time.fromisoformat(slot) for slot in effect.at})), None
        if effect.once is not None or effect.after is not None:
            told = so_long(effect.after, self.now) if effect.after is not None else Moment(effect.once or "")
            if occurrence_of(told, self.zone).at <= self.now:
                return replace(self, setting="")
            slots, once = (), told
        reminders = {other: reminder for other, reminder in person.reminders.items() if other != kind}
        if slots or once is not None:
            words = before.words if effect.words is None else effect.words
            reminders[kind] = Reminder(kind, slots, words=words, once=once)
        return replace(self, person=replace(person, reminders=reminders), setting=kind)


def more(amounts: Mapping[date, int], day: date, amount: int) -> dict[date, int]:
    """Return the amounts of days with more on this one."""
    return {**amounts, day: amounts.get(day, 0) + amount}
