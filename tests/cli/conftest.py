"""Machines on which commands are run within this process."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.bootstrap import utc_now
from bot.cli.main import main
from bot.core.tickets.ticket import Ticket
from bot.storage.backup.journal import Journal
from bot.storage.engine import open_existing
from bot.storage.store import Store
from tests.fakes.postgres import Postgres
from tests.storage.conftest import Filled


@dataclass
class Said:
    """What a command printed."""

    out: str
    err: str


class Machine:
    """A folder with a data folder in it, and a database."""

    def __init__(self, folder: Path, url: str, run: Callable[..., Said]) -> None:
        folder.mkdir(exist_ok=True)
        self.folder, self.url, self._run = folder, url, run
        self.journal = Journal(folder / "data" / "erased.log")

    def run(self, *arguments: str, code: int = 0) -> Said:
        return self._run(self.folder, self.url, *arguments, code=code)

    def at(self, folder: Path, url: str) -> Machine:
        return Machine(folder, url, self._run)

    def with_key_of(self, other: Machine) -> Machine:
        (self.folder / "data").mkdir()
        shutil.copy2(other.folder / "data" / "master.key", self.folder / "data")
        return self

    def tickets(self, store: Store) -> list[Ticket]:
        there = open_existing(self.url, lambda: store.keys)
        with there.reading() as unit:
            found = list(unit.tickets.by_due_date())
        there.close()
        return found


@pytest.fixture
def filled(store: Store) -> Filled:
    return Filled(store, now=utc_now())


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    def run(folder: Path, url: str, *arguments: str, code: int) -> Said:
        monkeypatch.chdir(folder)
        monkeypatch.setenv("SELOSTE_DATABASE__URL", url)
        monkeypatch.setenv("COLUMNS", "100")
        monkeypatch.setattr(sys, "argv", ["seloste", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = Said(*capsys.readouterr())
        assert (ended.value.code or 0) == code, said
        return said

    return run


@pytest.fixture
def machine(tmp_path: Path, url: str, run: Callable[..., Said]) -> Machine:
    """The machine whose database is filled."""
    return Machine(tmp_path, url, run)


@pytest.fixture
def second(
    tmp_path: Path, url: str, postgres: Postgres, run: Callable[..., Said]
) -> Iterator[Machine]:
    """Another machine, with an empty database of the same kind."""
    folder = tmp_path / "second"
    if url.startswith("sqlite"):
        yield Machine(folder, f"sqlite:///{folder / 'new.db'}", run)
        return
    with postgres.database() as made:
        yield Machine(folder, made, run)
