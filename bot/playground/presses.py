"""Presses of inline buttons: each has an id that the bot may answer once, within 150 seconds."""

from collections import deque
from datetime import datetime

from bot.playground.chats import ChatId
from bot.playground.clock import Clock
from bot.playground.refusals import bad_request
from bot.playground.updates import PRESS_KEPT

TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Presses:
    """Which press was whose, while it can be answered. The ids are digits, as Telegram's are."""

    def __init__(self, clock: Clock, next_id: int, unanswered: dict[str, tuple[ChatId, datetime]]) -> None:
        self._clock = clock
        self.next_id = next_id
        self.unanswered = dict(unanswered)
        self._order = deque(unanswered)

    def new(self, chat: ChatId) -> str:
        """A press in a chat, this moment."""
        press = str(self.next_id)
        self.next_id += 1
        self.unanswered[press] = (chat, self._clock.now())
        self._order.append(press)
        return press

    def answer(self, press: str) -> ChatId:
        """The chat where an answer is to be shown; Refused when the press is unknown, answered already or too old."""
        self._expire()
        found = self.unanswered.pop(press, None)
        if found is None:
            raise bad_request(TOO_OLD)
        return found[0]

    def _expire(self) -> None:
        old = self._clock.now() - PRESS_KEPT
        while self._order and (self._order[0] not in self.unanswered or self.unanswered[self._order[0]][1] <= old):
            self.unanswered.pop(self._order.popleft(), None)
