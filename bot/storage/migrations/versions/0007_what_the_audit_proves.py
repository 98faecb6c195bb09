"""Audit rows vouch for tickets, retention marks first, and earlier keys are kept for checking."""

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
    op.create_table(
        "marks",
        sa.Column("subject", sa.String(36), nullable=False),
        sa.Column("marked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_marks")),
    )
    op.create_table(
        "old_keys",
        sa.Column("name", sa.String(8), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_old_keys")),
    )
