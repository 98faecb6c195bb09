"""Dead letters, rate limits and kinds of effects are called by their usual names."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_DEAD = sa.text("dead_at IS NOT NULL")
_KINDS = {"ask_staff": "show_ticket", "tell_staff": "report_denial"}


def upgrade() -> None:
    # Both databases carry a renamed column over into the indexes that use it.
    op.execute("ALTER TABLE inbox RENAME COLUMN set_aside_at TO dead_at")
    op.drop_index("ix_inbox_set_aside_at", "inbox")
    op.create_index(
        "ix_inbox_dead_at", "inbox", ["dead_at"], sqlite_where=_DEAD, postgresql_where=_DEAD
    )
    op.rename_table("paces", "rate_limits")
    op.execute("ALTER TABLE cards RENAME COLUMN told TO history_shown")
    rename = sa.text("UPDATE outbox SET kind = :new WHERE kind = :old")
    for old, new in _KINDS.items():
        op.execute(rename.bindparams(old=old, new=new))
