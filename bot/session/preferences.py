"""How somebody wants to be treated: their name, their glass and goal, when the night is theirs, whether it rings.

What is not chosen is the house's usual; only what was chosen is stored.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time
from typing import Any, Literal, Self, cast

from bot.domain.schedule import Quiet

Unit = Literal["ml", "oz"]
ML_IN_OZ = 29.5735
"""A fluid ounce of the USA (NIST Handbook 44, appendix C)."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """`glass`: ml. `goal`: glasses a day; 6 is the lower end of what is usual (NHS), and nobody is urged past it.

    `quiet_from` to `quiet_until`: local times between which nothing comes that they did not ask for at that time.
    `paused_until` (UTC): reminders that fall due before it do not come. `checkin_days`, `week_day`: the rhythm of the
    check-in and of the card of the week, as `bot.domain.rhythm` keeps it. `eased`: since all is calm they were asked
    whether to be asked less often.
    """

    called: str | None = None
    unit: Unit = "ml"
    glass: int = 250
    goal: int = 6
    quiet_from: time = time(22)
    quiet_until: time = time(8)
    silent: bool = False
    paused_until: datetime | None = None
    checkin_days: str = ""
    week_day: str = "sun"
    eased: bool = False

    @property
    def quiet(self) -> Quiet:
        """The hours in which the house stays silent."""
        return Quiet(self.quiet_from, self.quiet_until)

    def volume(self, glasses: int) -> str:
        """Return how much so many glasses are, in their unit: «750 ml», «1.5 l», «25 oz»."""
        ml = glasses * self.glass
        if self.unit == "oz":
            return f"{round(ml / ML_IN_OZ)} oz"
        return f"{ml} ml" if ml < 1000 else f"{ml / 1000:.2f}".rstrip("0").rstrip(".") + " l"

    def having(self, name: str, value: object) -> Self:
        """Return them with one that a flow has set, or that was stored: a time comes as `HH:MM`."""
        if name.startswith("quiet_"):
            value = time.fromisoformat(cast("str", value))
        if name == "paused_until" and isinstance(value, str):
            value = datetime.fromisoformat(value)
        return replace(self, **cast("dict[str, Any]", {name: value}))

    def dump(self) -> dict[str, Any]:
        """Return what differs from the usual, as JSON types."""
        usual = asdict(USUAL)
        return {
            name: value.isoformat() if isinstance(value, datetime) else _plain(value)
            for name, value in asdict(self).items()
            if value != usual[name]
        }


def _plain(value: object) -> object:
    return value.isoformat("minutes") if isinstance(value, time) else value


USUAL = Preferences()
NAMES = frozenset(each.name for each in fields(Preferences))


def read_preferences(stored: Mapping[str, Any]) -> Preferences:
    """Return what `dump` wrote; a name of another version is left out."""
    chosen = USUAL
    for name in stored.keys() & NAMES:
        chosen = chosen.having(name, stored[name])
    return chosen
