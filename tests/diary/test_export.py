"""What is kept about somebody, handed out: nothing left out, nothing of anybody else, no cell that runs."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.diary.diarist import DrawnDiary
from bot.diary.export import COLUMNS, FORMULA, cell, table
from bot.session.accounts import File, Kind
from bot.session.inputs import PersonId
from bot.session.kept import Reminder
from bot.storage.tables import ABOUT_PEOPLE
from tests.chat import SAM, Chat, chatting

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = NOON.date()


async def exported(chat: Chat, kind: Kind, person: PersonId = SAM) -> File | None:
    """Return the file, as it would be sent."""
    told = await DrawnDiary(chat.storage.diary, chat.words, chat.clock).account(person, kind)
    return None if told is None else told.file


async def test_every_table_about_people_is_in_it(tmp_path: Path) -> None:
    """A table that knows people is handed out as surely as it is erased; what they told is in it."""
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        await chat.becomes(lambda person: replace(person, consented_at=NOON, zone="Europe/Berlin", onset=DAY))
        await chat.becomes(lambda person: replace(person, reminders={"water": Reminder("water", (time(10),))}))
        await chat.says("drank 2 glasses")
        file = await exported(chat, "everything")
    assert file is not None
    told = json.loads(file.content)
    assert set(told["tables"]) == set(ABOUT_PEOPLE)
    assert told["tables"]["people"][0]["zone"] == "Europe/Berlin"
    assert told["tables"]["waters"][0]["amount"] == 2
    assert told["tables"]["reminders"][0]["times"] == ["10:00"]
    assert told["tables"]["episodes"][0]["onset"] == DAY.isoformat()


async def test_nobody_gets_what_is_another_s(tmp_path: Path) -> None:
    """Another person's file holds nothing of it, and of nobody there is none."""
    other = PersonId(8)
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        await chat.says("/start")
        assert await exported(chat, "everything", other) is None
        async with chat.storage.store.begin() as unit:
            await unit.people([other], NOON)
        file = await exported(chat, "everything", other)
    assert file is not None
    tables = json.loads(file.content)["tables"]
    assert {name for name, rows in tables.items() if rows} == {"people"}


async def test_both_files_come_on_request(tmp_path: Path) -> None:
    """With consent there are two files, without it a word that there is nothing."""
    async with chatting(tmp_path / "steady.db", NOON) as chat:
        await chat.says("/export")
        assert chat.said == ["export.nothing"]
        await chat.becomes(lambda person: replace(person, consented_at=NOON))
        await chat.says("/export")
        assert chat.said == ["account.everything", "account.table"]


def test_a_day_is_a_line() -> None:
    """Check-in, glasses and rounds of a day stand together; what was taken back is taken away."""
    later = DAY + timedelta(days=2)
    tables = {
        "checkins": [
            {"day": DAY, "mood": "same", "strength": 3, "often": None, "sleep": "good", "signs": ("numbness", "pain")}
        ],
        "waters": [{"day": DAY, "amount": 3}, {"day": DAY, "amount": -1}, {"day": later, "amount": 1}],
        "exercises": [{"day": later, "amount": 1}],
    }
    lines = list(csv.reader(io.StringIO(table(tables).content.decode("utf-8-sig"))))
    assert lines == [
        list(COLUMNS),
        [DAY.isoformat(), "same", "3", "", "good", "numbness pain", "2", ""],
        [later.isoformat(), "", "", "", "", "", "1", "1"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_runs(text: str) -> None:
    """A text that a spreadsheet would run is a text."""
    assert cell(text) == f"'{text}"


@given(st.none() | st.integers(-5, 5) | st.text())
def test_any_cell_is_harmless(value: object) -> None:
    """Whatever somebody wrote, no cell of it begins like a formula; a number stays one."""
    shown = cell(value)
    assert isinstance(value, int) or not shown.startswith(FORMULA)
