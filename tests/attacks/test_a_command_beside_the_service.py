"""A command in another folder, or as root, works on what the service works on, or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.bootstrap import store_of
from bot.cli.main import main
from bot.config import Settings

NOBODYS = 12345  # a user of whom this machine knows nothing

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command in a folder of its own; return what it said."""

    def run(*arguments: str, code: int) -> str:
        monkeypatch.setattr(sys, "argv", ["seloste", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = "".join(capsys.readouterr())
        assert (ended.value.code or 0) == code, said
        return said

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "contacts.csv").write_text("email\nmatti@example.com\n", encoding="utf-8")
    return run


@pytest.mark.parametrize(
    "command",
    [
        "tickets list",
        "tickets export register.csv",
        "tickets show T-2026-0001",
        "audit verify",
        "clock accept",
    ],
)
def test_what_only_looks_finds_no_database_and_makes_none(
    run: Run, tmp_path: Path, command: str
) -> None:
    assert "there is no database of seloste at sqlite:///data/seloste.db" in run(
        *command.split(), code=2
    )
    assert not (tmp_path / "data").exists()


def test_who_is_put_on_file_in_a_new_database_is_told_which(run: Run) -> None:
    told = "a new database was made: sqlite:///data/seloste.db"
    assert told in run("contacts", "import", "contacts.csv", code=0)
    assert told not in run("contacts", "import", "contacts.csv", code=0)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a service, seen by root, who does not run it."""
    folder = tmp_path / "data"
    store_of(Settings.model_validate({"service": {"data_dir": folder}})).close()
    if os.geteuid() == 0:
        os.chown(folder, NOBODYS, NOBODYS)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return folder


@pytest.mark.parametrize(
    "command",
    ["contacts import contacts.csv", "keys rotate", "backup x.backup", "audit verify"],
)
def test_root_leaves_nothing_that_the_service_cannot_open(
    run: Run, served: Path, command: str
) -> None:
    before = {path: path.read_bytes() for path in served.iterdir()}
    said = run(*command.split(), code=2)
    assert "data belongs to " in said
    assert "runuser --user " in said
    assert {path: path.read_bytes() for path in served.iterdir()} == before


def test_root_may_where_that_was_said(
    run: Run, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SELOSTE_ALLOW_ROOT", "1")
    assert "1 contact of 1 person" in run("contacts", "import", "contacts.csv", code=0)
    assert (served / "seloste.db").exists()
