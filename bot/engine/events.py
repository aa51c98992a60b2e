"""What can happen to a talk. A closed union: the engine matches all of it.

`seed` is fresh randomness of the one who hands the event in (at least 40 bits, `[A-Za-z0-9_-]`): nonces are made of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.engine.kinds import Value
from bot.engine.names import FlowName, Lane


@dataclass(frozen=True, slots=True)
class Heard:
    """What was understood of free text before the engine saw it."""

    level: str = "none"
    """`none`, `self_care`, `doctor`, `emergency` or `crisis`."""
    signs: frozenset[str] = frozenset()
    doubt: str | None = None
    number: int | None = None
    time: str | None = None
    """`HH:MM`."""
    zones: tuple[tuple[str, str], ...] = ()
    """Candidates `(IANA zone, city)` where a zone is awaited."""
    topics: tuple[str, ...] = ()
    """Articles that answer it, the likeliest first; more than one where none stands out."""
    asks: bool = False
    """It is a question."""
    intent: str | None = None
    """What they want, where the whole text says nothing else; `amount`, `about` and `at` are its details."""
    amount: int | None = None
    about: str | None = None
    """`water`, `exercise`, or `own`: in `words` of theirs."""
    words: str | None = None
    at: tuple[str, ...] = ()
    """`HH:MM`, the times of day of what is wanted, or that answer a question for times, early to late."""
    hours: int | None = None
    """How far apart it is wanted."""
    spaced: tuple[str, ...] = ()
    """The times of day (`HH:MM`) that lie so far apart."""
    days: tuple[str, ...] = ()
    """The days that are said (as `bot.engine.facts.DAYS` has them), where times are awaited."""
    beside_days: tuple[str, ...] = ()
    """The times of day that are said with them («mondays at 8»)."""
    moment: str | None = None
    """The moment that is said (as `bot.engine.model.Moment` has it), where one is awaited or a wish names one."""
    trouble: str | None = None
    """Why there is none although one was said: `past`, `far`, `weekly`, `no_hour`."""
    span: tuple[str, ...] = ()
    """From when until when (`HH:MM`), where that is awaited; four, if it can be either."""
    country: str | None = None
    """Where they say that they are now (ISO 3166 alpha-2)."""
    foreign: bool = False
    """It is in a language that we do not speak: nothing in it may be taken for harmless."""


@dataclass(frozen=True, slots=True)
class Typed:
    """Free text. `edited`: an older message was changed; it can only raise an alarm, never answer a question."""

    seed: str
    text: str
    heard: Heard = Heard()
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command without its slash, and what its tail said."""

    seed: str
    command: str
    heard: Heard = Heard()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button: the nonce of its prompt and the option. Neither can be trusted."""

    seed: str
    nonce: str
    option: str


@dataclass(frozen=True, slots=True)
class Showed:
    """Something without words: a sticker, a photo, a voice message."""

    seed: str


@dataclass(frozen=True, slots=True)
class Located:
    """A place on the map, as what alone is wanted of it.

    `zones`: the zones that have it, `(IANA zone, city)`, where a zone is awaited; none at sea.
    """

    seed: str
    zones: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder of this kind fell due and may be sent. `words`: what one of their own is about; `once`: it was one.

    `given`: what it was put off with, for its flow.
    """

    seed: str
    kind: str
    words: str = ""
    once: bool = False
    given: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Began:
    """A flow that was scheduled fell due."""

    seed: str
    flow: FlowName
    data: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Waited:
    """Nobody answered the prompt with this nonce for its `silence.after`, or its `wait.after` is over.

    Those of a prompt that is closed do nothing: that is the fence. `late`: it comes much later than it was due.
    """

    seed: str
    lane: Lane
    nonce: str
    late: bool = False


Event = Typed | Commanded | Pressed | Showed | Located | Reminded | Began | Waited
