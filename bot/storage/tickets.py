"""Tickets at rest: each sealed with its own key, so that destroying the key destroys it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from bot.core.tickets.quotas import LAST_ENDED
from bot.core.tickets.register import Sought, matches
from bot.core.tickets.ticket import OPEN, State, Ticket
from bot.errors import KeyFault
from bot.storage import stored_tickets, tables
from bot.storage.batches import batches
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys, new_key, seal, unseal
from bot.storage.digests import Digests
from bot.storage.meta import Meta

# What a ticket begins with that is sealed for one version of itself; then come nonce and text.
_OF_VERSION = b"\xf5slv"


class Tickets:
    """The tickets, within one transaction.

    Tickets that are read stay locked to its end when it is `locking`; `contended`, on the retry
    after a conflict, locks the year's serial number too.
    """

    def __init__(
        self,
        connection: Connection,
        keys: Keys,
        meta: Meta,
        digests: Digests,
        *,
        locking: bool,
        contended: bool,
    ) -> None:
        self._db = connection
        self._keys = keys
        self._meta = meta
        self._digests = digests
        self._locking = locking
        self._contended = contended

    def next_serial(self, year: int) -> int:
        """Return the serial number of the year's next ticket; taken twice, it conflicts.

        The last one is stored apart from the tickets: a number is never reused, even when
        its ticket has been destroyed.
        """
        return int(self._meta.get(_serial(year), lock=self._contended) or 0) + 1

    def numbered(self, number: str) -> Ticket | None:
        """Return a ticket by its number for people."""
        return next(iter(self._by("number", number.upper())), None)

    def by_id(self, id: str) -> Ticket | None:
        """Return a ticket by its id."""
        return next(iter(self._by("id", id)), None)

    def of(self, *owners: str) -> tuple[Ticket, ...]:
        """Return a person's open tickets (by the person's hash, or by several), oldest first.

        With them come the last ones that have ended: not all, or each message of somebody with
        many would cost more. Without those that are damaged: the person is served all the same.
        """
        found: list[Ticket] = []
        for owner in owners:
            which = {"whose": owner, "most": LAST_ENDED}
            found += self._sound(_open_and_last_ended(self._locking), which)
        return tuple(sorted(found, key=lambda t: (t.received_at, t.number)))

    def by_due_date(self, *, ended: bool = False) -> tuple[Ticket, ...]:
        """Return the open tickets, and with `ended` those that have ended too."""
        table = tables.tickets
        where = table.c.state.in_(list(State) if ended else list(OPEN))
        return self._in_order_of(table.c.due_on, where)

    def sought(self, sought: Sought) -> tuple[Ticket, ...]:
        """Return the tickets that are sought, by due date; addresses by their keyed hash."""
        table = tables.tickets
        where: list[ColumnElement[bool]] = [
            table.c.state.in_(list(sought.states)),
            table.c.right.in_(list(sought.rights)),
        ]
        if sought.number:
            where.append(table.c.number == sought.number)
        if sought.email:
            where.append(table.c.contact.in_(self._keys.ticket_contacts_of(sought.email)))
        found = self._in_order_of(table.c.due_on, and_(*where))
        return tuple(ticket for ticket in found if matches(ticket, sought))

    def damaged(self, *, ended: bool = True) -> list[str]:
        """Return the numbers of the tickets that cannot be opened."""
        table, keys = tables.tickets, tables.ticket_keys
        joined = table.outerjoin(keys, keys.c.ticket == table.c.id)
        rows = select(table, keys.c.sealed_key)
        where = table.c.state.in_(list(State) if ended else list(OPEN))
        found = self._db.execute(rows.select_from(joined).where(where).order_by(table.c.number))
        return [row.number for row in found if not self._opens(row)]

    def unidentified_since(self, moment: datetime) -> tuple[Ticket, ...]:
        """Return the tickets received before a moment that still await identity."""
        table = tables.tickets
        waits = table.c.state == State.AWAITING_IDENTITY
        return self._in_order_of(table.c.received_at, and_(waits, table.c.received_at < moment))

    def _in_order_of(self, column: Column[Any], which: ColumnElement[bool]) -> tuple[Ticket, ...]:
        """Return tickets by id: joined with many, a database may read every key that there is."""
        table = tables.tickets
        rows = select(table.c.id).where(which).order_by(column, table.c.number)
        found: list[Ticket] = []
        for ids in batches(list(self._db.execute(rows).scalars())):
            found += self._sound(_select(table.c.id.in_(ids), column, locking=self._locking), {})
        return tuple(found)

    def add(self, ticket: Ticket, owner: str, today: date) -> None:
        """Store a new ticket of a person (by hash)."""
        year, serial = map(int, ticket.number.split("-")[1:])
        self._meta.set(_serial(year), str(serial))
        row = self._row(ticket, self._new_key(ticket.id), today) | {
            "id": ticket.id,
            "number": ticket.number,
            "year": year,
            "serial": serial,
            "person": owner,
            "right": ticket.right,
            "received_at": ticket.received_at,
        }
        self._db.execute(insert(tables.tickets), row)

    def update(self, ticket: Ticket, today: date) -> bool:
        """Store a changed ticket; False when there is none of this id."""
        sealed = self._db.execute(_KEY, {"which": ticket.id}).scalar()
        if sealed is None:
            return False
        key = bytes.fromhex(self._keys.unseal(sealed, _key_place(ticket.id)))
        row = {"which": ticket.id, **self._row(ticket, key, today)}
        return bool(self._db.execute(_CHANGE, row).rowcount)

    def save(self, ticket: Ticket, owner: str, today: date) -> None:
        """Store a ticket of a person, new or changed."""
        if not self.update(ticket, today):
            self.add(ticket, owner, today)

    def expired(self, closed_before: datetime) -> list[str]:
        """Return the ids of the tickets that ended before a moment, to be destroyed."""
        table = tables.tickets
        rows = select(table.c.id).where(table.c.closed_at < closed_before)
        # Locked, so that none is reopened before it is destroyed.
        return list(self._db.execute(rows.with_for_update()).scalars())

    def numbers(self, ids: Sequence[str]) -> dict[str, str]:
        """Return the numbers of those that are there, by id."""
        table = tables.tickets
        rows = select(table.c.id, table.c.number).where(table.c.id.in_(ids))
        return {row.id: row.number for row in self._db.execute(rows)}

    def destroy(self, ids: Sequence[str]) -> int:
        """Destroy tickets with their keys; return how many there were."""
        keys, table = tables.ticket_keys, tables.tickets
        self._db.execute(delete(keys).where(keys.c.ticket.in_(ids)))
        return self._db.execute(delete(table).where(table.c.id.in_(ids))).rowcount

    def _row(self, ticket: Ticket, key: bytes, today: date) -> dict[str, Any]:
        text = to_json(ticket)
        self._digests.note(ticket.id, text)
        return {
            "state": ticket.state,
            "version": ticket.version,
            "due_on": ticket.clock.end(today).due,
            "closed_at": ticket.closed_at,
            "contact": self._keys.ticket_contact(ticket.person.email),
            "sealed": _OF_VERSION + seal(key, text, _place(ticket.id, ticket.version)),
        }

    def _by(self, column: str, value: str) -> list[Ticket]:
        if "\0" in value:  # from a link that somebody made up: PostgreSQL takes no such text
            return []
        return self._opened(_select_by(column, self._locking), {"value": value})

    def _opened(self, rows: Select[Any], values: dict[str, object]) -> list[Ticket]:
        return [self._open(row) for row in self._db.execute(rows, values)]

    def _sound(self, rows: Select[Any], values: dict[str, object]) -> tuple[Ticket, ...]:
        """Return those that can be opened; one that is damaged must not hide the others."""
        found = self._db.execute(rows, values)
        return tuple(ticket for row in found if (ticket := self._opens(row)))

    def _opens(self, row: Any) -> Ticket | None:
        if row.sealed_key is None:
            return None
        with suppress(KeyFault, ValueError):
            return self._open(row)
        return None

    def _open(self, row: Any) -> Ticket:
        """Return the ticket of a row. Raises KeyFault when it is not the row's own."""
        ticket = from_json(Ticket, opened_text(self._keys, row))
        if fault := mismatch(self._keys, row, ticket):
            raise KeyFault(f"{row.number} is not what its row says: {fault}")
        return stored_tickets.brought_up(ticket)

    def _new_key(self, id: str) -> bytes:
        key = new_key()
        sealed = self._keys.seal(key.hex(), _key_place(id))
        self._db.execute(insert(tables.ticket_keys), {"ticket": id, "sealed_key": sealed})
        return key


def opened_text(keys: Keys, row: Any) -> str:
    """Return what is sealed in a row of a ticket and its key. Raises KeyFault."""
    key = bytes.fromhex(keys.unseal(row.sealed_key, _key_place(row.id)))
    if row.sealed.startswith(_OF_VERSION):
        return unseal(key, row.sealed[len(_OF_VERSION) :], _place(row.id, row.version))
    return unseal(key, row.sealed, f"tickets/{row.id}")


def mismatch(keys: Keys, row: Any, ticket: Ticket) -> str:
    """Return in what a ticket differs from the columns of its row; empty when in nothing.

    Whoever writes the database could else give a ticket to somebody, or put an old one back.
    """
    if row.person not in keys.persons(ticket.person):
        return "it is sealed for another person"
    if row.version != ticket.version or row.state != ticket.state:
        return "it is sealed in another version or state"
    return ""


def _key_place(id: str) -> str:
    return f"ticket_keys/{id}"


def _place(id: str, version: int) -> str:
    return f"tickets/{id}/{version}"


def _serial(year: int) -> str:
    return f"serial:{year}"


def _select(where: Any, order: Any, *, locking: bool) -> Select[Any]:
    table, keys = tables.tickets, tables.ticket_keys
    joined = table.join(keys, keys.c.ticket == table.c.id)
    # What is needed in order to open a ticket; the rest of it is sealed.
    which = (table.c.id, table.c.number, table.c.person, table.c.state, table.c.version)
    rows = select(*which, table.c.sealed, keys.c.sealed_key).select_from(joined)
    rows = rows.where(where).order_by(order, table.c.number)
    return rows.with_for_update(of=table) if locking else rows


@cache
def _select_by(column: str, locking: bool) -> Select[Any]:
    table = tables.tickets
    return _select(table.c[column] == bindparam("value"), table.c.received_at, locking=locking)


@cache
def _open_and_last_ended(locking: bool) -> Select[Any]:
    table = tables.tickets
    mine = select(table.c.id).where(table.c.person == bindparam("whose"))
    ended = mine.where(table.c.closed_at.is_not(None)).order_by(
        table.c.closed_at.desc(), table.c.number
    )
    last = select(ended.limit(bindparam("most", type_=Integer)).subquery().c.id)
    ids = mine.where(table.c.closed_at.is_(None)).union_all(last)
    return _select(table.c.id.in_(ids), table.c.received_at, locking=locking)


# Built once: putting a statement together costs more than executing it.
_CHANGE = update(tables.tickets).where(tables.tickets.c.id == bindparam("which"))
_KEYS = tables.ticket_keys
_KEY = select(_KEYS.c.sealed_key).where(_KEYS.c.ticket == bindparam("which"))
