"""Thirty days with the whole house, a real store and a held clock: what comes by itself, and when nothing does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.chat import Chat, chatting

BEGIN = datetime(2026, 2, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
FOLLOW_UPS = ["follow_up.day_1", "follow_up.day_3", "follow_up.day_7", "follow_up.day_14"]


async def begins(chat: Chat) -> None:
    """Check in for the first time, on the day on which it began, and agree to be asked."""
    await chat.says("/checkin")
    for label in ("Yes, you may", "The same", "4", "None of these", "A few days"):
        await chat.taps(label)
    async with chat.database.begin() as connection:  # as if a button had said that it began today
        await connection.execute(text("update episodes set onset = '2026-02-02'"))
    await chat.taps("Yes, please ask")
    await chat.says("London")
    await chat.taps("Yes, that is right")


async def asked(chat: Chat, days: int) -> dict[int, list[str]]:
    """Let days pass; return what was said by itself, by the day since the beginning."""
    said: dict[int, list[str]] = {}
    for _ in range(days):
        await chat.later(DAY)
        if chat.said:
            said[(chat.clock.at - BEGIN).days] = chat.said
    return said


async def test_each_follow_up_comes_once_and_then_it_is_quiet(tmp_path: Path) -> None:
    """Nobody answers: four questions on their days, at six in the evening, and none in the days after."""
    async with chatting(tmp_path / "steady.db", BEGIN) as chat:
        await begins(chat)
        said = await asked(chat, 30)
        assert said == dict(
            zip((2, 4, 8, 15), ([key] for key in FOLLOW_UPS), strict=True)
        )  # at 18:00 of the day before


@pytest.mark.parametrize("over", [2, 4, 8])
async def test_after_the_end_nothing_comes(over: int, tmp_path: Path) -> None:
    """Said at a question that it is over: the month is quiet, and the episode has its end."""
    async with chatting(tmp_path / "steady.db", BEGIN) as chat:
        await begins(chat)
        await asked(chat, over)
        for label in ("It is over", "None of these"):
            await chat.taps(label)
        assert chat.said == ["end_episode.quiet"]
        assert await asked(chat, 30) == {}
        async with chat.database.begin() as connection:
            rows = (await connection.execute(text("select onset, ended_on is not null from episodes"))).all()
        assert rows == [("2026-02-02", 1)]


async def test_a_daily_check_in_that_is_ignored_leaves_gaps(tmp_path: Path) -> None:
    """One question a day at most, no word about days without an answer; the days that were told are what is kept."""
    async with chatting(tmp_path / "steady.db", BEGIN) as chat:
        await begins(chat)
        await chat.says("/reminders")
        await chat.taps("Check-in")
        await chat.taps("20:00")
        told = []
        for number in range(1, 31):
            await chat.later(DAY)
            assert len(chat.said) <= 2
            assert all(key.startswith(("daily_checkin.mood", "follow_up.")) for key in chat.said)
            if number % 4 == 2:
                await chat.taps("Calm" if "Calm" in chat.last.labels else "Better")
                while "None of these" not in chat.last.labels:
                    await chat.taps("3")
                await chat.taps("None of these")
                told.append((BEGIN + (number - 1) * DAY).date().isoformat())
        async with chat.database.begin() as connection:
            days = [row.day for row in await connection.execute(text("select day from checkins order by day"))]
        assert days == ["2026-02-02", *told]
