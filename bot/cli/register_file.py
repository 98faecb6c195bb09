"""The register as a file: CSV for spreadsheets, JSON for programs."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from io import StringIO

# A spreadsheet would take a cell that begins so for a formula, and whoever wrote it for its author.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """How a register is written."""

    CSV = "csv"
    JSON = "json"


def written(rows: Sequence[Mapping[str, str]], form: Format) -> str:
    """Return the rows as the text of a file."""
    if form is Format.JSON:
        return json.dumps([dict(row) for row in rows], ensure_ascii=False, indent=1) + "\n"
    text = StringIO(newline="")
    sheet = csv.writer(text)
    for number, row in enumerate(rows):
        if number == 0:
            sheet.writerow(row)
        sheet.writerow([_cell(value) for value in row.values()])
    return text.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
