"""Letters with codes are counted by person, address and domain; a mailbox may want none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.drop_index("ix_outbox_codes", "outbox")
    op.create_table(
        "code_letters",
        sa.Column("serial", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person", sa.String(64), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("domain", sa.String(64), nullable=False),
        sa.Column("stranger", sa.Boolean(), nullable=False),
        sa.Column("word", sa.String(64), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_code_letters")),
    )
    for columns in (["at"], ["word"], ["address", "at"], ["domain", "at"]):
        op.create_index(f"ix_code_letters_{'_'.join(columns)}", "code_letters", columns)
    op.create_table(
        "disowned_addresses",
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_disowned_addresses")),
    )
