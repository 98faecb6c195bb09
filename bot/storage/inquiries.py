"""Questions passed to staff, sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from bot.core.tickets.inquiries import Inquiry
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys
from bot.storage.digests import Digests
from bot.storage.meta import Meta


class Inquiries:
    """The inquiries, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys, meta: Meta, digests: Digests) -> None:
        self._db = connection
        self._keys = keys
        self._meta = meta
        self._digests = digests

    def next_serial(self, year: int) -> int:
        """Return the serial that the year's next inquiry takes; taken twice, it conflicts."""
        return int(self._meta.get(_serial(year)) or 0) + 1

    def save(self, inquiry: Inquiry, person: str = "") -> None:
        """Keep an inquiry; `person` is the hash of who asked, needed when it is new."""
        text = to_json(inquiry)
        self._digests.note(inquiry.id, text)
        values = {
            "closed_at": inquiry.closed_at,
            "sealed": self._keys.seal(text, _place(inquiry.id)),
        }
        row = update(tables.inquiries).filter_by(id=inquiry.id).values(values)
        if self._db.execute(row).rowcount:
            return
        year, serial = inquiry.number.split("-")[1:]
        self._meta.set(_serial(int(year)), str(int(serial)))
        new = {"id": inquiry.id, "number": inquiry.number, "person": person}
        self._db.execute(insert(tables.inquiries), {**new, "asked_at": inquiry.asked_at, **values})

    def by_id(self, id: str, *, lock: bool = False) -> Inquiry | None:
        """Return an inquiry by its id, or None; with `lock`, nobody else changes it meanwhile."""
        return next(self._found(tables.inquiries.c.id == id, lock=lock), None)

    def numbered(self, number: str) -> Inquiry | None:
        """Return an inquiry by its number for people, or None."""
        return next(self._found(tables.inquiries.c.number == number.upper()), None)

    def open(self) -> list[Inquiry]:
        """Return the inquiries that wait for an answer, oldest first, without damaged ones."""
        table = tables.inquiries
        rows = select(table).where(table.c.closed_at.is_(None)).order_by(table.c.asked_at)
        found = self._db.execute(rows).all()
        return [inquiry for row in found if (inquiry := self._opens(row))]

    def damaged(self, *, closed: bool = True) -> list[str]:
        """Return the numbers of the inquiries that cannot be opened."""
        table = tables.inquiries
        rows = select(table).order_by(table.c.number)
        found = self._db.execute(rows if closed else rows.where(table.c.closed_at.is_(None)))
        return [row.number for row in found if not self._opens(row)]

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many inquiries wait for an answer, and since when the oldest does."""
        table = tables.inquiries
        rows = select(func.count(), func.min(table.c.asked_at)).where(table.c.closed_at.is_(None))
        number, oldest = self._db.execute(rows).one()
        return number, oldest

    def open_of(self, person: str) -> int:
        """Return how many inquiries of a person (by hash) wait for an answer."""
        table = tables.inquiries
        rows = select(func.count()).where(table.c.person == person, table.c.closed_at.is_(None))
        return self._db.execute(rows).scalar_one()

    def waiting_of(self, person: str) -> list[Inquiry]:
        """Return the open inquiries of a person (by hash), oldest first, locked until the commit.

        Damaged ones are left out.
        """
        table = tables.inquiries
        theirs = (table.c.person == person) & table.c.closed_at.is_(None)
        rows = select(table).where(theirs).order_by(table.c.asked_at).with_for_update()
        return [found for row in self._db.execute(rows).all() if (found := self._opens(row))]

    def waiting_since(self, moment: datetime) -> list[str]:
        """Return the ids of inquiries that were asked before a moment and wait for an answer."""
        table = tables.inquiries
        rows = select(table.c.id).where(table.c.closed_at.is_(None), table.c.asked_at < moment)
        return list(self._db.execute(rows).scalars())

    def expired(self, closed_before: datetime) -> list[str]:
        """Return the ids of the inquiries that were closed before a moment."""
        table = tables.inquiries
        rows = select(table.c.id).where(table.c.closed_at < closed_before)
        return list(self._db.execute(rows).scalars())

    def numbers(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the numbers of those that are there, by id."""
        table = tables.inquiries
        rows = select(table.c.id, table.c.number).where(table.c.id.in_(ids))
        return {row.id: row.number for row in self._db.execute(rows)}

    def destroy(self, ids: Iterable[str]) -> int:
        """Destroy inquiries; return how many there were."""
        table = tables.inquiries
        return self._db.execute(delete(table).where(table.c.id.in_(list(ids)))).rowcount

    def _found(self, which: ColumnElement[bool], *, lock: bool = False) -> Iterator[Inquiry]:
        rows = select(tables.inquiries).where(which).order_by(tables.inquiries.c.asked_at)
        for row in self._db.execute(rows.with_for_update() if lock else rows).all():
            yield self._open(row)

    def _opens(self, row: Any) -> Inquiry | None:
        with suppress(KeyFault, ValueError):
            return self._open(row)
        return None

    def _open(self, row: Any) -> Inquiry:
        inquiry = from_json(Inquiry, opened_text(self._keys, row))
        if fault := mismatch(self._keys, row, inquiry):
            raise KeyFault(f"{row.number} is not what its row says: {fault}")
        return inquiry


def opened_text(keys: Keys, row: Any) -> str:
    """Return what is sealed in a row of an inquiry. Raises KeyFault."""
    return keys.unseal(row.sealed, _place(row.id))


def mismatch(keys: Keys, row: Any, inquiry: Inquiry) -> str:
    """Return in what an inquiry differs from the columns of its row; empty when in nothing."""
    if row.person not in keys.persons(inquiry.person):
        return "it is sealed for another person"
    if (row.closed_at is None) != (inquiry.closed_at is None):
        return "it is sealed in another state"
    return ""


def _place(id: str) -> str:
    return f"inquiries/{id}"


def _serial(year: int) -> str:
    return f"inquiry:{year}"
