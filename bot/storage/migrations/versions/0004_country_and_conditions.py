"""The country that somebody named, and the conditions that advice must heed. «UTC» no longer stands for «unknown»."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("people", sa.Column("country", sa.String()))
    op.add_column("people", sa.Column("conditions", sa.Text(), nullable=False, server_default="{}"))
    # So it was written when somebody had not said that their zone is right.
    op.execute("UPDATE people SET zone = NULL WHERE zone = 'UTC'")
