"""What the bot keeps about somebody, as the playground reads it: all theirs, nobody else's, and nothing is touched."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.playground.kept import UnreadableError, kept
from bot.playground.playground import Playing
from tests.playground.scripted import Caller

ADA, BEN = 7_000_000_001, 7_000_000_002
TEN = 1_772_359_200_000_000  # 2026-03-01 10:00 UTC in microseconds
SCHEMA = """
CREATE TABLE people (id INTEGER PRIMARY KEY, zone TEXT, seen_at BIGINT);
CREATE TABLE reminders (person BIGINT, kind TEXT, times TEXT, next_at BIGINT);
CREATE TABLE timers (id INTEGER PRIMARY KEY, person BIGINT, name TEXT, due_at BIGINT);
CREATE TABLE tomorrow (person BIGINT, what BLOB);
CREATE TABLE meta (key TEXT, value TEXT);
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with two people in it, closed."""
    path = tmp_path / "what is kept?.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(SCHEMA)
        for person in (ADA, BEN):
            database.execute("INSERT INTO people VALUES (?, 'Europe/Berlin', ?)", (person, TEN))
        database.execute("INSERT INTO reminders VALUES (?, 'water', '[\"10:00\"]', ?)", (ADA, TEN + 60_000_000))
        database.execute("INSERT INTO reminders VALUES (?, 'exercise', '[]', NULL)", (ADA,))
        database.execute("INSERT INTO timers VALUES (1, ?, 'follow_up', ?)", (ADA, TEN))
        database.execute("INSERT INTO tomorrow VALUES (?, ?)", (ADA, b"\x01\xff"))
        database.execute("INSERT INTO meta VALUES ('key', 'secret')")
    return path


def test_all_of_theirs_and_nobody_elses(file: Path) -> None:
    """Every table with rows of the person, one that nobody foresaw too; moments, lists and bytes can be read."""
    found = kept(file, ADA)
    assert found.tables == {
        "people": [{"id": ADA, "zone": "Europe/Berlin", "seen_at": "2026-03-01T10:00:00Z"}],
        "reminders": [
            {"person": ADA, "kind": "water", "times": ["10:00"], "next_at": "2026-03-01T10:01:00Z"},
            {"person": ADA, "kind": "exercise", "times": [], "next_at": None},
        ],
        "timers": [{"id": 1, "person": ADA, "name": "follow_up", "due_at": "2026-03-01T10:00:00Z"}],
        "tomorrow": [{"person": ADA, "what": "01ff"}],
    }
    assert list(kept(file, BEN).tables) == ["people"]
    assert kept(file, 3).tables == {}


def test_what_comes_stands_in_its_order(file: Path) -> None:
    """Timers and reminders that fall due are told, the soonest first; what is switched off is not."""
    assert [(one["at"], one["what"]) for one in kept(file, ADA).coming] == [
        ("2026-03-01T10:00:00Z", "follow_up"),
        ("2026-03-01T10:01:00Z", "water"),
    ]


def test_a_look_harms_nothing(file: Path) -> None:
    """A look beside an open bot sees what is committed and not yet folded in, and leaves the log beside the file."""
    log = file.with_name(f"{file.name}-wal")
    with closing(sqlite3.connect(file)) as bot:
        bot.execute("PRAGMA journal_mode = WAL")
        with bot:
            bot.execute("INSERT INTO timers VALUES (2, ?, 'late', ?)", (BEN, TEN))
        before = (file.read_bytes(), log.read_bytes())
        assert [one["what"] for one in kept(file, BEN).coming] == ["late"]
        assert (file.read_bytes(), log.read_bytes()) == before
        with bot:
            bot.execute("DELETE FROM timers")
        assert kept(file, BEN).coming == []


def test_a_look_at_what_a_killed_bot_left(file: Path, tmp_path: Path) -> None:
    """What a killed bot had not folded in yet is seen, and still lies in the log for its next start."""
    left = tmp_path / "left.db"
    log = left.with_name("left.db-wal")
    with closing(sqlite3.connect(file)) as bot:
        bot.execute("PRAGMA journal_mode = WAL")
        with bot:
            bot.execute("INSERT INTO timers VALUES (2, ?, 'late', ?)", (BEN, TEN))
        shutil.copy(file, left)
        shutil.copy(file.with_name(f"{file.name}-wal"), log)
    before = (left.read_bytes(), log.read_bytes())
    assert [one["what"] for one in kept(left, BEN).coming] == ["late"]
    assert (left.read_bytes(), log.read_bytes()) == before


def test_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    """No file of this computer, none yet, or none of SQLite's: one sentence, and no file is made."""
    for file, sentence in ((None, "not in a file"), (tmp_path / "none.db", "has not made its file")):
        with pytest.raises(UnreadableError, match=sentence):
            kept(file, ADA)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "other.db").write_text("no database, and longer than the header that one would have")
    with pytest.raises(UnreadableError, match="cannot be read"):
        kept(tmp_path / "other.db", ADA)


async def test_the_door(playground: Playing) -> None:
    """The page asks for a person of its own; a bot that has no file yet is no fault, nobody is one."""
    async with httpx.AsyncClient(base_url=playground.url, timeout=30) as http:
        someone = await Caller(http).person()
        told = (await http.get(f"/api/people/{someone}/kept")).json()
        assert told == {"coming": [], "tables": {}, "why": "The bot has not made its file yet."}
        assert (await http.get("/api/people/5/kept")).status_code == 404
