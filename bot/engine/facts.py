"""What a flow may know about a person and what it may save, typed and documented. With effects: the only doors.

A fact's value comes from whoever runs the engine (`Facts`); an optional one must be given a default before it is
compared (`(episode.days or 0) >= 14`).
"""

from dataclasses import dataclass
from typing import Protocol, Self

from bot.engine.effects import Effect
from bot.engine.kinds import (
    Choice,
    Country,
    Field,
    Flag,
    Moment,
    Several,
    Span,
    Times,
    Value,
    WallTime,
    Whole,
    Words,
    Zone,
)


class Facts(Protocol):
    """What is true of the person now. `after` gives the facts as they are once the effect is done: pure, in memory."""

    def fact(self, name: str) -> Value:
        """Return the value of a name in `FACTS`; `KeyError` for any other."""
        ...

    def after(self, effect: Effect) -> Self:
        """Return the facts with this effect done."""
        ...


@dataclass(frozen=True, slots=True)
class Fact:
    """A name that conditions and texts may use."""

    field: Field
    meaning: str


def _fact(
    kind: Choice | Several | Whole | Flag | Words | WallTime | Zone | Country, meaning: str, *, optional: bool = False
) -> Fact:
    return Fact(Field(kind, optional=optional), meaning)


OWN = ("own1", "own2", "own3", "own4", "own5")
"""The reminders in somebody's own words. One flow, that of `own`, says them all."""
LONGEST_OWN = 40
"""Characters of such words."""
REMINDERS = ("water", "exercise", "checkin", "week", "own")
"""What reminders can begin a flow: the check-in and `week` on days of their own, if wanted."""
KINDS = (*REMINDERS[:-1], *OWN)
"""The kinds of reminders that somebody can have, one of each."""
REMINDER_WAYS = ("water", "exercise", "checkin", "week", "own", "add", "pause", "resume", "close")
"""What can be done with one's reminders."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun", "daily", "second", "third", "weekly", "several", "some")
"""Days as one says them: of the week, or how far apart; several times a day; some, and not said which."""
RHYTHM = ("daily", "second", "third", "weekly", "some")
LATER_WAYS = ("minutes", "hour", "tonight", "time")
"""How a reminder can be put off."""
LEAVING = (*LATER_WAYS, "skip", "stop")
"""The same, and the ways to leave it."""

MOOD = Choice(("calm", "better", "same", "worse"))
OFTEN, SLEEP = Choice(("few", "many", "most")), Choice(("good", "fair", "poor"))

UNITS = ("ml", "oz")

CONDITIONS = ("kidney_heart", "balance", "numb_feet", "pregnant", "under_18")
"""What some advice must not be given with (`condition` in `flows/vocabulary.yaml` are the same).

Named apart from the warning signs (`diabetes_feet`, `pregnancy`): a sign that is typed where conditions are ticked has
its card, and not only a tick.
"""


FACTS: dict[str, Fact] = {
    "person.consent": _fact(Flag(), "they agreed that a diary is kept"),
    "person.zone": _fact(Zone(), "their time zone, once asked", optional=True),
    "person.clock": _fact(
        Words(5), "the time it is for them now, HH:MM; missing while the zone is not known", optional=True
    ),
    "person.today": _fact(Words(10), "the day on their calendar, as `save: {to: checkin}` takes it"),
    "person.day": _fact(Words(40), "the same day in words (Monday, March 2)"),
    "person.called": _fact(Words(30), "what they want to be called", optional=True),
    "person.unit": _fact(Choice(UNITS), "how water is measured for them"),
    "person.glass": _fact(Whole(100, 1000), "what their glass holds, in ml"),
    "person.quiet_from": _fact(WallTime(), "when their quiet hours begin, HH:MM"),
    "person.quiet_until": _fact(WallTime(), "when they end, HH:MM"),
    "person.quiet_unsure": _fact(
        Flag(), "as they were just typed they can be two things, and were set to the likelier"
    ),
    "person.silent": _fact(Flag(), "what comes by itself makes no sound"),
    "person.country": _fact(Country(), "the country that they named; else their zone tells it", optional=True),
    "person.conditions": _fact(Several(CONDITIONS), "what they said is true of them, and advice must heed"),
    "person.asked": _fact(Several(CONDITIONS), "the conditions that they have told of, true or not"),
    "person.all_asked": _fact(Flag(), "they have told of every condition"),
    "checkin.today": _fact(Flag(), "there is a check-in for today"),
    "checkin.week": _fact(Whole(0, 7), "days with a check-in among the last seven, today included"),
    "checkin.calm": _fact(Whole(0, 7), "check-ins of the last seven days that are calm in a row, the newest first"),
    "checkin.reminded": _fact(Flag(), "check-in reminders are on"),
    "checkin.rhythm": _fact(Choice(RHYTHM), "how often it is asked; «some» on some days of the week"),
    "checkin.days": _fact(Words(80), "the same in words (every third day; on Monday and Thursday)"),
    "checkin.eased": _fact(Flag(), "they were asked whether to be asked less often, since it has been calm"),
    "week.days": _fact(Words(80), "the day of the card of the week, in words"),
    "week.reminded": _fact(Flag(), "the card of the week is on"),
    "week.when": _fact(Words(60), "at what time, or that it is off"),
    "checkin.when": _fact(Words(60), "when, or that they are off"),
    "last.days": _fact(
        Whole(1, 3), "how many days ago the last check-in was, if in the three before today", optional=True
    ),
    "last.words": _fact(Words(120), "that check-in in words (Yesterday: better, strength 3)", optional=True),
    "last.mood": _fact(MOOD, "its mood", optional=True),
    "last.strength": _fact(Whole(0, 10), "its strength", optional=True),
    "last.often": _fact(OFTEN, "its how often", optional=True),
    "last.sleep": _fact(SLEEP, "its sleep", optional=True),
    "last.signs": _fact(Several(()), "its warning signs"),
    "recent.signs": _fact(Several(()), "the warning signs of the entries of today and the three days before"),
    "noted.mood": _fact(MOOD, "the mood of the check-in that was told last", optional=True),
    "noted.words": _fact(Words(120), "that check-in in words, with its day", optional=True),
    "follow_up.coming": _fact(
        Whole(1, 14), "days until it is asked how it goes: 1, 3, 7, 14 after the onset", optional=True
    ),
    "follow_up.due": _fact(Whole(1, 14), "which of these is due, and at most three days late", optional=True),
    "episode.days": _fact(Whole(0, 100_000), "days since the twitching began, if they told", optional=True),
    "diary.days_ago": _fact(
        Whole(0, 100_000), "days since the newest entry of any kind, if there is one", optional=True
    ),
    "water.today": _fact(Whole(0, 1000), "glasses logged today"),
    "water.goal": _fact(Whole(1, 8), "glasses a day that they want; 6 if they did not say (NHS: 6 to 8 are usual)"),
    "water.ml": _fact(Whole(0, 1_000_000), "the same in ml"),
    "water.volume": _fact(Words(12), "how much the glasses of today are, in their unit (1.5 l, 51 oz)"),
    "water.reminded": _fact(Flag(), "water reminders are on"),
    "water.when": _fact(Words(60), "when, or that they are off"),
    "exercise.today": _fact(Whole(0, 1000), "exercise rounds logged today"),
    "exercise.reminded": _fact(Flag(), "exercise reminders are on"),
    "exercise.when": _fact(Words(60), "when, or that they are off"),
    "reminders.all": _fact(Words(1000), "all reminders with their times, a line each; their own ones numbered"),
    "reminders.own": _fact(Words(600), "their own ones alone"),
    "reminders.ways": _fact(Several(REMINDER_WAYS), "what can be done with them now"),
    "reminders.paused": _fact(Flag(), "they are paused"),
    "reminders.waiting": _fact(Flag(), "one that comes once would come in the pause, and waits for its end"),
    "reminders.until": _fact(Words(60), "until when, in words", optional=True),
    "reminders.set": _fact(
        Words(60), "when the one comes that was just set; missing where its moment has passed", optional=True
    ),
    "reminders.once": _fact(Flag(), "the one that was just set comes once"),
    "reminders.in_pause": _fact(Flag(), "the one that was just set comes once, and waits for the end of the pause"),
    "own.slots": _fact(Several(OWN), "which of their own ones there are"),
    "own.free": _fact(Choice(OWN), "the first of their own ones that is not there, if one is", optional=True),
    "later.all": _fact(Several(LEAVING), "the same, and to leave it for today or for good"),
    "later.ways": _fact(Several(LATER_WAYS), "how a reminder can be put off now: tonight is at 20:00, if that comes"),
    "help.emergency": _fact(Words(80), "the emergency number of their country, or the words for any country"),
    "help.crisis": _fact(Words(120), "the crisis line of their country, or the words for any country"),
    "help.country": _fact(Words(80), "what that country is called; missing where it is not known", optional=True),
}

TROUBLES = ("past", "far", "weekly", "no_hour")
"""Why a moment that was said cannot be: it is over, too far, wanted again and again, or lacks its time."""

SAVES: dict[str, dict[str, Field]] = {
    "checkin": {
        "day": Field(Words(10), optional=True),
        "mood": Field(Choice((*MOOD.options, "as_before", "over"))),
        "strength": Field(Whole(0, 10), optional=True),
        "often": Field(OFTEN, optional=True),
        "sleep": Field(SLEEP, optional=True),
        "signs": Field(Several(()), optional=True),
    },
    "episode": {"days_ago": Field(Whole(0, 36_500))},
    "episode_end": {},
}
"""What `save:` may write: the table, and the type of each field."""

SETS: dict[str, Field] = {
    "consent": Field(Flag()),
    "zone": Field(Zone(), optional=True),
    "country": Field(Country(), optional=True),
    "conditions": Field(Several(CONDITIONS)),
    "called": Field(Words(30), optional=True),
    "unit": Field(Choice(UNITS)),
    "glass": Field(Whole(100, 1000)),
    "goal": Field(Whole(1, 8)),
    "quiet_from": Field(WallTime()),
    "quiet_until": Field(WallTime()),
    "silent": Field(Flag()),
    "pause_hours": Field(Whole(0, 72)),
    "pause_days": Field(Whole(0, 60)),
    "pause_until": Field(Moment(until=True), optional=True),
    "quiet": Field(Span(), optional=True),
    "checkin_days": Field(Several(DAYS)),
    "week_day": Field(Several(DAYS)),
    "eased": Field(Flag()),
    "has": Field(Choice(CONDITIONS)),
    "has_not": Field(Choice(CONDITIONS)),
}
"""What `set:` may change about the person; `null` forgets it. `conditions`: all that are true, asked about all.

`pause_hours`, `pause_days`: reminders are silent so long (until the beginning of that day); 0 ends it. `pause_until`:
to that moment. `quiet`: their quiet hours, both ends at once.
"""

GIVEN: dict[str, Field] = {
    "level": Field(Choice(("none", "self_care"))),
    "signs": Field(Several(()), optional=True),
    "doubt": Field(Words(40), optional=True),
    "foreign": Field(Flag()),
    "asks": Field(Flag()),
    "found": Field(Several(()), optional=True),
    "within": Field(Flag()),
    "aside": Field(Flag()),
    "asked": Field(Flag()),
    "again": Field(Flag()),
    "doctor_below": Field(Flag()),
    "country": Field(Country(), optional=True),
}
"""What a flow that free text or a command begins is handed, where its `data:` has the name."""

WANTED: dict[str, Field] = {
    **GIVEN,
    "intent": Field(Words(40), optional=True),
    "amount": Field(Whole(1, 8), optional=True),
    "about": Field(Choice(("water", "exercise", "own")), optional=True),
    "words": Field(Words(LONGEST_OWN), optional=True),
    "times": Field(Times(), optional=True),
    "at": Field(WallTime(), optional=True),
    "second": Field(WallTime(), optional=True),
    "third": Field(WallTime(), optional=True),
    "clock": Field(Words(20), optional=True),
    "hours": Field(Whole(1, 12), optional=True),
    "once": Field(Moment(), optional=True),
    "until": Field(Moment(until=True), optional=True),
    "trouble": Field(Choice(TROUBLES), optional=True),
}
"""What a flow that an intent begins is handed."""
