"""The register on the command line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.content.loaded import Understanding

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
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["seloste", *words])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode())))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


ASKED = ("erasure", "phone", YEAR_AGO, "today", "en", "Ann Lee", "-", "-", "Everything.", "y")


def test_a_phone_call_becomes_a_ticket(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    typed = "\n".join(ASKED)
    assert run(monkeypatch, "tickets", "open", "--staff", "Aino", typed=typed) == 0
    said = capfd.readouterr().out
    assert "T-20" in said
    assert run(monkeypatch, "tickets", "list") == 0
    assert "T-20" in capfd.readouterr().out
    assert (folder / "data" / "seloste.db").exists()


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
