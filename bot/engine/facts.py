"""What a flow may know about a person and what it may save, typed and documented. With effects: the only doors.

A fact's value comes from whoever runs the engine (`Facts`); an optional one must be given a default before it is
compared (`(episode.days or 0) >= 14`).
"""

from dataclasses import dataclass
from typing import Protocol, Self

from bot.engine.effects import Effect
from bot.engine.model import Choice, Country, Field, Flag, Several, Value, WallTime, Whole, Words, Zone


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
    kind: Choice | Several | Whole | Flag | Words | Zone | Country, meaning: str, *, optional: bool = False
) -> Fact:
    return Fact(Field(kind, optional=optional), meaning)


CONDITIONS = ("kidney_heart", "balance", "numb_feet", "pregnant", "under_18")
"""What some advice must not be given with (`condition` in `flows/vocabulary.yaml` are the same).

Named apart from the warning signs (`diabetes_feet`, `pregnancy`): a sign that is typed where conditions are ticked has
its card, and not only a tick.
"""


FACTS: dict[str, Fact] = {
    "person.consent": _fact(Flag(), "they agreed that a diary is kept"),
    "person.zone": _fact(Zone(), "their time zone, once asked", optional=True),
    "person.clock": _fact(Words(5), "the time it is for them now, HH:MM (UTC while the zone is not known)"),
    "person.country": _fact(Country(), "the country that they named; else their zone tells it", optional=True),
    "person.conditions": _fact(Several(CONDITIONS), "what they said is true of them, and advice must heed"),
    "person.asked": _fact(Several(CONDITIONS), "the conditions that they have told of, true or not"),
    "person.all_asked": _fact(Flag(), "they have told of every condition"),
    "checkin.today": _fact(Flag(), "there is a check-in for today"),
    "episode.days": _fact(Whole(0, 100_000), "days since the twitching began, if they told", optional=True),
    "diary.days_ago": _fact(
        Whole(0, 100_000), "days since the newest entry of any kind, if there is one", optional=True
    ),
    "water.today": _fact(Whole(0, 1000), "glasses logged today"),
    "water.goal": _fact(Whole(1, 8), "glasses a day that are usual (NHS: 6 to 8)"),
    "water.reminded": _fact(Flag(), "water reminders are on"),
    "exercise.today": _fact(Whole(0, 1000), "exercise rounds logged today"),
    "exercise.reminded": _fact(Flag(), "exercise reminders are on"),
    "help.emergency": _fact(Words(80), "the emergency number of their country, or the words for any country"),
    "help.crisis": _fact(Words(120), "the crisis line of their country, or the words for any country"),
    "help.country": _fact(Words(80), "what that country is called; missing where it is not known", optional=True),
}

SAVES: dict[str, dict[str, Field]] = {
    "checkin": {
        "mood": Field(Choice(("calm", "better", "same", "worse"))),
        "strength": Field(Whole(0, 10), optional=True),
        "often": Field(Choice(("few", "many", "most")), optional=True),
        "sleep": Field(Choice(("good", "fair", "poor")), optional=True),
        "signs": Field(Several(()), optional=True),
    },
    "episode": {"days_ago": Field(Whole(0, 36_500))},
}
"""What `save:` may write: the table, and the type of each field."""

SETS: dict[str, Field] = {
    "consent": Field(Flag()),
    "zone": Field(Zone(), optional=True),
    "country": Field(Country(), optional=True),
    "conditions": Field(Several(CONDITIONS)),
    "has": Field(Choice(CONDITIONS)),
    "has_not": Field(Choice(CONDITIONS)),
}
"""What `set:` may change about the person; `null` forgets it. `conditions`: all that are true, asked about all."""

GIVEN: dict[str, Field] = {
    "level": Field(Choice(("none", "self_care"))),
    "signs": Field(Several(()), optional=True),
    "doubt": Field(Words(40), optional=True),
    "foreign": Field(Flag()),
    "asks": Field(Flag()),
    "found": Field(Several(()), optional=True),
    "within": Field(Flag()),
    "doctor_below": Field(Flag()),
    "country": Field(Country(), optional=True),
}
"""What a flow that free text or a command begins is handed, where its `data:` has the name."""

WANTED: dict[str, Field] = {
    **GIVEN,
    "intent": Field(Words(40), optional=True),
    "amount": Field(Whole(1, 8), optional=True),
    "about": Field(Choice(("water", "exercise")), optional=True),
    "at": Field(WallTime(), optional=True),
    "second": Field(WallTime(), optional=True),
    "third": Field(WallTime(), optional=True),
    "clock": Field(Words(20), optional=True),
    "hours": Field(Whole(1, 12), optional=True),
}
"""What a flow that an intent begins is handed."""
