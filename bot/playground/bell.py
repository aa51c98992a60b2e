"""A bell that waiters hear without polling: it counts its strokes, so nobody misses one that came too early."""

import asyncio


class Bell:
    """Counts strokes from `count` upwards; `beyond` waits for a stroke later than the one already seen."""

    def __init__(self, count: int = 0) -> None:
        self.count = count
        self.closed = False
        self._next = asyncio.Event()

    def ring(self) -> None:
        """One stroke: everybody who waits looks up."""
        self.count += 1
        self._wake()

    def close(self) -> None:
        """The house is closing: everybody who waits is let go, now and from now on."""
        self.closed = True
        self._wake()

    async def beyond(self, seen: int, seconds: float) -> bool:
        """Wait at most `seconds` (real ones) until more than `seen` strokes were heard; tells whether they were."""
        try:
            async with asyncio.timeout(seconds):
                while self.count <= seen and not self.closed:
                    await self._next.wait()
        except TimeoutError:
            pass
        return self.count > seen

    def _wake(self) -> None:
        now, self._next = self._next, asyncio.Event()
        now.set()
