"""What a batch puts into the outbox, and takes from it. A reply never waits behind bulk of its chat: it lifts it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.session.inputs import PersonId
from bot.session.kept import Changes, Parcel
from bot.session.screens import Body, Message, Photo, Rebutton, Rewrite, dump_body
from bot.storage.columns import insert
from bot.storage.people import IDS, chunked
from bot.storage.tables import outbox

REPLY, BULK = 0, 1

UNSENT = outbox.c.state.in_(("pending", "sending"))
FORGOTTEN = delete(outbox).where(outbox.c.person.in_(IDS), UNSENT, outbox.c.forget.is_(True))
GIVEN_UP = update(outbox).where(outbox.c.person.in_(IDS), UNSENT).values(state="dead", reason="blocked", body="")
LIFT = (
    update(outbox)
    .where(outbox.c.person.in_(IDS), UNSENT, outbox.c.rank == BULK)  # what is being sent may have to go again
    .values(rank=REPLY)
)


async def write_parcels(connection: AsyncConnection, changes: Sequence[Changes], now: datetime) -> None:
    """Give up what is to be dropped, lift what is in a reply's way, then add the new parcels in their order."""
    for chunk in chunked([change.person.id for change in changes if change.drop_parcels]):
        await connection.execute(FORGOTTEN, {"ids": chunk})
        await connection.execute(GIVEN_UP, {"ids": chunk})
    for chunk in chunked([c.person.id for c in changes if any(not parcel.bulk for parcel in c.parcels)]):
        await connection.execute(LIFT, {"ids": chunk})
    rows = [row for change in changes for row in _rows(change.person.id, change.parcels, now)]
    if rows:
        await connection.execute(insert(outbox), rows)


def _puts(body: Body) -> str | None:
    """Return the nonce of a question, also of one that is put by changing the one before."""
    return body.nonce if isinstance(body, Message | Photo) or (isinstance(body, Rewrite) and body.rows) else None


def _rows(person: PersonId, parcels: Sequence[Parcel], now: datetime) -> Sequence[Mapping[str, Any]]:
    replies = [at for at, parcel in enumerate(parcels) if not parcel.bulk]
    last_reply = replies[-1] if replies else -1
    return [
        {
            "person": person,
            "body": dump_body(parcel.body),
            "nonce": _puts(parcel.body),
            "edits": parcel.body.nonce if isinstance(parcel.body, Rewrite | Rebutton) else None,
            "bulk": parcel.bulk,
            "rank": REPLY if at <= last_reply else BULK,
            "forget": parcel.forget,
            "state": "pending",
            "attempts": 0,
            "made_at": now,
            "until": parcel.until,
        }
        for at, parcel in enumerate(parcels)
    ]
