"""Time stands or follows the machine's, moves forward only, and is told to those who wait for it."""

import asyncio
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from bot.playground.clock import Clock, duration, moment
from bot.playground.standin import Standin, running
from tests.playground.scripted import Caller, start

MORNING = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("PT24H", 24), ("P3D", 72), ("P1W", 168), ("P1DT2H30M", 26.5), ("PT90M", 1.5), ("PT0.5S", 1 / 7200)],
)
def test_durations(text: str, hours: float) -> None:
    """Durations are ISO 8601, from weeks to parts of a second."""
    assert duration(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "P", "PT", "24h", "P1M", "-PT1H"])
def test_no_durations(text: str) -> None:
    """Months (of no fixed length), nothing, and the past are no durations."""
    with pytest.raises(ValueError, match="is no duration"):
        duration(text)


def test_moments_have_an_offset() -> None:
    """A moment is brought to UTC; one without an offset is none."""
    assert moment("2026-03-01T10:00+02:00") == MORNING
    with pytest.raises(ValueError, match="no offset"):
        moment("2026-03-01T10:00")


def test_following_the_machine() -> None:
    """A clock that was given no moment runs, and moving it adds to the machine's time."""
    clock = Clock(None)
    before = clock.now()
    clock.move(before + timedelta(days=3))
    assert timedelta(days=3) <= clock.now() - before < timedelta(days=3, minutes=1)
    assert not clock.standing


async def test_clock_over_http(api: Caller) -> None:
    """The clock tells the moment and its generation; each move is a new one; it goes to a moment or by a duration."""
    assert await api.get("clock") == {"now": "2026-03-01T08:00:00Z", "generation": 0, "standing": True}
    assert (await api.post("clock", advance="PT24H"))["now"] == "2026-03-02T08:00:00Z"
    assert (await api.post("clock", to="2026-03-02T11:00+02:00"))["now"] == "2026-03-02T09:00:00Z"
    assert await api.get("clock") == {"now": "2026-03-02T09:00:00Z", "generation": 2, "standing": True}


async def test_waiting_for_a_move(api: Caller) -> None:
    """Who waits for a later generation is answered when the clock moves, and at once when it has moved already."""
    waiting = start(api.get("clock", after=0, seconds=50))
    await api.post("clock", advance="PT1H")
    assert (await asyncio.wait_for(waiting, 10))["generation"] == 1
    assert (await api.get("clock", after=0, seconds=50))["generation"] == 1
    assert (await api.get("clock", after=1, seconds=0))["generation"] == 1


@pytest.mark.parametrize(
    "order",
    [
        {"to": "2026-03-01T07:59Z"},
        {"advance": "PT1H", "next": True},
        {"advance": "yesterday"},
        {"to": "2026-03-02"},
        {},
        {"forward": "PT1H"},
    ],
)
async def test_wrong_moves(api: Caller, order: dict[str, object]) -> None:
    """Backwards, two ways at once, and what is no time at all: one sentence, and the clock stays."""
    answer = await api.http.post("/api/clock", json=order)
    assert answer.status_code == 400
    assert answer.json()["error"].endswith(".")
    assert (await api.get("clock"))["now"] == "2026-03-01T08:00:00Z"


async def test_running_clock_over_http() -> None:
    """Without a clock given, the stand-in says that its time runs."""
    async with running(Standin()) as url, httpx.AsyncClient(base_url=url) as http:
        assert (await Caller(http).get("clock"))["standing"] is False
