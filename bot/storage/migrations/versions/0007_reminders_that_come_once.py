"""When a reminder comes that comes once."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("reminders", sa.Column("once", sa.String(), nullable=False, server_default=""))
