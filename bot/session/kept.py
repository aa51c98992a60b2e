"""What is kept about people, as the session has it in hand, and what it hands back to be written.

All datetimes are aware and UTC; days and times of day are the person's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from bot.domain.schedule import Moment
from bot.engine.kinds import Value
from bot.session.inputs import PersonId, UpdateId
from bot.session.preferences import USUAL, Preferences
from bot.session.screens import Body


@dataclass(frozen=True, slots=True)
class Reminder:
    """A daily reminder. `next_at`, `next_date`, `next_slot`: the occurrence that comes; None while nothing comes.

    `words`: what one of their own is about; empty for all others. `once`: when it comes, of one that comes once (it has
    no `times`) and is gone then.
    """

    kind: str
    times: tuple[time, ...]
    next_at: datetime | None = None
    next_date: date | None = None
    next_slot: time | None = None
    words: str = ""
    once: Moment | None = None


@dataclass(frozen=True, slots=True)
class Checkin:
    """A day's entry; a later one for the same local day takes its place. `at`: when it was told (UTC)."""

    day: date
    at: datetime
    mood: str
    strength: int | None
    often: str | None
    sleep: str | None
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """All of a person that a batch needs, loaded at once. `version` guards the row; the store raises it by one."""

    id: PersonId
    seen_at: datetime
    version: int = 0
    language: str = "en"
    consented_at: datetime | None = None
    zone: str | None = None
    country: str | None = None
    """The country that they named (ISO 3166 alpha-2)."""
    conditions: Mapping[str, bool] = field(default_factory=dict)
    """Those of `bot.engine.facts.CONDITIONS` that they told of: whether each is true."""
    preferences: Preferences = USUAL
    blocked_at: datetime | None = None
    conversation: str | None = None
    """The engine's state as JSON; None: nothing runs."""
    onset: date | None = None
    """When the open episode of twitching began."""
    noted: date | None = None
    """The local day of the newest entry of their diary, of any kind."""
    checkins: Mapping[date, Checkin] = field(default_factory=dict)
    """The entries of the last week, by their local day. A day without one is a gap."""
    glasses: Mapping[date, int] = field(default_factory=dict)
    """Glasses of the last few local days."""
    rounds: Mapping[date, int] = field(default_factory=dict)
    """Exercise rounds of the last few local days."""
    reminders: Mapping[str, Reminder] = field(default_factory=dict)
    fired: frozenset[tuple[str, date, time]] = frozenset()
    """Occurrences (kind, day, slot) of the last few local days that were dealt with. A move to the west brings a local
    time back on the same day, and it must not be sent twice."""


@dataclass(frozen=True, slots=True)
class Ended:
    """An episode of twitching, from its onset to the local day on which it was told that it is over."""

    onset: date
    on: date


@dataclass(frozen=True, slots=True)
class Logged:
    """Glasses (`water`) or rounds (`exercise`) of a local day."""

    what: str
    day: date
    at: datetime
    amount: int


@dataclass(frozen=True, slots=True)
class Timer:
    """A flow to start, or a silence to notice, once. `name` is unique for a person: a newer one replaces."""

    name: str
    due_at: datetime
    flow: str | None
    """The flow to start; None: a silence, with `lane` and `nonce`."""
    data: Mapping[str, Value] = field(default_factory=dict)
    lane: str = ""
    nonce: str = ""
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Firing:
    """What became of a reminder's occurrence: `sent`, or `skipped:<why>`. Unique for (person, kind, day, slot)."""

    kind: str
    day: date
    slot: time
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class Parcel:
    """A body for the outbox. `bulk`: behind replies, and at most once when its outcome is unknown (a reminder).

    `forget`: the row itself goes when it is sent (for people who had themselves erased). `until` (UTC): after
    it, it is of no use any more and is given up.
    """

    body: Body
    bulk: bool = False
    forget: bool = False
    until: datetime | None = None


@dataclass(slots=True)
class Changes:
    """What a batch changes about one person; empty parts cost nothing. Flushed `erase` first, then the rest."""

    person: Person
    """As it is after the batch."""
    erase: bool = False
    touch: bool = True
    """Whether the person's row is written (after an erasure it is not, unless they came back in the same batch)."""
    checkins: dict[date, Checkin] = field(default_factory=dict)
    ended: Ended | None = None
    """The episode that is over; written before an `onset`, which begins another."""
    onset: date | None = None
    logged: list[Logged] = field(default_factory=list)
    reminders: dict[str, Reminder | None] = field(default_factory=dict)
    """Upserted; None deletes."""
    firings: list[Firing] = field(default_factory=list)
    timers: dict[str, Timer | None] = field(default_factory=dict)
    """By name: upserted; None deletes."""
    all_timers_off: bool = False
    """Every timer that is not in `timers` is deleted."""
    parcels: list[Parcel] = field(default_factory=list)
    drop_parcels: bool = False
    """Unsent parcels from before this batch are given up (they blocked the bot)."""


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """What could not be handled: never its words, only what is needed to find the bug."""

    at: datetime
    reason: str
    update: UpdateId | None = None
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """Something whose time has come."""

    person: PersonId
    at: datetime
    reminder: str | None = None
    timer: int | None = None


@dataclass(frozen=True, slots=True)
class Posted:
    """A parcel claimed for sending. `message`: of an edit, the message it changes (None: unknown, give it up)."""

    id: int
    chat: PersonId
    body: Body
    bulk: bool
    attempts: int
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: sent (with `message` for new messages), dead (`reason`), or once more `again_at`.

    `tried`: Telegram had it, so it counts among the parcel's `attempts`.
    """

    id: int
    message: int | None = None
    reason: str | None = None
    again_at: datetime | None = None
    tried: bool = True


def quiet(person: Person) -> Person:
    """Return the person with no reminder pending: they come back with their next message, without a backlog."""
    stilled = {
        kind: replace(reminder, next_at=None, next_date=None, next_slot=None)
        for kind, reminder in person.reminders.items()
    }
    return replace(person, reminders=stilled)
