"""The erasure journal: ids of destroyed tickets, kept apart from the database.

A restore brings a database back as it was; the journal says what has been erased since, so that
nothing erased comes back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path


class Journal:
    """One id a line, appended and synced to disk; ids are random and say nothing of a person."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, ids: Iterable[str]) -> None:
        """Append ids; they are on disk when this returns."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write("".join(f"{ticket}\n" for ticket in ids).encode("ascii"))
            file.flush()
            os.fsync(file.fileno())

    def read(self) -> list[str]:
        """Return all ids written so far; none when there is no journal yet."""
        if not self._path.exists():
            return []
        return self._path.read_text(encoding="ascii").split()
