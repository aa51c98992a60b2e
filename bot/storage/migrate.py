"""The schema is brought up to date at start, in one transaction, and only when its version differs.

Alembic is imported only then: it costs more than the rest of the start.
"""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.errors import StoreError
from bot.storage.database import Database

HEAD = "0007"
"""The version that this code speaks: the newest file in migrations/versions."""

SCRIPTS = Path(__file__).parent / "migrations"


async def ready(database: Database) -> None:
    """Bring the schema to `HEAD`. Raises `StoreError` when it is newer than this code or no database of ours."""
    async with database.begin() as connection:
        version = await connection.run_sync(version_of, database.path)
        if version != HEAD:
            await connection.run_sync(_upgrade, version, database.path)


def version_of(connection: Connection, path: Path) -> str | None:
    """Return the schema's version; None for an empty database. `StoreError` where the tables are somebody else's."""
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    if tables:
        raise StoreError(f"The database {path} belongs to another program: point DATABASE_URL somewhere else.")
    return None


def _upgrade(connection: Connection, version: str | None, path: Path) -> None:
    from alembic import command  # noqa: PLC0415  (see above)
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StoreError(
            f"The database {path} was written by a newer version of this program (its schema is {version}, "
            f"this one knows {HEAD}): install that version again, or restore an older backup."
        )
    command.upgrade(config, "head")
