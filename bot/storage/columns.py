"""The few types and the one upsert that read the same on SQLite and PostgreSQL, so nothing else asks which it is."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.types import TypeDecorator, TypeEngine

__all__ = ["Json", "Utc", "big_id", "insert", "read_json"]
# PostgreSQL's `insert … on conflict` compiles for SQLite as well (the other way round it does not), so one serves both.

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def big_id() -> TypeEngine[int]:
    """Return a 64-bit integer; on SQLite it must be spelled INTEGER to be the row's own id and not a second index."""
    return BigInteger().with_variant(Integer(), "sqlite")


class Utc(TypeDecorator[datetime]):
    """An aware datetime as microseconds since 1970 UTC: exact, sorts as numbers do, no time zone to get wrong."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Write it; `ValueError` for a naive one, which would be somebody's local time."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored: say which zone it is in")
        return (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Read it back, in UTC."""
        del dialect
        return None if value is None else EPOCH + value * MICROSECOND


class Json(TypeDecorator[Any]):
    """Small JSON as text. Lists come back as tuples, as the values they were."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Write it without blanks."""
        del dialect
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read it back."""
        del dialect
        return None if value is None else read_json(value)


def read_json(value: str) -> Any:
    """Return what `Json` wrote. Raises `ValueError` where it is none."""
    return _tupled(json.loads(value))


def _tupled(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_tupled(item) for item in value)
    if isinstance(value, dict):
        return {key: _tupled(item) for key, item in value.items()}
    return value
