"""Codes are counted where they were posted, and inquiries that wait for long are looked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_CODE_POSTED = sa.text("kind = 'send_code'")
_INQUIRY_WAITS = sa.text("closed_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_codes",
        "outbox",
        ["destination", "created_at"],
        sqlite_where=_CODE_POSTED,
        postgresql_where=_CODE_POSTED,
    )
    op.create_index(
        "ix_inquiries_waiting",
        "inquiries",
        ["asked_at"],
        sqlite_where=_INQUIRY_WAITS,
        postgresql_where=_INQUIRY_WAITS,
    )
