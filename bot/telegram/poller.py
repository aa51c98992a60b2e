"""Commit, then acknowledge: the next offset goes to Telegram only when all that came before is handled and kept.

So a killed process loses nothing, and what it did not finish comes again. Fetched raw: one broken update stops nobody.
Offsets are told once, right after a batch, and then dropped: after a quiet week Telegram starts again from a random id,
and an old offset above it would confirm what nobody has seen.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from bot.errors import OperatorError
from bot.session.door import Door
from bot.session.inputs import Incoming, Irrelevant, Unreadable, UpdateId
from bot.telegram.client import Api, wrong_token
from bot.telegram.groups import Groups
from bot.telegram.incoming import ALLOWED, Group, read, update_id
from bot.telegram.pace import growing
from bot.telegram.patience import kept
from bot.telegram.troubles import TROUBLES, Refused, Trouble

log = structlog.get_logger()

MOST = 100
LONG_POLL_S = 30
GRACE_S = 15.0
"""How long after the long poll's end its answer may take, in real seconds."""
CONFLICTS = 2
"""So many conflicts in a row end a poller that never got an answer; one more an answered one, one more an old one."""


class Poller:
    """Fetches updates and hands them in, batch by batch. `username`: the bot's own.

    `on_rest` is called whenever it comes to rest; `pause` waits real seconds. Of two instances the one that
    came later gives way sooner: before its first answer, and in the `newcomer_s` real seconds after its start.
    """

    def __init__(
        self,
        api: Api,
        door: Door,
        groups: Groups,
        *,
        username: str | None = None,
        on_rest: Callable[[], None] = lambda: None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        long_poll_s: int = LONG_POLL_S,
        newcomer_s: float = 60.0,
    ) -> None:
        self._api = api
        self._door = door
        self._groups = groups
        self._username = username
        self._on_rest = on_rest
        self._pause = pause
        self._long_poll_s = long_poll_s
        self._newcomer_s = newcomer_s
        self._offset: int | None = None
        self._resting = False
        self.handled: UpdateId | None = None
        """The highest id of the last batch that was handled since the start; the next poll confirms it."""

    @property
    def resting(self) -> bool:
        """Whether nothing that was fetched is unhandled."""
        return self._resting

    async def run(self) -> None:
        """Poll for ever. `OperatorError`: the token is not accepted, or another instance polls with it."""
        settled_at = asyncio.get_running_loop().time() + self._newcomer_s
        failures, conflicts = growing(), 0
        failing, answered = False, False
        while True:
            self._come_to_rest()
            try:
                found = await self._fetch()
            except TROUBLES as trouble:
                conflicts = conflicts + 1 if isinstance(trouble, Refused) and trouble.status == 409 else 0
                old = asyncio.get_running_loop().time() >= settled_at
                if conflicts >= CONFLICTS + answered + old:
                    raise OperatorError(
                        "Another instance is polling with this token: stop it, or give this one a token of its own."
                    ) from None
                pause = _setback(trouble, next(failures))
                if not failing:
                    log.warning("polling_failed", reason=str(trouble))
                failing = True
                await self._pause(pause)
                continue
            if failing:
                log.info("polling_again")
            failures, conflicts, failing, answered = growing(), 0, False, True
            if found:
                await self._take(found)

    def _come_to_rest(self) -> None:
        if not self._resting:
            self._resting = True
            self._on_rest()

    async def _fetch(self) -> Sequence[Any]:
        found = await self._api.call(
            "getUpdates",
            {
                "limit": MOST,
                "timeout": self._long_poll_s,
                "allowed_updates": list(ALLOWED),
                **({} if self._offset is None else {"offset": self._offset}),
            },
            answer_s=self._long_poll_s + GRACE_S,
        )
        self._offset = None
        self._resting = not found
        return found if isinstance(found, list) else []

    async def _take(self, found: Sequence[Any]) -> None:
        ids = [known for raw in found if (known := update_id(raw)) is not None]
        if len(ids) < len(found):
            # It cannot be acknowledged by itself, only together with a later one that has an id.
            log.error("update_without_id", count=len(found) - len(ids))
        if not ids:
            await self._pause(1.0)
            return
        happened = [one for raw in found if (one := read(raw, self._username)) is not None]
        batch: list[Incoming | Irrelevant | Unreadable] = []
        for one in happened:
            if isinstance(one, Unreadable):
                log.error("update_unreadable", update=one.update, reason=one.reason)
            batch.append(Irrelevant(one.update) if isinstance(one, Group) else one)
        await kept(lambda: self._door.handle(batch), self._pause)
        for chat in {one.chat for one in happened if isinstance(one, Group)}:
            self._groups.found(chat)
        self.handled = max(ids)
        self._offset = self.handled + 1


def _setback(trouble: Trouble, pause: float) -> float:
    if isinstance(trouble, Refused):
        if trouble.status in {401, 404}:
            raise wrong_token() from None
        if trouble.retry_after is not None:
            return trouble.retry_after
    return pause
