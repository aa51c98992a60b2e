"""The one place that creates tasks: an exception in a background task always ends its group, never goes unseen."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self


async def first(*coroutines: Coroutine[Any, Any, object]) -> None:
    """Return when one of these ends, and cancel the others. An exception of the one that ended is raised."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]  # noqa: TID251  (this is the place)
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


class Tasks:
    """A group of named background tasks; the first that fails cancels the others and is raised at the exit."""

    def __init__(self) -> None:
        self._group = asyncio.TaskGroup()

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._group.__aexit__(kind, error, trace)

    def start(self, coroutine: Coroutine[Any, Any, None], *, name: str) -> asyncio.Task[None]:
        """Run `coroutine` until it ends or the group does."""
        return self._group.create_task(coroutine, name=name)
