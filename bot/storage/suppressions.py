"""The suppression list: to which contacts no direct marketing is sent, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from bot.core.contacts import Contact, ContactKind
from bot.core.tickets import suppression
from bot.core.tickets.ticket import Ticket
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.batches import batches
from bot.storage.crypto import Keys

_TABLE = tables.suppressions


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppressed:
    """A contact on the list; its `value` is empty once the person's data were erased."""

    kind: ContactKind
    value: str
    hash: str
    since: datetime


class Suppressions:
    """The suppression list, within one transaction: a row for each contact of each ticket."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def keep(self, ticket: Ticket, now: datetime) -> tuple[list[Contact], list[Contact]]:
        """Store what holds because of a ticket, and nothing else.

        Returns the contacts that are new on the list, and those that are on it no longer.
        """
        holds = suppression.in_force(ticket)
        ended = self._end(ticket, holds)
        begun: list[Contact] = []
        for contact in holds:
            hashes = self._keys.suppressed_as(contact)
            own = (_TABLE.c.ticket == ticket.id) & _TABLE.c.contact.in_(hashes)
            if self._db.execute(select(_TABLE.c.id).where(own)).first() is None:
                if not self._knows(hashes):
                    begun.append(contact)
                self._add(contact, ticket.id, now)
        return begun, ended

    def _end(self, ticket: Ticket, holds: Iterable[Contact]) -> list[Contact]:
        """Delete the rows of a ticket that hold no longer, those of its earlier contacts too.

        Returns the contacts that are on the list no longer; of the erased, only a hash is known.
        """
        named = self._by_hash(ticket.contacts)
        kept = self._by_hash(holds)
        rows = self._db.execute(select(_TABLE).where(_TABLE.c.ticket == ticket.id)).all()
        ended: list[Contact] = []
        for row in rows:
            if row.contact in kept:
                continue
            contact = named.get(row.contact) or self._readable(row)
            self._db.execute(delete(_TABLE).where(_TABLE.c.id == row.id))
            if contact and not self._knows(self._keys.suppressed_as(contact)):
                ended.append(contact)
        return ended

    def _by_hash(self, contacts: Iterable[Contact]) -> dict[str, Contact]:
        return {hashed: one for one in contacts for hashed in self._keys.suppressed_as(one)}

    def _readable(self, row: Row[Any]) -> Contact | None:
        value = self._keys.unseal(row.sealed, _place(row.id)) if row.sealed else ""
        return Contact(ContactKind(row.kind), value) if value else None

    def held(self, contacts: Iterable[Contact]) -> set[Contact]:
        """Return those of the contacts that are on the list."""
        by_hash = self._by_hash(contacts)
        found: set[Contact] = set()
        for part in batches(list(by_hash)):
            rows = select(_TABLE.c.contact).where(_TABLE.c.contact.in_(part))
            found |= {by_hash[hashed] for hashed in self._db.execute(rows).scalars()}
        return found

    def since(self, contact: Contact) -> datetime | None:
        """Return since when a contact is on the list; None when it is not."""
        hashes = self._keys.suppressed_as(contact)
        first = select(_TABLE.c.since).where(_TABLE.c.contact.in_(hashes)).order_by(_TABLE.c.since)
        return self._db.execute(first.limit(1)).scalar()

    def listed(self) -> list[Suppressed]:
        """Return the list, the oldest first. Raises KeyFault when a row cannot be opened."""
        rows = self._db.execute(select(_TABLE).order_by(_TABLE.c.since, _TABLE.c.id)).all()
        found: dict[str, Suppressed] = {}
        for row in rows:
            known = found.get(row.contact)
            value = self._keys.unseal(row.sealed, _place(row.id)) if row.sealed else ""
            found[row.contact] = Suppressed(
                kind=ContactKind(row.kind),
                value=value or (known.value if known else ""),
                hash=row.contact,
                since=known.since if known else row.since,
            )
        return list(found.values())

    def forget(self, contacts: Iterable[Contact]) -> list[str]:
        """Keep of these contacts the keyed hash alone; return the ids of the changed rows."""
        hashes = [one for contact in contacts for one in self._keys.suppressed_as(contact)]
        readable = _TABLE.c.contact.in_(hashes) & _TABLE.c.sealed.is_not(None)
        ids = list(self._db.execute(select(_TABLE.c.id).where(readable)).scalars())
        self.forget_rows(ids)
        return ids

    def forget_rows(self, ids: Collection[str]) -> None:
        """Keep of these rows the keyed hash alone."""
        if ids:
            self._db.execute(update(_TABLE).where(_TABLE.c.id.in_(ids)).values(sealed=None))

    def damaged(self) -> int:
        """Return how many contacts cannot be opened."""
        rows = select(_TABLE.c.id, _TABLE.c.sealed).where(_TABLE.c.sealed.is_not(None))
        return sum(not self._opens(row.id, row.sealed) for row in self._db.execute(rows))

    def by_ticket(self) -> Mapping[str, int]:
        """Return how many contacts are on the list because of each ticket."""
        rows = select(_TABLE.c.ticket, func.count()).group_by(_TABLE.c.ticket)
        return dict(self._db.execute(rows).all())

    def misfiled(self) -> int:
        """Return how many contacts would not be found by what they are."""
        rows = self._db.execute(select(_TABLE).where(_TABLE.c.sealed.is_not(None)))
        return sum(not self._is_found(row) for row in rows)

    def _is_found(self, row: Row[Any]) -> bool:
        try:
            contact = self._readable(row)
        except KeyFault:
            return False
        return contact is not None and row.contact in self._keys.suppressed_as(contact)

    def _opens(self, id: str, sealed: bytes) -> bool:
        try:
            self._keys.unseal(sealed, _place(id))
        except KeyFault:
            return False
        return True

    def _knows(self, hashes: Sequence[str]) -> bool:
        rows = select(_TABLE.c.id).where(_TABLE.c.contact.in_(hashes)).limit(1)
        return self._db.execute(rows).first() is not None

    def _add(self, contact: Contact, ticket: str, now: datetime) -> None:
        own = str(uuid4())
        row = {
            "id": own,
            "contact": self._keys.suppressed_as(contact)[0],
            "kind": contact.kind,
            "ticket": ticket,
            "since": now,
            "sealed": self._keys.seal(contact.value, _place(own)),
        }
        self._db.execute(insert(_TABLE), row)


def _place(id: str) -> str:
    return f"suppressions/{id}"
