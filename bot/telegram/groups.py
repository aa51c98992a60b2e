"""Private chats only: a group gets one fixed line, which names nobody, and the bot leaves. It is in no table.

Off the poller's way, so that many groups at once keep no person waiting; what is remembered is bounded.
"""

import asyncio
from collections.abc import Callable

import structlog

from bot.telegram.client import Api
from bot.telegram.troubles import TROUBLES

log = structlog.get_logger()

MOST = 200


class Groups:
    """The groups that are still to be left. `line`: what they are told, plain text."""

    def __init__(self, api: Api, line: str, on_rest: Callable[[], None] = lambda: None) -> None:
        self._api = api
        self._line = line
        self._on_rest = on_rest
        self._waiting = dict[int, None]()
        self._told = dict[int, None]()
        self._found = asyncio.Event()
        self._leaving = False

    @property
    def resting(self) -> bool:
        """Whether no group waits."""
        return not self._waiting and not self._leaving

    def found(self, chat: int) -> None:
        """The bot is in this group. Beyond `MOST` that wait it is passed over: the next word spoken there finds it."""
        if len(self._waiting) < MOST:
            self._waiting[chat] = None
            self._found.set()

    async def run(self) -> None:
        """Leave groups, one after the other, for ever."""
        while True:
            await self._found.wait()
            self._found.clear()
            while self._waiting:
                chat = next(iter(self._waiting))
                del self._waiting[chat]
                self._leaving = True
                await self._leave(chat)
                self._leaving = False
            self._on_rest()

    async def _leave(self, chat: int) -> None:
        if chat not in self._told:
            try:
                await self._api.call("sendMessage", {"chat_id": chat, "text": self._line})
            except TROUBLES as trouble:  # they may not let it write; then it goes without a word
                log.info("group_not_told", reason=str(trouble))
            self._told[chat] = None
            if len(self._told) > MOST:
                del self._told[next(iter(self._told))]
        try:
            await self._api.call("leaveChat", {"chat_id": chat})
        except TROUBLES as trouble:
            log.info("group_not_left", reason=str(trouble))
        else:
            del self._told[chat]
            log.info("group_left")
