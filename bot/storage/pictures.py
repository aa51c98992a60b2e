"""Under which id the messenger has each picture of the house."""

from sqlalchemy import bindparam, delete, select

from bot.storage.columns import insert
from bot.storage.database import Database
from bot.storage.tables import pictures

KNOWN = select(pictures.c.file_id).where(pictures.c.digest == bindparam("wanted"))
REMEMBER = insert(pictures)
REMEMBER = REMEMBER.on_conflict_do_update(
    index_elements=[pictures.c.digest], set_={"file_id": REMEMBER.excluded.file_id}
)
FORGET = delete(pictures).where(pictures.c.digest == bindparam("wanted"), pictures.c.file_id == bindparam("stale"))


class SqlPictures:
    """The `Pictures` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, digest: str) -> str | None:
        """Return its id; None where it has to be uploaded."""
        async with self._database.begin() as connection:
            found: str | None = (await connection.execute(KNOWN, {"wanted": digest})).scalar_one_or_none()
        return found

    async def remember(self, digest: str, file_id: str) -> None:
        """Keep the id that it was given, in place of an older one."""
        async with self._database.begin() as connection:
            await connection.execute(REMEMBER, {"digest": digest, "file_id": file_id})

    async def forget(self, digest: str, file_id: str) -> None:
        """Forget an id that the messenger does not know any more; a newer one stays."""
        async with self._database.begin() as connection:
            await connection.execute(FORGET, {"wanted": digest, "stale": file_id})
