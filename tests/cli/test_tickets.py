"""The register on the command line."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import store_of
from bot.cli.main import main
from bot.config import read_settings
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import State
from bot.storage.store import Store
from tests.conftest import ROOT
from tests.factories import a_question, a_ticket, in_state

CONFIG = """
[[staff]]
name = "Aino"
roles = ["agent", "approver"]
"""
YEAR_AGO = "1.1.2020"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loaded_once: Understanding) -> Path:
    assert loaded_once
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG, encoding="utf-8")
    store_of(read_settings(tmp_path / "config.toml")).close()
    return tmp_path


def store(folder: Path) -> Store:
    return store_of(read_settings(folder / "config.toml"))


def run(monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["seloste", *words])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


ASKED = ("erasure", "phone", YEAR_AGO, "today", "en", "Ann Lee", "-", "-", "Everything.", "y")


@pytest.mark.usefixtures("folder")
def test_a_phone_call_becomes_a_ticket(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    typed = "\n".join(ASKED)
    assert run(monkeypatch, "tickets", "open", "--staff", "Aino", typed=typed) == 0
    said = capfd.readouterr().out
    assert "T-20" in said
    assert run(monkeypatch, "tickets", "list") == 0
    assert "T-20" in capfd.readouterr().out


@pytest.mark.long
def test_no_log_stands_between_the_lines_of_a_command(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "tickets", "open", "--staff", "Aino"]
    told = subprocess.run(
        command,
        cwd=folder,
        input="\n".join(ASKED),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "T-20" in told.stdout
    assert "handling an event" not in told.stdout + told.stderr


@pytest.mark.usefixtures("folder")
def test_an_empty_line_leaves_out_what_can_be_left_out(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    typed = "\n".join("" if said == "-" else said for said in ASKED)
    assert run(monkeypatch, "tickets", "open", "--staff", "Aino", typed=typed) == 0
    assert "T-20" in capfd.readouterr().out


def test_where_there_is_no_database_it_says_how_one_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(monkeypatch, "tickets", "open", "--staff", "Aino") == 2
    assert "seloste run" in capfd.readouterr().err


@pytest.mark.usefixtures("folder")
def test_the_list_takes_the_filters_of_the_desks(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    opened(monkeypatch, "Ann Lee")
    for words, found in (
        (("free", "access"), True),
        (("erasure",), False),
        (("overdue",), False),
        (("mine", "--staff", "Aino"), False),
    ):
        capfd.readouterr()
        assert run(monkeypatch, "tickets", "list", *words) == 0
        assert ("T-20" in capfd.readouterr().out) is found, words
    assert run(monkeypatch, "tickets", "list", "mine") == 2
    assert "--staff" in capfd.readouterr().err
    assert run(monkeypatch, "tickets", "list", "everything") == 2
    assert "overdue" in capfd.readouterr().err


def test_a_question_to_staff_is_listed_and_shown_as_a_ticket_is(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    asked = a_question()
    with closing(store(folder)) as kept, kept.transaction() as unit:
        unit.inquiries.save(asked, kept.keys.person(asked.person))
    assert run(monkeypatch, "tickets", "list") == 0
    assert asked.number in capfd.readouterr().out
    assert run(monkeypatch, "tickets", "list", "free") == 0
    assert asked.number not in capfd.readouterr().out
    assert run(monkeypatch, "tickets", "show", asked.number.lower()) == 0
    assert asked.question in capfd.readouterr().out
    with closing(store(folder)) as kept, kept.reading() as unit:
        assert [row.action for row in unit.audit.of(asked.id)] == [Observed.DETAILS_SHOWN]


def test_a_number_that_nothing_has_is_told_with_where_to_look(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert folder
    assert run(monkeypatch, "tickets", "show", "Q-2026-9999") == 2
    assert "tickets list --all" in capfd.readouterr().err
    case = ("tickets", "export", "--case", "Q-2026-0001", "--pdf", "case.pdf")
    assert run(monkeypatch, *case) == 2
    assert "tickets show Q-2026-0001" in capfd.readouterr().err


def opened(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    lines = ("access", "letter", "today", "en", name, "ann@example.com", "-", "=1+1", "y")
    typed = "\n".join(lines)
    assert run(monkeypatch, "tickets", "open", "--staff", "Aino", typed=typed) == 0


def test_the_register_is_written_without_persons_unless_they_are_asked_for(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    opened(monkeypatch, "Ann Lee")
    assert run(monkeypatch, "tickets", "export", "register.csv") == 0
    plain = (folder / "register.csv").read_text(encoding="utf-8")
    [row] = csv.DictReader(plain.splitlines())
    assert (row["right"], row["came"], row["on_time"]) == ("access", "letter", "yes")
    assert re.fullmatch(r"\S+ \(\d{4}-\d\d-\d\d\)", row["notice"])
    assert "Ann" not in plain
    assert (folder / "register.csv").stat().st_mode & 0o077 == 0
    capfd.readouterr()
    assert run(monkeypatch, "tickets", "export", "-", "--format", "json", "--personal") == 0
    [entry] = json.loads(capfd.readouterr().out)
    assert (entry["name"], entry["email"], entry["wrote"]) == (
        "Ann Lee",
        "ann@example.com",
        "=1+1",
    )
    assert (entry["days"], entry["days_still"]) == (0, 0)


@pytest.mark.usefixtures("folder")
def test_a_register_of_nothing_still_names_its_columns(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for more, last in (((), "ground"), (("--personal",), "details")):
        capfd.readouterr()
        assert run(monkeypatch, "tickets", "export", "-", *more) == 0
        [columns] = csv.reader(capfd.readouterr().out.splitlines())
        assert (columns[0], columns[-1]) == ("number", last)


def test_what_somebody_wrote_is_no_formula_of_a_spreadsheet(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    opened(monkeypatch, "@Ann")
    assert run(monkeypatch, "tickets", "export", "register.csv", "--personal") == 0
    [row] = csv.DictReader((folder / "register.csv").read_text(encoding="utf-8").splitlines())
    assert (row["name"], row["wrote"]) == ("'@Ann", "'=1+1")
    assert "1 ticket" in capfd.readouterr().out


def test_a_workbook_holds_days_numbers_and_text_that_is_no_formula(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    opened(monkeypatch, "@Ann")
    export = ("tickets", "export", "register.xlsx", "--format", "xlsx", "--personal")
    assert run(monkeypatch, *export) == 0
    assert "1 ticket" in capfd.readouterr().out
    with zipfile.ZipFile(folder / "register.xlsx") as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
        texts = parts.read("xl/sharedStrings.xml").decode()
        styles = parts.read("xl/styles.xml").decode()
    assert "<t>@Ann</t>" in texts
    for worded in ("Miten saapui", "Määräpäivä", "pääsy henkilötietoihin", "kyllä"):
        assert f"<t>{worded}</t>" in texts, "people read it in their language"
    assert "<t>=1+1</t>" in texts
    assert "<f>" not in sheet
    assert 'quotePrefix="1"' in styles
    # Text has the type s; days and numbers have none, and can be reckoned with.
    kinds = re.findall(r'<c r="(\w)2"(?: s="\d")?(?: t="(\w)")?>', sheet)
    assert dict(kinds) == dict.fromkeys("ABCDEFIKLMNPQRSTUVWX", "s") | dict.fromkeys("GHJO", "")


def test_an_empty_register_is_a_workbook_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "tickets", "export", "register.xlsx", "--format", "xlsx") == 0
    assert "no tickets in" in capfd.readouterr().out
    assert zipfile.is_zipfile(folder / "register.xlsx")


def test_the_register_is_filtered_by_period_right_and_state(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    opened(monkeypatch, "Ann Lee")
    capfd.readouterr()
    for filters, number in (
        (("--right", "access", "--state", "awaiting_identity"), 1),
        (("--right", "erasure"), 0),
        (("--state", "refused"), 0),
        (("--to", "2020-01-01"), 0),
        (("--from", "2020-01-01"), 1),
    ):
        assert run(monkeypatch, "tickets", "export", "-", "--format", "json", *filters) == 0
        assert len(json.loads(capfd.readouterr().out)) == number
    assert run(monkeypatch, "tickets", "list", "--from", "monday") == 2
    assert run(monkeypatch, "tickets", "export", "/nowhere/register.csv") == 2


def test_a_person_is_found_by_address(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    opened(monkeypatch, "Ann Lee")
    capfd.readouterr()
    assert run(monkeypatch, "tickets", "find", typed="ann@example.com\n") == 0
    assert "T-20" in capfd.readouterr().out
    assert run(monkeypatch, "tickets", "find", typed="bob@example.com\n") == 0
    assert "T-20" not in capfd.readouterr().out


def test_nobody_else_than_staff_opens_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(monkeypatch, "tickets", "open", "--staff", "Vieras") == 2
    assert "Aino" in capfd.readouterr().err


def test_what_is_given_up_opens_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert folder.is_dir()
    assert run(monkeypatch, "tickets", "open", "--staff", "Aino", typed="erasure\n\n") == 1
    assert run(monkeypatch, "tickets", "list", "--all") == 0
    assert "T-20" not in capfd.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_request_without_any_proof_is_counted_in_the_list_and_shown_when_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    store = store_of(read_settings(Path("config.toml")))
    ticket = a_ticket()
    with store.transaction() as unit:
        unit.tickets.add(ticket, unit.keys.person(ticket.person), ticket.clock.received)
    store.close()
    assert run(monkeypatch, "tickets", "list") == 0
    hidden = capfd.readouterr().out
    assert ticket.number not in hidden
    assert "--unverified" in hidden
    assert run(monkeypatch, "tickets", "list", "--unverified") == 0
    assert ticket.number in capfd.readouterr().out


@pytest.mark.usefixtures("folder")
def test_a_file_is_attached_once_it_was_agreed_to(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ticket = replace(in_state(State.CONFIRMED), right=Right.ACCESS)
    store = store_of(read_settings(Path("config.toml")))
    with closing(store), store.transaction() as unit:
        unit.tickets.add(ticket, unit.keys.person(ticket.person), ticket.clock.received)
    Path("copy.csv").write_text("name,email", encoding="utf-8")
    attach = ("tickets", "attach", ticket.number, "copy.csv", "--staff", "Aino")
    assert run(monkeypatch, *attach, typed="n\n") == 1
    capfd.readouterr()
    assert run(monkeypatch, *attach, typed="y\n") == 0
    assert f"copy.csv is attached to {ticket.number}" in capfd.readouterr().out
    assert run(monkeypatch, "tickets", "show", ticket.number) == 0
    assert "copy.csv" in capfd.readouterr().out
    assert run(monkeypatch, "tickets", "attach", ticket.number, "gone.csv", "--staff", "Aino") == 2
    assert "gone.csv cannot be read" in capfd.readouterr().err
