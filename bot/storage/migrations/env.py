"""Alembic's entry: runs the migrations on the engine that the store has opened."""

from __future__ import annotations

from alembic import context

from bot.storage.tables import metadata

with context.config.attributes["engine"].begin() as connection:
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()
