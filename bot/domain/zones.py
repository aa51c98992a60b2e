"""Time zones: always those of the pinned tzdata package, never the machine's, which may be an hour wrong.

Telegram tells no time zone, so people name a place or their clock. Both give candidates `(IANA zone, city)`, best
first, for them to choose from: what they choose also decides which country's emergency number a card shows.
"""

import re
import unicodedata
import zoneinfo
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain import places
from bot.domain.atlas import Place, atlas, leading, merge
from bot.domain.placenames import place_named, places_like, places_within

MOST = 8
"""Candidates: more than these nobody reads."""
NEAR = timedelta(minutes=10)
"""A clock on a kitchen wall is so much wrong, and typing takes its time."""
LONGEST = 120
"""Characters of a typed place that are read."""

_DAY = timedelta(days=1)
_OFFSET = re.compile(
    r"(?:\b(?:UTC|GMT)\s*|^(?=\S+$))([+\-\N{MINUS SIGN}])\s*(\d{1,2})(?::?([0-5]\d))?(?![\d.:])", re.IGNORECASE
)


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


def country_of(zone: str) -> str | None:
    """Return the country of an IANA zone (ISO 3166 alpha-2); None for zones of no country, such as UTC, and unknown."""
    read = atlas()
    return read.countries.get(read.links.get(zone, zone))


def zone_in(country: str) -> str | None:
    """Return the zone where most people of a country (ISO 3166 alpha-2) live: right to some hours, also in Russia."""
    main = places.COUNTRIES.get(country, "").split()
    return next(iter(main), None) or next((zone for zone, code in atlas().countries.items() if code == country), None)


def zones_for_clock(readings: Iterable[time], now: datetime) -> tuple[Place, ...]:
    """Return candidates where the clock shows one of `readings` at `now`: "9:40" may be of the morning or the evening.

    Of each rule that is now at the nearest offset the best-known city, and as many other countries as there is room:
    Paris has Berlin's clock, but other numbers to call. The most likely come first.
    """
    found = [place for shown in readings for place in _showing(shown, now)]
    return _one_a_rule(_in_order(found), now, others=True)


def zone_named(text: str) -> tuple[Place, ...]:
    """Return candidates for a typed place: a city, country, state, IANA name, abbreviation or offset; () for nonsense.

    Several places in one text narrow each other ("Portland, Maine") where they can. Typing mistakes are forgiven.
    """
    said = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    for read in (place_named, _by_offset, places_within, places_like):
        if found := read(said):
            return found[:MOST]
    return ()


def _by_offset(said: str) -> tuple[Place, ...]:
    """Read "UTC+2": first those who have it in winter, then those who have it in summer, then the bare offset."""
    match = _OFFSET.search(said)
    if match is None or int(match[2]) > 14:
        return ()
    sign = 1 if match[1] == "+" else -1
    wanted = sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    rules = {place: _rule(place[0]) for place in leading()}
    winter = [place for place, rule in rules.items() if min(rule) == wanted]
    summer = [place for place, rule in rules.items() if min(rule) < wanted == max(rule)]
    found = merge(_one_a_rule(winter), _one_a_rule(summer), _one_a_rule(winter, others=True))
    if not found or wanted % timedelta(hours=1):
        return found
    # In Etc/ names the sign is POSIX's: west is positive.
    ahead = int(match[2]) * sign
    bare = (f"Etc/GMT{-ahead:+d}", f"UTC{ahead:+d}") if ahead else ("Etc/UTC", "UTC")
    return (*found[: MOST - 1], bare)


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(zone_of(zone)).utcoffset() or timedelta(0)


def _rule(zone: str, now: datetime | None = None) -> tuple[timedelta, ...]:
    """Return the offsets of the year from `now`, a week apart: zones with the same are one to a clock.

    Without `now`: of a year far ahead, which shows the lasting rule.
    """
    start = now or datetime(2040, 1, 1, tzinfo=UTC)
    return tuple(_offset(zone, start + timedelta(weeks=n)) for n in range(53))


def _showing(shown: time, now: datetime) -> list[Place]:
    """Return the leading places whose clock is nearest to `shown`, if it is near enough."""
    utc = now.astimezone(UTC)
    since = timedelta(hours=shown.hour - utc.hour, minutes=shown.minute - utc.minute, seconds=-utc.second)

    def apart(place: Place) -> timedelta:
        ahead = (since - _offset(place[0], now)) % _DAY
        return min(ahead, _DAY - ahead)

    distance = {place: apart(place) for place in leading()}
    nearest = min(distance.values())
    # Offsets a day apart (Auckland, Pago Pago) show the same time.
    return [place for place, far in distance.items() if far == nearest] if nearest <= NEAR else []


def _in_order(found: Iterable[Place]) -> tuple[Place, ...]:
    wanted = set(found)
    return tuple(place for place in leading() if place in wanted)


def _one_a_rule(found: Sequence[Place], now: datetime | None = None, *, others: bool = False) -> tuple[Place, ...]:
    """Return the first place of each rule; with `others`, then the first of each country besides; in their order."""
    rules: dict[tuple[timedelta, ...], Place] = {}
    for place in found:
        rules.setdefault(_rule(place[0], now), place)
    picked = list(rules.values())[:MOST]
    here = {country_of(zone) for zone, _ in picked}
    for place in found if others else ():
        if len(picked) < MOST and country_of(place[0]) not in here:
            here.add(country_of(place[0]))
            picked.append(place)
    return tuple(place for place in found if place in picked)
