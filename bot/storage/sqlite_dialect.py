"""SQLite as SQLAlchemy speaks to it here: it begins each transaction by itself, and at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import URL, Connection
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

READING = "reading"  # the option of connections that only read
_NAME = "seloste"


class SQLite(SQLiteDialect_pysqlite):
    """Takes the write lock when a transaction begins, unless its connection is `READING`.

    To read first and to write later could deadlock. A listener to the engine's events would do the
    same, and have SQLAlchemy look for listeners at each statement, which costs a fifth of it.
    """

    driver = _NAME
    supports_statement_cache = True

    def set_connection_execution_options(
        self, connection: Connection, opts: Mapping[str, Any]
    ) -> None:
        """Note that the next transaction of a connection only reads."""
        super().set_connection_execution_options(connection, opts)
        if opts.get(READING):
            connection.connection.info[READING] = True

    def do_begin(self, dbapi_connection: Any) -> None:
        """Begin a transaction."""
        reading = dbapi_connection.info.pop(READING, False)
        driver = dbapi_connection.driver_connection
        driver.execute("BEGIN" if reading else "BEGIN IMMEDIATE")


def spoken_to(url: URL) -> URL:
    """Return the URL of a SQLite database that is spoken to so."""
    return url.set(drivername=f"sqlite+{_NAME}")


registry.register(f"sqlite.{_NAME}", __name__, SQLite.__name__)
