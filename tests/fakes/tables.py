"""A SQLite database with all tables and nothing in them, made once; migrations take a while."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.storage.crypto import Keys
from bot.storage.engine import open_bare


def make_tables(url: str) -> None:
    """Make all tables in an empty database of either kind."""
    open_bare(url, Keys.derived_from(bytes(32))).close()


def put_tables(folder: Path) -> None:
    """Put the tables in a data folder, unless a database is there."""
    file = folder / "seloste.db"
    if file.exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(0o600)
    file.write_bytes(_tables())


@cache
def _tables() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "seloste.db"
        make_tables(f"sqlite:///{file}")
        return file.read_bytes()
