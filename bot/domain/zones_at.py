"""Which time zone a place on the map is in. The place itself goes no further than this function.

The borders are those of timezone-boundary-builder (from OpenStreetMap) in tzfpy, off by 111 m at most (its README).
"""

from bot.domain.atlas import Place, atlas, leading
from bot.domain.zones import zone_of

_SEA = "Etc/"
"""How zones at sea begin. They follow the meridian, and a ship's clock need not."""


def zones_at(latitude: float, longitude: float) -> tuple[Place, ...]:
    """Return the zones that have a place (degrees, WGS 84), by their names in the pinned data.

    Two where people live by two clocks (Ürümqi). None at sea, and for numbers that are no place. The first call reads
    the borders, in about 80 ms.
    """
    # Few people ever share a place, and the borders are 36 MB of memory: read when the first one does.
    import tzfpy  # noqa: PLC0415

    read, cities = atlas(), dict(leading())
    names = [read.links.get(name, name) for name in tzfpy.get_tzs(longitude, latitude) if not name.startswith(_SEA)]
    return tuple((name, cities.get(name) or _last(name)) for name in dict.fromkeys(names) if _known(name))


def _known(name: str) -> bool:
    # The borders may be of newer data, with a zone that the rules do not have yet.
    try:
        zone_of(name)
    except KeyError:
        return False
    return True


def _last(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
