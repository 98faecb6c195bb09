"""The register as a file: XLSX in words, for people; CSV and JSON for programs."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.channels.desk.wording import Wording

# A spreadsheet would run a cell that begins so as a formula of whoever wrote the text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# In Finland and Sweden it takes a semicolon for the end of a cell, within quotation marks too that
# do not begin one; elsewhere a tab or a new line may be one.
_BEHIND_SEPARATOR = re.compile(r"([;,|\t\r\n]\s*+(?:\"\s*+)?)(?=[=+@＝＋－＠-])")
_DAYS = ("received", "due", "closed")
_NUMBERS = ("days", "days_still")


class Format(StrEnum):
    """How a register is written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


def written(
    rows: Sequence[Mapping[str, str]], columns: Sequence[str], form: Format, wording: Wording
) -> bytes:
    """Return the rows as the content of a file; without rows, a sheet still names its columns.

    A workbook is in words; the other two name columns and values alike in every language.
    """
    match form:
        case Format.JSON:
            text = json.dumps(list(map(_object, rows)), ensure_ascii=False, indent=1)
            return f"{text}\n".encode(errors="replace")
        case Format.XLSX:
            return _workbook(rows, columns, wording)
        case Format.CSV:
            return _comma_separated(rows, columns).encode(errors="replace")


def _object(row: Mapping[str, str]) -> Mapping[str, str | int]:
    return {name: int(value) if name in _NUMBERS else value for name, value in row.items()}


def _comma_separated(rows: Sequence[Mapping[str, str]], columns: Sequence[str]) -> str:
    text = StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(columns)
    sheet.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def _cell(value: str) -> str:
    """Return text that is no formula wherever a spreadsheet lets a cell begin."""
    whole = f"'{value}" if value.startswith(_FORMULA) else value
    return _BEHIND_SEPARATOR.sub(r"\1'", whole)


def _workbook(rows: Sequence[Mapping[str, str]], columns: Sequence[str], wording: Wording) -> bytes:
    """Return a workbook of one sheet; what people wrote is text in it, never a formula or link."""
    from xlsxwriter import Workbook

    from bot.channels.desk import register_words

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("tickets")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        # Marked as text, as by a leading ': so it stays text when somebody edits the cell.
        text = book.add_format({"quote_prefix": True})
        for x, name in enumerate(columns):
            sheet.write_string(0, x, register_words.heading(name, wording), bold)
        for y, row in enumerate(rows, 1):
            for x, (name, value) in enumerate(row.items()):
                if name in _DAYS and value:
                    sheet.write_datetime(y, x, date.fromisoformat(value), day)
                elif name in _NUMBERS:
                    sheet.write_number(y, x, int(value))
                else:
                    said = register_words.value(name, value, wording)
                    sheet.write_string(y, x, said, text if said.startswith(_FORMULA) else None)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.autofit(300)
    return content.getvalue()
