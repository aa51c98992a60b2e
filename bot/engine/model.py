"""What an author's flows become: plain frozen values. Loading makes them, nothing changes them.

The library is the only builder (`bot/library/`), and everything that could be wrong was refused there: the engine
trusts a `Flows` it is given.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, NewType

from bot.engine.conditions import Expression

FlowName = NewType("FlowName", str)
StepId = NewType("StepId", str)
Lane = NewType("Lane", str)
"""A talk runs in a lane. `TALK` is the conversation; a reminder has a lane of its own, so that it never takes the
floor from a question that is open."""

TALK = Lane("talk")
OPEN_ASIDE = 3
"""So many questions of one flow can be open aside, each asked on its day; the oldest gives way."""
CALLER = StepId("~caller")
"""Of a called flow: the way back leads out of it, to where its caller says. No author's step can be called so."""
CARDS = frozenset({"doctor", "self_care"})
"""Tags of the steps that say a card which does not hold."""
MAX_DEPTH = 4
"""Talks inside talks. A digression from the deepest one takes the place of the oldest that was interrupted."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in an author's file."""

    file: str
    line: int


# What an answer may be -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; a button each."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`, both included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Several:
    """Any of a few words, none too; buttons that toggle, then one that goes on."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false; computed or given, never asked."""


@dataclass(frozen=True, slots=True)
class Words:
    """Free text of at most `longest` characters. Kept in the talk, so only asked after consent."""

    longest: int


@dataclass(frozen=True, slots=True)
class Told:
    """Free text that is read and not kept: the value is how serious it sounded, `none` or `self_care`.

    Anything more serious never gets here: it is a card of its own before the question sees it.
    """


@dataclass(frozen=True, slots=True)
class WallTime:
    """A local clock time, `HH:MM`."""


@dataclass(frozen=True, slots=True)
class Times:
    """One or more local clock times, `HH:MM`, early to late; typed as times, or as how far apart."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that comes once: `YYYY-MM-DDTHH:MM` by their clock, or with a Z behind it an instant.

    `until`: it ends something, and is the beginning of a day where no time is said.
    """

    until: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one local clock time until another, `HH:MM`: two of them. Four, where what was typed can be either."""


@dataclass(frozen=True, slots=True)
class Zone:
    """An IANA time zone. Typed as a place or as the present time there; the candidates are offered as buttons."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country, ISO 3166 alpha-2. Typed by its name, or by a place in it."""


Kind = Choice | Whole | Several | Flag | Words | Told | WallTime | Times | Moment | Span | Zone | Country
Value = int | bool | str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Field:
    """A name of a flow's `data:`. Computed ones are never stored: they follow from the others."""

    kind: Kind
    optional: bool = False
    computed: Expression | None = None


# What a step does ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A text by its key in `content/`, with the names (data or facts) that its placeholders need.

    Of an article, `article` is the value that names it, and `key` the part that is said (`short`, `rest`, `whole`).
    `also`: what stands below it in the same message.
    """

    key: str
    needs: tuple[str, ...] = ()
    article: "Given" = None
    also: "tuple[Also, ...]" = ()


@dataclass(frozen=True, slots=True)
class Also:
    """More of a message: always (no condition), or only where the condition is true."""

    condition: Expression | None
    text: Text


Given = Expression | Value
"""What an author wrote as a value: an expression (`=scale`) or the thing itself."""


@dataclass(frozen=True, slots=True)
class Let:
    """`let:` the flow's own data take other values: a count of what was done."""

    fields: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Keep:
    """`save:` one row of the diary: a `checkin` (one a local day, the later corrects) or an `episode` (its onset)."""

    to: str
    fields: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Put:
    """`set:` something about the person (`bot.engine.facts.SETS`)."""

    fields: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Count:
    """`log:` a glass or a done exercise, today."""

    what: str
    amount: Given


@dataclass(frozen=True, slots=True)
class Remind:
    """`remind:` of something, daily at these local times; no times switch it off.

    `words`: of one of their own, what it is about. `at` None, or no words: that stays as it was.
    """

    kind: Given
    at: tuple[Given, ...] | None
    words: Given = None
    once: Given = None
    """The moment at which it comes once, instead of daily."""
    after: timedelta | None = None
    """So long from now it comes once, instead of daily."""


@dataclass(frozen=True, slots=True)
class PutOff:
    """`snooze:` a reminder comes once more: `after` from now, or when it is next `at` on their clock.

    `day`: the one that it asks about, whenever it comes.
    """

    kind: Given
    after: timedelta | None
    at: Given = None
    day: Given = None


@dataclass(frozen=True, slots=True)
class Later:
    """`schedule:` a flow to start once: `after` from now (whole days, if worked out), then at local `at` of that day.

    It takes the place of an earlier one with the same name in `replace` (the flow's own name if none is given).
    """

    flow: FlowName
    after: timedelta | Expression
    at: Given
    replace: str
    data: Mapping[str, Given] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallOff:
    """`call_off:` what is scheduled under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Halt:
    """`stop: true`: every reminder off, everything scheduled called off."""


@dataclass(frozen=True, slots=True)
class Forget:
    """`erase: true`: everything about the person is deleted."""


@dataclass(frozen=True, slots=True)
class Look:
    """`show:` the diary: its last four `weeks`, each of their `days`, its `table`; or `everything` that is kept."""

    what: Literal["weeks", "days", "everything", "table"]


Act = Let | Keep | Put | Count | Remind | PutOff | Later | CallOff | Halt | Forget | Look


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
