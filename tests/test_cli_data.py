"""Backup, restore, migrate and the second tries, as their users meet them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import utc_now
from bot.cli.main import main
from bot.core.tickets.ticket import Ticket
from bot.storage.backup.journal import Journal
from bot.storage.engine import open_existing
from bot.storage.store import Store
from tests.conftest import ROOT
from tests.fakes.postgres import Postgres
from tests.storage.conftest import Filled, everything


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


def test_a_backup_is_restored_on_another_machine(
    filled: Filled, machine: Machine, second: Machine
) -> None:
    made = machine.run("backup", "b.seloste")
    assert "master key is not in it" in made.out
    assert re.search(r"tickets +│ 2 ", made.out)
    second.with_key_of(machine)
    second.journal.write([filled.liisa.id])
    told = second.run("restore", "../b.seloste").out
    for line in (
        "The journal names 1 erased tickets; 1 came back and were erased again.",
        "1 effects waited and were set aside",
        "The audit chain is whole: 2 rows. The master key fits.",
    ):
        assert line in told
    assert second.tickets(filled.store) == [filled.matti]
    refused = second.run("restore", "../b.seloste", code=2)
    assert "not empty" in refused.err
    assert "nothing was changed" in refused.err


def test_a_restore_without_the_key_or_with_a_bad_file_makes_nothing(
    filled: Filled, machine: Machine, second: Machine
) -> None:
    assert filled
    machine.run("backup", "b.seloste")
    assert "master.key is missing" in second.run("restore", "../b.seloste", code=2).err
    second.with_key_of(machine)
    whole = (machine.folder / "b.seloste").read_bytes()
    (machine.folder / "b.seloste").write_bytes(whole[:-9])
    assert "cut short" in second.run("restore", "../b.seloste", code=2).err
    assert "No such file" in second.run("restore", "nowhere", code=2).err
    assert [path.name for path in second.folder.rglob("*")] == ["data", "master.key"]


def test_a_journal_that_was_lost_is_noticed(
    filled: Filled, machine: Machine, second: Machine
) -> None:
    machine.journal.write(["something erased long ago", filled.liisa.id])
    machine.run("backup", "b.seloste")
    second.with_key_of(machine)
    second.journal.write(["only one"])
    refused = second.run("restore", "../b.seloste", code=2)
    assert "could come back" in refused.err
    second.run("restore", "../b.seloste", "--journal", "../data/erased.log")
    assert second.tickets(filled.store) == [filled.matti]
    assert set(second.journal.read()) >= set(machine.journal.read())


def test_a_journal_that_is_lost_for_good_does_not_bar_the_way(
    filled: Filled, machine: Machine, second: Machine
) -> None:
    machine.journal.write(["an id"])
    machine.run("backup", "b.seloste")
    second.with_key_of(machine)
    told = second.run("restore", "../b.seloste", "--without-journal", "--resend").out
    assert "There is no erasure journal" in told
    assert "set aside" not in told
    assert len(second.tickets(filled.store)) == 2


def test_a_backup_of_nothing_is_refused(machine: Machine) -> None:
    refused = machine.run("backup", "b.seloste", code=2)
    assert "there is no database of seloste" in refused.err
    assert not (machine.folder / "b.seloste").exists()
    assert not (machine.folder / "data").exists()


def test_an_installation_moves_to_another_database(
    filled: Filled, machine: Machine, postgres: Postgres
) -> None:
    before = everything(filled.store)
    with postgres.database() as made:
        moved = machine.run("migrate", "--to", made)
        assert "The audit chain is whole in the copy: 2 rows" in moved.out
        assert "[database]" in moved.out
        assert "not empty" in machine.run("migrate", "--to", made, code=2).err
        there = machine.at(machine.folder, made)
        assert "2 rows" in there.run("audit", "verify").out
        assert there.tickets(filled.store) == [filled.matti, filled.liisa]
    assert everything(filled.store) == before


def test_a_password_is_not_shown(machine: Machine, filled: Filled) -> None:
    assert filled
    url = "postgresql+psycopg://seloste:geheim@127.0.0.1:1/seloste"
    refused = machine.run("migrate", "--to", url, code=2)
    assert "cannot be used" in refused.err
    assert "geheim" not in refused.err
    refused = machine.run("migrate", "--from", "nonsense", "--to", url, code=2)
    assert "cannot be read" in refused.err


def test_what_could_not_be_done_is_listed_and_tried_again(filled: Filled, machine: Machine) -> None:
    listed = machine.run("outbox", "list").out
    local = filled.now.astimezone(ZoneInfo("Europe/Helsinki"))
    assert f"4   │ say  │ given up │ {local:%Y-%m-%d %H:%M} │ 1" in listed
    assert "refused: [no] such place" in listed
    assert f"2   │ customer │ test    │ {local:%Y-%m-%d %H:%M} │ 1" in listed
    assert "1 effects were given up, 1 events were set aside; 2 effects wait" in listed
    unknown = machine.run("outbox", "retry", "4", "3", code=2).err
    assert "no. 3 cannot be tried again" in unknown
    assert "1 effects will be tried again" in machine.run("outbox", "retry", "4").out
    assert "1 events will be tried again" in machine.run("inbox", "retry").out
    assert "0 effects will be tried again" in machine.run("outbox", "retry").out
    assert "0 effects were given up, 0 events" in machine.run("outbox", "list").out
    with filled.store.reading() as unit:
        assert unit.outbox.waiting()[0] == 3
        assert unit.inbox.waiting()[0] == 2


def test_a_machine_without_the_key_of_its_database_is_refused(
    filled: Filled, machine: Machine, second: Machine
) -> None:
    assert filled
    stranger = machine.at(second.folder, machine.url)
    refused = stranger.run("outbox", "list", code=2)
    assert "data/master.key is missing" in refused.err
    assert "restore it from your backup" in refused.err
    assert list(stranger.folder.iterdir()) == []


WHOLE = b"the audit chain is whole, and every ticket is as it says: 0 rows\n"


def test_replicas_that_start_together_for_the_first_time_agree(machine: Machine) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SELOSTE_DATABASE__URL": machine.url}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "bot", "audit", "verify"],
            cwd=machine.folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for _ in range(3)
    ]
    for process in started:
        told, _ = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, WHOLE)
