"""What a sprint wants done. A closed union: whoever performs it matches all of it (`assert_never`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.engine.kinds import Value
from bot.engine.model import Where
from bot.engine.names import FlowName, Lane

Values = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Say:
    """Send the text `key`, its placeholders filled with `values`; below the picture of that name, if there is one.

    `also`: more texts in the same message.
    """

    key: str
    values: Values
    picture: str | None = None
    also: tuple[tuple[str, Values], ...] = ()


@dataclass(frozen=True, slots=True)
class Show:
    """Tell of the diary: its last four `weeks`, as a picture with its words, or each of their `days`.

    Or hand out, as files, `everything` that is kept, or the diary as a `table`.
    """

    what: Literal["weeks", "days", "everything", "table"]


@dataclass(frozen=True, slots=True)
class Option:
    """A button. Its label is the words at `key`, or `label` itself (a city). `picked`: a toggle that is on."""

    value: str
    key: str = ""
    label: str = ""
    picked: bool = False


@dataclass(frozen=True, slots=True)
class Prompt:
    """Send a question with its buttons; `lead` is said first in the same message (“I did not understand”)."""

    nonce: str
    key: str
    values: Values
    options: tuple[Option, ...]
    columns: int
    lead: str | None = None
    picture: str | None = None
    in_place: bool = False
    """The message of this nonce is there already, and becomes this."""


@dataclass(frozen=True, slots=True)
class Repaint:
    """The same prompt with other toggles: edit its buttons."""

    nonce: str
    options: tuple[Option, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class Close:
    """The prompt was answered: the choice takes the place of its buttons. `pictured`: its words are a caption."""

    nonce: str
    key: str
    values: Values
    chosen: tuple[Option, ...]
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The prompt is no longer open: take its buttons away."""

    nonce: str


@dataclass(frozen=True, slots=True)
class Toast:
    """A short answer to a press (`key` None: none is needed, but Telegram wants the press acknowledged)."""

    key: str | None


@dataclass(frozen=True, slots=True)
class Save:
    """Write a row of the diary: `checkin` or `episode`."""

    to: str
    fields: Values


@dataclass(frozen=True, slots=True)
class SetPerson:
    """Change what is known about the person: a name of `bot.engine.facts.SETS`, and what it is now."""

    field: str
    value: Value


@dataclass(frozen=True, slots=True)
class Log:
    """Count `amount` of `water` (glasses) or `exercise` (rounds) for today."""

    what: str
    amount: int


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Remind of `kind` daily at these local times (`HH:MM`); none switches it off.

    `words`: what one of their own is about. What is None stays as it was. `once`: not daily, but once at that moment
    (as `bot.engine.model.Moment` has it); `after`: once, so long from now.
    """

    kind: str
    at: tuple[str, ...] | None
    words: str | None = None
    once: str | None = None
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Snooze:
    """Remind of `kind` once more: `after` from now, or when it is next `at` (`HH:MM`) on their clock.

    `day` (ISO): the local day that it asks about, whenever it comes.
    """

    kind: str
    after: timedelta | None
    at: str | None = None
    day: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Start `flow` once, `after` from now, at local `at` (`HH:MM`) of that day if given."""

    name: str
    flow: FlowName
    after: timedelta
    at: str | None
    data: Values


@dataclass(frozen=True, slots=True)
class Unschedule:
    """Call off what is scheduled under `name`."""

    name: str


@dataclass(frozen=True, slots=True)
class AwaitSilence:
    """Hand in `Waited(lane, nonce)` after `after`. One a lane: a newer one takes the place of the older.

    `together`: it is no silence, but a pace that is kept with somebody who is here: at night, too.
    """

    lane: Lane
    nonce: str
    after: timedelta
    together: bool = False


@dataclass(frozen=True, slots=True)
class StopAll:
    """Every reminder off, everything scheduled called off."""


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete everything about the person."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An author's mistake met at run time: for the log. The person was already brought to a safe place."""

    where: Where
    message: str


Effect = (
    Say
    | Show
    | Prompt
    | Repaint
    | Close
    | Withdraw
    | Toast
    | Save
    | SetPerson
    | Log
    | SetReminder
    | Snooze
    | Schedule
    | Unschedule
    | AwaitSilence
    | StopAll
    | Erase
    | Mistake
)
