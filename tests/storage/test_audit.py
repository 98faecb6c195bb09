"""The audit chain's links never change: not with a new release, not with a new column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Connection, MetaData, String, create_engine, select

from bot.core.tickets.record import Record
from bot.storage import tables
from bot.storage.audit import Audit
from bot.storage.crypto import Keys
from bot.storage.meta import Meta
from bot.storage.store import Store

KEYS = Keys.derived_from(bytes(range(32)))
OPENED = Record(
    ticket="ticket-1",
    number="T-2026-0001",
    at=datetime(2026, 11, 6, 8, 0, 0, 250000, tzinfo=UTC),
    action="open",
    actor="customer",
    before="",
    after="awaiting_identity",
)
VERIFIED = Record(
    ticket="ticket-1",
    number="T-2026-0001",
    at=datetime(2026, 11, 7, 8, 0, tzinfo=UTC),
    action="verify",
    actor="staff:0123456789",
    before="awaiting_identity",
    after="awaiting_confirmation",
    facts={"right": "erasure", "method": "call_back"},
)
# Of format 1, for these records under these keys.
LINKS = [
    "14d28f399a0eb5ebfa36f21b71b42d6f316ac7dae17f8eac7170e03c7b79dfed",
    "aee94c43bc7f12f6ac485ae8769279af41d575e53c6d01e55bff8d3502165245",
]


@pytest.fixture
def database(store: Store, url: str) -> Iterator[Connection]:
    """A database with all its tables."""
    assert store
    engine = create_engine(url)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def chain(database: Connection) -> Audit:
    return Audit(database, KEYS, Meta(database))


def test_a_link_is_the_same_for_ever(database: Connection) -> None:
    audit = chain(database)
    audit.append(OPENED)
    audit.append(VERIFIED)
    assert [row.hash for row in audit.history("ticket-1")] == LINKS
    assert audit.verify_chain() == (2, None)


def test_a_new_column_breaks_no_link(database: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    chain(database).append(OPENED)
    database.exec_driver_sql("ALTER TABLE audit ADD COLUMN added VARCHAR(20) DEFAULT 'new'")
    wider = tables.audit.to_metadata(MetaData())
    wider.append_column(Column("added", String(20), server_default="new"))
    monkeypatch.setattr(tables, "audit", wider)
    audit = chain(database)
    assert audit.verify_chain() == (1, None)
    audit.append(VERIFIED)
    assert audit.verify_chain() == (2, None)
    assert [row.hash for row in audit.history("ticket-1")] == LINKS
    assert database.execute(select(wider.c.added)).scalars().all() == ["new", "new"]


@pytest.mark.parametrize(
    "column", [c.name for c in tables.audit.columns if c.name not in ("seq", "hash")]
)
def test_every_column_is_covered(database: Connection, column: str) -> None:
    audit = chain(database)
    audit.append(OPENED)
    changed: object = {"at": datetime(2026, 11, 6, tzinfo=UTC), "facts": {"a": "b"}}.get(
        column, "changed"
    )
    database.execute(tables.audit.update().values({column: changed}))
    number = "changed" if column == "number" else "T-2026-0001"
    assert audit.verify_chain() == (1, f"row 1 ({number}) was changed")
