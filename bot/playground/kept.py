"""What the bot keeps about somebody, read from its own file: every row that names them, in every table that there is.

The connection cannot write, opens for one look and closes again. It looks for columns, not for known tables, so a table
that is new tomorrow is shown too: the page promises "all that is kept", and must not depend on anybody's memory.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bot.playground.views import iso

OWNER = {"people": "id"}
"""The column that names a person, where it is not `person`."""
DUE = ("due_at", "next_at")
NAMES = ("name", "flow", "kind")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
BUSY_S = 1.0


@dataclass(frozen=True, slots=True)
class Kept:
    """All rows about a person by table, in the file's order; moments as ISO in UTC, JSON as what it holds.

    `coming`: what falls due for them, the soonest first: `{"at", "table", "what"}`.
    """

    tables: dict[str, list[dict[str, Any]]]
    coming: list[dict[str, str]]


class UnreadableError(Exception):
    """The file cannot be looked into now; the message is one sentence for whoever looks at the page."""


def kept(file: Path | None, person: int) -> Kept:
    """Look for `person` in the SQLite database `file` (None: the bot keeps its data elsewhere). UnreadableError."""
    if file is None:
        raise UnreadableError("The bot's data is not in a file of this computer, so it cannot be shown here.")
    if not file.exists():
        raise UnreadableError("The bot has not made its file yet.")
    try:
        # read only: it can neither take the writer's place nor fold or delete the log beside the file
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=BUSY_S)) as database:
            database.row_factory = sqlite3.Row
            found = {
                table: rows for table, column in _tables(database) if (rows := _rows(database, table, column, person))
            }
    except sqlite3.Error:
        raise UnreadableError("The bot's file cannot be read at this moment.") from None
    return Kept(found, sorted(_coming(found), key=lambda one: one["at"]))


def _tables(database: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    for (table,) in database.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rootpage"
    ).fetchall():
        columns = {row["name"] for row in database.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        column = OWNER.get(table, "person")
        if column in columns:
            yield table, column


def _rows(database: sqlite3.Connection, table: str, column: str, person: int) -> list[dict[str, Any]]:
    # both names come from the file's own schema
    query = f'SELECT * FROM "{table}" WHERE "{column}" = ? ORDER BY rowid'  # noqa: S608  # nosec B608
    return [{name: _told(name, row[name]) for name in row.keys()} for row in database.execute(query, (person,))]  # noqa: SIM118


def _told(name: str, value: Any) -> Any:
    if isinstance(value, int) and (name in {"at", "until"} or name.endswith("_at")):
        return iso(EPOCH + timedelta(microseconds=value))  # how the bot writes a moment
    if isinstance(value, str) and value[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value.hex() if isinstance(value, bytes) else value


def _coming(tables: dict[str, list[dict[str, Any]]]) -> Iterator[dict[str, str]]:
    for table, rows in tables.items():
        for row in rows:
            for at in (row[name] for name in DUE if isinstance(row.get(name), str)):
                yield {
                    "at": at,
                    "table": table,
                    "what": next((str(row[name]) for name in NAMES if row.get(name)), table),
                }
