"""A database that does not answer is asked until it does: nobody else would keep what Telegram has told us."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from bot.errors import StoreError
from bot.telegram.pace import growing

log = structlog.get_logger()
T = TypeVar("T")


async def kept(ask: Callable[[], Awaitable[T]], pause: Callable[[float], Awaitable[None]]) -> T:
    """Ask until there is no `StoreError`, with growing pauses in real seconds; return the answer."""
    pauses, told = growing(), False
    while True:
        try:
            answer = await ask()
        except StoreError as error:
            if not told:
                log.error("database_unavailable", reason=str(error))  # noqa: TRY400  (no traceback for operators)
            told = True
        else:
            if told:
                log.info("database_back")
            return answer
        await pause(next(pauses))
