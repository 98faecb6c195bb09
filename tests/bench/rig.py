"""An assistant on a database of one's own, and databases to put it on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Engine

from bot import bootstrap
from bot.bootstrap import Assistant, store_of, utc_now
from bot.channels.http import CHANNEL
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.effects import Effect
from bot.core.envelopes import ClaimedEffect
from bot.delivery.courier import Sender
from bot.service.routing import MAIL, Routes
from bot.storage.store import Store
from tests.conftest import STAFF
from tests.fakes.postgres import Postgres

DATABASES = ("sqlite", "postgresql")


def engine_of(store: Store) -> Engine:
    """Return the engine of a store, with its durability, to measure it and to listen to it."""
    return store._engine


@contextmanager
def databases(kind: str, number: int, server: Postgres | None = None) -> Iterator[list[str]]:
    """Give the URLs of new, empty databases on this machine's disk; drop them afterwards.

    PostgreSQL is started for them unless a `server` is there.
    """
    with ExitStack() as stack:
        if kind == "sqlite":
            folder = stack.enter_context(TemporaryDirectory(prefix="seloste-bench-"))
            yield [f"sqlite:///{folder}/seloste-{place}.db" for place in range(number)]
        else:
            running = server or stack.enter_context(Postgres())
            yield [stack.enter_context(running.database()) for _ in range(number)]


@contextmanager
def assistant(
    url: str, known: Understanding, clock: Callable[[], datetime] = utc_now
) -> Iterator[Assistant]:
    """Give an assistant on a database, its desk on the HTTP channel."""
    with TemporaryDirectory(prefix="seloste-bench-") as folder:
        settings = Settings.model_validate(
            {
                "service": {"data_dir": Path(folder)},
                "web": {"listen": "127.0.0.1:0"},
                "database": {"url": url},
                "staff": STAFF,
            }
        )
        store = store_of(settings)
        try:
            yield bootstrap.assistant(settings, known, store, clock, Routes(desks=(CHANNEL,)))
        finally:
            store.close()


def senders() -> Mapping[str, Sender]:
    """Return senders that do nothing, at once."""

    async def send(_claimed: ClaimedEffect, _effect: Effect) -> None:
        pass

    return {CHANNEL: send, MAIL: send}
