"""Alembic's door: it runs in the transaction that is open already, so that a migration happens wholly or not at all."""

from alembic import context

from bot.storage.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
