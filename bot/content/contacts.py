"""Reads the contacts that a company has on file: addresses and phone numbers in a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.errors import UsageError

_COLUMNS = ("email", "phone")

Row = Mapping[str, str | None]
Watched = Callable[[Sequence[Row]], Iterable[Row]]


def read_contacts(path: Path, watched: Watched = list) -> list[str]:
    """Return addresses in normal form and numbers in E.164, from columns `email` and `phone`.

    `watched` yields the rows and may show progress.
    Raises UsageError naming the lines that are wrong, never their contents.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{path} cannot be read ({type(error).__name__})") from None
    if rows and not set(_COLUMNS) & rows[0].keys():
        raise UsageError(f"{path}: the first line must name the columns: email, phone or both")
    contacts: list[str] = []
    wrong: list[str] = []
    for number, row in enumerate(watched(rows), 2):
        for column in _COLUMNS:
            value = (row.get(column) or "").strip()
            contact = _normal(column, value) if value else None
            if contact:
                contacts.append(contact)
            elif value:
                wrong.append(f"line {number}: {column}")
    if wrong:
        raise UsageError(f"{path}: nothing was imported; not valid: {'; '.join(wrong[:20])}")
    return contacts


def _normal(column: str, value: str) -> str | None:
    try:
        if column == "email":
            return validate_email(value, check_deliverability=False).normalized
        number = phonenumbers.parse(value, "FI")
    except (EmailNotValidError, phonenumbers.NumberParseException):
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
