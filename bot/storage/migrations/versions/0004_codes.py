"""When codes were sent to an address is looked up where they were posted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_CODE_POSTED = sa.text("kind = 'send_code'")


def upgrade() -> None:
    op.create_index(
        "ix_outbox_codes",
        "outbox",
        ["destination", "created_at"],
        sqlite_where=_CODE_POSTED,
        postgresql_where=_CODE_POSTED,
    )
