import subprocess
import sys
import zoneinfo
from datetime import UTC, datetime, time, timedelta
from importlib import resources
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.atlas import atlas, leading
from bot.domain.zones import country_of, use_pinned_data, zone_in, zone_named, zone_of, zones_for_clock

NOW = datetime(2026, 11, 21, 7, 30, tzinfo=UTC)
TAB = [
    row.split("\t")
    for row in resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text("ascii").splitlines()
    if not row.startswith("#")
]


def named(text: str) -> list[str]:
    """Return the zones of the candidates for a typed place."""
    return [zone for zone, _ in zone_named(text)]


def test_the_pinned_data_is_used() -> None:
    """No directory of the machine is searched: zones come from the tzdata package."""
    assert zoneinfo.TZPATH == ()
    assert zone_of("Europe/Berlin").utcoffset(NOW) == timedelta(hours=1)


def test_zones_read_before_are_forgotten() -> None:
    """What was read from elsewhere before is read anew."""
    before = zone_of("Asia/Tokyo")
    use_pinned_data()
    assert zone_of("Asia/Tokyo") is not before


@pytest.mark.parametrize(
    "name", ["", "x", "Europe", "Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "a" * 5000]
)
def test_unknown_zones_raise(name: str) -> None:
    """What is no IANA name is no zone: one error for all of them, also for paths."""
    with pytest.raises(ZoneInfoNotFoundError):
        zone_of(name)


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Europe/Berlin", "DE"),
        ("Europe/Amsterdam", "NL"),
        ("America/Vancouver", "CA"),
        ("US/Pacific", "US"),
        ("Asia/Calcutta", "IN"),
        ("Europe/Kiev", "UA"),
        ("Atlantic/Canary", "ES"),
        ("UTC", None),
        ("CET", None),
        ("Etc/GMT-2", None),
        ("Europe/Atlantis", None),
    ],
)
def test_the_country_of_a_zone(zone: str, country: str | None) -> None:
    """A zone, also by its former name, has its country; UTC and abbreviations have none."""
    assert country_of(zone) == country


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("asia/calcutta", "Asia/Kolkata"),
        ("Berlin", "Europe/Berlin"),
        ("kiev", "Europe/Kyiv"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("São Paulo", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("St. Johns", "America/St_Johns"),
        ("Germany", "Europe/Berlin"),
        ("the Netherlands", "Europe/Amsterdam"),
        ("Côte d’Ivoire", "Africa/Abidjan"),
        ("Deutschland", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("U.K.", "Europe/London"),
        ("Scotland", "Europe/London"),
        ("San Francisco", "America/Los_Angeles"),
        ("Boston", "America/New_York"),
        ("Boston, MA", "America/New_York"),
        ("Seattle", "America/Los_Angeles"),
        ("Miami", "America/New_York"),
        ("Munich", "Europe/Berlin"),
        ("münchen", "Europe/Berlin"),
        ("Barcelona, Spain", "Europe/Madrid"),
        ("Milan", "Europe/Rome"),
        ("Mumbai", "Asia/Kolkata"),
        ("Bangalore", "Asia/Kolkata"),
        ("Melbourne", "Australia/Melbourne"),
        ("NYC", "America/New_York"),
        ("I live in New York City", "America/New_York"),
        ("I'm in Boston right now", "America/New_York"),
        ("near Munich", "Europe/Berlin"),
        ("I live in Nice", "Europe/Paris"),
        ("Springfield, Illinois", "America/Chicago"),
        ("Portland, Maine", "America/New_York"),
        ("Portland, OR", "America/Los_Angeles"),
        ("Manchester UK", "Europe/London"),
        ("California", "America/Los_Angeles"),
        ("JST", "Asia/Tokyo"),
        ("I am in FR", "Europe/Paris"),
        ("utc", "Etc/UTC"),
        ("eastern time", "America/New_York"),
        ("Pacific Time", "America/Los_Angeles"),
        # Typing mistakes.
        ("Londn", "Europe/London"),
        ("bangalroe", "Asia/Kolkata"),
        ("San Fransisco", "America/Los_Angeles"),
        ("Johanesburg", "Africa/Johannesburg"),
        ("Austrailia", "Australia/Sydney"),
    ],
)
def test_places_as_people_type_them(text: str, zone: str) -> None:
    """The zone that is meant stands first."""
    assert named(text)[:1] == [zone]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IST", {"Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"}),
        ("EST", {"America/New_York", "America/Panama"}),
        ("CET", {"Europe/Berlin", "Europe/Paris"}),
        ("GMT", {"Europe/London", "Etc/UTC"}),
        ("UTC+2", {"Africa/Johannesburg", "Europe/Berlin", "Etc/GMT-2"}),
        ("gmt -3", {"America/Sao_Paulo", "Etc/GMT+3"}),
        ("+5:30", {"Asia/Kolkata", "Asia/Colombo"}),
        ("UTC\N{MINUS SIGN}9:30", {"Pacific/Marquesas"}),
        ("Portland", {"America/New_York", "America/Los_Angeles"}),
        ("Georgia", {"America/New_York", "Asia/Tbilisi"}),
        ("Texas", {"America/Chicago", "America/Denver"}),
        ("Paris, Texas", {"Europe/Paris", "America/Chicago"}),
        ("Spain", {"Europe/Madrid", "Atlantic/Canary"}),
        ("CA", {"America/Los_Angeles", "America/Toronto"}),
        (
            "USA",
            {"America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles", "Pacific/Honolulu"},
        ),
    ],
)
def test_what_means_several_gives_several(text: str, expected: set[str]) -> None:
    """Where a name means several zones, all of them are offered and nobody guesses."""
    assert expected <= set(named(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "hello",
        "Hi",
        "ok",
        "no",
        "No",
        "I don't know",
        "asdf",
        "8",
        "20:30",
        "GMT+15",
        "+99",
        "it is late",
        "hungry",
        "I've no idea",
        "I've",
        "I am de",
        "in",
        "parts",
        "it's nice here",
        "next to the river",
        "why do you ask?",
        "worse",
        "my toe twitches at night",
        "🙂",
        "a" * 5000,
        "../../etc/passwd",
    ],
)
def test_nonsense_is_no_place(text: str) -> None:
    """What names no place has no candidates, so that the talk can ask again."""
    assert zone_named(text) == ()


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever they type: at most eight candidates, each a real zone, none twice, each with a name."""
    found = zone_named(text)
    assert len(found) <= 8
    assert len({zone for zone, _ in found}) == len(found)
    for zone, city in found:
        assert zone_of(zone).key == zone
        assert city


def test_the_nearest_name_is_meant() -> None:
    """A name one mistake away leaves out those two away: Australia, not Austria."""
    assert {country_of(zone) for zone in named("Austalia")} == {"AU"}


def test_many_places_are_cut_to_eight() -> None:
    """Who names two large countries gets the first eight of their zones."""
    assert len(named("Canada or Russia")) == 8


@pytest.mark.parametrize("row", TAB, ids=lambda row: row[2])
def test_every_zone_is_found_by_name(row: list[str]) -> None:
    """Each zone of the world is found by its IANA name, by its city, and has its country."""
    country, _, zone, *_ = row
    assert zone in named(zone)
    assert zone in named(zone.rpartition("/")[2].replace("_", " "))
    assert country_of(zone) == country


def test_every_country_is_found_by_name() -> None:
    """Each country, in CLDR's English, gives zones of that country."""
    english = Locale.parse("en").territories
    for country in sorted({row[0] for row in TAB}):
        assert country in {country_of(zone) for zone in named(english[country])}, english[country]


def test_the_tables_name_real_zones() -> None:
    """Every zone in the tables of places exists today and, but for UTC, belongs to a country."""
    for index in (atlas().names, atlas().codes):
        for name, found in index.items():
            assert found, name
            for zone, city in found:
                assert zone == "Etc/UTC" or country_of(zone), (name, zone)
                assert city.strip() == city, name
                assert city, name


def test_city_tables_are_read_whole() -> None:
    """No row of the tables swallows another: names have no colon, slash or line break in them."""
    for found in atlas().names.values():
        for _, city in found:
            assert not set(city) & set(":/|\n_;"), city
    assert len(leading()) == len({zone for zone, _ in leading()})


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [
        (8, 30, "Europe/Berlin"),
        (8, 39, "Europe/Berlin"),
        (8, 21, "Europe/Berlin"),
        (2, 30, "America/New_York"),
        (13, 0, "Asia/Kolkata"),
        (13, 14, "Asia/Kathmandu"),
        (20, 30, "Pacific/Auckland"),
        (20, 30, "Pacific/Pago_Pago"),
        (21, 15, "Pacific/Chatham"),
        (4, 0, "America/St_Johns"),
    ],
)
def test_what_time_it_is_for_them(hour: int, minute: int, expected: str) -> None:
    """A clock that is right to ten minutes names the zones that show it now, also a day ahead or behind."""
    assert expected in {zone for zone, _ in zones_for_clock([time(hour, minute)], NOW)}


def test_no_zone_shows_it() -> None:
    """At 07:30 UTC no clock on earth shows 07:45: nothing is guessed."""
    assert zones_for_clock([time(7, 45)], NOW) == ()


def test_one_clock_in_many_countries() -> None:
    """Berlin, Lagos and Paris show one time: each rule is there, and countries beside, for whom one must call."""
    found = [zone for zone, _ in zones_for_clock([time(8, 30)], NOW)]
    assert found[0] == "Europe/Berlin"
    assert {"Africa/Lagos", "Europe/Paris"} <= set(found)
    assert len({country_of(zone) for zone in found}) == len(found)


def test_a_clock_of_morning_or_evening() -> None:
    """Two readings of "8:30" give the places of both, the most likely first."""
    found = [zone for zone, _ in zones_for_clock([time(8, 30), time(20, 30)], NOW)]
    assert found[0] == "Europe/Berlin"
    assert {"Europe/Berlin", "Africa/Lagos", "Pacific/Auckland"} <= set(found)


@given(
    st.sampled_from([row[2] for row in TAB]),
    st.datetimes(datetime(2024, 1, 1), datetime(2036, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_every_clock_on_earth_is_found(zone: str, now: datetime) -> None:
    """Wherever they are and whenever they ask: the candidates, at most eight, show their time now."""
    there = now.astimezone(ZoneInfo(zone))
    found = zones_for_clock([time(there.hour, there.minute)], now)
    assert 0 < len(found) <= 8
    for one, _ in found:
        assert (now.astimezone(ZoneInfo(one)).hour, now.astimezone(ZoneInfo(one)).minute) == (there.hour, there.minute)


def test_a_country_has_a_zone_to_tell_night_from_day() -> None:
    """Where most people of a country live; none for a country that is not."""
    assert zone_in("CA") == "America/Toronto"
    assert zone_in("DE") == "Europe/Berlin"
    assert zone_in("XX") is None
    assert all(country_of(str(zone_in(code))) == code for code in set(atlas().countries.values()))


def test_nothing_is_read_before_it_is_needed() -> None:
    """Importing the module reads no table: the bot starts at once."""
    code = "import bot.domain.zones, bot.domain.atlas as a; assert a.atlas.cache_info().currsize == 0"
    subprocess.run([sys.executable, "-c", code], check=True)
