"""Every table, its keys and its indexes. What names a person stands in `ABOUT_PEOPLE`, or erasure would miss it.

Foreign keys do not cascade: a table that erasure forgot makes the erasure fail aloud instead of leaving its rows.
Local days and times of day are the person's; every `…_at` is UTC.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)

from bot.storage.columns import Json, Utc, big_id

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _person(*, key: bool = False) -> Column[int]:
    return Column("person", big_id(), ForeignKey("people.id"), primary_key=key, autoincrement=False, nullable=False)


people = Table(
    "people",
    metadata,
    Column("id", big_id(), primary_key=True, autoincrement=False),
    Column("seen_at", Utc, nullable=False),
    Column("version", Integer, nullable=False),
    Column("language", String, nullable=False),
    Column("consented_at", Utc),
    Column("zone", String),
    Column("blocked_at", Utc),
    Column("country", String),
    Column("conditions", Json, nullable=False, server_default="{}"),
    Column("preferences", Json, nullable=False, server_default="{}"),
    CheckConstraint("id > 0", name="private_chat"),  # a group's id is negative
)
# Who never consented is forgotten after a day; this is how they are found.
Index("ix_people_unconsented", people.c.seen_at, sqlite_where=text("consented_at IS NULL"),
      postgresql_where=text("consented_at IS NULL"))  # fmt: skip

conversations = Table(
    "conversations",
    metadata,
    _person(key=True),
    Column("state", Text, nullable=False),
)

episodes = Table(
    "episodes",
    metadata,
    Column("id", big_id(), primary_key=True),
    _person(),
    Column("onset", Date, nullable=False),
    Column("ended_on", Date),
    Index("ix_episodes_person", "person"),
)
# One open episode a person.
Index("uq_episodes_open", episodes.c.person, unique=True, sqlite_where=text("ended_on IS NULL"),
      postgresql_where=text("ended_on IS NULL"))  # fmt: skip

checkins = Table(
    "checkins",
    metadata,
    _person(key=True),
    Column("day", Date, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("mood", String, nullable=False),
    Column("strength", Integer),
    Column("often", String),
    Column("sleep", String),
    Column("signs", Json, nullable=False),
)


def _logged(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("id", big_id(), primary_key=True),
        _person(),
        Column("day", Date, nullable=False),
        Column("at", Utc, nullable=False),
        Column("amount", Integer, nullable=False),
        Index(None, "person", "day"),
    )


waters = _logged("waters")
exercises = _logged("exercises")

reminders = Table(
    "reminders",
    metadata,
    _person(key=True),
    Column("kind", String, primary_key=True),
    Column("times", Json, nullable=False),
    Column("next_at", Utc),
    Column("next_date", Date),
    Column("next_slot", Time),
    Column("words", String, nullable=False, server_default=""),  # what one of their own is about
    Column("once", String, nullable=False, server_default=""),  # when it comes, of one that comes once
    Index(None, "next_at"),
)

firings = Table(
    "firings",
    metadata,
    _person(key=True),
    Column("kind", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("slot", Time, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("outcome", String, nullable=False),
    Index(None, "at"),
)

timers = Table(
    "timers",
    metadata,
    Column("id", big_id(), primary_key=True),
    _person(),
    Column("name", String, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("flow", String),
    Column("data", Json, nullable=False),
    Column("lane", String, nullable=False),
    Column("nonce", String, nullable=False),
    UniqueConstraint("person", "name"),
    Index(None, "due_at"),
    sqlite_autoincrement=True,  # an id is never given again: a late look at a replaced timer must find nothing
)

# No foreign key: the last word to somebody who had themselves erased outlives their row.
outbox = Table(
    "outbox",
    metadata,
    Column("id", big_id(), primary_key=True),
    Column("person", big_id(), nullable=False),
    Column("body", Text, nullable=False),
    Column("nonce", String),  # the prompt that this message is
    Column("edits", String),  # the prompt that this changes
    Column("bulk", Boolean, nullable=False),
    Column("rank", Integer, nullable=False),  # 0 before 1; a bulk parcel is lifted to 0 when a reply waits behind it
    Column("forget", Boolean, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("again_at", Utc),
    Column("message", big_id()),
    Column("reason", String),
    Column("until", Utc),  # of no use to anybody afterwards
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead')", name="state"),
    CheckConstraint("person > 0", name="private_chat"),
    Index("ix_outbox_ready", "state", "rank", "again_at", "id"),
    Index("ix_outbox_chat", "person", "state", "id"),
    Index("ix_outbox_prompt", "person", "nonce", "id"),
    Index("ix_outbox_done", "state", "made_at"),
    sqlite_autoincrement=True,  # the order of a chat is the order of ids, for ever
)

seen = Table(
    "seen",
    metadata,
    Column("update_id", big_id(), primary_key=True, autoincrement=False),
    Column("at", Utc, nullable=False),
    Index(None, "at"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", big_id(), primary_key=True),
    Column("at", Utc, nullable=False),
    Column("reason", String, nullable=False),
    Column("update_id", big_id()),
    Column("person", big_id()),
    Index(None, "at"),
    Index(None, "person"),
)

erased = Table("erased", metadata, Column("hash", String, primary_key=True), Column("at", Utc, nullable=False))

# The messenger's id of each picture of the house, by what is in it.
pictures = Table(
    "pictures", metadata, Column("digest", String, primary_key=True), Column("file_id", String, nullable=False)
)

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

ABOUT_PEOPLE: Mapping[str, Column[Any]] = {
    table.name: column
    for table, column in (
        (conversations, conversations.c.person),
        (episodes, episodes.c.person),
        (checkins, checkins.c.person),
        (waters, waters.c.person),
        (exercises, exercises.c.person),
        (reminders, reminders.c.person),
        (firings, firings.c.person),
        (timers, timers.c.person),
        (outbox, outbox.c.person),
        (dead_letters, dead_letters.c.person),
        (people, people.c.id),
    )
}
"""Erasure deletes the rows with the person in this column, in this order (`people` last: the others point to it)."""

NOT_ABOUT_PEOPLE: Mapping[str, str] = {
    "seen": "numbers that Telegram gave to updates; they name nobody",
    "erased": "keyed hashes, so that a restored backup can be erased again",
    "meta": "values about the store itself",
    "pictures": "the pictures of the house, which are the same for everybody",
}
