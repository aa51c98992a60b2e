"""The schema that the migrations make is the one the code speaks, and Alembic costs nothing when it is up to date."""

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from bot.errors import StoreError
from bot.storage.migrate import HEAD, SCRIPTS
from bot.storage.open import open_storage
from bot.storage.tables import metadata
from tests.storage.conftest import key

START = """
import asyncio, sys
from bot.storage.open import open_storage

async def start():
    async with open_storage(sys.argv[1], key=bytes):
        print("alembic" in sys.modules)

asyncio.run(start())
"""


def engine(path: Path) -> Engine:
    """Return a plain way in, for when nobody else has the database open."""
    return create_engine(f"sqlite:///{path}", poolclass=NullPool)


def test_the_migrations_make_the_tables(migrated: Path) -> None:
    """Alembic finds no difference between the migrated database and `tables.metadata`."""
    with engine(migrated).connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def words_of(path: Path) -> dict[str, set[str]]:
    """Return what SQLite wrote down of each table and index, clause by clause, in any order."""
    query = text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'")
    with engine(path).connect() as connection:
        return {name: clauses(sql) for name, sql in connection.execute(query)}


def clauses(sql: str) -> set[str]:
    """Cut `create … (…)` at the commas that stand in no inner parentheses: a column added later stands last."""
    head, _, rest = re.sub(r"\s+", " ", sql).partition("(")
    inside, _, tail = rest.rpartition(")")
    found, depth = [""], 0
    for sign in inside:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return {head.strip(), tail.strip(), *(clause.strip() for clause in found)}


def test_the_migrations_make_them_to_the_word(migrated: Path, path: Path) -> None:
    """Checks, partial indexes and AUTOINCREMENT, which Alembic does not compare, are the same too."""
    made = engine(path)
    metadata.create_all(made)
    assert words_of(migrated) == words_of(path)


def test_the_head_is_the_newest_script() -> None:
    """`HEAD` names the newest file in migrations/versions, and there is one line of them."""
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]


def test_a_start_that_is_up_to_date_does_not_load_alembic(path: Path) -> None:
    """The first start migrates; the second does without Alembic."""
    told = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", START, f"sqlite:///{path}"],
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert told == ["True", "False"]


async def test_a_newer_schema_is_refused(path: Path) -> None:
    """A database of a newer version of the program is refused in one sentence, and is not touched."""
    async with open_storage(f"sqlite:///{path}", key=key) as storage, storage._database.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match=r"^The database .* was written by a newer version .* 9999.*\.$"):
        async with open_storage(f"sqlite:///{path}", key=key):
            pass
    with sqlite3.connect(path) as plain:
        assert plain.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]
    plain.close()


async def test_a_database_of_others_is_refused(path: Path) -> None:
    """A database with tables that are not ours is refused and left as it was."""
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE cats (name)")
    plain.close()
    with pytest.raises(StoreError, match="belongs to another program"):
        async with open_storage(f"sqlite:///{path}", key=key):
            pass
    with engine(path).connect() as connection:
        assert connection.execute(text("SELECT name FROM sqlite_master")).all() == [("cats",)]


async def test_utc_no_longer_stands_for_a_zone_that_is_not_known(path: Path) -> None:
    """Whoever had not said that their zone is right is asked again; a zone that was told stays."""
    async with open_storage(f"sqlite:///{path}", key=key) as storage, storage._database.begin() as connection:
        for column in ("country", "conditions", "preferences"):
            await connection.exec_driver_sql(f"ALTER TABLE people DROP COLUMN {column}")
        for column in ("words", "once"):
            await connection.exec_driver_sql(f"ALTER TABLE reminders DROP COLUMN {column}")
        for person, zone in ((1, "UTC"), (2, "Asia/Tokyo")):
            await connection.exec_driver_sql(
                f"INSERT INTO people (id, seen_at, version, language, zone) VALUES ({person}, 0, 0, 'en', '{zone}')"
            )
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0003'")
    async with open_storage(f"sqlite:///{path}", key=key) as storage, storage._database.begin() as connection:
        rows = (await connection.exec_driver_sql("SELECT zone, country, conditions FROM people ORDER BY id")).all()
        assert [tuple(row) for row in rows] == [(None, None, "{}"), ("Asia/Tokyo", None, "{}")]
