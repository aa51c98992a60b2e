"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# On SQLite only INTEGER makes a key the row's own id.
ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("id", ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("update_id", ID),
        sa.Column("person", ID),
        sa.PrimaryKeyConstraint("id", name="pk_dead_letters"),
    )
    op.create_index("ix_dead_letters_at", "dead_letters", ["at"])
    op.create_index("ix_dead_letters_person", "dead_letters", ["person"])
    op.create_table(
        "erased",
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_erased"),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("nonce", sa.String()),
        sa.Column("edits", sa.String()),
        sa.Column("bulk", sa.Boolean(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("forget", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("again_at", sa.BigInteger()),
        sa.Column("message", ID),
        sa.Column("reason", sa.String()),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead')", name=op.f("ck_outbox_state")),
        sa.CheckConstraint("person > 0", name=op.f("ck_outbox_private_chat")),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_chat", "outbox", ["person", "state", "id"])
    op.create_index("ix_outbox_done", "outbox", ["state", "made_at"])
    op.create_index("ix_outbox_prompt", "outbox", ["person", "nonce", "id"])
    op.create_index("ix_outbox_ready", "outbox", ["state", "rank", "again_at", "id"])
    op.create_table(
        "people",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("consented_at", sa.BigInteger()),
        sa.Column("zone", sa.String()),
        sa.Column("blocked_at", sa.BigInteger()),
        sa.CheckConstraint("id > 0", name=op.f("ck_people_private_chat")),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    op.create_index(
        "ix_people_unconsented",
        "people",
        ["seen_at"],
        sqlite_where=sa.text("consented_at IS NULL"),
        postgresql_where=sa.text("consented_at IS NULL"),
    )
    op.create_table(
        "seen",
        sa.Column("update_id", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("update_id", name="pk_seen"),
    )
    op.create_index("ix_seen_at", "seen", ["at"])
    op.create_table(
        "checkins",
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mood", sa.String(), nullable=False),
        sa.Column("strength", sa.Integer()),
        sa.Column("often", sa.String()),
        sa.Column("sleep", sa.String()),
        sa.Column("signs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_checkins_person"),
        sa.PrimaryKeyConstraint("person", "day", name="pk_checkins"),
    )
    op.create_table(
        "conversations",
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger()),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_conversations_person"),
        sa.PrimaryKeyConstraint("person", name="pk_conversations"),
    )
    op.create_table(
        "episodes",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("onset", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_episodes_person"),
        sa.PrimaryKeyConstraint("id", name="pk_episodes"),
    )
    op.create_index("ix_episodes_person", "episodes", ["person"])
    op.create_index(
        "uq_episodes_open",
        "episodes",
        ["person"],
        unique=True,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "exercises",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_exercises_person"),
        sa.PrimaryKeyConstraint("id", name="pk_exercises"),
    )
    op.create_index("ix_exercises_person_day", "exercises", ["person", "day"])
    op.create_table(
        "firings",
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("slot", sa.Time(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_firings_person"),
        sa.PrimaryKeyConstraint("person", "kind", "day", "slot", name="pk_firings"),
    )
    op.create_index("ix_firings_at", "firings", ["at"])
    op.create_table(
        "reminders",
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("next_at", sa.BigInteger()),
        sa.Column("next_date", sa.Date()),
        sa.Column("next_slot", sa.Time()),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_reminders_person"),
        sa.PrimaryKeyConstraint("person", "kind", name="pk_reminders"),
    )
    op.create_index("ix_reminders_next_at", "reminders", ["next_at"])
    op.create_table(
        "timers",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("flow", sa.String()),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("lane", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_timers_person"),
        sa.PrimaryKeyConstraint("id", name="pk_timers"),
        sa.UniqueConstraint("person", "name", name="uq_timers_person_name"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_timers_due_at", "timers", ["due_at"])
    op.create_table(
        "waters",
        sa.Column("id", ID, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_waters_person"),
        sa.PrimaryKeyConstraint("id", name="pk_waters"),
    )
    op.create_index("ix_waters_person_day", "waters", ["person", "day"])
