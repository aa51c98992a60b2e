"""An erased person leaves nothing in any table but a keyed hash of their id: a restored backup can be erased again.

Without the key, which lies in the database and nowhere else, a hash of so short a number would be found by trying all.
"""

import hashlib
import hmac
from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.session.inputs import PersonId
from bot.storage.columns import insert
from bot.storage.people import IDS, chunked
from bot.storage.tables import ABOUT_PEOPLE, erased, meta

KEY = "erasure_key"
DELETES = tuple(delete(column.table).where(column.in_(IDS)) for column in ABOUT_PEOPLE.values())


async def erase(
    connection: AsyncConnection, ids: Collection[PersonId], now: datetime, key: Callable[[], bytes]
) -> None:
    """Delete all about these people and keep their hashes. `key` makes the key when there is none yet."""
    await forget(connection, ids)
    secret = await _secret(connection, key)
    await connection.execute(
        insert(erased).on_conflict_do_nothing(), [{"hash": hashed(person, secret), "at": now} for person in ids]
    )


async def forget(connection: AsyncConnection, ids: Collection[PersonId]) -> None:
    """Delete all about these people; no hash stays (who never consented left nothing to clean a backup of)."""
    for chunk in chunked(sorted(ids)):
        for statement in DELETES:
            await connection.execute(statement, {"ids": chunk})


def hashed(person: PersonId, secret: bytes) -> str:
    """Return the keyed hash of an id (HMAC-SHA256, hexadecimal)."""
    return hmac.new(secret, str(person).encode(), hashlib.sha256).hexdigest()


async def _secret(connection: AsyncConnection, key: Callable[[], bytes]) -> bytes:
    wanted = select(meta.c.value).where(meta.c.key == KEY)
    if (kept := (await connection.execute(wanted)).scalar_one_or_none()) is None:
        await connection.execute(insert(meta).on_conflict_do_nothing(), {"key": KEY, "value": key().hex()})
        kept = (await connection.execute(wanted)).scalar_one()
    return bytes.fromhex(kept)
