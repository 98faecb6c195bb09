"""Counts the transactions that a piece of work opens, on any engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, event

from bot.storage.sqlite_dialect import READING


@contextmanager
def transactions() -> Iterator[list[str]]:
    """Take down each transaction that begins meanwhile: `read` or `write`."""
    begun: list[str] = []

    def note(connection: Connection) -> None:
        begun.append("read" if connection.get_execution_options().get(READING) else "write")

    event.listen(Engine, "begin", note)
    try:
        yield begun
    finally:
        event.remove(Engine, "begin", note)
