"""How fast Telegram lets one bot speak: about 30 messages a second to all, one a second to each chat, more in bursts.

Its FAQ for bots gives these numbers and no more. Pure: seconds of one clock that never goes back are handed in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.session.screens import Account, Acknowledge, Body, Message, Photo, Rebutton, Rewrite

LONGEST_PAUSE = 30.0
FLOODED = 3
"""So many chats told to wait at once: then all are meant, not these."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`each` seconds between two in the long run; up to `burst` at once after a silence."""

    each: float
    burst: int

    @property
    def slack(self) -> float:
        """How many seconds ahead of the even rhythm a call may be."""
        return (self.burst - 1) * self.each


OVERALL = Rate(each=1 / 25, burst=5)
"""A burst and a second of the even rhythm together are 30."""
CHAT = Rate(each=1.0, burst=4)


class Pace:
    """The rhythm of all calls. For each, ask `chat_at` and then, at that time, `overall_at`: both book it."""

    def __init__(self, overall: Rate = OVERALL, chat: Rate = CHAT) -> None:
        self._overall = overall
        self._chat = chat
        self._next = 0.0
        self._chats = dict[int, float]()
        self._sweep_above = 1000

    def chat_at(self, chat: int, weight: float, now: float) -> float:
        """Book a call to a chat; return when it may go (`now` or later)."""
        if not weight:
            return now
        at, self._chats[chat] = _book(self._chat, self._chats.get(chat, 0.0), weight, now)
        if len(self._chats) > self._sweep_above:
            self._chats = {known: due for known, due in self._chats.items() if due > now}
            self._sweep_above = max(1000, 2 * len(self._chats))
        return at

    def overall_at(self, weight: float, now: float) -> float:
        """Book a call to anybody; return when it may go (`now` or later)."""
        at, self._next = _book(self._overall, self._next, weight, now)
        return at

    def room(self, now: float) -> int:
        """Return how many messages could be begun now without waiting for anybody else's."""
        ahead = max(self._next - now, 0.0)
        spare = self._overall.slack - ahead + 1e-9
        return int(spare / self._overall.each) + 1 if spare >= 0 else 0


class Floods:
    """Who was told to wait, and until when (UTC). Telegram does not say whether it means one chat or the whole bot."""

    def __init__(self) -> None:
        self._until = dict[int, datetime]()
        self.all_until: datetime | None = None
        """Until when nothing may go to anybody."""

    def told(self, chat: int, now: datetime, until: datetime) -> None:
        """Note that this chat is to wait."""
        self._until = {known: end for known, end in self._until.items() if end > now} | {chat: until}
        if len(self._until) >= FLOODED:
            # So long as that many wait; one chat's own long wait is not everybody's.
            self.all_until = sorted(self._until.values())[-FLOODED]


def weights(body: Body) -> tuple[float, float]:
    """Return what a body counts, for all and for its chat; a message is 1. Edits and answers to presses are cheaper."""
    match body:
        case Message() | Photo() | Account():
            return 1.0, 1.0
        case Rewrite() | Rebutton():
            return 0.5, 0.5
        case Acknowledge():
            return 0.2, 0.0


def growing(first: float = 1.0, most: float = LONGEST_PAUSE) -> Iterator[float]:
    """Yield pauses in seconds, each twice the one before, up to `most`, for ever."""
    pause = first
    while True:
        yield pause
        pause = min(pause * 2, most)


def _book(rate: Rate, due: float, weight: float, now: float) -> tuple[float, float]:
    at = max(now, due - rate.slack)
    return at, max(due, at) + weight * rate.each
