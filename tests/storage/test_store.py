"""The store: all or nothing, sealed at rest, an audit chain that shows every change."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from bot.app import store_of
from bot.config import Settings
from bot.core import tickets
from bot.core.catalog import Language, Right
from bot.core.dialogue import Dialogue
from bot.core.tickets import Change, Person, Rules
from bot.errors import KeyFault, StorageError
from bot.storage.database import open_store
from bot.storage.keys import new_key
from bot.storage.store import Store
from bot.storage.tables import metadata

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
DUE = date(2026, 12, 7)
PERSON = Person(channel="test", account="matti", name="Matti Virtanen", email="matti@example.com")


def opened(store: Store, details: str = "kaikki") -> Change:
    with store.transaction() as unit:
        serial = unit.next_serial(2026)
        change = tickets.open_ticket(
            id=f"id-{serial}",
            number=f"T-2026-{serial:04d}",
            right=Right.ERASURE,
            language=Language.FI,
            person=PERSON,
            details=details,
            now=NOW,
            rules=Rules(),
        )
        unit.save_ticket(change.ticket, "person", DUE)
        unit.append(change.record)
    return change


@pytest.fixture
def file(settings: Settings) -> Path:
    return settings.service.data_dir / "seloste.db"


@pytest.fixture
def raw(store: Store, file: Path) -> Iterator[sqlite3.Connection]:
    assert store
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        yield connection


def whole(store: Store) -> str | None:
    with store.transaction() as unit:
        return unit.broken_link()[1]


def test_a_ticket_comes_back_as_it_was_kept(store: Store) -> None:
    ticket = opened(store).ticket
    with store.transaction() as unit:
        assert unit.ticket("t-2026-0001") == ticket
        assert unit.ticket_by_id("id-1") == ticket
        assert unit.tickets_of("person") == (ticket,)
        assert unit.tickets() == (ticket,)


def test_nothing_of_a_failed_transaction_remains(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as unit:
            unit.receive("test", "event-1", NOW)
            unit.post("say", "hei", NOW)
            unit.save_dialogue("person", Dialogue(language=Language.FI), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.transaction() as unit:
        assert unit.receive("test", "event-1", NOW)
        assert unit.queued() == []
        assert unit.dialogue("person") is None


def test_an_event_is_received_once(store: Store) -> None:
    for first in (True, False, False):
        with store.transaction() as unit:
            assert unit.receive("test", "event-1", NOW) is first


def test_no_personal_data_stands_in_the_file(store: Store, file: Path) -> None:
    opened(store, details="salaisuus")
    with store.transaction() as unit:
        fields = {"name": "Matti Virtanen", "email": "matti@example.com"}
        unit.save_dialogue("person", Dialogue(language=Language.FI, fields=fields), NOW)
        unit.post("say", "Matti Virtanen salaisuus", NOW)
        unit.register([store.keys.hashed("matti@example.com")])
    store.close()
    for path in file.parent.glob("seloste.db*"):
        for word in (b"Matti", b"Virtanen", b"matti@", b"example.com", b"salaisuus"):
            assert word not in path.read_bytes()


def test_what_was_sent_is_wiped(store: Store, raw: sqlite3.Connection) -> None:
    with store.transaction() as unit:
        unit.post("say", "hei", NOW)
    for waiting in store.queued():
        store.sent(waiting, NOW)
    assert store.queued() == []
    assert raw.execute("SELECT sealed FROM outbox").fetchall() == [(None,)]


def test_the_outbox_keeps_its_order(store: Store) -> None:
    for text in "abc":
        with store.transaction() as unit:
            unit.post("say", text, NOW)
    assert [waiting.payload for waiting in store.queued()] == ["a", "b", "c"]


def test_many_at_once_lose_no_ticket_and_give_no_number_twice(store: Store) -> None:
    def work() -> None:
        for _ in range(5):
            opened(store)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.transaction() as unit:
        numbers = sorted(ticket.number for ticket in unit.tickets())
    assert numbers == [f"T-2026-{n:04d}" for n in range(1, 21)]
    assert whole(store) is None


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE audit SET action = 'confirm' WHERE seq = 2", "row 2 (T-2026-0002) was changed"),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE seq = 1", "row 1"),
        ("DELETE FROM audit WHERE seq = 2", "row 2 is missing"),
        ("DELETE FROM audit WHERE seq = 3", "rows are missing after row 2"),
        ("DELETE FROM audit", "rows are missing after row 0"),
        ("UPDATE audit SET seq = 9 WHERE seq = 1", "row 1 is missing"),
        (
            "INSERT INTO audit SELECT 4, ticket, number, at, action, actor, before, after, facts,"
            " previous, hash FROM audit WHERE seq = 3",
            "row 4",
        ),
    ],
)
def test_every_change_of_the_audit_is_seen(
    store: Store, raw: sqlite3.Connection, tampering: str, fault: str
) -> None:
    for _ in range(3):
        opened(store)
    assert whole(store) is None
    raw.execute(tampering)
    found = whole(store)
    assert found is not None
    assert fault in found


def test_what_is_kept_no_longer_is_destroyed_with_its_key(
    store: Store, raw: sqlite3.Connection
) -> None:
    change = opened(store)
    withdrawn = tickets.apply(
        change.ticket,
        tickets.Command(action=tickets.Action.WITHDRAW),
        tickets.THE_CUSTOMER,
        NOW,
        Rules(),
    )
    assert isinstance(withdrawn, Change)
    with store.transaction() as unit:
        unit.save_ticket(withdrawn.ticket, "person", DUE)
        unit.save_dialogue("person", Dialogue(language=Language.FI), NOW)
        unit.receive("test", "event", NOW)
    days = timedelta(days=1)
    with store.transaction() as unit:
        unit.forget(NOW + 3 * days, dialogues=days, events=days, ended=days)
    for table in ("tickets", "ticket_keys", "dialogues", "inbox"):
        assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert whole(store) is None
    assert opened(store).ticket.number == "T-2026-0002"


def test_an_open_ticket_is_not_forgotten(store: Store) -> None:
    opened(store)
    none = timedelta()
    with store.transaction() as unit:
        unit.forget(NOW + timedelta(days=9999), dialogues=none, events=none, ended=none)
        assert len(unit.tickets()) == 1


def test_the_register_says_on_file_or_not_and_keeps_hashes_only(
    store: Store, raw: sqlite3.Connection
) -> None:
    with store.transaction() as unit:
        assert unit.register([store.keys.hashed("a@b.fi"), store.keys.hashed("c@d.fi")]) == 2
        assert unit.register([store.keys.hashed("a@b.fi")]) == 0
        assert unit.on_file(["a@b.fi", "x@y.fi"]) == {"a@b.fi"}
    assert all("@" not in value for (value,) in raw.execute("SELECT hash FROM contacts"))


def test_another_master_key_is_refused_plainly(settings: Settings, store: Store) -> None:
    store.close()
    (settings.service.data_dir / "master.key").unlink()
    with pytest.raises(KeyFault, match="restore it from your backup"):
        store_of(settings)
    url = f"sqlite:///{settings.service.data_dir / 'seloste.db'}"
    with pytest.raises(KeyFault, match="another master key"):
        open_store(url, lambda _new: new_key())


def test_the_database_is_durable(raw: sqlite3.Connection, store: Store) -> None:
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with store.transaction() as unit:
        synchronous = unit._db.exec_driver_sql("PRAGMA synchronous").scalar()
    assert synchronous == 2  # FULL


def test_the_migrations_make_the_tables_that_the_code_uses(
    store: Store, file: Path, tmp_path: Path
) -> None:
    assert store
    migrated = inspect(create_engine(f"sqlite:///{file}"))
    made = create_engine(f"sqlite:///{tmp_path / 'made.db'}")
    metadata.create_all(made)
    direct = inspect(made)
    assert set(migrated.get_table_names()) - {"alembic_version"} == set(direct.get_table_names())
    for table in direct.get_table_names():
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in direct.get_columns(table)}
        found = {c["name"]: (str(c["type"]), c["nullable"]) for c in migrated.get_columns(table)}
        assert found == columns, table
        indexes = {i["name"] for i in direct.get_indexes(table)}
        assert {i["name"] for i in migrated.get_indexes(table)} == indexes, table


def test_a_database_of_a_newer_version_is_refused_plainly(
    settings: Settings, raw: sqlite3.Connection
) -> None:
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StorageError, match="newer version"):
        store_of(settings)


@pytest.mark.parametrize("url", ["nonsense", "mysql://x", "sqlite:////proc/nowhere/x.db"])
def test_a_database_that_cannot_be_used_is_named(url: str) -> None:
    with pytest.raises(StorageError):
        open_store(url, lambda _new: new_key())


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seloste.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageError, match="cannot be used"):
        open_store(f"sqlite:///{path}", lambda _new: new_key())
