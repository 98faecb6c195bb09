"""A person writes so that the record of their case cannot be made, or says something else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.channels.desk import case_pdf
from bot.channels.desk.case_record import Section

_PAGE = re.compile(rb"/Type /Page\b")


@pytest.fixture(autouse=True)
def plain_font(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(case_pdf, "DEJAVU", tmp_path)


@pytest.mark.parametrize("columns", [2, 3, 4])
@pytest.mark.parametrize(
    "text", ["a\n" * 70, "\n" * 70, "😀" * 600], ids=["lines", "empty lines", "long"]
)
def test_a_cell_that_is_longer_than_a_page_goes_on_over_the_next(text: str, columns: int) -> None:
    rows = [["1.1.2026", text, text, text][:columns]]
    made = case_pdf.pdf("T-1 · tiedot", "", [Section(title="Sanat", rows=rows)])
    assert _PAGE.search(made)


@pytest.mark.parametrize(
    "text",
    [
        '<img src="file:///etc/passwd"/>',
        '<a href="https://evil.example">Hyväksytty</a>',
        "</para><para>",
        "<b>&lt;&#x41;&undefined;",
        "\x00\x08\x1b[2J\ud800",
    ],
    ids=["image", "link", "end", "entities", "control"],
)
def test_markup_stays_text(text: str) -> None:
    made = case_pdf.pdf("T-1", text, [Section(title=text, rows=[[text, text]], note=text)])
    assert b"/URI" not in made
    assert b"/XObject" not in made
