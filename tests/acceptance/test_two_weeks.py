"""Two weeks of a diary with real processes, on a held clock: asked, ignored, answered late, paused, and killed."""

import csv
import io
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.acceptance.processes import Telegram, bot, buttons, telegram, texts
from tests.two_weeks import BEGINS, MOOD, WATER, WEEKS, Act, Says, Taps, Until, acts

FOLLOW_UPS = (
    "You wanted me to ask. How is your toe after the first day?",
    "Some days have passed since it began. How is the twitching now?",
    "It has been about a week. How is the twitching?",
    "It began two weeks ago. This is my last question about it: how is it now?",
)
KILLED_BEFORE = frozenset({9, 10, 14, 22, 33, 40, 46})
"""Where the process ends with -9: numbers of acts; in the middle of a check-in, of a put-off, of a pause."""


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


async def does(api: Telegram, sam: int, act: Act) -> None:
    """Type, press, or let time pass."""
    match act:
        case Says(text):
            await api.say(sam, text)
        case Taps(label, back):
            shown = [message for message in await api.chat(sam) if label in buttons(message)]
            await api.tap(sam, label, message_id=shown[-1 - back]["id"])
        case Until(at):
            await api.move_to(at.isoformat())


async def test_two_weeks_asked_ignored_answered_late_and_paused(tmp_path: Path) -> None:
    """Gaps for ignored days; late answers count for their day; weeks on Sunday; quiet while paused; the doctor."""
    database, live = tmp_path / "steady.db", list(enumerate(acts()))
    async with telegram(BEGINS.isoformat(), tmp_path / "world.json") as api:
        sam = await api.person("Sam")
        while live:
            async with bot(api, database) as us:
                await api.at_rest()
                while live:
                    number, act = live.pop(0)
                    await does(api, sam, act)
                    if number + 1 in KILLED_BEFORE:
                        break
                await (us.kill() if live else us.stop())
        chat = [message for message in await api.chat(sam) if message["from"] == "bot"]

        def at(beginning: str) -> list[str]:
            return [message["at"][5:16] for message in chat if message["text"].startswith(beginning)]

        assert at(WATER) == [
            *("02-02T10:00", "02-03T10:00", "02-05T11:01", "02-06T10:00", "02-07T10:00", "02-08T10:00"),
            *("02-09T10:00", "02-13T10:00", "02-14T10:00", "02-15T10:00"),
        ]
        evenings = [message["at"][5:16] for message in chat if MOOD in message["text"]][1:]
        assert evenings == [f"02-{day:02}T20:00" for day in (3, 4, 5, 7, 8, 9, 14, 15)]
        assert at(WEEKS)[:2] == ["02-08T18:00", "02-15T18:00"]
        assert [at(question) for question in FOLLOW_UPS] == [[], [], ["02-06T18:00"], ["02-13T18:00"]]
        assert at("See a doctor about this") == ["02-13T21:00"]
        assert at("I note this for Sunday, February 8, the day I asked.") == ["02-09T21:00"]
        assert rows(database, "select day, mood, strength from checkins order by day") == [
            ("2026-02-02", "same", 4),
            ("2026-02-03", "same", 4),
            ("2026-02-06", "worse", 6),
            ("2026-02-08", "better", 2),
            ("2026-02-13", "better", 1),
        ]
        everything, table = [await api.file(message) for message in chat if message["media"] == "document"]
        _told_all(
            json.loads(everything)["tables"], list(csv.DictReader(io.StringIO(table.decode("utf-8-sig")))), database
        )
        async with bot(api, database) as us:
            await api.at_rest()
            await api.say(sam, "/stop")
            before = len(await api.chat(sam))
            await api.advance("P20D")
            assert await asked(api, sam, before) == []
            assert await us.stop() == 0
            assert not [line for line in us.lines if "error" in line.lower()], us.lines


def _told_all(tables: dict[str, list[dict[str, Any]]], days: list[dict[str, str]], database: Path) -> None:
    """Compare what was exported with what is kept."""
    kept = rows(database, "select day, mood, strength from checkins order by day")
    assert [(row["day"], row["mood"], row["strength"]) for row in tables["checkins"]] == kept
    assert [(row["day"], row["mood"], int(row["strength"])) for row in days if row["mood"]] == kept
    glasses = dict(rows(database, "select day, sum(amount) from waters group by day"))
    assert glasses == {"2026-02-03": 1, "2026-02-04": 2, "2026-02-05": 1, "2026-02-06": 1}
    assert {row["day"]: int(row["glasses"]) for row in days if row["glasses"]} == glasses
    assert [row["onset"] for row in tables["episodes"]] == ["2026-01-30"]
    for name, told in tables.items():
        about = "id" if name == "people" else "person"
        assert len(told) == rows(database, f"select count(*) from {name} where {about} > 0")[0][0], name


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
