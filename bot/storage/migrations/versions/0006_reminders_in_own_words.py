"""What a reminder in somebody's own words is about."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("reminders", sa.Column("words", sa.String(), nullable=False, server_default=""))
