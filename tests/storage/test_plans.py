"""SQLite answers every question from an index: no plan of any statement reads a whole table."""

import re
from typing import Any

import pytest

from bot.storage.open import Storage
from bot.storage.tables import metadata
from tests.storage.contract.test_statements import everything
from tests.storage.making import watched

WHOLE = re.compile(r"^SCAN (\w+)")
ALIASES = {"older": "outbox", "prompt": "outbox"}


async def plans(storage: Storage, ran: list[tuple[str, Any]]) -> dict[str, list[str]]:
    """Return how SQLite does each of these statements."""
    found: dict[str, list[str]] = {}
    async with storage._database.begin() as connection:
        for statement, parameters in ran:
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
                one = parameters[0] if isinstance(parameters, list) else parameters
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one)
                found[statement] = [str(step) for *_, step in rows]
    return found


def whole(plan: list[str]) -> list[str]:
    """Return the steps that read a whole table (a step over what was already found is none)."""
    return [step for step in plan if (m := WHOLE.match(step)) and ALIASES.get(m[1], m[1]) in metadata.tables]


async def test_no_statement_reads_a_whole_table(storage: Storage) -> None:
    """Whatever the store runs, SQLite searches an index."""
    with watched() as ran:
        await everything(storage, 3)
        await storage.due.next_due()
        await storage.outbox.next_again()
        await storage.outbox.recover()
        await storage.meta.get("tzdata")
    explained = await plans(storage, ran)
    assert len(explained) > 40
    assert {statement: steps for statement, plan in explained.items() if (steps := whole(plan))} == {}


async def test_a_claim_is_read_in_the_order_of_its_index(storage: Storage) -> None:
    """The heads of the chats come off the index in order, so that the limit stops the search."""
    with watched() as ran:
        await everything(storage, 3)
    (plan,) = [plan for sql, plan in (await plans(storage, ran)).items() if "attempts" in sql and sql[:6] == "SELECT"]
    assert len([step for step in plan if "ix_outbox_ready (state=? AND rank=? AND again_at" in step]) == 4
    assert not [step for step in plan if "TEMP B-TREE" in step]


@pytest.mark.parametrize("step", ["SCAN people", "SCAN outbox USING INDEX ix_outbox_ready", "SCAN older"])
def test_a_whole_table_is_noticed(step: str) -> None:
    """The eye of these tests is open: a scan, over an index too, and under another name, is seen."""
    assert whole([step]) == [step]
    assert whole(["SCAN anon_1", "SEARCH people USING INTEGER PRIMARY KEY (rowid=?)"]) == []
