"""What the session needs of the world: a clock, a store, randomness. Protocols, so that the arrows point down.

All datetimes are aware and UTC. A `Unit` is one transaction: leaving it commits, an exception rolls all of it back.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.session.inputs import PersonId, UpdateId
from bot.session.kept import Changes, DeadLetter, Due, Outcome, Person, Posted, Timer


class Clock(Protocol):
    """Where time comes from. The real one reads the machine's; the test clock is held by the stand-in."""

    @property
    def generation(self) -> int:
        """How often the clock was moved by a hand; 0 for the real one."""
        ...

    def now(self) -> datetime:
        """Return the time (UTC)."""
        ...

    async def wait_until(self, at: datetime | None) -> None:
        """Return once it is `at` or the clock was moved by a hand (`None`: only then)."""
        ...


class Unit(Protocol):
    """One transaction."""

    async def fresh(self, updates: Collection[UpdateId], now: datetime) -> set[UpdateId]:
        """Remember these updates; return those that were not seen before."""
        ...

    async def people(self, ids: Collection[PersonId], now: datetime) -> dict[PersonId, Person]:
        """Insert who is missing, lock all in id order, load them with the diary of the last days, in a few queries.

        `now` becomes `seen_at` of who is new; amounts from the day before yesterday (UTC) on are loaded,
        and check-ins of the last week.
        """
        ...

    async def timers(self, ids: Collection[int]) -> dict[int, tuple[PersonId, Timer]]:
        """Return those of these timers that still stand."""
        ...

    async def flush(self, changes: Sequence[Changes], letters: Sequence[DeadLetter], now: datetime) -> None:
        """Write it all, one executemany a table. `Conflict` where a person's version moved on, or a firing stands."""
        ...


class Conflict(Exception):  # noqa: N818  (it names what happened; the batch is done again)
    """Another process wrote a person between our load and our flush."""


class Store(Protocol):
    """Where people, talks and the diary are kept."""

    def begin(self) -> AbstractAsyncContextManager[Unit]:
        """Begin a transaction (on SQLite: the write lock at once)."""
        ...


class DueRows(Protocol):
    """What the dispatcher reads."""

    async def due(self, now: datetime, limit: int) -> Sequence[Due]:
        """Return reminders and timers with their time at or before `now`, oldest first, at most `limit`."""
        ...

    async def next_due(self) -> datetime | None:
        """Return the time of the next reminder or timer, past or future."""
        ...

    async def tidy(self, now: datetime, limit: int) -> datetime | None:
        """Delete what has had its day; return when the next thing will have (None: nothing waits).

        Updates seen more than 72 h ago; people without consent whose `seen_at` is 24 h ago, with their talk and all
        else about them; sent or dead parcels after 72 h; firings after 90 days; dead letters after 30 days. At most
        `limit` of each kind: while more waits, the time returned is not after `now`.
        """
        ...

    async def zoned(self, after: PersonId | None, limit: int) -> Sequence[PersonId]:
        """Return people with a zone and reminders, in id order behind `after`: for when the time zone data changed."""
        ...


class Outbox(Protocol):
    """What the sender reads and settles."""

    async def claim(self, now: datetime, limit: int, busy: Collection[PersonId]) -> Sequence[Posted]:
        """Mark as sending, and return, at most `limit` parcels: of each chat not in `busy` only its oldest unsent one.

        Replies before bulk; none whose `again_at` is in the future. What is past its `until` is given up instead.
        """
        ...

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write what became of them; blank the words of what is sent or dead, delete the rows marked `forget`."""
        ...

    async def recover(self) -> int:
        """After a crash: what was being sent is pending again, or dead where it must not come twice. How many."""
        ...

    async def next_again(self) -> datetime | None:
        """Return when the next unsent parcel may go: a past or future time; None when there is none."""
        ...


class Pictures(Protocol):
    """Under which id the messenger has a picture already. `digest`: SHA-256 of its content, in hex."""

    async def known(self, digest: str) -> str | None:
        """Return its id; None where it has to be uploaded."""
        ...

    async def remember(self, digest: str, file_id: str) -> None:
        """Keep the id that it was given, in place of an older one."""
        ...

    async def forget(self, digest: str, file_id: str) -> None:
        """Forget an id that the messenger does not know any more; a newer one stays."""
        ...


class Meta(Protocol):
    """A few values about the store itself, such as the version of the time zone data in use."""

    async def get(self, key: str) -> str | None:
        """Return the value under `key`."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        ...
