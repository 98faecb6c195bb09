"""Alembic's entry: runs the migrations on the engine that the store has opened."""

from __future__ import annotations

from alembic import context
from sqlalchemy import func, select

from bot.storage.tables import metadata

_UPGRADING = 5_170_001  # any number that nobody else locks

with context.config.attributes["engine"].begin() as connection:
    if connection.dialect.name == "postgresql":
        # Replicas that start together upgrade one after the other.
        connection.execute(select(func.pg_advisory_xact_lock(_UPGRADING)))
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
