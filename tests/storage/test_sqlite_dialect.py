"""A transaction that may write has SQLite's one write lock from its beginning on; readers none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.engine import open_store
from bot.storage.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "seloste.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{path}", lambda _new: bytes(32))
    yield opened
    opened.close()


def can_write(path: Path) -> bool:
    other = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError:
        return False
    finally:
        other.close()
    return True


def test_a_transaction_has_the_write_lock_before_its_first_statement(
    store: Store, path: Path
) -> None:
    with store.transaction():
        assert not can_write(path)
    assert can_write(path)


def test_who_only_reads_keeps_nobody_from_writing(store: Store, path: Path) -> None:
    with store.reading() as unit:
        assert unit.meta.get("serial:2026") is None
        assert can_write(path)


def test_a_connection_that_has_read_takes_the_lock_when_it_writes(store: Store, path: Path) -> None:
    """The pool lends the same connection again."""
    for _ in range(2):
        with store.reading():
            pass
        with store.transaction():
            assert not can_write(path)


def test_what_was_read_stays_the_same_while_others_write(store: Store) -> None:
    with store.reading() as unit:
        assert unit.meta.get("serial:2026") is None
        with store.transaction() as writing:
            writing.meta.set("serial:2026", "7")
        assert unit.meta.get("serial:2026") is None


def test_no_statement_looks_for_listeners(store: Store) -> None:
    """A listener to an engine's events costs a fifth of each statement."""
    # Of the engine alone: another test may listen to all engines of the process.
    assert not vars(store._engine).get("_has_events")
