"""Reads a company's list of known persons: a CSV file with their addresses and numbers."""

from __future__ import annotations

import csv
import sys
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from bot.core import contacts
from bot.core.contacts import Contact, ContactKind, canonical_address, canonical_number
from bot.errors import UsageError

_STDIN = Path("-")
_SEPARATORS = ",;\t"  # the second is what Excel writes in the Nordic countries
_SHOWN = 20
_ANOTHER_FORMAT = 'save it as "CSV UTF-8" and import that'

Row = Mapping[str, str | None]
Watched = Callable[[Sequence[Row]], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class ContactList:
    """The persons of a file, each with all their contacts, and the kinds that it has columns of.

    `skipped` says which lines are not valid and were left out.
    """

    persons: tuple[frozenset[Contact], ...]
    kinds: frozenset[ContactKind]
    skipped: tuple[str, ...] = ()


def read_contacts(
    path: Path, watched: Watched = list, *, country: str = "FI", skip_bad: bool = False
) -> ContactList:
    """Return the persons of a file: one row is one person, columns `email`, `phone` or both.

    Separators are commas, semicolons or tabs; the text is UTF-8, UTF-16 or Windows-1252. The path
    `-` is standard input. A number without a country code is one of `country` (two letters).
    `watched` passes the rows on and may show how far it has come.
    Raises UsageError naming the lines that are wrong, never their contents; with `skip_bad` the
    persons of those lines are left out instead.
    """
    heads, rows = _table(path)
    kinds = frozenset(kind for kind in ContactKind if kind in heads)
    if not kinds:
        raise UsageError(f"{path}: the first line must name the columns: email, phone or both")
    persons: list[frozenset[Contact]] = []
    wrong: list[str] = []
    for number, row in enumerate(watched(rows), 2):
        values = {kind: (row.get(kind) or "").strip() for kind in sorted(kinds)}
        found = {kind: _contact(kind, value, country) for kind, value in values.items() if value}
        bad = [f"line {number}: {kind}" for kind, contact in found.items() if contact is None]
        wrong += bad
        if not bad and (person := frozenset(contact for contact in found.values() if contact)):
            persons.append(person)
    if wrong and not skip_bad:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise UsageError(
            f"{path}: nothing was imported; not valid: {'; '.join(wrong[:_SHOWN])}{more}. To leave "
            "these lines out, add --skip-bad"
        )
    return ContactList(tuple(persons), kinds, tuple(wrong))


def _table(path: Path) -> tuple[Sequence[str], list[Row]]:
    """Return the names of the columns, in small letters, and the rows."""
    text = _text(path)
    first, _, rest = text.partition("\n")
    if first.startswith("sep="):  # Excel's own way to say it
        separator, text = first[4:5], rest
    else:
        separator = max(_SEPARATORS, key=first.count)
    try:
        lines = csv.reader(StringIO(text, newline=""), delimiter=separator or ",")
        heads = [name.strip().lower() for name in next(lines, [])]
        return heads, [dict(zip(heads, line, strict=False)) for line in lines if line]
    except csv.Error:
        raise UsageError(f"{path} is no table of text; {_ANOTHER_FORMAT}") from None


def _text(path: Path) -> str:
    try:
        written = sys.stdin.buffer.read() if path == _STDIN else path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None
    utf16 = written.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            text = written.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UsageError(f"{path} is no text in UTF-8, UTF-16 or Windows-1252; {_ANOTHER_FORMAT}")


def _contact(kind: ContactKind, value: str, country: str) -> Contact | None:
    if kind is ContactKind.EMAIL:
        address = canonical_address(value)
        return contacts.email(address) if address else None
    number = canonical_number(value, country)
    return contacts.phone(number) if number else None
