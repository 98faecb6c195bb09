"""Questions that were asked in vain, masked and sealed, where an organisation keeps them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "unanswered_questions",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unanswered_questions")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_unanswered_questions_day"), "unanswered_questions", ["day"])
