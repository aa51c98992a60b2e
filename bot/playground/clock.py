"""The stand-in's time: it moves only when told to, or follows the machine's with an offset. Never backwards.

Each move has a number, its generation: whoever reports about a moment says in which generation they looked.
"""

import re
from datetime import UTC, datetime, timedelta

from bot.playground.bell import Bell

DURATION = re.compile(
    r"P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def machine_time() -> datetime:
    """The machine's own time, in UTC: the one place of the playground that reads it."""
    return datetime.now(UTC)  # noqa: TID251  (a stand-in that people chat with by hand lives in their time)


class Clock:
    """UTC, aware. With `at` it stands there; without, it follows the machine's time plus `offset`."""

    def __init__(self, at: datetime | None, *, offset: timedelta = timedelta(), generation: int = 0) -> None:
        self._at = None if at is None else at.astimezone(UTC)
        self.offset = offset
        self.moved = Bell(generation)

    @property
    def standing(self) -> bool:
        """Whether time moves only by the API."""
        return self._at is not None

    @property
    def generation(self) -> int:
        """How often the clock was moved (or its followers asked to look again)."""
        return self.moved.count

    def now(self) -> datetime:
        """The present moment."""
        return self._at if self._at is not None else machine_time() + self.offset

    def move(self, to: datetime) -> None:
        """Go forward to `to`; a past moment leaves the time where it is. A new generation either way."""
        ahead = to.astimezone(UTC) - self.now()
        if ahead > timedelta():
            if self._at is not None:
                self._at = to.astimezone(UTC)
            else:
                self.offset += ahead
        self.moved.ring()


def duration(text: str) -> timedelta:
    """An ISO 8601 duration in weeks, days, hours, minutes and seconds: `PT24H`, `P3D`. ValueError for anything else."""
    found = DURATION.fullmatch(text)
    parts = {unit: float(size) for unit, size in found.groupdict().items() if size} if found else {}
    if not parts:
        raise ValueError(f"{text!r} is no duration: write PT24H, PT30M or P3D")
    return timedelta(**parts)


def moment(text: str) -> datetime:
    """An ISO 8601 moment with its offset, brought to UTC. ValueError for one without an offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no offset: write it with Z or +02:00")
    return at.astimezone(UTC)
