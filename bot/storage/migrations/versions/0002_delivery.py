"""Events are kept before they are handled, effects are claimed, channels have a pace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)
_EVENT_WAITS = sa.text("handled_at IS NULL AND set_aside_at IS NULL")
_EFFECT_WAITS = sa.text("sent_at IS NULL AND dead_at IS NULL")


def upgrade() -> None:
    _inbox()
    _outbox()
    _serials()
    op.create_index("ix_tickets_closed_at", "tickets", ["closed_at"])
    op.create_table(
        "paces",
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("next_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paces")),
    )


def _inbox() -> None:
    op.rename_table("inbox", "inbox_0001")
    with op.batch_alter_table("inbox_0001") as batch:
        batch.drop_index("ix_inbox_received_at")
        batch.drop_constraint("pk_inbox", type_="primary")
    op.create_table(
        "inbox",
        sa.Column("position", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("event_id", sa.String(200), nullable=False),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("run_at", _MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("handled_at", _MOMENT),
        sa.Column("set_aside_at", _MOMENT),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "event_id", name=op.f("uq_inbox_channel_event_id")),
        sqlite_autoincrement=True,
    )
    # An event of the first version was handled in the transaction that received it.
    op.execute(
        "INSERT INTO inbox (channel, event_id, person, kind, received_at, run_at, attempts, "
        "handled_at) SELECT channel, event_id, '', 'said', received_at, received_at, 1, "
        "received_at FROM inbox_0001 ORDER BY received_at"
    )
    op.drop_table("inbox_0001")
    op.create_index("ix_inbox_received_at", "inbox", ["received_at"])
    _partial(
        "ix_inbox_set_aside_at", "inbox", ["set_aside_at"], sa.text("set_aside_at IS NOT NULL")
    )
    _partial("ix_inbox_waiting", "inbox", ["position"], _EVENT_WAITS)
    _partial("ix_inbox_person_waiting", "inbox", ["person", "position"], _EVENT_WAITS)


def _outbox() -> None:
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.add_column(
            sa.Column("channel", sa.String(20), nullable=False, server_default="terminal")
        )
        batch.add_column(
            sa.Column("destination", sa.String(100), nullable=False, server_default="terminal:")
        )
        batch.add_column(sa.Column("run_at", _MOMENT))
        batch.add_column(sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(sa.Column("owner", sa.String(40)))
        batch.add_column(sa.Column("lease_until", _MOMENT))
        batch.add_column(sa.Column("dead_at", _MOMENT))
        batch.add_column(sa.Column("error", sa.String(200)))
    op.execute("UPDATE outbox SET run_at = created_at")
    op.execute("UPDATE outbox SET channel = 'mail', destination = 'mail:' WHERE kind = 'send_code'")
    with op.batch_alter_table("outbox", table_kwargs={"sqlite_autoincrement": True}) as batch:
        batch.alter_column("run_at", nullable=False)
        batch.alter_column("channel", server_default=None)
        batch.alter_column("destination", server_default=None)
        batch.alter_column("attempts", server_default=None)
    op.drop_index("ix_outbox_sent_at", "outbox")
    for column in ("sent_at", "dead_at"):
        _partial(f"ix_outbox_{column}", "outbox", [column], sa.text(f"{column} IS NOT NULL"))
    _partial("ix_outbox_waiting", "outbox", ["position"], _EFFECT_WAITS)
    _partial("ix_outbox_destination_waiting", "outbox", ["destination", "position"], _EFFECT_WAITS)


def _serials() -> None:
    """Note each year's last serial, which was read off the tickets; those are forgotten in time."""
    db = op.get_bind()
    meta = sa.table("meta", sa.column("name", sa.String), sa.column("value", sa.String))
    numbers = db.execute(sa.text("SELECT number FROM tickets UNION SELECT number FROM audit"))
    last: dict[str, int] = {}
    for number in numbers.scalars():
        _, year, serial = number.split("-")
        last[f"serial:{year}"] = max(last.get(f"serial:{year}", 0), int(serial))
    for name, serial in last.items():
        noted = db.execute(sa.select(meta.c.value).filter_by(name=name)).scalar()
        if noted is None:
            db.execute(meta.insert().values(name=name, value=str(serial)))


def _partial(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, sqlite_where=where, postgresql_where=where)
