"""One transaction: dialogue, tickets, audit and outbox rows together, or none of them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.dialogue import Dialogue
from bot.core.tickets import OPEN, Record, State, Ticket
from bot.storage import tables
from bot.storage.keys import Keys, new_key, seal, unseal
from bot.storage.sealed import from_json, to_json

_GENESIS = "0" * 64
_HEAD = "audit_head"


class Conflict(Exception):
    """Another transaction was first; the event is to be handled again from the start."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An effect in the outbox that has not been sent yet."""

    position: int
    token: str
    kind: str
    created_at: datetime
    payload: str


class Store:
    """The database, with the keys that open what is sealed in it."""

    def __init__(self, engine: Engine, keys: Keys) -> None:
        self._engine = engine
        self.keys = keys

    @contextmanager
    def transaction(self) -> Iterator[Unit]:
        """Open one transaction; it commits at the end, or nothing of it remains.

        Raises Conflict when another transaction was first.
        """
        try:
            with self._engine.begin() as connection:
                yield Unit(connection, self.keys)
        except IntegrityError:
            raise Conflict from None

    def queued(self) -> list[Queued]:
        """Return what waits in the outbox, in order."""
        with self.transaction() as unit:
            return unit.queued()

    def sent(self, waiting: Queued, now: datetime) -> None:
        """Note that an effect was carried out, and wipe its text."""
        with self.transaction() as unit:
            unit.sent(waiting, now)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


class Unit:
    """The repositories, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    # Inbox

    def receive(self, channel: str, event_id: str, now: datetime) -> bool:
        """Note an event by the platform's own id; False when it had been received before."""
        known = select(tables.inbox.c.event_id).filter_by(channel=channel, event_id=event_id)
        if self._db.execute(known).first():
            return False
        row = {"channel": channel, "event_id": event_id, "received_at": now}
        self._db.execute(insert(tables.inbox).values(row))
        return True

    # Dialogues

    def dialogue(self, person: str) -> Dialogue | None:
        """Return where the conversation with a person (by hash) stands."""
        rows = select(tables.dialogues.c.sealed_state).filter_by(person=person)
        sealed = self._db.execute(rows).scalar()
        if sealed is None:
            return None
        return from_json(Dialogue, unseal(self._keys.wrapping, sealed, f"dialogues/{person}"))

    def save_dialogue(self, person: str, dialogue: Dialogue, now: datetime) -> None:
        """Keep where the conversation stands."""
        sealed = seal(self._keys.wrapping, to_json(dialogue), f"dialogues/{person}")
        row = {"sealed_state": sealed, "touched_at": now}
        table = tables.dialogues
        if not self._db.execute(update(table).filter_by(person=person).values(row)).rowcount:
            self._db.execute(insert(table).values(person=person, **row))

    # Tickets

    def next_serial(self, year: int) -> int:
        """Return the serial that the year's next ticket takes; taken twice, it conflicts.

        The last one is kept apart from the tickets: a number whose ticket has been forgotten
        is never given again.
        """
        return int(self._noted(_serial(year)) or 0) + 1

    def ticket(self, number: str) -> Ticket | None:
        """Return a ticket by its number for people, or None."""
        return next(iter(self._tickets(tables.tickets.c.number == number.upper())), None)

    def ticket_by_id(self, id: str) -> Ticket | None:
        """Return a ticket by its id, or None."""
        return next(iter(self._tickets(tables.tickets.c.id == id)), None)

    def tickets_of(self, person: str) -> tuple[Ticket, ...]:
        """Return a person's tickets, oldest first."""
        return tuple(self._tickets(tables.tickets.c.person == person))

    def tickets(self, *, ended: bool = False) -> tuple[Ticket, ...]:
        """Return the open tickets, or those that have ended too, by due date."""
        where = tables.tickets.c.state.in_(list(State) if ended else list(OPEN))
        return tuple(self._tickets(where, tables.tickets.c.due_on))

    def codes_sent_to(self, email: str) -> tuple[datetime, ...]:
        """Return when codes were sent to an address, whoever asked for them."""
        found = self._tickets(tables.tickets.c.contact == self._keys.hashed(email))
        return tuple(at for ticket in found for at in ticket.codes_sent)

    def save_ticket(self, ticket: Ticket, person: str, due: date) -> None:
        """Keep a ticket, sealed with its own key."""
        key = self._ticket_key(ticket.id)
        row = {
            "state": ticket.state,
            "version": ticket.version,
            "due_on": due,
            "closed_at": ticket.closed_at,
            "sealed": seal(key, to_json(ticket), f"tickets/{ticket.id}"),
        }
        if self._db.execute(update(tables.tickets).filter_by(id=ticket.id).values(row)).rowcount:
            return
        year, serial = ticket.number.split("-")[1:]
        self._write(_serial(int(year)), str(int(serial)))
        row |= {
            "id": ticket.id,
            "number": ticket.number,
            "year": int(year),
            "serial": int(serial),
            "person": person,
            "contact": self._keys.hashed(ticket.person.email),
            "right": ticket.right,
            "received_at": ticket.received_at,
        }
        self._db.execute(insert(tables.tickets).values(row))

    def _tickets(self, where: Any, order: Any = tables.tickets.c.received_at) -> list[Ticket]:
        table, keys = tables.tickets, tables.ticket_keys
        joined = table.join(keys, keys.c.ticket == table.c.id)
        rows = select(table.c.id, table.c.sealed, keys.c.sealed_key).select_from(joined)
        found = self._db.execute(rows.where(where).order_by(order, table.c.number))
        return [self._open(row.id, row.sealed, row.sealed_key) for row in found]

    def _open(self, id: str, sealed: bytes, sealed_key: bytes) -> Ticket:
        key = bytes.fromhex(unseal(self._keys.wrapping, sealed_key, f"ticket_keys/{id}"))
        return from_json(Ticket, unseal(key, sealed, f"tickets/{id}"))

    def _ticket_key(self, id: str) -> bytes:
        place = f"ticket_keys/{id}"
        rows = select(tables.ticket_keys.c.sealed_key).filter_by(ticket=id)
        sealed = self._db.execute(rows).scalar()
        if sealed is not None:
            return bytes.fromhex(unseal(self._keys.wrapping, sealed, place))
        key = new_key()
        row = {"ticket": id, "sealed_key": seal(self._keys.wrapping, key.hex(), place)}
        self._db.execute(insert(tables.ticket_keys).values(row))
        return key

    # Audit

    def append(self, record: Record) -> None:
        """Add one record to the end of the audit chain."""
        seq, previous = self._head()
        row = {
            "seq": seq + 1,
            "ticket": record.ticket,
            "number": record.number,
            "at": record.at,
            "action": record.action,
            "actor": record.actor,
            "before": record.before,
            "after": record.after,
            "facts": dict(record.facts),
            "previous": previous,
        }
        row["hash"] = _link(self._keys.audit, row)
        self._db.execute(insert(tables.audit).values(row))
        self._write(_HEAD, f"{seq + 1}:{row['hash']}")

    def history(self, ticket: str) -> Sequence[Any]:
        """Return the audit rows of a ticket, oldest first."""
        rows = select(tables.audit).filter_by(ticket=ticket).order_by(tables.audit.c.seq)
        return self._db.execute(rows).all()

    def broken_link(self) -> tuple[int, str | None]:
        """Return how many audit rows there are, and what is wrong with the chain (None: whole)."""
        previous, count = _GENESIS, 0
        for row in self._db.execute(select(tables.audit).order_by(tables.audit.c.seq)).mappings():
            count += 1
            if row["seq"] != count:
                return count, f"row {count} is missing"
            if row["previous"] != previous or row["hash"] != _link(self._keys.audit, dict(row)):
                return count, f"row {count} ({row['number']}) was changed"
            previous = row["hash"]
        if self._head() != (count, previous):
            return count, f"rows are missing after row {count}"
        return count, None

    def _head(self) -> tuple[int, str]:
        # Locking the head puts appends of several replicas in a row.
        value = self._noted(_HEAD, lock=True)
        if value is None:
            return 0, _GENESIS
        seq, _, digest = value.partition(":")
        return int(seq), digest

    # Outbox

    def post(self, kind: str, payload: str, now: datetime) -> None:
        """Put an effect in the outbox."""
        token = str(uuid4())
        sealed = seal(self._keys.wrapping, payload, f"outbox/{token}")
        row = {"token": token, "kind": kind, "created_at": now, "sealed": sealed}
        self._db.execute(insert(tables.outbox).values(row))

    def queued(self) -> list[Queued]:
        """Return what waits to be sent, in order."""
        table = tables.outbox
        rows = select(table).where(table.c.sent_at.is_(None)).order_by(table.c.position)
        return [
            Queued(
                position=row.position,
                token=row.token,
                kind=row.kind,
                created_at=row.created_at,
                payload=unseal(self._keys.wrapping, row.sealed, f"outbox/{row.token}"),
            )
            for row in self._db.execute(rows)
        ]

    def sent(self, queued: Queued, now: datetime) -> None:
        """Note that an effect was carried out, and wipe its text."""
        values = {"sent_at": now, "sealed": None}
        self._db.execute(update(tables.outbox).filter_by(position=queued.position).values(values))

    # Contact register

    def register(self, hashes: Iterable[str]) -> int:
        """Add keyed hashes of addresses and numbers on file; return how many were new."""
        wanted = set(hashes)
        known = set(self._db.execute(select(tables.contacts.c.hash)).scalars())
        new = [{"hash": value} for value in sorted(wanted - known)]
        if new:
            self._db.execute(insert(tables.contacts), new)
        return len(new)

    def on_file(self, emails: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses that the company has on file."""
        by_hash = {self._keys.hashed(email): email for email in emails}
        rows = select(tables.contacts.c.hash).where(tables.contacts.c.hash.in_(by_hash))
        return frozenset(by_hash[value] for value in self._db.execute(rows).scalars())

    # Retention

    def forget(
        self, now: datetime, *, dialogues: timedelta, events: timedelta, ended: timedelta
    ) -> None:
        """Destroy what is kept no longer; the audit keeps that a ticket was, not whose."""
        db, old = self._db, tables.tickets
        db.execute(delete(tables.dialogues).where(tables.dialogues.c.touched_at < now - dialogues))
        db.execute(delete(tables.inbox).where(tables.inbox.c.received_at < now - events))
        db.execute(delete(tables.outbox).where(tables.outbox.c.sent_at < now - events))
        gone = select(old.c.id).where(old.c.closed_at < now - ended)
        db.execute(delete(tables.ticket_keys).where(tables.ticket_keys.c.ticket.in_(gone)))
        db.execute(delete(old).where(old.c.closed_at < now - ended))

    # Meta

    def note(self, name: str, value: str) -> str:
        """Keep a value under a name unless there is one; return the one that is kept."""
        known = self._noted(name)
        if known is None:
            self._write(name, value)
        return value if known is None else known

    def _noted(self, name: str, *, lock: bool = False) -> str | None:
        rows = select(tables.meta.c.value).filter_by(name=name)
        return self._db.execute(rows.with_for_update() if lock else rows).scalar()

    def _write(self, name: str, value: str) -> None:
        row = update(tables.meta).filter_by(name=name).values(value=value)
        if not self._db.execute(row).rowcount:
            self._db.execute(insert(tables.meta).values(name=name, value=value))


def _serial(year: int) -> str:
    return f"serial:{year}"


def _link(key: bytes, row: dict[str, Any]) -> str:
    """Return the HMAC-SHA256 that ties an audit row to the one before it."""
    content = {name: value for name, value in row.items() if name != "hash"}
    content["at"] = row["at"].timestamp()
    written = json.dumps(content, sort_keys=True, default=str).encode()
    return hmac.new(key, written, hashlib.sha256).hexdigest()
