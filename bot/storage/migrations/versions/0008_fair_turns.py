"""Events are handled in turns, cards have one waiting refresh each, and new ones come first."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_EVENT_WAITS = sa.text("handled_at IS NULL AND dead_at IS NULL")
_EFFECT_WAITS = sa.text("sent_at IS NULL AND dead_at IS NULL")
_CARD_WAITS = sa.text("sent_at IS NULL AND dead_at IS NULL AND subject != ''")


def upgrade() -> None:
    op.add_column("inbox", sa.Column("turn", sa.Integer, nullable=False, server_default="0"))
    _replace("ix_inbox_waiting", "inbox", ["turn", "position"], _EVENT_WAITS)
    op.add_column("outbox", sa.Column("subject", sa.String(36), nullable=False, server_default=""))
    op.add_column("outbox", sa.Column("rank", sa.BigInteger, nullable=False, server_default="0"))
    columns = ["destination", "rank", "position"]
    _replace("ix_outbox_destination_waiting", "outbox", columns, _EFFECT_WAITS)
    _index("ix_outbox_subject_waiting", "outbox", ["subject"], _CARD_WAITS)
    op.drop_index("ix_tickets_person", "tickets")
    op.create_index("ix_tickets_person_closed_at", "tickets", ["person", "closed_at"])


def _replace(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.drop_index(name, table)
    _index(name, table, columns, where)


def _index(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
