"""What everybody who has something for the session knows of it: one door, a batch at a time."""

from collections.abc import Sequence
from typing import Protocol

from bot.session.inputs import Incoming, Irrelevant, Unreadable


class Door(Protocol):
    """Whoever deals with what happened."""

    async def handle(self, batch: Sequence[Incoming | Irrelevant | Unreadable]) -> None:
        """Deal with all of it in one transaction, committed when this returns. `StoreError`: nothing was kept."""
        ...
