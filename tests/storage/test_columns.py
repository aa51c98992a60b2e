"""The types that read the same on both databases, and every statement, which both must understand."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Delete, Insert, Select, Update
from sqlalchemy.engine import make_url
from sqlalchemy.sql import ClauseElement

from bot.storage import due, erasure, flush, meta, outbox, parcels, people, store
from bot.storage.columns import Json, Utc

SQLITE, POSTGRESQL = (make_url(url).get_dialect()() for url in ("sqlite://", "postgresql+asyncpg://"))
MODULES = (due, erasure, flush, meta, outbox, parcels, people, store)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2300, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_comes_back(at: datetime) -> None:
    """A moment is kept to the microsecond, before 1970 too."""
    assert Utc().process_result_value(Utc().process_bind_param(at, SQLITE), SQLITE) == at


def test_a_moment_is_kept_in_utc() -> None:
    """The same moment in another zone is the same number, so that they sort."""
    at = datetime(2026, 3, 1, 12, tzinfo=UTC)
    there = at.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert Utc().process_bind_param(there, SQLITE) == Utc().process_bind_param(at, SQLITE)


def test_a_naive_moment_is_refused() -> None:
    """A datetime without a zone is a bug of ours, and is not guessed at."""
    with pytest.raises(ValueError, match="naive"):
        Utc().process_bind_param(datetime(2026, 3, 1), SQLITE)  # noqa: DTZ001


def test_lists_come_back_as_tuples() -> None:
    """Values that were tuples are tuples again, inside others too."""
    value = {"where": ("toe", ("left",)), "days": 3}
    assert Json().process_result_value(Json().process_bind_param(value, SQLITE), SQLITE) == value


def statements(module: ModuleType) -> Iterator[ClauseElement]:
    """Return the statements that a module holds, in its tuples and mappings too."""
    for value in vars(module).values():
        held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for one in held:
            first = one[0] if isinstance(one, tuple) and one else one
            if isinstance(first, Select | Insert | Update | Delete):
                yield first


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_every_statement_is_understood_by_both(module: ModuleType) -> None:
    """Each statement compiles for SQLite and for PostgreSQL."""
    found = list(statements(module))
    assert found
    for statement in found:
        for dialect in (SQLITE, POSTGRESQL):
            assert str(statement.compile(dialect=dialect))
