"""What a person wrote becomes a formula where staff open the register in a spreadsheet."""

from __future__ import annotations

import csv
import re
from io import StringIO

import pytest

from bot.channels.desk.register_file import Format, written
from bot.channels.desk.wording import Wording
from bot.core.catalog import Language
from tests.factories import NOW, RULES

WORDING = Wording(
    render=lambda key, *_: key, language=Language.EN, rules=RULES, names={}, clock=lambda: NOW
)
_FORMULA = re.compile(r"\s*\"?\s*[=+@＝＋－＠-]")


def cells(wrote: str, separator: str) -> list[str]:
    """Return the cells that a spreadsheet of some country sees in the register."""
    row = {"number": "T-2026-0001", "wrote": wrote, "details": ""}
    text = written([row], list(row), Format.CSV, WORDING).decode()
    rows = csv.reader(StringIO(text, newline=""), delimiter=separator)
    return [cell for row in rows for cell in row]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "wrote",
    [
        '=HYPERLINK("https://evil.example","Avaa")',
        "Hei;=1+1",
        "Hei; =1+1",
        "Hei, ok;@SUM(1)",
        'Hei;"=1+1',
        "Hei\n=1+1",
        "Hei\r-1+1",
        "Hei\t+1",
        "Hei|=1+1",
        "\n=1+1",
        "＝1+1",
    ],
)
def test_no_cell_begins_as_a_formula_whatever_ends_a_cell_there(wrote: str, separator: str) -> None:
    assert [cell for cell in cells(wrote, separator) if _FORMULA.match(cell)] == []


def test_what_is_none_stays_as_it_was_written() -> None:
    wrote = "Hei, poistakaa tietoni; kiitos - Liisa (a@b.fi), 1 + 1 = 2"
    assert wrote in cells(wrote, ",")
