"""The one door into the house: what happened goes through it, and has been kept when it comes back."""

from collections.abc import Sequence
from typing import Protocol

from bot.session.inputs import Incoming, Irrelevant, Unreadable


class Handler(Protocol):
    """Whoever deals with what happened."""

    async def handle(self, batch: Sequence[Incoming | Irrelevant | Unreadable]) -> None:
        """Deal with all of it in one transaction, committed when this returns. `StoreError`: nothing was kept."""
        ...
