"""Time zones: always those of the pinned tzdata package, never the machine's, which may be an hour wrong."""

import zoneinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


def use_pinned_data() -> None:
    """Read zones from the tzdata package from now on. The app's first act: zones read before stay as they were."""
    zoneinfo.reset_tzpath(())
    ZoneInfo.clear_cache()


def zone_of(name: str) -> ZoneInfo:
    """Return the zone of an IANA name. Raises `ZoneInfoNotFoundError` (a `KeyError`) on any other."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError):  # "../x", "America", an empty or very long name
        raise ZoneInfoNotFoundError(f"no time zone is called {name!r}") from None
