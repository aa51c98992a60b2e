"""A few values about the store itself."""

from sqlalchemy import bindparam, select

from bot.storage.columns import insert
from bot.storage.database import Database
from bot.storage.tables import meta

GET = select(meta.c.value).where(meta.c.key == bindparam("wanted"))
PUT = insert(meta)
PUT = PUT.on_conflict_do_update(index_elements=[meta.c.key], set_={"value": PUT.excluded.value})


class SqlMeta:
    """The `Meta` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, key: str) -> str | None:
        """Return the value under `key`."""
        async with self._database.begin() as connection:
            value: str | None = (await connection.execute(GET, {"wanted": key})).scalar_one_or_none()
        return value

    async def put(self, key: str, value: str) -> None:
        """Keep `value` under `key`."""
        async with self._database.begin() as connection:
            await connection.execute(PUT, {"key": key, "value": value})
