"""The contact register keeps persons, and its hashes are of canonical contacts.

Hashes of before were of case-folded texts, by which one person's address could pass for another's,
and cannot be made anew from themselves: the register is emptied, so that nobody counts as on file
until it has been imported again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.drop_table("contacts")
    op.create_table(
        "contacts",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("hash", "person", name=op.f("pk_contacts")),
    )
