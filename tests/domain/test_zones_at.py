"""Places on the map, and the zones that they are in."""

import subprocess
import sys

import pytest
import tzfpy
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.atlas import atlas
from bot.domain.zones import country_of, zone_of
from bot.domain.zones_at import zones_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zones"),
    [
        (31.7587, -106.4869, ["America/Denver"]),  # El Paso, in sight of
        (31.7390, -106.4850, ["America/Ciudad_Juarez"]),  # Ciudad Juárez
        (54.71, 20.51, ["Europe/Kaliningrad"]),
        (43.82, 87.61, ["Asia/Shanghai", "Asia/Urumqi"]),  # Ürümqi lives by two clocks
        (33.45, -112.07, ["America/Phoenix"]),  # Arizona has no summer time,
        (36.13, -111.24, ["America/Denver"]),  # the Navajo Nation in it has,
        (36.11, -111.22, ["America/Phoenix"]),  # the Hopi in that have not: Tuba City and Moenkopi
        (39.77, -86.16, ["America/Indiana/Indianapolis"]),
        (41.59, -87.35, ["America/Chicago"]),  # Gary, Indiana
        (37.95, -86.76, ["America/Indiana/Tell_City"]),
        (51.4455, 4.9295, ["Europe/Amsterdam"]),  # Baarle-Nassau
        (51.4385, 4.9295, ["Europe/Brussels"]),  # Baarle-Hertog, inside of it
        (54.9966, -7.3086, ["Europe/London"]),  # Derry
        (55.069, -7.272, ["Europe/Dublin"]),  # Muff
        (22.57, 88.36, ["Asia/Kolkata"]),
        (50.45, 30.52, ["Europe/Kyiv"]),
        (59.91, 10.75, ["Europe/Oslo"]),
        (-17.0, 180.0, ["Pacific/Fiji"]),
        (-17.0, -180.0, ["Pacific/Fiji"]),
        (50.81, -0.14, ["Europe/London"]),  # swimming at Brighton
        (30, -40, []),
        (0, 0, []),
        (90, 0, []),
        (91, 0, []),
        (0, 181, []),
        (float("nan"), 0, []),
        (0, float("inf"), []),
    ],
)
def test_the_zones_of_a_place(latitude: float, longitude: float, zones: list[str]) -> None:
    """Borders are kept where people live on both sides of them; there is none at sea and outside of the map."""
    assert [zone for zone, _ in zones_at(latitude, longitude)] == zones


def test_a_city_by_which_people_know_the_zone() -> None:
    """What is offered has a name that can be read."""
    assert zones_at(43.82, 87.61) == (("Asia/Shanghai", "Beijing"), ("Asia/Urumqi", "Urumqi"))


def test_every_zone_of_the_borders_is_one_of_the_pinned_data() -> None:
    """Each of their names can be read, and has a country; a new one of theirs shows here before anybody meets it."""
    names = [name for name in tzfpy.timezonenames() if not name.startswith("Etc/")]
    assert len(names) > 400
    for name in names:
        zone = atlas().links.get(name, name)
        assert zone_of(zone).key == zone
        assert country_of(zone) is not None, name


def test_former_names_become_the_present_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Borders of older data say Asia/Calcutta, those of newer data perhaps something that has no rules yet."""
    monkeypatch.setattr(tzfpy, "get_tzs", lambda *_: ["Asia/Calcutta", "Asia/Kolkata", "Europe/Atlantis"])
    assert [zone for zone, _ in zones_at(0, 0)] == ["Asia/Kolkata"]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_place_has_zones_that_can_be_read_or_none(latitude: float, longitude: float) -> None:
    """Nothing is raised, no zone comes twice, and none is of the sea."""
    zones = [zone for zone, _ in zones_at(latitude, longitude)]
    assert len(set(zones)) == len(zones) <= 4
    assert all(zone_of(zone).key == zone and not zone.startswith("Etc/") for zone in zones)


def test_the_borders_are_read_only_when_somebody_shares_a_place() -> None:
    """They are 36 MB of memory, and few people ever do."""
    code = "import sys, bot.session.step; print('tzfpy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
