"""What an author's flows become: plain frozen values. Loading makes them, nothing changes them.

The library is the only builder (`bot/library/`), and everything that could be wrong was refused there: the engine
trusts a `Flows` it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.engine.acts import Act, Given, Text
from bot.engine.conditions import Expression
from bot.engine.kinds import Field, Kind
from bot.engine.names import FlowName, Lane, StepId

OPEN_ASIDE = 3
"""So many questions of one flow can be open aside, each asked on its day; the oldest gives way."""
CARDS = frozenset({"doctor", "self_care"})
"""Tags of the steps that say a card which does not hold."""
MAX_DEPTH = 4
"""Talks inside talks. A digression from the deepest one takes the place of the oldest that was interrupted."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an author's file."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Tries:
    """After `most` answers that were not understood the talk goes to `then` by itself."""

    most: int
    then: StepId


@dataclass(frozen=True, slots=True)
class Silence:
    """After `after` without an answer `say` is said, at most `times`, and after the last the talk goes to `then`."""

    after: timedelta
    say: Text
    times: int
    then: StepId


@dataclass(frozen=True, slots=True)
class Wait:
    """After `after` the talk goes to `then` by itself; to `late` where we come so late that nobody follows any more.

    For what is done together, second by second: it goes on at night, too.
    """

    after: timedelta
    then: StepId
    late: StepId


@dataclass(frozen=True, slots=True)
class Ask:
    """A question whose answer fills the data field `fills`.

    `spoken` maps what may be typed (see `plain`) to the option it means, by language.
    """

    fills: str
    kind: Kind
    columns: int
    labels: Mapping[str, str] = field(default_factory=dict)
    """The text key of each option's label (`~skip`, `~none` and `~done` too, where the flow has words of its own)."""
    spoken: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    among: Expression | None = None
    """Of a choice: only these of its options are offered, in this order. The others can still be typed."""
    at_once: bool = False
    """Of several: the first one pressed is the answer, and nothing needs to be finished (signs of an emergency)."""
    suggest: tuple[str, ...] = ()
    """Of a wall time: the ones offered as buttons."""
    other: str = ""
    """Other data, filled instead where what is typed fits `other_kind`: a moment, where daily times are asked."""
    other_kind: Kind | None = None
    skips: bool = False
    """Whether it may be left out with a button."""
    tries: Tries | None = None
    back: StepId | None = None
    silence: Silence | None = None
    wait: Wait | None = None
    days: bool = False
    """Of times: days that are typed beside them, or alone, are the flow's `days`."""
    in_place: bool = False
    """Put by changing the message of the question before it, where that is the newest thing on the screen."""
    again: Text | None = None
    """Said instead of the house's words when the answer was not understood (an emergency card's shorter self)."""


@dataclass(frozen=True, slots=True)
class Call:
    """Another flow inside this one: what it is given, and which of its data become ours when it ends."""

    flow: FlowName
    give: Mapping[str, Given]
    gives: Mapping[str, str]
    back: StepId | None = None
    """Where the way back out of its questions leads (`CALLER`); they show none without it."""


@dataclass(frozen=True, slots=True)
class Branch:
    """`if` true (or no condition: the else) go to `then`."""

    condition: Expression | None
    then: StepId


@dataclass(frozen=True, slots=True)
class Step:
    """First its acts, then what it says, so that what is said can name what was just done; then it waits or goes on.

    Exactly one of `ask`, `call`, `switch`, `end` or `next` alone decides what comes after.
    """

    id: StepId
    where: Where
    acts: tuple[Act, ...] = ()
    say: Text | None = None
    picture: str | None = None
    """What is seen above those words: a name in `content/media`."""
    ask: Ask | None = None
    call: Call | None = None
    switch: FlowName | None = None
    hand: Mapping[str, Given] = field(default_factory=dict)
    """What the flow that it switches to is given."""
    end: bool = False
    next: tuple[Branch, ...] = ()
    tags: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Starts:
    """What begins a flow. `sign`: a level of the ear (`doctor`, `emergency`, `crisis`, `doubt`)."""

    command: str | None = None
    sign: str | None = None
    reminder: str | None = None
    idle: bool = False
    topic: bool = False
    """Words that an article answers."""
    intents: tuple[str, ...] = ()
    """What somebody wants, in words (`bot.domain.intents`)."""


@dataclass(frozen=True, slots=True)
class Flow:
    """One conversation, from one file of `flows/`."""

    name: FlowName
    version: int
    where: Where
    starts: Starts
    lane: Lane
    expires: timedelta
    data: Mapping[str, Field]
    first: StepId
    steps: Mapping[StepId, Step]
    aside_for: timedelta | None = None
    """Begun by a reminder it asks aside, so long. Left alone in the talk it steps aside, and can still be answered."""
    resumes: bool = True
    """Whether the talk that this one interrupted goes on afterwards. `/start` and `/cancel` end it."""
    holds: bool = False
    """An emergency card: nothing but its own buttons and the flows that pierce gets past it."""
    pierces: bool = False
    yields: Literal["nothing", "wishes", "anything"] = "nothing"
    """What takes its place for good while it waits: a menu ends for a wish or a question, a read article for all."""
    quiet: bool = False
    """A word in passing: the question that it interrupted is put again without a lead."""
    one_card: bool = False
    """It leads to a card: one that an interruption brings meanwhile stands for it, and it is not gone on with."""
    changes: Mapping[int, Mapping[StepId, StepId]] = field(default_factory=dict)
    """By the version that had it: a step's name, and that of the step which took its place in the next one."""


@dataclass(frozen=True, slots=True)
class Flows:
    """All flows, and which of them a command, a sign, a reminder or a first free word begins."""

    flows: Mapping[FlowName, Flow]
    commands: Mapping[str, FlowName]
    signs: Mapping[str, FlowName]
    reminders: Mapping[str, FlowName]
    idle: FlowName
    topic: FlowName | None = None
    intents: Mapping[str, FlowName] = field(default_factory=dict)
