"""What is to be sent, in each chat's own order: only a chat's oldest unsent parcel can be claimed, replies before bulk.

pending → sending → sent(message) or dead(reason). The words are blanked as soon as they are sent or given up.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, null, select, union_all, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.session.inputs import PersonId
from bot.session.kept import Outcome, Posted
from bot.session.screens import Rebutton, Rewrite, load_body
from bot.storage.columns import Utc
from bot.storage.database import Database
from bot.storage.parcels import BULK, REPLY
from bot.storage.people import IDS, chunked
from bot.storage.tables import outbox

TRIES, TRIED_FOR = 8, timedelta(hours=24)
"""Tried so often, and made so long ago (Telegram keeps what people wrote to us no longer): it is not tried again."""

older = outbox.alias("older")
prompt = outbox.alias("prompt")

HEAD = ~(
    select(older.c.id)
    .where(older.c.person == outbox.c.person, older.c.state.in_(("pending", "sending")), older.c.id < outbox.c.id)
    .exists()
)
FRESH = outbox.c.again_at.is_(None)
RIPE = outbox.c.again_at <= bindparam("now", type_=Utc)
STANDS = outbox.c.id == bindparam("parcel")

# The newest sent message of that prompt; a prompt can have been sent twice.
MESSAGE = (
    select(prompt.c.message)
    .where(prompt.c.person == outbox.c.person, prompt.c.nonce == outbox.c.edits, prompt.c.message.is_not(None))
    .order_by(prompt.c.id.desc())
    .limit(1)
    .scalar_subquery()
)


def _heads(columns: Iterable[Any], rank: int, gate: ColumnElement[bool], limit: Any) -> Select[Any]:
    # An equality or one range on each column of ix_outbox_ready, in its order: read from there, stopped by the limit.
    return (
        select(*columns)
        .where(outbox.c.state == "pending", outbox.c.rank == rank, gate, HEAD)
        .order_by(outbox.c.again_at, outbox.c.id)
        .limit(limit)
    )


def _each(*parts: Select[Any]) -> Any:
    return union_all(*(select(part.subquery()) for part in parts))


WANTED = (
    outbox.c.id,
    outbox.c.person,
    outbox.c.body,
    outbox.c.bulk,
    outbox.c.rank,
    outbox.c.attempts,
    outbox.c.made_at,
    outbox.c.until,
    MESSAGE.label("message"),
)
CLAIMABLE = _each(
    *(
        _heads(WANTED, rank, gate & outbox.c.person.not_in(bindparam("busy", expanding=True)), bindparam("most"))
        for rank in (REPLY, BULK)
        for gate in (FRESH, RIPE)
    )
)
NEXT = _each(
    *(
        _heads((when.label("at"),), rank, gate, 1)
        for rank in (REPLY, BULK)
        for gate, when in ((FRESH, outbox.c.made_at), (outbox.c.again_at.is_not(None), outbox.c.again_at))
    )
)
CLAIM = update(outbox).where(outbox.c.id.in_(IDS)).values(state="sending")

ONCE_MORE_TRIED = outbox.c.attempts + 1
FORGET = delete(outbox).where(outbox.c.id.in_(IDS), outbox.c.forget.is_(True)).returning(outbox.c.id)
SENT = (
    update(outbox)
    .where(STANDS)
    .values(
        state="sent",
        body="",
        attempts=ONCE_MORE_TRIED,
        reason=null(),
        message=func.coalesce(bindparam("posted"), outbox.c.message),
    )
)
DEAD = update(outbox).where(STANDS).values(
    state="dead", body="", attempts=ONCE_MORE_TRIED, reason=bindparam("why")
)  # fmt: skip
# Only what is still being sent can go again: it may have been given up meanwhile (they blocked the bot).
AGAIN = (
    update(outbox)
    .where(STANDS, outbox.c.state == "sending")
    .values(state="pending", attempts=outbox.c.attempts + bindparam("tried"), again_at=bindparam("at"))
)

SENDING = outbox.c.state == "sending"
LOST = delete(outbox).where(SENDING, outbox.c.bulk.is_(True), outbox.c.forget.is_(True)).returning(outbox.c.id)
UNKNOWN = (
    update(outbox)
    .where(SENDING, outbox.c.bulk.is_(True))
    .values(state="dead", body="", attempts=ONCE_MORE_TRIED, reason="unknown outcome")
    .returning(outbox.c.id)
)
RETURNED = update(outbox).where(SENDING).values(state="pending", attempts=ONCE_MORE_TRIED).returning(outbox.c.id)


class SqlOutbox:
    """The `Outbox` on an open database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, limit: int, busy: Collection[PersonId]) -> Sequence[Posted]:
        """Mark as sending, and return, at most `limit` parcels: the oldest unsent one of each chat not in `busy`."""
        if limit < 1:
            return []
        async with self._database.begin() as connection:
            rows = await connection.execute(CLAIMABLE, {"now": now, "most": limit, "busy": sorted(set(busy))})
            chosen = sorted(rows.all(), key=lambda row: (row.rank, row.id))[:limit]
            for chunk in chunked([row.id for row in chosen]):
                await connection.execute(CLAIM, {"ids": chunk})
            late = {row.id for row in chosen if _late(row, now)}
            posted = {row.id: _posted(row) for row in chosen if row.id not in late}
            # An older version's, or a damaged one: it must not stop the sender again and again.
            unreadable = {parcel for parcel, read in posted.items() if read is None}
            given_up = [
                *(Outcome(parcel, reason="late") for parcel in sorted(late)),
                *(Outcome(parcel, reason="unreadable body") for parcel in sorted(unreadable)),
            ]
            forgotten = await _settle(connection, given_up)
        if forgotten:
            await self._database.scrub()
        return [read for read in posted.values() if read is not None]

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Write what became of them; blank the words of what is sent or dead, delete the rows marked `forget`."""
        async with self._database.begin() as connection:
            forgotten = await _settle(connection, outcomes)
        if forgotten:
            await self._database.scrub()

    async def recover(self) -> int:
        """After a crash: what was being sent is pending again, or dead where it must not come twice. How many."""
        async with self._database.begin() as connection:
            return sum([len((await connection.execute(step)).all()) for step in (LOST, UNKNOWN, RETURNED)])

    async def next_again(self) -> datetime | None:
        """Return when the next unsent parcel may go: a past or future time; None when there is none."""
        async with self._database.begin() as connection:
            times: Sequence[datetime] = (await connection.execute(NEXT)).scalars().all()
        return min(times, default=None)


async def _settle(connection: AsyncConnection, outcomes: Sequence[Outcome]) -> bool:
    """Write what became of them; return whether a row was deleted."""
    again = [o for o in outcomes if o.reason is None and o.again_at is not None]
    dead = [o for o in outcomes if o.reason is not None]
    sent = [o for o in outcomes if o.reason is None and o.again_at is None]
    forgotten = False
    for chunk in chunked([outcome.id for outcome in (*dead, *sent)]):
        forgotten |= bool((await connection.execute(FORGET, {"ids": chunk})).all())
    if sent:
        await connection.execute(SENT, [{"parcel": o.id, "posted": o.message} for o in sent])
    if dead:
        await connection.execute(DEAD, [{"parcel": o.id, "why": o.reason} for o in dead])
    if again:
        await connection.execute(AGAIN, [{"parcel": o.id, "at": o.again_at, "tried": int(o.tried)} for o in again])
    return forgotten


def _late(row: Row[Any], now: datetime) -> bool:
    """Whether it is given up: of no use any more, or tried for a day. What could not be tried in it still goes."""
    over = row.until is not None and row.until < now
    return over or bool(row.attempts >= TRIES and row.made_at <= now - TRIED_FOR)


def _posted(row: Row[Any]) -> Posted | None:
    try:
        body = load_body(row.body)
    except ValueError:
        return None
    message: int | None = None
    if isinstance(body, Rewrite | Rebutton):
        message = body.message if body.message is not None else row.message
    return Posted(row.id, PersonId(row.person), body, row.bulk, row.attempts, message)
