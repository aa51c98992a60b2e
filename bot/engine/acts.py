"""What a step says and does, as its author wrote it: the acts that the engine turns into effects."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal

from bot.engine.conditions import Expression
from bot.engine.kinds import Value
from bot.engine.names import FlowName


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
