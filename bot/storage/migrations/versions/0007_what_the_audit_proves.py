"""Audit rows say of which format they are, by which key they are linked, and what a ticket held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    # Rows that are there stay of format 1: their links do not cover what is new.
    with op.batch_alter_table("audit") as audit:
        audit.add_column(sa.Column("format", sa.Integer(), nullable=False, server_default="1"))
        audit.add_column(sa.Column("key", sa.String(8), nullable=False, server_default=""))
        audit.add_column(sa.Column("digest", sa.String(64), nullable=False, server_default=""))
