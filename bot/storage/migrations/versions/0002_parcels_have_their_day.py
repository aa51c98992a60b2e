"""A reminder that could not be sent in its time is not sent in the night after."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("until", sa.BigInteger()))
    # The talk's own state tells when it is over; nobody read this.
    op.drop_column("conversations", "expires_at")
