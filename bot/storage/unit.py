"""One transaction: dialogue, tickets, audit and outbox rows together, or none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, Select, bindparam, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.core.conversation.turn import Dialogue
from bot.core.tickets.ticket import OPEN, State, Ticket
from bot.errors import StorageError
from bot.storage import tables
from bot.storage.audit import Audit
from bot.storage.cards import Cards
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys, new_key, seal, unseal
from bot.storage.drafts import Drafts
from bot.storage.fair_lock import Turns
from bot.storage.inbox import Inbox
from bot.storage.inquiries import Inquiries
from bot.storage.meta import Meta
from bot.storage.outbox import Outbox

READING = "reading"
# PostgreSQL: a transaction that lost to another one (serialization failure, deadlock).
_LOST = frozenset({"40001", "40P01"})
_MOST_FORGOTTEN = 500


class Conflict(Exception):
    """Another transaction was first; the event is to be handled again from the start."""


class Store:
    """The database, with the keys that open what is sealed in it."""

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self._engine = engine
        self.keys = keys
        # SQLite has one writer, and lets in whoever looks in the right moment: some never would.
        self._turns = Turns()

    @contextmanager
    def transaction(self, *, crowded: bool = False) -> Iterator[Unit]:
        """Open one transaction; it commits at the end, or nothing of it remains.

        Tickets that are read stay locked to its end; `crowded`, after a conflict, locks the year's
        serial number too. Raises Conflict when another transaction was first, StorageError when
        the database cannot be used.
        """
        turn = nullcontext() if self.parallel else self._turns.turn()
        with turn, _told(), self._engine.begin() as connection:
            yield Unit(connection, self.keys, locking=True, crowded=crowded)

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Open a transaction that only reads: it locks nothing and waits for nobody."""
        with _told(), self._engine.connect() as connection:
            reader = connection.execution_options(**{READING: True})
            with reader.begin():
                yield Unit(reader, self.keys, locking=False)

    @contextmanager
    def snapshot(self) -> Iterator[Unit]:
        """Open a transaction that sees one state of everything, whatever others write meanwhile."""
        with _told(), self._engine.connect() as connection:
            reader = connection.execution_options(**{READING: True})
            if self.parallel:  # on SQLite every transaction is such a one
                reader = reader.execution_options(isolation_level="REPEATABLE READ")
            with reader.begin():
                yield Unit(reader, self.keys, locking=False)

    @property
    def parallel(self) -> bool:
        """Whether several transactions can write at the same time."""
        return self._engine.dialect.name != "sqlite"

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Tell what the database says in the house's own exceptions, without any data."""
    try:
        yield
    except IntegrityError:
        raise Conflict from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _LOST:
            raise Conflict from None
        raise StorageError(f"the database cannot be used ({_named(error.orig)})") from None
    except PoolTimeout:
        raise StorageError("the database cannot be used (no free connection)") from None


def _named(fault: Any) -> str:
    """Return a fault's kind and code, such as SQLITE_FULL; its text may quote data."""
    code = getattr(fault, "sqlstate", None) or getattr(fault, "sqlite_errorname", None)
    return f"{type(fault).__name__}, {code}" if code else type(fault).__name__


class Unit:
    """The repositories, within one transaction."""

    def __init__(
        self, connection: Connection, keys: Keys, *, locking: bool, crowded: bool = False
    ) -> None:
        self._db = connection
        self._keys = keys
        self._locking = locking
        self._crowded = crowded
        self.meta = Meta(connection)
        self.audit = Audit(connection, keys, self.meta)
        self.inbox = Inbox(connection, keys)
        self.outbox = Outbox(connection, keys)
        self.cards = Cards(connection)
        self.drafts = Drafts(connection, keys)
        self.inquiries = Inquiries(connection, keys, self.meta)

    @property
    def connection(self) -> Connection:
        """The connection, for what goes over whole tables."""
        return self._db

    # Dialogues

    def dialogue(self, person: str) -> Dialogue | None:
        """Return where the conversation with a person (by hash) stands."""
        sealed = self._db.execute(_DIALOGUE, {"whose": person}).scalar()
        if sealed is None:
            return None
        return from_json(Dialogue, unseal(self._keys.wrapping, sealed, f"dialogues/{person}"))

    def save_dialogue(self, person: str, dialogue: Dialogue, now: datetime) -> None:
        """Keep where the conversation stands."""
        sealed = seal(self._keys.wrapping, to_json(dialogue), f"dialogues/{person}")
        row = {"sealed_state": sealed, "touched_at": now}
        if not self._db.execute(_DIALOGUE_CHANGE, {"whose": person, **row}).rowcount:
            self._db.execute(insert(tables.dialogues), {"person": person, **row})

    # Tickets

    def next_serial(self, year: int) -> int:
        """Return the serial that the year's next ticket takes; taken twice, it conflicts.

        The last one is kept apart from the tickets: a number whose ticket has been forgotten
        is never given again.
        """
        return int(self.meta.noted(_serial(year), lock=self._crowded) or 0) + 1

    def ticket(self, number: str) -> Ticket | None:
        """Return a ticket by its number for people, or None."""
        return next(iter(self._tickets("number", number.upper())), None)

    def ticket_by_id(self, id: str) -> Ticket | None:
        """Return a ticket by its id, or None."""
        return next(iter(self._tickets("id", id)), None)

    def tickets_of(self, person: str) -> tuple[Ticket, ...]:
        """Return a person's tickets, oldest first."""
        return tuple(self._tickets("person", person))

    def tickets(self, *, ended: bool = False) -> tuple[Ticket, ...]:
        """Return the open tickets, or those that have ended too, by due date."""
        table = tables.tickets
        where = table.c.state.in_(list(State) if ended else list(OPEN))
        return tuple(self._opened(_select_tickets(where, table.c.due_on, self._locking), {}))

    def open_by(self, day: date) -> list[str]:
        """Return the ids of open tickets that are due on or before a day."""
        table = tables.tickets
        rows = select(table.c.id).where(table.c.state.in_(list(OPEN)), table.c.due_on <= day)
        return list(self._db.execute(rows).scalars())

    def idle_since(self, moment: datetime) -> list[str]:
        """Return the ids of tickets received before a moment that still await identity."""
        table = tables.tickets
        waits = table.c.state == State.AWAITING_IDENTITY
        rows = select(table.c.id).where(waits, table.c.received_at < moment)
        return list(self._db.execute(rows).scalars())

    def save_ticket(self, ticket: Ticket, person: str, due: date) -> None:
        """Keep a ticket, sealed with its own key."""
        key = self._ticket_key(ticket.id)
        row = {
            "state": ticket.state,
            "version": ticket.version,
            "due_on": due,
            "closed_at": ticket.closed_at,
            "contact": self._keys.contact(ticket.person.email),
            "sealed": seal(key, to_json(ticket), f"tickets/{ticket.id}"),
        }
        if self._db.execute(_TICKET_CHANGE, {"which": ticket.id, **row}).rowcount:
            return
        year, serial = ticket.number.split("-")[1:]
        self.meta.write(_serial(int(year)), str(int(serial)))
        row |= {
            "id": ticket.id,
            "number": ticket.number,
            "year": int(year),
            "serial": int(serial),
            "person": person,
            "right": ticket.right,
            "received_at": ticket.received_at,
        }
        self._db.execute(insert(tables.tickets), row)

    def _tickets(self, column: str, value: str) -> list[Ticket]:
        """Return the tickets with a value in a column, oldest first."""
        return self._opened(_select_by(column, self._locking), {"value": value})

    def _opened(self, rows: Select[Any], values: dict[str, object]) -> list[Ticket]:
        found = self._db.execute(rows, values)
        return [self._open(row.id, row.sealed, row.sealed_key) for row in found]

    def _open(self, id: str, sealed: bytes, sealed_key: bytes) -> Ticket:
        key = bytes.fromhex(unseal(self._keys.wrapping, sealed_key, f"ticket_keys/{id}"))
        return from_json(Ticket, unseal(key, sealed, f"tickets/{id}"))

    def _ticket_key(self, id: str) -> bytes:
        place = f"ticket_keys/{id}"
        sealed = self._db.execute(_TICKET_KEY, {"which": id}).scalar()
        if sealed is not None:
            return bytes.fromhex(unseal(self._keys.wrapping, sealed, place))
        key = new_key()
        row = {"ticket": id, "sealed_key": seal(self._keys.wrapping, key.hex(), place)}
        self._db.execute(insert(tables.ticket_keys), row)
        return key

    # Contact register

    def register(self, hashes: Iterable[str]) -> int:
        """Add keyed hashes of addresses and numbers on file; return how many were new."""
        wanted = set(hashes)
        known = set(self._db.execute(select(tables.contacts.c.hash)).scalars())
        new = [{"hash": value} for value in sorted(wanted - known)]
        if new:
            self._db.execute(insert(tables.contacts), new)
        return len(new)

    def forget_contacts(self, kept: Collection[str]) -> int:
        """Forget whoever is not among these hashes; return how many."""
        known = set(self._db.execute(select(tables.contacts.c.hash)).scalars())
        gone = [{"gone": value} for value in sorted(known - set(kept))]
        if gone:
            which = tables.contacts.c.hash == bindparam("gone")
            self._db.execute(delete(tables.contacts).where(which), gone)
        return len(gone)

    def on_file(self, contacts: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses and numbers that the company has on file."""
        by_hash = {self._keys.contact(contact): contact for contact in contacts}
        if not by_hash:
            return frozenset()
        rows = select(tables.contacts.c.hash).where(tables.contacts.c.hash.in_(by_hash))
        return frozenset(by_hash[value] for value in self._db.execute(rows).scalars())

    # Retention

    def forget(self, now: datetime, *, dialogues: timedelta, events: timedelta) -> None:
        """Destroy conversations, events and effects that are kept no longer."""
        inbox, outbox, db = tables.inbox, tables.outbox, self._db
        db.execute(delete(tables.dialogues).where(tables.dialogues.c.touched_at < now - dialogues))
        for done in (inbox.c.handled_at, inbox.c.set_aside_at):
            db.execute(delete(inbox).where(inbox.c.received_at < now - events, done.is_not(None)))
        for done in (outbox.c.sent_at, outbox.c.dead_at):
            db.execute(delete(outbox).where(done < now - events))
        self.drafts.forget(now - dialogues)
        db.execute(delete(tables.paces).where(tables.paces.c.next_at < now - events))

    def outlived(self, closed_before: datetime) -> list[str]:
        """Return the ids of some tickets that ended before a moment, to be destroyed."""
        table = tables.tickets
        rows = select(table.c.id).where(table.c.closed_at < closed_before)
        # Locked, so that none is opened again before it is destroyed.
        rows = rows.limit(_MOST_FORGOTTEN).with_for_update()
        return list(self._db.execute(rows).scalars())

    def destroy(self, ids: Iterable[str]) -> int:
        """Destroy tickets with their keys, and inquiries; return how many there were.

        The audit keeps that a ticket was, not whose.
        """
        wanted = list(ids)
        self.cards.destroy(wanted)
        inquiries = self.inquiries.destroy(wanted)
        keys, table = tables.ticket_keys, tables.tickets
        self._db.execute(delete(keys).where(keys.c.ticket.in_(wanted)))
        return inquiries + self._db.execute(delete(table).where(table.c.id.in_(wanted))).rowcount


def _serial(year: int) -> str:
    return f"serial:{year}"


def _select_tickets(where: Any, order: Any, locking: bool) -> Select[Any]:
    table, keys = tables.tickets, tables.ticket_keys
    joined = table.join(keys, keys.c.ticket == table.c.id)
    rows = select(table.c.id, table.c.sealed, keys.c.sealed_key).select_from(joined)
    rows = rows.where(where).order_by(order, table.c.number)
    return rows.with_for_update(of=table) if locking else rows


@cache
def _select_by(column: str, locking: bool) -> Select[Any]:
    table = tables.tickets
    return _select_tickets(table.c[column] == bindparam("value"), table.c.received_at, locking)


# Built once: putting a statement together costs more than carrying it out.
_IS_WHOSE = tables.dialogues.c.person == bindparam("whose")
_DIALOGUE = select(tables.dialogues.c.sealed_state).where(_IS_WHOSE)
_DIALOGUE_CHANGE = update(tables.dialogues).where(_IS_WHOSE)
_TICKET_CHANGE = update(tables.tickets).where(tables.tickets.c.id == bindparam("which"))
_KEYS = tables.ticket_keys
_TICKET_KEY = select(_KEYS.c.sealed_key).where(_KEYS.c.ticket == bindparam("which"))
