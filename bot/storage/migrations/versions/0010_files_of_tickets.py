"""Tickets have files: the copy of a person's data, sealed in parts with the ticket's key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "ticket_files",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_files")),
    )
    op.create_index("ix_ticket_files_ticket", "ticket_files", ["ticket"])
    op.create_index("ix_ticket_files_created_at", "ticket_files", ["created_at"])
    op.create_table(
        "file_parts",
        sa.Column("file", sa.String(36), nullable=False),
        sa.Column("part", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("file", "part", name=op.f("pk_file_parts")),
    )
