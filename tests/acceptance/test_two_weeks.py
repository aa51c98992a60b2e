"""Two weeks of a diary with real processes, on a held clock: asked, ignored, answered late, and killed in between."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.acceptance.processes import Telegram, bot, buttons, telegram, texts

FOLLOW_UPS = (
    "You wanted me to ask. How is your toe after the first day?",
    "Some days have passed since it began. How is the twitching now?",
    "It has been about a week. How is the twitching?",
    "It began two weeks ago. This is my last question about it: how is it now?",
)
QUESTION = "How are your toes today?"


def rows(database: Path, query: str) -> list[Any]:
    """Return what a query gives, while no bot runs."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


async def asked(api: Telegram, sam: int, since: int) -> list[str]:
    """Return what the bot said of itself after the message of that number."""
    return texts([message for message in (await api.chat(sam))[since:] if message["from"] == "bot"])


async def answers(api: Telegram, sam: int, labels: Sequence[str], message: int | None = None) -> list[dict[str, Any]]:
    """Press these one after the other, the first one below a message if it is named."""
    said = await api.tap(sam, labels[0], **({} if message is None else {"message_id": message}))
    for label in labels[1:]:
        said = await api.tap(sam, label)
    return said


async def begin(api: Telegram) -> int:
    """Check in for the first time in London, in the morning, agree to be asked, and want a question every evening."""
    sam = await api.person("Sam")
    await api.say(sam, "/checkin")
    await answers(api, sam, ["Yes, you may", "The same", "4", "None of these", "A few days"])
    if "What time is it" in (await api.tap(sam, "Yes, please ask"))[-1]["text"]:
        await api.say(sam, "London")
        await api.tap(sam, "Yes, that is right")
    await api.say(sam, "/reminders")
    await answers(api, sam, ["Check-in", "20:00"])
    return sam


async def one_evening(api: Telegram, sam: int, day: int) -> None:
    """Go to nine in the evening of a day in February: one question has come. Some of them are answered."""
    before = len(await api.chat(sam))
    await api.move_to(f"2026-02-{day:02}T21:00:00Z")
    said = await asked(api, sam, before)
    follow_up = {6: FOLLOW_UPS[2], 13: FOLLOW_UPS[3]}.get(day)
    assert len(said) == 1, said
    assert said[0] == follow_up if follow_up else said[0].endswith(QUESTION)
    match day:
        case 3:
            await answers(api, sam, ["The same as yesterday", "None of these"])
        case 6:
            await answers(api, sam, ["Worse", "6", "None of these"])
        case 9:  # of the three evenings without an answer, the one before last
            old = [message for message in await api.chat(sam) if "Calm" in buttons(message)][-2]
            late = await answers(api, sam, ["Better", "2", "None of these"], old["id"])
            assert late[-1]["text"].startswith("Noted. Yesterday: better, strength 2.")
        case 13:
            card = await answers(api, sam, ["Better", "1", "None of these"])
            assert any(text.startswith("See a doctor about this") for text in texts(card))
            await api.tap(sam, "Yes, please ask")


async def test_two_weeks_asked_ignored_and_answered_late(tmp_path: Path) -> None:
    """Ignored days are gaps; a late answer counts for its day; the doctor after two weeks; killed in between."""
    database = tmp_path / "steady.db"
    async with telegram("2026-02-02T09:00:00Z", tmp_path / "world.json") as api:
        async with bot(api, database) as us:
            sam = await begin(api)
            await us.kill()
        # It began three days before: on January 30. The questions of day 7 and 14 are February 6 and 13.
        for days in ((3, 4, 5), (6, 7, 8, 9), (10, 11, 12), (13,)):
            async with bot(api, database) as us:
                await api.at_rest()
                for day in days:
                    await one_evening(api, sam, day)
                await us.kill()
        assert rows(database, "select day, mood, strength from checkins order by day") == [
            ("2026-02-02", "same", 4),
            ("2026-02-03", "same", 4),
            ("2026-02-06", "worse", 6),
            ("2026-02-08", "better", 2),
            ("2026-02-13", "better", 1),
        ]
        async with bot(api, database) as us:
            await api.at_rest()
            await api.say(sam, "/stop")
            before = len(await api.chat(sam))
            await api.advance("P20D")
            assert await asked(api, sam, before) == []
            assert await us.stop() == 0
            assert not [line for line in us.lines if "error" in line.lower()], us.lines


async def test_the_bot_was_off_over_two_questions(tmp_path: Path) -> None:
    """Back after days: one question, the newest; and when it is over, none."""
    database = tmp_path / "steady.db"
    async with telegram("2026-02-02T09:00:00Z", tmp_path / "world.json") as api:
        async with bot(api, database) as us:
            sam = await begin(api)
            await answers_stop(api, sam)
            await us.stop()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("update episodes set onset = '2026-02-02'")
            connection.execute("update timers set due_at = due_at - 3 * 86400 * 1000000 where name = 'follow_up'")
            connection.commit()
        await api.ask("POST", "/clock", {"to": "2026-02-05T20:00:00Z", "wait": 0})
        before = len(await api.chat(sam))
        async with bot(api, database) as us:
            await api.at_rest()
            assert await asked(api, sam, before) == [FOLLOW_UPS[1]]
            over = await answers(api, sam, ["It is over", "None of these"])
            assert over[-1]["text"].startswith("Noted. It is over for now")
            before = len(await api.chat(sam))
            await api.advance("P30D")
            assert await asked(api, sam, before) == []
            assert await us.stop() == 0
        assert rows(database, "select onset, ended_on from episodes") == [("2026-02-02", "2026-02-05")]


async def answers_stop(api: Telegram, sam: int) -> None:
    """Switch the question of every evening off again."""
    await api.say(sam, "/reminders")
    await answers(api, sam, ["Check-in", "Switch it off"])
