"""The erasure journal: ids of destroyed tickets, kept apart from the database.

A restore brings a database back as it was; the journal says what has been erased since, so that
nothing erased comes back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO


class Journal:
    """One id a line, appended and synced to disk; ids are random and say nothing of a person."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, ids: Iterable[str], *, sync: bool = True) -> None:
        """Append ids; they are on disk when this returns, unless `sync` is off."""
        lines = "".join(f"{ticket}\n" for ticket in ids).encode("ascii", errors="replace")
        if not lines:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = not self._path.exists()
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            if _torn(file):
                file.write(b"\n")
            file.write(lines)
            file.flush()
            if sync:
                os.fsync(file.fileno())
        if new:
            sync_folder(self._path.parent)

    def read(self) -> list[str]:
        """Return all ids written so far; none when there is no journal yet."""
        if not self._path.exists():
            return []
        return self._path.read_text(encoding="ascii", errors="replace").split()


def sync_folder(folder: Path) -> None:
    """Make sure that a file just created in a folder survives loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _torn(file: IO[bytes]) -> bool:
    """Tell whether the last line was cut short: nothing may be appended to it."""
    if not file.seek(0, os.SEEK_END):
        return False
    file.seek(-1, os.SEEK_END)
    return file.read() != b"\n"
