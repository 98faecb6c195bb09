"""The suppression list: to which contacts no direct marketing is sent, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

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
        """Store what holds because of a ticket.

        Returns the contacts that are new on the list, and those that are on it no longer.
        """
        begun: list[Contact] = []
        ended: list[Contact] = []
        holds = suppression.in_force(ticket)
        for contact in ticket.contacts:
            hashes = self._keys.suppressed_as(contact)
            own = (_TABLE.c.ticket == ticket.id) & _TABLE.c.contact.in_(hashes)
            there = self._db.execute(select(_TABLE.c.id).where(own)).first() is not None
            if there == (contact in holds):
                continue
            if there:
                self._db.execute(delete(_TABLE).where(own))
            known = self._knows(hashes)
            if not there:
                self._add(contact, ticket.id, now)
            if not known:
                (ended if there else begun).append(contact)
        return begun, ended

    def held(self, contacts: Iterable[Contact]) -> set[Contact]:
        """Return those of the contacts that are on the list."""
        by_hash = {
            hashed: contact for contact in contacts for hashed in self._keys.suppressed_as(contact)
        }
        found: set[Contact] = set()
        for part in batches(list(by_hash)):
            rows = select(_TABLE.c.contact).where(_TABLE.c.contact.in_(part))
            found |= {by_hash[hashed] for hashed in self._db.execute(rows).scalars()}
        return found

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
