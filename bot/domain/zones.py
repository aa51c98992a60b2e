"""Time zones: always those of the pinned tzdata package, never the machine's, which may be an hour wrong.

Telegram tells no time zone, so people name a place or their clock. Both give candidates `(IANA zone, city)`, best
first, for them to choose from: what they choose also decides which country's emergency number a card shows.
"""

import re
import unicodedata
import zoneinfo
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain import places

Place = tuple[str, str]
"""An IANA zone and the city (or place) that people know it by."""

MOST = 8
"""Candidates: more than these nobody reads."""
NEAR = timedelta(minutes=10)
"""A clock on a kitchen wall is so much wrong, and typing takes its time."""
LONGEST = 120
"""Characters of a typed place that are read."""

_DAY = timedelta(days=1)
_WORDS_OF_A_NAME = 4
_CONTINENTS = frozenset(["Africa", "America", "Antarctica", "Asia", "Atlantic", "Europe", "Indian", "Pacific"])


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
    atlas = _atlas()
    return atlas.countries.get(atlas.links.get(zone, zone))


def zones_for_wall_time(hour: int, minute: int, now: datetime) -> tuple[Place, ...]:
    """Return candidates where the clock shows `hour:minute` at `now`, give or take ten minutes; () where none does."""
    return zones_for_clock([time(hour, minute)], now)


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
    for read in (_by_name, _by_offset, _by_parts, _by_likeness):
        if found := read(said):
            return found[:MOST]
    return ()


# The atlas: read once, when the first person names a place -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Atlas:
    countries: Mapping[str, str]
    """The country of a zone."""
    links: Mapping[str, str]
    """The present name of a former one."""
    names: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    """What people type, as `_key` writes it."""
    codes: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    """What they type in capitals: US, MA, CEST."""

    def add(self, name: str, found: Iterable[Place], *, code: bool = False) -> None:
        """Add candidates for a name, behind those that it has."""
        index, key = (self.codes, name.upper()) if code else (self.names, _key(name))
        have = index.get(key, ())
        seen = {zone for zone, _ in have}
        index[key] = have + tuple(place for place in found if place[0] not in seen)


@cache
def _atlas() -> _Atlas:
    """Read who has which zone from tzdata, cities and countries from CLDR (Babel), the rest from `places`."""
    data = resources.files("tzdata.zoneinfo")
    rows = [row.split("\t") for row in data.joinpath("zone.tab").read_text("ascii").splitlines() if row[0] != "#"]
    countries = {row[2]: row[0] for row in rows}
    links = {
        old: new
        for _, new, old in map(
            str.split, re.findall(r"^L .+$", data.joinpath("tzdata.zi").read_text("utf-8"), re.MULTILINE)
        )
        if old not in countries and "/" in old
    }
    atlas = _Atlas(countries, links)
    english = Locale.parse("en")
    cities = {links.get(zone, zone): names["city"] for zone, names in english.time_zones.items() if "city" in names}
    leading = dict(_places(places.LEADING))
    known = {zone: leading.get(zone) or cities.get(zone) or _last(zone) for zone in countries}
    for zone, city in known.items():
        for name in (city, cities.get(zone, city), _last(zone), zone):
            atlas.add(name, [(zone, city)])
    for old, new in links.items():
        if new in known:
            atlas.add(old, [(new, known[new])])
            if old.partition("/")[0] in _CONTINENTS:  # not "Canada/Eastern"
                atlas.add(_last(old), [(new, known[new])])
    for row in re.split(r"\n(?=[A-Z][^,\n]*/[^,\n]*: )", places.CITIES.strip()):
        zone, _, names = row.partition(": ")
        for city in re.split(r",\s+", names):
            atlas.add(city, [(zone, city)])
    for row in places.REGIONS.strip().splitlines():
        name, code, inside = row.split("|")
        atlas.add(name, _places(inside))
        if code:
            atlas.add(code, _places(inside), code=True)
    atlas.add("Etc/UTC", [("Etc/UTC", "UTC")])
    for code, inside in places.ABBREVIATIONS.items():
        atlas.add(code, _places(inside), code=True)
    _add_countries(atlas, known, english.territories)
    return atlas


def _add_countries(atlas: _Atlas, known: Mapping[str, str], names: Mapping[str, str]) -> None:
    inside: dict[str, list[Place]] = {}
    for code, main in places.COUNTRIES.items():
        inside[code] = [(zone, known[zone]) for zone in main.split()]
    for zone, code in atlas.countries.items():
        if code not in places.COUNTRIES:
            inside.setdefault(code, []).append((zone, known[zone]))
    for code, found in inside.items():
        atlas.add(code, found, code=True)
        for name in re.split(r" \(|\)| - ", names.get(code, code)):
            if name:
                atlas.add(name.replace(" SAR China", ""), found)
    for entry in places.COUNTRY_NAMES.replace("\n", " ").split(";"):
        code, _, also = entry.strip().partition(": ")
        for name in also.split(", "):
            atlas.add(name, inside[code])


# Ways to read a place ------------------------------------------------------------------------------------------------

_FRONT = re.compile(
    r"^(?:(?:hi|hello|well|yes|currently|now|i am|i m|im|i|we|we are|live|living|based|located|am|are|is|it s|its|my"
    r"|city|country|time ?zone|town|in|at|from|near|around|close to|somewhere|by|the)\s)+"
)
_BACK = re.compile(
    r"(?:\s(?:time|time ?zone|standard time|daylight time|summer time|here|now|right now|please|area|city))+$"
)


def _by_name(said: str) -> tuple[Place, ...]:
    """Look the whole text up, then without what people say around it."""
    key = _key(said)
    if key in places.NEVER_A_PLACE or (key in places.SHORT_WORDS and not said.isupper()):
        return ()
    for name in (key, _FRONT.sub("", key), _BACK.sub("", key), _bare(key)):
        if name != key and not _is_place(name, key):
            continue
        if found := _merge(_atlas().names.get(name, ()), _atlas().codes.get(name.upper(), ())):
            return found
    return ()


def _bare(key: str) -> str:
    return _BACK.sub("", _FRONT.sub("", key))


def _is_place(name: str, key: str) -> bool:
    """Return whether this name in this sentence is a place, as far as it is a word too."""
    if name in places.SHORT_WORDS or name in places.NEVER_A_PLACE:
        return False
    sure = rf"\b(?:(?:in|from|near) {re.escape(name)}|{re.escape(name)} time)\b"  # "in Nice", "Pacific time"
    return name not in places.TYPED_AS_WORDS or re.search(sure, key) is not None


_OFFSET = re.compile(
    r"(?:\b(?:UTC|GMT)\s*|^(?=\S+$))([+\-\N{MINUS SIGN}])\s*(\d{1,2})(?::?([0-5]\d))?(?![\d.:])", re.IGNORECASE
)


def _by_offset(said: str) -> tuple[Place, ...]:
    """Read "UTC+2": first those who have it in winter, then those who have it in summer, then the bare offset."""
    match = _OFFSET.search(said)
    if match is None or int(match[2]) > 14:
        return ()
    sign = 1 if match[1] == "+" else -1
    wanted = sign * timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    rules = {place: _rule(place[0]) for place in _places(places.LEADING)}
    winter = [place for place, rule in rules.items() if min(rule) == wanted]
    summer = [place for place, rule in rules.items() if min(rule) < wanted == max(rule)]
    found = _merge(_one_a_rule(winter), _one_a_rule(summer), _one_a_rule(winter, others=True))
    if not found or wanted % timedelta(hours=1):
        return found
    # In Etc/ names the sign is POSIX's: west is positive.
    ahead = int(match[2]) * sign
    bare = (f"Etc/GMT{-ahead:+d}", f"UTC{ahead:+d}") if ahead else ("Etc/UTC", "UTC")
    return (*found[: MOST - 1], bare)


def _by_parts(said: str) -> tuple[Place, ...]:
    """Find names inside a sentence, the longest first; a later one narrows the ones before if it can."""
    found: tuple[Place, ...] = ()
    for near in _names_in(said):
        zones = {zone for zone, _ in near}
        both = tuple(place for place in found if place[0] in zones)
        found = both or _merge(found, near)
    return found


def _names_in(said: str) -> Iterator[tuple[Place, ...]]:
    words = re.findall(r"[^\s,;()!?]+", said)
    shouted = said.isupper()
    i = 0
    while i < len(words):
        for size in range(min(_WORDS_OF_A_NAME, len(words) - i), 0, -1):
            near = _name(words[i : i + size], _key(said), shouted=shouted)
            if near:
                yield near
                i += size
                break
        else:
            i += 1


def _name(words: list[str], sentence: str, *, shouted: bool) -> tuple[Place, ...]:
    key = _key(" ".join(words))
    if len(words) == 1 and words[0].isupper() and len(key) > 1 and not shouted and key not in places.NEVER_A_PLACE:
        return _merge(_atlas().codes.get(key.upper(), ()), _atlas().names.get(key, ()))
    return _atlas().names.get(key, ()) if len(key) > 3 and _is_place(key, sentence) else ()


def _by_likeness(said: str) -> tuple[Place, ...]:
    """Forgive one typing mistake in five letters, two in eight; the first letter is right."""
    found: tuple[Place, ...] = ()
    for part in said.split(","):
        key = _bare(_key(part))
        if len(key) < 5 or key in places.TYPED_AS_WORDS or len(key.split()) > _WORDS_OF_A_NAME:
            continue
        names = [name for name in _atlas().names if name[:1] == key[0]]
        most = 2 if len(key) > 7 else 1
        like = process.extract(key, names, scorer=OSA.distance, score_cutoff=most, limit=MOST)
        best = min((distance for _, distance, _ in like), default=0)
        for name, distance, _ in like:
            if distance == best:
                found = _merge(found, _atlas().names[name])
    return found


# Small tools ---------------------------------------------------------------------------------------------------------


def _key(name: str) -> str:
    """Return a name as it is compared: no case, accents or dots, one space between words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(
        "\N{LATIN SMALL LETTER O WITH STROKE}", "o"
    )
    plain = plain.replace("\N{LATIN SMALL LETTER L WITH STROKE}", "l").replace("u.s.", "us").replace("&", " and ")
    words = re.sub(r"[^\w+]+|_", " ", re.sub(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.", "", plain)).split()
    return " ".join("st" if word == "saint" else word for word in words)


def _last(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


@cache
def _places(text: str) -> tuple[Place, ...]:
    """Read "Europe/Berlin Berlin, Europe/Paris Paris"."""
    pairs = (entry.strip().partition(" ") for entry in text.replace("\n", " ").split(", "))
    return tuple((zone, city) for zone, _, city in pairs)


def _merge(*found: Iterable[Place]) -> tuple[Place, ...]:
    """Join candidates, each zone once."""
    zones: dict[str, str] = {}
    for zone, city in (place for places_ in found for place in places_):
        zones.setdefault(zone, city)
    return tuple(zones.items())


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

    distance = {place: apart(place) for place in _places(places.LEADING)}
    nearest = min(distance.values())
    # Offsets a day apart (Auckland, Pago Pago) show the same time.
    return [place for place, far in distance.items() if far == nearest] if nearest <= NEAR else []


def _in_order(found: Iterable[Place]) -> tuple[Place, ...]:
    wanted = set(found)
    return tuple(place for place in _places(places.LEADING) if place in wanted)


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
