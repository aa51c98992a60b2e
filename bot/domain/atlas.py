"""Which places people know by which names: read once, when the first person names one, and never changed.

Zones and countries come from tzdata, cities and the names of countries from CLDR (Babel), the rest from `places`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from babel import Locale

from bot.domain import places

Place = tuple[str, str]
"""An IANA zone and the city (or place) that people know it by."""

_CONTINENTS = frozenset(["Africa", "America", "Antarctica", "Asia", "Atlantic", "Europe", "Indian", "Pacific"])
_STROKES = str.maketrans("øłđ", "old")


@dataclass(frozen=True, slots=True)
class Atlas:
    """Places by what people type. `names` as `key_of` writes them, `codes` in capitals."""

    countries: Mapping[str, str]
    """The country of a zone."""
    links: Mapping[str, str]
    """The present name of a former one."""
    names: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    codes: dict[str, tuple[Place, ...]] = field(default_factory=dict)
    """US, MA, CEST."""
    lands: dict[str, str] = field(default_factory=dict)
    """The code of a country by each of its names."""

    def add(self, name: str, found: Iterable[Place], *, code: bool = False) -> None:
        """Add candidates for a name, behind those that it has."""
        index, key = (self.codes, name.upper()) if code else (self.names, key_of(name))
        have = index.get(key, ())
        seen = {zone for zone, _ in have}
        index[key] = have + tuple(place for place in found if place[0] not in seen)


@cache
def atlas() -> Atlas:
    """Return the atlas. The first call reads it, in about 30 ms."""
    data = resources.files("tzdata.zoneinfo")
    rows = [row.split("\t") for row in data.joinpath("zone.tab").read_text("ascii").splitlines() if row[0] != "#"]
    countries = {row[2]: row[0] for row in rows}
    linked = re.findall(r"^L (\S+) (\S+)$", data.joinpath("tzdata.zi").read_text("utf-8"), re.MULTILINE)
    links = {old: new for new, old in linked if old not in countries and "/" in old}
    read = Atlas(countries, links)
    english = Locale.parse("en")
    cities = {links.get(zone, zone): names["city"] for zone, names in english.time_zones.items() if "city" in names}
    first = dict(leading())
    known = {zone: first.get(zone) or cities.get(zone) or _last(zone) for zone in countries}
    for zone, city in known.items():
        for name in (city, cities.get(zone, city), _last(zone), zone):
            read.add(name, [(zone, city)])
    for old, new in links.items():
        if new in known:
            read.add(old, [(new, known[new])])
            if old.partition("/")[0] in _CONTINENTS:  # not "Canada/Eastern"
                read.add(_last(old), [(new, known[new])])
    for row in re.split(r"\n(?=[A-Z][^,\n]*/[^,\n]*: )", places.CITIES.strip()):
        zone, _, names = row.partition(": ")
        for city in re.split(r",\s+", names):
            read.add(city, [(zone, city)])
    for row in places.REGIONS.strip().splitlines():
        name, code, inside = row.split("|")
        read.add(name, _listed(inside))
        if code:
            read.add(code, _listed(inside), code=True)
    read.add("Etc/UTC", [("Etc/UTC", "UTC")])
    for code, inside in places.ABBREVIATIONS.items():
        read.add(code, _listed(inside), code=True)
    _add_countries(read, known, english.territories)
    return read


def _add_countries(read: Atlas, known: Mapping[str, str], names: Mapping[str, str]) -> None:
    inside: dict[str, list[Place]] = {}
    for code, main in places.COUNTRIES.items():
        inside[code] = [(zone, known[zone]) for zone in main.split()]
    for zone, code in read.countries.items():
        if code not in places.COUNTRIES:
            inside.setdefault(code, []).append((zone, known[zone]))
    for code, found in inside.items():
        read.add(code, found, code=True)
        for name in re.split(r" \(|\)| - ", names.get(code, code)):
            if name:
                read.add(name.replace(" SAR China", ""), found)
                read.lands.setdefault(key_of(name.replace(" SAR China", "")), code)
    for entry in places.COUNTRY_NAMES.replace("\n", " ").split(";"):
        code, _, also = entry.strip().partition(": ")
        for name in also.split(", "):
            read.add(name, inside[code])
            read.lands.setdefault(key_of(name), code)


@cache
def leading() -> tuple[Place, ...]:
    """Return one well-known city a zone, the most likely first."""
    return _listed(places.LEADING)


def key_of(name: str) -> str:
    """Return a name as it is compared: no case, accents or dots, one space between words."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).translate(_STROKES).replace("&", " and ")
    words = re.sub(r"[^\w+]+|_", " ", re.sub(r"(?<=\w)\.(?=\w\b)|(?<=\b\w)\.", "", plain)).split()
    return " ".join("st" if word == "saint" else word for word in words)


def merge(*found: Iterable[Place]) -> tuple[Place, ...]:
    """Join candidates, each zone once."""
    zones: dict[str, str] = {}
    for zone, city in (place for some in found for place in some):
        zones.setdefault(zone, city)
    return tuple(zones.items())


def _listed(text: str) -> tuple[Place, ...]:
    """Read "Europe/Berlin Berlin, Europe/Paris Paris"."""
    pairs = (entry.strip().partition(" ") for entry in text.replace("\n", " ").split(", "))
    return tuple((zone, city) for zone, _, city in pairs)


def _last(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
