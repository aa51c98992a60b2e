"""Every text that is needed and by whom: so that missing words, unused words and places without a value are found."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.library.fields import Scope


@dataclass(frozen=True, slots=True)
class Use:
    """A text or label at `key`, needed at a place of a flow (or by Python)."""

    key: str
    by: str
    """Who needs it, for the fault: `flows/daily_checkin.yaml:12`."""
    names: Scope
    buttons: Sequence[str] | None = None
    """Of a question: the keys of what can be chosen. Something may be said above it, and what was chosen below."""
    caption: bool = False
    """It stands below a picture, where there is less room."""
    below: Sequence[str] = ()
    """The texts that may stand below it in the same message."""
