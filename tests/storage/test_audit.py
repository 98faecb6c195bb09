"""The audit chain's links never change: not with a new release, not with a new column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Connection, MetaData, String, create_engine, insert, select

from bot.core.tickets.record import Observed, Record, observed
from bot.storage import tables
from bot.storage.audit import Audit
from bot.storage.crypto import Keys
from bot.storage.digests import Digests
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
# Of format 1 and of format 2, for these records under these keys.
LINKS_1 = [
    "14d28f399a0eb5ebfa36f21b71b42d6f316ac7dae17f8eac7170e03c7b79dfed",
    "aee94c43bc7f12f6ac485ae8769279af41d575e53c6d01e55bff8d3502165245",
]
LINKS_2 = [
    "cedb63665dace9932d1456c52b8ba1482284530c1ec363b7060fb7149d504737",
    "1558a351fd28eebb2d87263439f16ce0d09395073f6e0f88e822cb24b56675b0",
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
    return Audit(database, KEYS, Meta(database), Digests(KEYS))


def links(database: Connection) -> list[str]:
    return [row.hash for row in chain(database).history("ticket-1")]


def of_format_1(database: Connection) -> None:
    """Write the two records as the versions did that knew format 1 only."""
    previous = "0" * 64
    for seq, (record, hashed) in enumerate(zip((OPENED, VERIFIED), LINKS_1, strict=True), 1):
        row = {**asdict(record), "seq": seq, "previous": previous, "hash": hashed}
        database.execute(insert(tables.audit), row)
        previous = hashed
    Meta(database).set("audit_head", f"2:{previous}")


def test_a_link_is_the_same_for_ever(database: Connection) -> None:
    audit = chain(database)
    audit.append(OPENED)
    audit.append(VERIFIED)
    assert links(database) == LINKS_2
    assert audit.verify_chain() == (2, None)


def test_a_chain_of_the_first_format_is_whole_and_grows_on(database: Connection) -> None:
    of_format_1(database)
    audit = chain(database)
    assert audit.verify_chain() == (2, None)
    audit.append(VERIFIED)
    assert audit.verify_chain() == (3, None)
    assert links(database)[:2] == LINKS_1


def test_a_row_cannot_be_passed_off_as_one_of_the_first_format(database: Connection) -> None:
    audit = chain(database)
    audit.append(OPENED)
    database.execute(tables.audit.update().values(format=1, digest="0" * 64))
    assert audit.verify_chain() == (1, "row 1 (T-2026-0001) was changed")


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
    assert links(database) == LINKS_2
    assert database.execute(select(wider.c.added)).scalars().all() == ["new", "new"]


def test_what_is_observed_is_no_part_of_what_was_done(database: Connection) -> None:
    audit = chain(database)
    audit.append(OPENED)
    audit.append(observed(Observed.DETAILS_SHOWN, OPENED.at, actor="staff:a", ticket="ticket-1"))
    assert [row.action for row in audit.history("ticket-1")] == ["open"]
    assert audit.verify_chain() == (2, None)
    last = audit.last(Observed.DETAILS_SHOWN)
    assert last is not None
    assert last.seq == 2


@pytest.mark.parametrize(
    "column", [c.name for c in tables.audit.columns if c.name not in ("seq", "hash")]
)
def test_every_column_is_covered(database: Connection, column: str) -> None:
    audit = chain(database)
    audit.append(OPENED)
    others: dict[str, object] = {
        "at": datetime(2026, 11, 6, tzinfo=UTC),
        "facts": {"a": "b"},
        "format": 3,
        "key": "other",
    }
    changed = others.get(column, "changed")
    database.execute(tables.audit.update().values({column: changed}))
    number = "changed" if column == "number" else "T-2026-0001"
    assert audit.verify_chain() == (1, f"row 1 ({number}) was changed")
