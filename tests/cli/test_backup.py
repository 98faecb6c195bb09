"""Backup, restore and migrate, as their users meet them."""

from __future__ import annotations

import re
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.cli.conftest import Machine
from tests.fakes.postgres import Postgres
from tests.storage.conftest import Filled, everything


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
        "1 effects waited and are dead letters now",
        "The audit chain is whole: 4 rows. The master key fits.",
    ):
        assert line in told
    assert second.tickets(filled.store) == [filled.matti]
    refused = second.run("restore", "../b.seloste", code=2)
    assert "not empty" in refused.err
    assert "nothing was changed" in refused.err


def test_backups_are_named_after_the_day_and_the_newest_kept(
    filled: Filled, machine: Machine
) -> None:
    assert filled
    old = [machine.folder / f"b-2026-01-0{day}.seloste" for day in (1, 2, 3)]
    other = machine.folder / "b-of-the-year.seloste"
    for file in (*old, other):
        file.touch()
    refused = machine.run("backup", "--keep", "2", "b.seloste", code=2)
    assert "--keep needs a name with the day in it" in refused.err
    said = machine.run("backup", "--quiet", "--keep", "2", "b-{date}.seloste")
    assert (said.out, said.err) == ("", "")
    (today,) = {*machine.folder.glob("b-2*.seloste")} - {*old}
    assert {*machine.folder.glob("b-*.seloste")} == {old[2], other, today}
    assert machine.run("backup", "b-{date}.seloste", code=2).err  # it must be new


def test_a_backup_goes_to_a_program(
    filled: Filled, machine: Machine, second: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = BytesIO()
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdout", TextIOWrapper(piped, encoding="utf-8", write_through=True))
        machine.run("backup", "-")
        written = piped.getvalue()
    (machine.folder / "b.seloste").write_bytes(written)
    second.with_key_of(machine)
    second.run("restore", "../b.seloste", "--without-journal")
    assert second.tickets(filled.store) == [filled.matti, filled.liisa]
    assert [*(machine.folder / "data").glob("backup-*")] == []


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
    assert "dead letters" not in told
    assert len(second.tickets(filled.store)) == 2


def test_a_backup_of_nothing_is_refused(machine: Machine) -> None:
    refused = machine.run("backup", "b.seloste", code=2)
    assert "there is no database of seloste" in refused.err
    assert not (machine.folder / "b.seloste").exists()
    assert not (machine.folder / "data").exists()


def test_no_backup_is_printed_on_a_screen(
    filled: Filled, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert filled
    monkeypatch.setattr("bot.cli.backup_files.is_screen", lambda: True)
    assert "a backup is not for a screen" in machine.run("backup", "-", code=2).err
    assert not (machine.folder / "-").exists()


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


def test_the_password_of_a_database_need_not_be_on_the_command_line(
    machine: Machine, filled: Filled, tmp_path: Path
) -> None:
    """What is on it can be read by every user of the machine, and is kept by the shell."""
    assert filled
    made = f"sqlite:///{tmp_path / 'moved.db'}"
    (to := tmp_path / "to").write_text(f"{made}\n", encoding="utf-8")
    (source := tmp_path / "from").write_text(machine.url, encoding="utf-8")
    moved = machine.run("migrate", "--from-file", str(source), "--to-file", str(to))
    assert f'url_file = "{to}"' in moved.out
    assert "warning" not in moved.err
    both = machine.run("migrate", "--to", made, "--to-file", str(to), code=2)
    assert "--to and --to-file are both given" in both.err
    assert "name the new database by --to-file" in machine.run("migrate", code=2).err.lower()
    missing = machine.run("migrate", "--to-file", str(tmp_path / "none"), code=2)
    assert "--to-file" in missing.err
    assert "cannot be read" in missing.err


def test_a_password_on_the_command_line_is_warned_of_and_not_repeated(
    machine: Machine, filled: Filled
) -> None:
    assert filled
    url = "postgresql+psycopg://u:Kanarialintu@127.0.0.1:1/x"
    refused = machine.run("migrate", "--to", url, code=2)
    assert "name that by --to-file" in refused.err
    assert "Kanarialintu" not in refused.out + refused.err
