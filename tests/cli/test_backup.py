"""Backup, restore and migrate, as their users meet them."""

from __future__ import annotations

import re

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
