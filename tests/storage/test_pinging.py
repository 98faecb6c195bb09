"""A connection that the database has dropped is noticed, and one in constant use is not asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import text
from sqlalchemy.engine.interfaces import DBAPIConnection

from bot.storage import pinging
from bot.storage.crypto import Keys
from bot.storage.engine import open_bare
from bot.storage.store import Store
from tests.bench.rig import engine_of
from tests.fakes.postgres import Postgres


@dataclass
class Watch:
    """A clock that is set."""

    seconds: float = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(pinging, "monotonic", made)
    return made


@pytest.fixture
def on_postgres(postgres: Postgres, watch: Watch) -> Iterator[Store]:
    assert watch() == 0
    with postgres.database() as url:
        store = open_bare(url, Keys.derived_from(bytes(32)))
        yield store
        store.close()


def drop_connections(postgres: Postgres, store: Store) -> None:
    """Have the server drop every connection to the database of a store."""
    postgres.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{engine_of(store).url.database}'"
    )


def test_a_connection_dropped_while_idle_is_noticed_before_it_is_used(
    on_postgres: Store, postgres: Postgres, watch: Watch
) -> None:
    with on_postgres.transaction() as unit:
        unit.meta.set("known", "before")
    drop_connections(postgres, on_postgres)
    watch.seconds += 5
    with on_postgres.transaction() as unit:
        assert unit.meta.get("known") == "before"


def test_only_a_connection_that_was_idle_is_asked(
    on_postgres: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialect, asked = engine_of(on_postgres).dialect, list[object]()
    ping = dialect.do_ping

    def counted(connection: DBAPIConnection) -> bool:
        asked.append(connection)
        return ping(connection)

    monkeypatch.setattr(dialect, "do_ping", counted)
    for idle, times in ((0.5, 0), (5.0, 1), (0.5, 1)):
        watch.seconds += idle
        with on_postgres.reading() as unit:
            unit.connection.execute(text("SELECT 1"))
        assert len(asked) == times
