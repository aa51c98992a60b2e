"""A reminder that comes once, with real processes: kept through kill -9, sent once, and then in no row."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.acceptance.processes import bot, telegram, texts


async def test_once_through_a_kill(tmp_path: Path) -> None:
    """It is in the export; after kill -9 it comes at its minute; a day later it has not come again."""
    database = tmp_path / "steady.db"
    async with telegram("2026-03-02T14:00Z", tmp_path / "telegram.json") as api:
        async with bot(api, database) as process:
            sam = await api.person("Sam")
            await api.say(sam, "remind me in 20 minutes to stretch")
            await api.tap(sam, "Yes, you may")
            await api.say(sam, "stretch")
            await api.say(sam, "Berlin")
            said = await api.tap(sam, "Yes, that is right")
            assert "I will remind you once, today at 15:20: stretch" in said[-1]["text"]
            files = [message for message in await api.say(sam, "/export") if message.get("file")]
            kept = json.loads(await api.file(files[0]))
            assert [row["once"] for row in kept["tables"]["reminders"]] == ["2026-03-02T14:20Z"]
            await process.kill()
        async with bot(api, database):
            before = len(await api.chat(sam))
            await api.advance("PT20M")
            await api.advance("P1D")
            came = [message for message in (await api.chat(sam))[before:] if message["from"] == "bot"]
            assert texts(came) == ["You asked me to remind you: stretch"]
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT kind, outcome FROM firings").fetchall() == [("own1", "sent")]
        assert connection.execute("SELECT kind FROM reminders").fetchall() == []
