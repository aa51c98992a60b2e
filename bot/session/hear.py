"""Free text is read once, before the engine: warning signs always, the rest only where the talk waits for it."""

from datetime import datetime

from bot.domain.signs import Reader
from bot.domain.times import clock_readings, typed_time
from bot.domain.zones import zone_named, zones_for_clock
from bot.engine.events import Heard
from bot.engine.model import Kind, WallTime, Zone


def hear(text: str, reader: Reader, kind: Kind | None, now: datetime) -> Heard:
    """Return what was understood. `kind`: what the open question awaits; `now` in UTC, for “it is 8:30 here”."""
    reading = reader.read(text)
    time: str | None = None
    zones: tuple[tuple[str, str], ...] = ()
    match kind:
        case WallTime():
            clock = typed_time(text)
            time = None if clock is None else f"{clock:%H:%M}"
        case Zone():
            zones = zone_named(text)
            if not zones and (readings := clock_readings(text)):
                zones = zones_for_clock(readings, now)
        case _:
            pass
    return Heard(
        level=reading.level,
        signs=reading.signs,
        doubt=reading.doubt,
        number=reading.number,
        time=time,
        zones=zones,
        # A place or a number is no language.
        foreign=reading.foreign and not zones and time is None and reading.number is None,
    )
