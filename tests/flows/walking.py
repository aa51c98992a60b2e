"""Somebody who goes through the house's talks without a database: real flows and facts, time as an argument.

What `advance` wants is put into the facts; what it schedules falls due when the test says so. For tests of every way.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, cast

from bot.domain.schedule import Quiet, due_after
from bot.engine.advance import advance
from bot.engine.conversation import Conversation, dump, load
from bot.engine.effects import Effect, Mistake, Prompt, Save, Schedule, Unschedule
from bot.engine.events import Began, Commanded, Event, Pressed, Reminded
from bot.engine.kinds import Value
from bot.engine.names import FlowName
from bot.session.inputs import PersonId
from bot.session.kept import Person
from bot.session.known import Known
from tests.chat import the_house

NOW = datetime(2026, 3, 15, 18, tzinfo=UTC)
ZONE = "Africa/Accra"
"""Where six in the evening is 18:00 UTC all year."""


@dataclass
class Walker:
    """A person on their way: `person` as they are, the open prompts, what was saved."""

    person: Person
    now: datetime = NOW
    conversation: Conversation = field(default_factory=Conversation)
    open: dict[str, Prompt] = field(default_factory=dict)
    last: tuple[Effect, ...] = ()
    due: dict[str, tuple[datetime, FlowName, Mapping[str, Value]]] = field(default_factory=dict)
    seeds: Iterator[int] = field(default_factory=count)

    def happens(self, event: Event) -> None:
        """Hand an event in. The state is written and read again, as in the database, and stays below a kilobyte."""
        house = the_house()
        sprint = advance(house.flows, self.conversation, event, self.known, self.now)
        written = dump(sprint.conversation)
        assert len(written.encode()) < 1024, f"{len(written)} bytes: {written}"
        self.conversation, self.last = load(written), sprint.effects
        self.person = cast("Known", sprint.facts).person
        for effect in sprint.effects:
            match effect:
                case Mistake(where, message):
                    raise AssertionError(f"{where}: {message}")
                case Prompt(nonce):
                    self.open[nonce] = effect
                case Schedule(name, flow, after, at, data):
                    slot = None if at is None else datetime.fromisoformat(f"2026-01-01T{at}").time()
                    moment = due_after(self.now, after, slot, self.known.zone, Quiet())
                    self.due[name] = (moment, flow, data)
                case Unschedule(name):
                    self.due.pop(name, None)
                case _:
                    pass
        waiting = {talk.nonce for talk in self.conversation.talks}
        self.open = {nonce: prompt for nonce, prompt in self.open.items() if nonce in waiting}

    @property
    def known(self) -> Known:
        """The facts now."""
        return Known(self.person, self.now, "en", the_house().help)

    @property
    def seed(self) -> str:
        """Something fresh."""
        return f"s{next(self.seeds)}_"

    def commands(self, name: str) -> None:
        """Send a command."""
        self.happens(Commanded(self.seed, name))

    def is_reminded(self, kind: str) -> None:
        """A reminder falls due."""
        self.happens(Reminded(self.seed, kind))

    def presses(self, option: str, prompt: Prompt | None = None) -> None:
        """Press a button of the newest open prompt, or of another."""
        shown = prompt or self.newest
        assert option in {one.value for one in shown.options}, f"{shown.key} has no {option}"
        self.happens(Pressed(self.seed, shown.nonce, option))

    @property
    def newest(self) -> Prompt:
        """The open prompt that was put last."""
        return list(self.open.values())[-1]

    def goes_on(self, until: datetime, *, off: tuple[datetime, datetime] | None = None) -> list[tuple[datetime, str]]:
        """Let time pass; return when what was asked. `off`: in that time the bot does not run; then it catches up."""
        asked: list[tuple[datetime, str]] = []
        while self.due:
            name, (moment, flow, data) = min(self.due.items(), key=lambda one: one[1][0])
            if off is not None and off[0] <= moment < off[1]:
                moment = off[1]
            if moment > until:
                break
            del self.due[name]
            self.now = max(self.now, moment)
            self.happens(Began(self.seed, flow, dict(data)))
            asked += [(self.now, effect.key) for effect in self.last if isinstance(effect, Prompt)]
        self.now = until
        return asked

    def branch(self) -> "Walker":
        """Return another one at the same place."""
        return replace(self, open=dict(self.open), due=dict(self.due), seeds=count(next(self.seeds) + 1000))

    @property
    def saved(self) -> Sequence[Save]:
        """The entries of the last sprint."""
        return [effect for effect in self.last if isinstance(effect, Save) and effect.to == "checkin"]


def somebody(**known: Any) -> Person:
    """Return a person who agreed, in a zone."""
    person = Person(PersonId(7), NOW, consented_at=NOW - timedelta(days=40), zone=ZONE)
    return replace(person, **known)
