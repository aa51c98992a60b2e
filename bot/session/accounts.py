"""What is told of a diary as a whole: made when it is sent, of what is kept then, for one person at a time.

Weeks of everybody's diary are not loaded with every batch; so an account goes into the outbox as the wish for one, and
whoever sends it asks a `Diarist`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol

from bot.domain.diary import Day
from bot.session.inputs import PersonId

Kind = Literal["weeks", "days", "everything", "table"]
"""The last four weeks, as a picture with its words; or each of their days, in words; all that is kept, as a file; the
whole diary as a file for a spreadsheet."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A person's diary. `zone`: None while it is not known; `days`: those of which something was noted."""

    language: str
    zone: str | None
    days: Mapping[date, Day]


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep, with the name that it is sent under."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """An account: HTML, and a picture (PNG) that shows the same, if there is something to see, or a file."""

    html: str
    picture: bytes | None = None
    file: File | None = None


class DiaryRows(Protocol):
    """Where the diary is read."""

    async def diary(self, person: PersonId, since: date) -> Kept | None:
        """Return what was noted of days from `since` on; None where nobody is known by that id."""
        ...

    async def everything(self, person: PersonId) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Return every row about somebody, by the name of its table; no table where nobody is known by that id."""
        ...


class Diarist(Protocol):
    """Who gives the account."""

    async def account(self, person: PersonId, kind: Kind) -> Told | None:
        """Return the account as of now; None where nobody is known by that id."""
        ...
