"""The store: all or nothing, sealed at rest, an audit chain that shows every change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect

from bot.bootstrap import database_url, store_of
from bot.config import Settings
from bot.core.catalog import Language, Right
from bot.core.contacts import ContactKind, email, phone
from bot.core.conversation.dialogue import Dialogue, Offered, Request
from bot.core.envelopes import InboundEvent
from bot.core.tickets import command, new_ticket, ticket, transitions
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person
from bot.core.tickets.transitions import Change
from bot.errors import KeyFault, StorageError
from bot.storage.crypto import new_key
from bot.storage.engine import open_store
from bot.storage.retention import Periods
from bot.storage.store import Store
from bot.storage.tables import metadata
from bot.storage.verify import verify

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
PERSON = Person(channel="test", account="matti", name="Matti Virtanen", email="matti@example.com")


def opened(store: Store, details: str = "kaikki") -> Change:
    with store.transaction(contended=True) as unit:
        serial = unit.tickets.next_serial(2026)
        change = new_ticket.open_ticket(
            id=f"id-{serial}",
            number=f"T-2026-{serial:04d}",
            right=Right.ERASURE,
            language=Language.FI,
            person=PERSON,
            details=details,
            now=NOW,
            rules=Rules(),
        )
        unit.tickets.save(change.ticket, store.keys.person(PERSON), NOW.date())
        unit.audit.append(change.record)
    return change


def event(id: str = "event-1", person: str = "person") -> InboundEvent:
    return InboundEvent(
        channel="test", event_id=id, person=person, kind="customer", payload="Matti hei"
    )


class Raw:
    """The database without the store: what somebody sees, or does, who has the file."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")

    def run(self, statement: str) -> list[tuple[object, ...]]:
        with self.engine.connect() as connection:
            found = connection.exec_driver_sql(statement)
            return [tuple(row) for row in found] if found.returns_rows else []

    def everything(self) -> str:
        tables = inspect(self.engine).get_table_names()
        return repr([self.run(f"SELECT * FROM {table}") for table in tables])


@pytest.fixture
def raw(store: Store, url: str) -> Iterator[Raw]:
    assert store
    opened = Raw(url)
    yield opened
    opened.engine.dispose()


def whole(store: Store) -> str | None:
    with store.transaction() as unit:
        return unit.audit.verify_chain()[1]


def test_a_ticket_comes_back_as_it_was_kept(store: Store) -> None:
    ticket = opened(store).ticket
    with store.transaction() as unit:
        assert unit.tickets.numbered("t-2026-0001") == ticket
        assert unit.tickets.by_id("id-1") == ticket
        assert unit.tickets.of(store.keys.person(PERSON)) == (ticket,)
        assert unit.tickets.by_due_date() == (ticket,)


def test_nothing_of_a_failed_transaction_remains(store: Store) -> None:
    def fail() -> None:
        with store.transaction() as unit:
            unit.inbox.receive([event()], NOW)
            unit.outbox.enqueue("say", "test:a", "hei", NOW)
            unit.dialogues.save("person", Dialogue(language=Language.FI), NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.transaction() as unit:
        assert unit.inbox.waiting()[0] == 0
        assert unit.outbox.waiting()[0] == 0
        assert unit.dialogues.of("person") is None


def test_no_personal_data_stands_in_the_tables(store: Store, raw: Raw) -> None:
    opened(store, details="salaisuus")
    with store.transaction() as unit:
        fields = {"name": "Matti Virtanen", "email": "matti@example.com"}
        request = Request(right=Right.ERASURE, asked_at=NOW, fields=fields)
        unit.dialogues.save("person", Dialogue(language=Language.FI, state=Offered(request)), NOW)
        unit.outbox.enqueue("say", "test:a", "Matti Virtanen salaisuus", NOW)
        unit.inbox.receive([event()], NOW)
        unit.contacts.register([[email("matti@example.com")]])
    kept = raw.everything()
    assert "T-2026-0001" in kept
    for word in ("Matti", "Virtanen", "matti@", "example.com", "salaisuus"):
        assert word not in kept


def test_many_at_once_lose_no_ticket_and_give_no_number_twice(store: Store) -> None:
    opened(store)

    def work() -> None:
        for _ in range(5):
            opened(store)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.transaction() as unit:
        numbers = sorted(ticket.number for ticket in unit.tickets.by_due_date())
    assert numbers == [f"T-2026-{n:04d}" for n in range(1, 22)]
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
            " previous, hash, format, key, digest FROM audit WHERE seq = 3",
            "row 4",
        ),
    ],
)
def test_every_change_of_the_audit_is_seen(
    store: Store, raw: Raw, tampering: str, fault: str
) -> None:
    for _ in range(3):
        opened(store)
    assert whole(store) is None
    raw.run(tampering)
    found = whole(store)
    assert found is not None
    assert fault in found


@pytest.mark.parametrize(
    ("tampering", "fault"),
    [
        ("UPDATE tickets SET state = 'confirmed'", "sealed in another version or state"),
        ("UPDATE tickets SET version = version + 1", "cannot be opened"),
        ("UPDATE tickets SET contact = person", "filed under another address"),
        ("UPDATE tickets SET person = contact", "sealed for another person"),
        ("DELETE FROM ticket_keys", "cannot be opened"),
        ("DELETE FROM tickets", "is gone, and nothing says that it was erased"),
    ],
)
def test_a_ticket_that_is_not_as_the_audit_says_is_found(
    store: Store, raw: Raw, tampering: str, fault: str
) -> None:
    number = opened(store).ticket.number
    with store.snapshot() as unit:
        assert verify(unit, store.keys, anchors=(), erased=()).faults == ()
    raw.run(tampering)
    with store.snapshot() as unit:
        (found,) = verify(unit, store.keys, anchors=(), erased=()).faults
    assert found.startswith(number)
    assert fault in found


def test_a_ticket_that_the_audit_does_not_know_is_found(store: Store, raw: Raw) -> None:
    number = opened(store).ticket.number
    raw.run("DELETE FROM audit")
    raw.run("DELETE FROM meta WHERE name = 'audit_head'")
    with store.snapshot() as unit:
        found = verify(unit, store.keys, anchors=(), erased=())
    assert found.faults == (f"{number} is not in the audit chain",)


def test_the_chain_is_whole_while_it_grows(store: Store) -> None:
    opened(store)
    with store.snapshot() as unit:
        assert unit.tickets.by_due_date()
        opened(store)
        assert unit.audit.verify_chain() == (1, None)
        assert len(unit.tickets.by_due_date()) == 1
    assert whole(store) is None


def test_what_is_kept_no_longer_is_destroyed_with_its_key(store: Store, raw: Raw) -> None:
    change = opened(store)
    withdrawn = transitions.apply(
        change.ticket,
        command.Command(action=ticket.Action.WITHDRAW),
        ticket.THE_CUSTOMER,
        NOW,
        Rules(),
    )
    assert isinstance(withdrawn, Change)
    with store.transaction() as unit:
        unit.tickets.save(withdrawn.ticket, store.keys.person(PERSON), NOW.date())
        unit.dialogues.save("person", Dialogue(language=Language.FI), NOW)
        unit.inbox.receive([event()], NOW)
        received = unit.inbox.next(NOW)
        assert received
        unit.inbox.handled([received], NOW)
    days = timedelta(days=1)
    with store.transaction() as unit:
        unit.purge_expired(NOW + 3 * days, Periods(dialogues=days, events=days))
        assert unit.erase(unit.tickets.expired(NOW + 2 * days), NOW) == 1
    for table in ("tickets", "ticket_keys", "dialogues", "inbox"):
        assert raw.run(f"SELECT count(*) FROM {table}") == [(0,)], table
    assert whole(store) is None
    assert opened(store).ticket.number == "T-2026-0002"


def test_an_open_ticket_is_not_forgotten(store: Store) -> None:
    opened(store)
    with store.transaction() as unit:
        assert unit.tickets.expired(NOW + timedelta(days=9999)) == []


A, B, C, PHONE = email("a@b.fi"), email("b@b.fi"), email("c@b.fi"), phone("+358401234567")
EVERY_KIND = frozenset(ContactKind)


def test_the_register_says_on_file_or_not_and_keeps_hashes_only(store: Store, raw: Raw) -> None:
    with store.transaction() as unit:
        assert unit.contacts.register([[A], [C]]) == 2
        assert unit.contacts.register([[A]]) == 0
        found = unit.contacts.look_up([A, email("x@y.fi")])
        assert [contact in found for contact in (A, email("x@y.fi"))] == [True, False]
        assert unit.contacts.count() == 2
    kept = str(raw.run("SELECT hash, person FROM contacts"))
    assert "@" not in kept
    assert store.keys.mailbox("a@b.fi") not in kept, "another table's hash would be on file"


def test_the_register_says_which_contacts_are_one_persons(store: Store) -> None:
    with store.transaction() as unit:
        unit.contacts.register([[A, PHONE], [B, PHONE], [C]])
        found = unit.contacts.look_up([A, B, C, PHONE])
    assert found.of_same_person(PHONE, [A, B, C, PHONE]) == (), "two persons have the number"
    assert found.of_same_person(A, [B, C, PHONE]) == (PHONE,)
    assert found.of_same_person(C, [A, B, PHONE]) == ()


def test_a_whole_list_takes_the_place_of_what_was_linked_before(store: Store) -> None:
    with store.transaction() as unit:
        unit.contacts.register([[A, PHONE], [B]])
        gone = unit.contacts.outdated([[A], [B, PHONE]], EVERY_KIND)
        unit.contacts.register([[A], [B, PHONE]])
        unit.contacts.delete(gone)
        found = unit.contacts.look_up([A, B, PHONE])
    assert found.of_same_person(PHONE, [A, B]) == (B,)


def test_a_list_of_addresses_takes_no_number_and_no_link(store: Store) -> None:
    addresses = frozenset({ContactKind.EMAIL})
    with store.transaction() as unit:
        unit.contacts.register([[A, PHONE], [C]])
        unit.contacts.delete(unit.contacts.outdated([[A], [B]], addresses))
        unit.contacts.register([[A], [B]])
        found = unit.contacts.look_up([A, B, C, PHONE])
    assert [contact in found for contact in (A, B, C, PHONE)] == [True, True, False, True]
    assert found.of_same_person(PHONE, [A, B]) == (A,)


def test_another_master_key_is_refused_plainly(settings: Settings, store: Store) -> None:
    store.close()
    (settings.service.data_dir / "master.key").unlink()
    with pytest.raises(KeyFault, match="restore it from your backup"):
        store_of(settings)
    with pytest.raises(KeyFault, match="another master key"):
        open_store(database_url(settings), lambda _new: new_key())


def test_a_commit_is_on_disk_when_it_returns(store: Store, raw: Raw) -> None:
    with store.transaction() as unit:
        if raw.engine.dialect.name == "sqlite":
            assert unit._db.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert unit._db.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        else:
            assert unit._db.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def shape(engine: Engine) -> dict[str, object]:
    """Return columns, keys and indexes of all tables, as far as both ways of making name them."""
    found = inspect(engine)
    return {
        table: (
            {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(table)},
            found.get_pk_constraint(table)["constrained_columns"],
            {i["name"]: i["column_names"] for i in found.get_indexes(table)},
        )
        for table in set(found.get_table_names()) - {"alembic_version"}
    }


def test_the_migrations_make_the_tables_that_the_code_uses(raw: Raw) -> None:
    migrated = shape(raw.engine)
    metadata.drop_all(raw.engine)
    metadata.create_all(raw.engine)
    assert shape(raw.engine) == migrated


def test_a_database_of_a_newer_version_is_refused_plainly(settings: Settings, raw: Raw) -> None:
    raw.run("UPDATE alembic_version SET version_num = '9999'")
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
