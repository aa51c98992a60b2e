"""Whatever batches wrote, the next load shows: against a model of a person's days in memory."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, given, settings

from bot.session.inputs import PersonId
from bot.session.kept import Changes, Checkin, Ended, Firing, Logged, Person, Reminder, Timer
from bot.session.preferences import Preferences
from tests.storage.making import ANN, BEN, NOW, TODAY, Opener, loaded

moments = st.datetimes(datetime(1970, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
days = st.integers(-10, 1).map(lambda back: TODAY + timedelta(days=back))
slots = st.integers(0, 3).map(lambda hour: time(hour, 30))
names = st.sampled_from(["one", "two", "three"])
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
values = st.one_of(st.none(), st.booleans(), st.integers(-(2**31), 2**31), text, st.lists(text, max_size=3).map(tuple))

facts = st.fixed_dictionaries(
    {},
    optional={
        "language": st.sampled_from(["en", "de"]),
        "seen_at": moments,
        "consented_at": st.none() | moments,
        "zone": st.none() | st.just("Asia/Tokyo"),
        "country": st.none() | st.just("JP"),
        "conditions": st.dictionaries(names, st.booleans(), max_size=2),
        "preferences": st.builds(
            Preferences,
            called=st.none() | text,
            goal=st.integers(1, 8),
            silent=st.booleans(),
            paused_until=st.none() | moments,
        ),
        "blocked_at": st.none() | moments,
        "conversation": st.none() | text,
    },
)
checkins = st.builds(
    Checkin,
    day=days,
    at=moments,
    mood=text,
    strength=st.none() | st.integers(0, 10),
    often=st.none() | text,
    sleep=st.none() | text,
    signs=st.lists(text, max_size=2).map(tuple),
)
logged = st.builds(Logged, what=st.sampled_from(["water", "exercise"]), day=days, at=moments, amount=st.integers(-1, 5))
times = st.lists(slots, min_size=1, max_size=3, unique=True).map(tuple)
coming = st.tuples(st.just(None), st.just(None), st.just(None)) | st.tuples(moments, days, slots)
reminders = st.dictionaries(names, st.none() | st.tuples(times, coming, text), max_size=2)
firings = st.lists(st.builds(Firing, names, days, slots, moments, text), max_size=2)
timers = st.dictionaries(
    names, st.none() | st.tuples(moments, st.none() | text, st.dictionaries(text, values, max_size=2), text, text)
)


@dataclass
class Step:
    """What one batch does to one person."""

    facts: dict[str, Any]
    erase: bool
    checkins: list[Checkin]
    ended: Ended | None
    onset: date | None
    logged: list[Logged]
    reminders: dict[str, Any]
    firings: list[Firing]
    timers: dict[str, Any]
    all_timers_off: bool


steps = st.builds(
    Step,
    facts,
    st.sampled_from([False, False, False, True]),
    st.lists(checkins, max_size=3),
    st.none() | st.builds(Ended, days, days),
    st.none() | days,
    st.lists(logged, max_size=4),
    reminders,
    firings,
    timers,
    st.booleans(),
)


@dataclass
class Known:
    """A person in memory."""

    person: Person
    glasses: Counter[date] = field(default_factory=Counter)
    rounds: Counter[date] = field(default_factory=Counter)
    timers: dict[str, Timer] = field(default_factory=dict)


def changes_of(step: Step, person: Person, fired: set[tuple[str, date, time]]) -> Changes:
    """Return the step as changes; no occurrence is fired twice, which the store would refuse."""
    fresh = {(f.kind, f.day, f.slot): f for f in step.firings if (f.kind, f.day, f.slot) not in fired}
    return Changes(
        replace(person, **step.facts),
        erase=step.erase,
        checkins={checkin.day: checkin for checkin in step.checkins},
        ended=step.ended,
        onset=step.onset,
        logged=step.logged,
        reminders={
            kind: None if given is None else replace(Reminder(kind, given[0], *given[1]), words=given[2])
            for kind, given in step.reminders.items()
        },
        firings=list(fresh.values()),
        timers={name: None if given is None else Timer(name, *given) for name, given in step.timers.items()},
        all_timers_off=step.all_timers_off,
    )


def applied(known: Known, changes: Changes) -> Known:
    """Return what is known after these changes."""
    before = Known(Person(known.person.id, NOW)) if changes.erase else known
    for entry in changes.logged:
        (before.glasses if entry.what == "water" else before.rounds)[entry.day] += entry.amount
    kept = {} if changes.all_timers_off else before.timers
    timers = {name: timer for name, timer in (kept | changes.timers).items() if timer is not None}
    standing = {**before.person.reminders, **changes.reminders}
    person = replace(
        changes.person,
        version=changes.person.version + 1,
        onset=changes.onset or (None if changes.ended else before.person.onset),
        checkins={**before.person.checkins, **changes.checkins},
        reminders={kind: reminder for kind, reminder in standing.items() if reminder is not None},
        fired=before.person.fired | {(f.kind, f.day, f.slot) for f in changes.firings},
    )
    return Known(person, before.glasses, before.rounds, timers)


def seen(known: Known) -> Person:
    """Return the person as a load shows them: the last days only."""
    first, week = TODAY - timedelta(days=2), TODAY - timedelta(days=8)
    return replace(
        known.person,
        noted=max([*known.person.checkins, *known.glasses, *known.rounds], default=None),
        checkins={day: entry for day, entry in known.person.checkins.items() if day >= week},
        glasses={day: amount for day, amount in known.glasses.items() if day >= first},
        rounds={day: amount for day, amount in known.rounds.items() if day >= first},
        fired=frozenset(one for one in known.person.fired if one[1] >= first),
    )


@given(st.lists(st.dictionaries(st.sampled_from([ANN, BEN]), steps, min_size=1), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
async def test_what_was_written_is_loaded(opened: Opener, batches: list[dict[PersonId, Step]]) -> None:
    """After any batches, people load as they were left; timers stand as they were set."""
    known = {who: Known(Person(who, NOW)) for who in (ANN, BEN)}
    async with opened() as storage:
        await loaded(storage, ANN, BEN)
        for batch in batches:
            async with storage.store.begin() as unit:
                found = await unit.people([ANN, BEN], NOW)
                changes = [
                    changes_of(step, found[who], set() if step.erase else set(known[who].person.fired))
                    for who, step in batch.items()
                ]
                await unit.flush(changes, [], NOW)
            known |= {change.person.id: applied(known[change.person.id], change) for change in changes}
            assert await loaded(storage, ANN, BEN) == {who: seen(one) for who, one in known.items()}
        due = await storage.due.due(datetime(2201, 1, 1, tzinfo=UTC), 99)
        async with storage.store.begin() as unit:
            standing = await unit.timers([row.timer for row in due if row.timer is not None])
        assert sorted(((who, replace(timer, id=None)) for who, timer in standing.values()), key=_named) == sorted(
            ((who, timer) for who, one in known.items() for timer in one.timers.values()), key=_named
        )


def _named(pair: tuple[PersonId, Timer]) -> tuple[PersonId, str]:
    who, timer = pair
    return who, timer.name
