"""A list of the contacts to which no direct marketing is sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "suppressions",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("contact", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("ticket", sa.String(36), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppressions")),
        sa.UniqueConstraint("ticket", "contact", name=op.f("uq_suppressions_ticket_contact")),
    )
    op.create_index("ix_suppressions_contact", "suppressions", ["contact"])
