"""All that is kept about one person, as two files that they can open: everything as JSON, the diary as a table.

A spreadsheet runs a cell that begins like a formula: such a text gets an apostrophe before it (OWASP, CSV injection).
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from bot.session.accounts import File

Rows = Sequence[Mapping[str, Any]]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("day", "mood", "strength", "often", "sleep", "signs", "glasses", "rounds")


def everything(tables: Mapping[str, Rows], now: datetime) -> File:
    """Return all rows about the person by table, as JSON; times in UTC, days and clocks theirs."""
    content = {
        "made_at": now.isoformat(),
        "tables": {name: [_plain(row) for row in rows] for name, rows in tables.items()},
    }
    return File("steady-toes.json", json.dumps(content, indent=1, ensure_ascii=False).encode())


def table(tables: Mapping[str, Rows]) -> File:
    """Return a line a day with what was noted: check-in, glasses, rounds. A day without a check-in has empty cells."""
    days: dict[date, dict[str, Any]] = {}
    for row in tables.get("checkins", ()):
        days.setdefault(row["day"], {}).update(row, signs=" ".join(row["signs"]))
    for name, column in (("waters", "glasses"), ("exercises", "rounds")):
        for row in tables.get(name, ()):
            day = days.setdefault(row["day"], {})
            day[column] = day.get(column, 0) + row["amount"]
    written = io.StringIO()
    sheet = csv.writer(written, lineterminator="\r\n")  # RFC 4180
    sheet.writerow(COLUMNS)
    for when in sorted(days):
        told = {**days[when], "day": when.isoformat()}
        sheet.writerow([cell(told.get(column)) for column in COLUMNS])
    return File(
        "steady-toes-diary.csv", written.getvalue().encode("utf-8-sig")
    )  # the mark tells Excel that it is UTF-8


def cell(value: object) -> str:
    """Return a value as a cell that is never run."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime | date | time) else value for name, value in row.items()
    }
