"""How somebody wants to be treated: name, unit, glass, goal, quiet hours, sound. Only what differs from the usual."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("people", sa.Column("preferences", sa.Text(), nullable=False, server_default="{}"))
