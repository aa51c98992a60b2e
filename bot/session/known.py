"""A person as flows know them: facts by name, and the facts as they are after an effect. Pure, in memory.

The day is the person's own; while their zone is not known it is the day in UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Self, cast
from zoneinfo import ZoneInfo

from bot.domain.schedule import local_day, wall_clock
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
from bot.engine.facts import CONDITIONS
from bot.engine.model import Value
from bot.session.house import Help
from bot.session.ports import Person, Reminder

USUAL_GLASSES = 6
"""The lower end of what is usual, 6 to 8 a day (NHS, Water, drinks and hydration): nobody is urged past it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is true of `person` at `now` (UTC); `language` is the one that they are spoken to in.

    `here`: the country that they name in the very message that is answered. It is heeded at once, and not kept by that.
    """

    person: Person
    now: datetime
    language: str
    help: Help
    here: str | None = None

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
                return wall_clock(self.now, self.zone)
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
            case "episode.days":
                return None if person.onset is None else max(0, (self.today - person.onset).days)
            case "diary.days_ago":
                return None if person.noted is None else max(0, (self.today - person.noted).days)
            case "water.today":
                return person.glasses.get(self.today, 0)
            case "water.goal":
                return USUAL_GLASSES
            case "exercise.today":
                return person.rounds.get(self.today, 0)
            case "water.reminded" | "exercise.reminded":
                return name.partition(".")[0] in person.reminders
            case "help.emergency":
                return self.help.emergency(self.country, self.language)
            case "help.crisis":
                return self.help.crisis(self.country, self.language)
            case "help.country":
                return self.help.country(self.country, self.language)
            case _:
                raise KeyError(name)

    @property
    def country(self) -> str | None:
        """The country (ISO 3166) where they are: as they said, or else that of their zone."""
        told = self.here or self.person.country
        return told or (country_of(self.person.zone) if self.person.zone else None)

    def after(self, effect: Effect) -> Self:
        """Return the facts with this effect done."""
        person = self.person
        match effect:
            case Save("checkin"):
                person = replace(person, checkins=person.checkins | {self.today}, noted=self.today)
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
            case SetPerson("has" | "has_not" as which, value):
                person = replace(person, conditions={**person.conditions, cast("str", value): which == "has"})
            case Log("water", amount):
                person = replace(person, glasses=more(person.glasses, self.today, amount), noted=self.today)
            case Log("exercise", amount):
                person = replace(person, rounds=more(person.rounds, self.today, amount), noted=self.today)
            case SetReminder(kind, at):
                others = {k: r for k, r in person.reminders.items() if k != kind}
                if at:
                    others[kind] = Reminder(kind, tuple(sorted({time.fromisoformat(slot) for slot in at})))
                person = replace(person, reminders=others)
            case StopAll():
                person = replace(person, reminders={})
            case Erase():
                person = Person(person.id, self.now)
            case _:
                return self
        return replace(self, person=person)


def more(amounts: Mapping[date, int], day: date, amount: int) -> dict[date, int]:
    """Return the amounts of days with more on this one."""
    return {**amounts, day: amounts.get(day, 0) + amount}
