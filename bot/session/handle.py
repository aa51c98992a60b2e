"""The one door: whatever happened, in one transaction for the whole batch, committed before anybody hears of it.

A step that fails is one person's; a write that fails is bisected to the one it belongs to. Both are dead letters.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

import structlog

from bot.errors import StoreError
from bot.session.house import House
from bot.session.inputs import (
    Command,
    Incoming,
    Irrelevant,
    Location,
    Media,
    PersonId,
    Press,
    ReminderDue,
    Text,
    TimerDue,
    Unreadable,
)
from bot.session.kept import Changes, DeadLetter, Parcel, Person, Timer, quiet
from bot.session.perform import fork
from bot.session.ports import Clock, Conflict, Store, Unit
from bot.session.screens import Acknowledge, Message
from bot.session.step import Step

log = structlog.get_logger()

Item = Incoming | Irrelevant | Unreadable
ROUNDS = 5
"""How often a batch is begun again when another process wrote one of its people first."""


class Session:
    """Handles batches one after another. `seed` gives fresh randomness (at least 40 bits of `[A-Za-z0-9_-]`).

    `committed` is called, without awaiting anything in between, after each commit that left something to send or to
    wait for; its argument is the earliest time (UTC) that the batch itself made due, if any.
    """

    def __init__(
        self,
        house: House,
        store: Store,
        clock: Clock,
        seed: Callable[[], str],
        committed: Callable[[datetime | None], None],
    ) -> None:
        self._house, self._store, self._clock, self._seed, self._committed = house, store, clock, seed, committed

    async def handle(self, batch: Sequence[Item]) -> None:
        """Apply a batch, exactly once. Raises only `StoreError`: nothing was applied then."""
        if not batch:
            return
        for _ in range(ROUNDS):
            try:
                await self._together(batch, self._clock.now())
            except Conflict:
                log.info("batch_again", size=len(batch))
                continue
            except StoreError:
                raise
            except Exception as error:  # noqa: BLE001  (what it was goes to the dead letters; the others must go on)
                await self._apart(batch, error)
            return
        raise StoreError("Another process keeps writing the same people: check that only one is meant to.")

    async def _together(self, batch: Sequence[Item], now: datetime) -> None:
        async with self._store.begin() as unit:
            changes, letters = await self._work(unit, batch, now)
            await unit.flush([c for c in changes.values() if c.touch or c.erase], letters, now)
        self._tell(changes.values())

    async def _work(
        self, unit: Unit, batch: Sequence[Item], now: datetime
    ) -> tuple[dict[PersonId, Changes], list[DeadLetter]]:
        fresh = await unit.fresh([item.update for item in batch if item.update is not None], now)
        work: list[Incoming] = []
        letters: list[DeadLetter] = []
        for item in batch:
            if item.update is not None and item.update not in fresh:
                continue
            fresh -= {item.update} if item.update is not None else set()
            if isinstance(item, Unreadable):
                letters.append(DeadLetter(now, item.reason, item.update))
            elif isinstance(item, Incoming):
                work.append(item)
        wanted = [item.what.timer for item in work if isinstance(item.what, TimerDue)]
        timers = await unit.timers(wanted) if wanted else {}
        people = await unit.people({item.person for item in work}, now) if work else {}
        changes = {number: Changes(person) for number, person in people.items()}
        for number in {item.person for item in work} - {item.person for item in work if item.update is not None}:
            if changes[number].person.version == 0:
                # What fell due was read before they had themselves erased: nobody may come back by that.
                changes[number].erase, changes[number].touch = True, False
        for item in work:
            theirs = {number: timer for number, (owner, timer) in timers.items() if owner == item.person}
            self._step(item, changes, theirs, letters, now)
        return changes, letters

    def _step(
        self,
        item: Incoming,
        changes: dict[PersonId, Changes],
        timers: Mapping[int, Timer],
        letters: list[DeadLetter],
        now: datetime,
    ) -> None:
        before = changes[item.person]
        step = Step(self._house, fork(before), item, now, self._seed())
        try:
            step.take(timers)
        except Exception as error:  # noqa: BLE001  (our bug; it must stay one person's, and one event's)
            reason = f"step: {type(error).__name__} at {place_of(error)}"
            # Without its trace and message: they can carry what somebody wrote.
            log.error("step_failed", what=type(item.what).__name__, reason=reason)  # noqa: TRY400
            letters.append(DeadLetter(now, reason, item.update, item.person))
            changes[item.person] = self._excused(fork(before), item, timers)
        else:
            changes[item.person] = step.changes

    def _excused(self, changes: Changes, item: Incoming, timers: Mapping[int, Timer]) -> Changes:
        """What is done instead of an event that failed: a word to whoever waits; what fell due does not fall again."""
        put_aside(changes, item, timers)
        if isinstance(item.what, Press):
            changes.parcels.append(Parcel(Acknowledge(item.what.press), forget=changes.erase))
        if isinstance(item.what, Text | Command | Press | Media | Location):
            changes.parcels.append(Parcel(self._lost(item), forget=changes.erase))
        return changes

    def _lost(self, item: Incoming) -> Message:
        return Message(self._house.words.render("common.lost", {}, self._house.language(item.language)))

    async def _apart(self, batch: Sequence[Item], error: Exception) -> None:
        """Find what cannot be written: halve the people until one is left, then take their events one by one."""
        theirs = [item for item in batch if isinstance(item, Incoming)]
        people = sorted({item.person for item in theirs})
        if not people:
            raise error
        upper = set(people[len(people) // 2 :]) if len(people) > 1 else set()
        others = [item for item in batch if not isinstance(item, Incoming)]
        if upper or others:
            await self.handle(others)
            await self.handle([item for item in theirs if item.person not in upper])
            await self.handle([item for item in theirs if item.person in upper])
            return
        if len(theirs) > 1:
            for item in theirs:
                await self.handle([item])
            return
        log.error("flush_failed", error=type(error).__name__, where=place_of(error))
        await self._give_up(theirs[0], f"flush: {type(error).__name__}")

    async def _give_up(self, item: Incoming, reason: str) -> None:
        now = self._clock.now()
        letters = [DeadLetter(now, reason, item.update, item.person)]
        try:
            async with self._store.begin() as unit:
                await unit.fresh([] if item.update is None else [item.update], now)
                changes = Changes((await unit.people([item.person], now))[item.person])
                timers = await unit.timers([item.what.timer]) if isinstance(item.what, TimerDue) else {}
                put_aside(changes, item, {number: timer for number, (_, timer) in timers.items()})
                await unit.flush([changes], letters, now)
        except (StoreError, Conflict):
            raise
        except Exception as error:  # noqa: BLE001  (they cannot even be read; it must not come again and again)
            log.error("person_unreadable", error=type(error).__name__)  # noqa: TRY400
            changes = Changes(Person(item.person, now), touch=False)
            if isinstance(item.what, ReminderDue):
                changes.reminders[item.what.kind] = None
            async with self._store.begin() as unit:
                await unit.fresh([] if item.update is None else [item.update], now)
                await unit.flush([changes], letters, now)

    def _tell(self, changes: Iterable[Changes]) -> None:
        due = [
            at
            for change in changes
            for at in (
                *(reminder.next_at for reminder in change.reminders.values() if reminder is not None),
                *(timer.due_at for timer in change.timers.values() if timer is not None),
            )
            if at is not None
        ]
        self._committed(min(due, default=None))


def put_aside(changes: Changes, item: Incoming, timers: Mapping[int, Timer]) -> None:
    """Take what failed out of the rows that fall due, or it would fall due, and fail, for ever."""
    match item.what:
        case ReminderDue(kind):
            stilled = quiet(changes.person).reminders
            if kind in stilled:
                changes.reminders[kind] = stilled[kind]
        case TimerDue(number):
            if number in timers:
                changes.timers[timers[number].name] = None
        case _:
            pass


def place_of(error: BaseException) -> str:
    """Return where in our code an exception arose, for the log: `file:line`, no values."""
    trace = error.__traceback__
    place = "?"
    while trace is not None:
        place = f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
