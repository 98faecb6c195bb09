"""The suppression list on the command line."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import store_of
from bot.cli.main import main
from bot.config import Settings, read_settings
from bot.core.catalog import Right
from bot.core.contacts import email, phone
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Ticket
from bot.storage import tables
from bot.storage.store import Store
from tests.factories import NOW, a_ticket

ADDRESS, NUMBER = email("liisa.lehto@example.com"), phone("+358401234567")


def objection() -> Ticket:
    proofs = tuple(
        Evidence(method=Method.EMAIL_CODE, at=NOW, by="customer", contact=contact)
        for contact in (ADDRESS, NUMBER)
    )
    ticket = a_ticket(Right.MARKETING_OBJECTION)
    return replace(ticket, phones=(NUMBER.value,), evidence=proofs)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text("", encoding="utf-8")
    store = store_of(settings())
    with store.transaction() as unit:
        unit.keep_suppressions(objection(), NOW)
    store.close()
    return tmp_path


def settings() -> Settings:
    return read_settings(Path("config.toml"))


def stored() -> Store:
    return store_of(settings())


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["seloste", "suppressions", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


@pytest.mark.usefixtures("folder")
def test_the_list_is_shown_masked(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "list") == 0
    shown = capfd.readouterr().out
    assert "l•••@example.com" in shown
    assert "•••67" in shown
    assert ADDRESS.value not in shown


def test_the_export_is_for_a_program_and_for_its_owner_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "export", "list.csv") == 0
    made = folder / "list.csv"
    assert made.stat().st_mode & 0o777 == 0o600
    rows = list(csv.DictReader(made.read_text(encoding="utf-8").splitlines()))
    assert {row["contact"] for row in rows} == {ADDRESS.value, NUMBER.value}
    assert {row["since"] for row in rows} == {NOW.isoformat()}
    assert run(monkeypatch, "export", "list.json", "--format", "json") == 0
    read = json.loads((folder / "list.json").read_text(encoding="utf-8"))
    assert [dict(row) for row in rows] == read


def test_an_erased_person_stands_in_no_export_and_is_found_in_a_mailing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = stored()
    with store.transaction() as unit:
        unit.suppressions.forget([ADDRESS])
    store.close()
    assert run(monkeypatch, "export", "list.csv") == 0
    assert ADDRESS.value not in (folder / "list.csv").read_text(encoding="utf-8")
    mailing = "email\nLiisa.Lehto@EXAMPLE.com\nother@example.com\n"
    (folder / "mailing.csv").write_text(mailing, encoding="utf-8")
    assert run(monkeypatch, "match", "mailing.csv", "held.csv") == 0
    held = (folder / "held.csv").read_text(encoding="utf-8")
    assert held.splitlines() == ["kind,contact", f"email,{ADDRESS.value}"]


def test_where_nobody_is_on_the_list_a_program_still_finds_its_columns(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "mailing.csv").write_text("email\nother@example.com\n", encoding="utf-8")
    assert run(monkeypatch, "match", "mailing.csv", "held.csv") == 0
    assert (folder / "held.csv").read_text(encoding="utf-8").splitlines() == ["kind,contact"]
    store = stored()
    with store.transaction() as unit:
        unit.connection.execute(tables.suppressions.delete())
    store.close()
    assert run(monkeypatch, "list") == 0
    assert "no contacts are on the list" in capfd.readouterr().out


@pytest.mark.usefixtures("folder")
def test_that_it_was_read_stands_in_the_audit_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "export", "list.csv") == 0
    store = stored()
    with store.reading() as unit:
        last = unit.audit.last(Observed.LISTED)
    store.close()
    assert last is not None
    assert last.facts == {"what": "suppressions", "rows": "2", "personal": "yes"}
