"""A move copies every row into the other database, proves it, and leaves the source as it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.core.contacts import email
from bot.errors import KeyFault, StorageError, UsageError
from bot.storage.backup.migrate import move
from bot.storage.crypto import Keys, new_key
from bot.storage.engine import open_bare, open_existing
from bot.storage.store import Store
from tests.storage.conftest import NOW, Filled, everything, quiet
from tests.storage.test_store import opened


@pytest.fixture
def target(store: Store, other: str) -> Iterator[Store]:
    made = open_bare(other, store.keys)
    yield made
    made.close()


def test_every_row_is_copied_and_the_source_is_as_it_was(filled: Filled, target: Store) -> None:
    before = everything(filled.store)
    moved, audited = move(filled.store, target, quiet)
    assert everything(target) == everything(filled.store) == before
    assert {table.table: table.rows for table in moved} == {
        name: len(rows) for name, rows in before.items()
    }
    assert audited == 2


def test_a_moved_installation_goes_on_where_it_stood(
    filled: Filled, target: Store, other: str
) -> None:
    move(filled.store, target, quiet)
    there = open_existing(other, lambda: filled.store.keys)
    assert opened(there).ticket.number == "T-2026-0003"
    with there.transaction() as unit:
        assert unit.tickets.numbered("T-2026-0001") == filled.matti
        assert unit.outbox.claim("me", now=NOW, lease=timedelta(1), most=9, rate_limits={})
        unit.outbox.enqueue("say", "test:a", "hei", NOW)
        assert max(position for position, *_ in unit.outbox.contents()) == 5
        assert unit.audit.verify_chain() == (3, None)
    there.close()


def test_a_target_that_holds_something_is_left_alone(filled: Filled, target: Store) -> None:
    with target.transaction() as unit:
        unit.contacts.register([[email("matti@example.com")]])
    before = everything(target)
    with pytest.raises(UsageError, match=r"not empty .*contacts: 1"):
        move(filled.store, target, quiet)
    assert everything(target) == before


def test_what_is_written_to_the_source_meanwhile_is_noticed(filled: Filled, target: Store) -> None:
    def write(what: str, share: float) -> None:
        if (what, share) == ("copying", 0.0):
            filled.ticket("pekka")

    with pytest.raises(StorageError, match="stop the service"):
        move(filled.store, target, write)
    assert not any(everything(target).values())


def test_a_broken_chain_is_not_copied(filled: Filled, target: Store) -> None:
    with filled.store.transaction() as unit:
        unit.connection.exec_driver_sql("UPDATE audit SET actor = 'nobody' WHERE seq = 1")
    with pytest.raises(StorageError, match=r"audit chain is broken \(row 1"):
        move(filled.store, target, quiet)
    assert not any(everything(target).values())


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_row_that_the_target_does_not_take_is_told(filled: Filled, target: Store) -> None:
    with filled.store.transaction() as unit:
        unit.connection.exec_driver_sql("UPDATE inbox SET event_id = char(0) WHERE position = 1")
    with pytest.raises(StorageError, match=r"a row of the table inbox is not taken: .*NUL"):
        move(filled.store, target, quiet)


def test_a_source_of_another_master_key_is_refused(filled: Filled, url: str) -> None:
    assert filled
    with pytest.raises(KeyFault, match="another master key"):
        open_existing(url, lambda: Keys.derived_from(new_key()))


def test_tables_of_another_version_are_neither_read_nor_changed(url: str, store: Store) -> None:
    with store.transaction() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(StorageError, match="of another version"):
        open_existing(url, lambda: store.keys)
    with pytest.raises(StorageError, match="in use by another version"):
        open_bare(url, store.keys)
