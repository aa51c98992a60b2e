"""The account of a diary is of this moment, in the person's own days, and never costs anybody their words."""

import asyncio
import threading
from datetime import UTC, date, datetime, timedelta

from structlog.testing import capture_logs

from bot.diary.diarist import DrawnDiary
from bot.domain.diary import Day
from bot.session.accounts import Kept, Kind, Told
from bot.session.inputs import PersonId
from tests.chat import SAM, HeldTime, the_house

EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


class Rows:
    """One diary."""

    def __init__(self, zone: str | None, *days: Day) -> None:
        self.kept = Kept("en", zone, {day.day: day for day in days})

    async def diary(self, person: PersonId, since: date) -> Kept | None:
        """Return it, if it is theirs."""
        assert since <= (EVENING - timedelta(days=28)).date()
        return self.kept if person == SAM else None

    async def everything(self, person: PersonId) -> dict[str, list[dict[str, object]]]:
        """Nobody asks for it here."""
        raise NotImplementedError


async def told(rows: Rows, kind: Kind = "weeks", person: PersonId = SAM) -> Told | None:
    """Return the account; its picture is the days that it shows."""
    words = the_house().words
    diarist = DrawnDiary(rows, words, HeldTime(EVENING), lambda days, today, _: f"{today} {len(days)}".encode())
    return await diarist.account(person, kind)


async def test_it_is_of_their_own_day() -> None:
    """In the evening in UTC it is tomorrow in Berlin already; where the zone is not known it is the day in UTC."""
    days = [Day(date(2026, 2, 2), "same", 3), Day(date(2026, 3, 2), "same", 3)]
    berlin, unknown = await told(Rows("Europe/Berlin", *days)), await told(Rows(None, *days))
    assert berlin is not None
    assert unknown is not None
    assert (berlin.picture, unknown.picture) == (b"2026-03-02 1", b"2026-03-01 1")


async def test_nothing_noted_is_said_without_a_picture() -> None:
    """Nobody is shown four weeks of emptiness."""
    assert await told(Rows(None)) == Told(
        "Nothing is noted in the last four weeks. /checkin begins a diary whenever you want one."
    )
    assert await told(Rows(None), "days") == await told(Rows(None))
    assert await told(Rows(None), person=PersonId(8)) is None


async def test_the_days_have_no_picture() -> None:
    """They are words only."""
    found = await told(Rows(None, Day(date(2026, 3, 1), glasses=2)), "days")
    assert found is not None
    assert (found.picture, "2 glasses." in found.html) == (None, True)


async def test_it_is_drawn_beside_the_loop() -> None:
    """Drawing blocks nobody: it happens in another thread, while the loop goes on."""
    begun, end = threading.Event(), threading.Event()

    def slow(*_: object) -> bytes:
        begun.set()
        assert end.wait(20)
        assert threading.current_thread() is not threading.main_thread()
        return b"drawn"

    rows = Rows(None, Day(date(2026, 3, 1), "same", 4))
    diarist = DrawnDiary(rows, the_house().words, HeldTime(EVENING), slow)
    async with asyncio.TaskGroup() as tasks:
        drawing = tasks.create_task(diarist.account(SAM, "weeks"))
        assert await asyncio.to_thread(begun.wait, 20)
        assert not drawing.done()
        end.set()
    found = drawing.result()
    assert found is not None
    assert found.picture == b"drawn"


async def test_a_picture_that_fails_leaves_its_words() -> None:
    """Our bug in drawing is told in the log, without the diary, and costs nobody the account."""

    def broken(*_: object) -> bytes:
        raise ZeroDivisionError("secret")

    rows = Rows(None, Day(date(2026, 3, 1), "same", 4))
    with capture_logs() as logs:
        found = await DrawnDiary(rows, the_house().words, HeldTime(EVENING), broken).account(SAM, "weeks")
    assert found is not None
    assert (found.picture, "How strong: 4 of 10" in found.html) == (None, True)
    assert logs == [{"event": "picture_not_drawn", "error": "ZeroDivisionError", "log_level": "error"}]
