"""What comes in at the one door, in no messenger's words: what people do, and what falls due."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

PersonId = NewType("PersonId", int)
"""The id of a private chat: positive. Groups are negative and have no person."""

UpdateId = NewType("UpdateId", int)


@dataclass(frozen=True, slots=True)
class Text:
    """Free text, as typed. `edited`: an older message was changed."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command without slash and bot name, lower case, and whatever was typed after it."""

    name: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button: the id under which it is acknowledged, its data, the message it stands under."""

    press: str
    data: str
    message: int | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A sticker, photo, voice message, contact …; its caption, if any, comes as `Text` instead."""

    kind: str


@dataclass(frozen=True, slots=True)
class Location:
    """A place on the map, in degrees (WGS 84). It lives in memory only, and no trace of an error can print it."""

    latitude: float = field(repr=False)
    longitude: float = field(repr=False)


@dataclass(frozen=True, slots=True)
class Blocked:
    """They blocked the bot: everything pauses."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """They let it in again. Nothing is said until they say something."""


@dataclass(frozen=True, slots=True)
class ReminderDue:
    """A reminder whose `next_at` was `at` (UTC). If it moved on since, another took it."""

    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TimerDue:
    """A timer row. If it is gone since, another took it."""

    timer: int


@dataclass(frozen=True, slots=True)
class ZonesChanged:
    """The time zone data is another than before: when their reminders come is worked out anew."""


What = Text | Command | Press | Media | Location | Blocked | Unblocked | ReminderDue | TimerDue | ZonesChanged


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that happened to one person. `update`: its id where Telegram sent it (None: it fell due)."""

    person: PersonId
    what: What
    update: UpdateId | None = None
    language: str | None = None
    """The language that their app is set to (IETF tag), where known."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that cannot be understood at all. It goes to the dead letters, so that it is not fetched for ever."""

    update: UpdateId
    reason: str


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """An update that needs no answer; only its id is remembered."""

    update: UpdateId
