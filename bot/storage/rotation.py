"""Re-encrypts everything with a new master key, in small transactions, while others work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Column, Table, or_, select, update

from bot.core.contacts import Contact, ContactKind
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Ticket
from bot.storage import inquiries, tables, tickets
from bot.storage.codec import from_json
from bot.storage.crypto import Keys, Sealing
from bot.storage.engine import KEY_CHECK
from bot.storage.old_keys import carry
from bot.storage.store import Store
from bot.storage.unit import Unit

Tell = Callable[[str, float], None]
_BATCH = 100


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A sealed column, and the place that its values are bound to."""

    table: Table
    column: str
    key: Column[Any]
    place: Callable[[Mapping[Any, Any]], str]
    purpose: Sealing = "wrapping"


_COLUMNS = (
    _Sealed(
        tables.ticket_keys,
        "sealed_key",
        tables.ticket_keys.c.ticket,
        lambda row: f"ticket_keys/{row['ticket']}",
    ),
    _Sealed(
        tables.inquiries, "sealed", tables.inquiries.c.id, lambda row: f"inquiries/{row['id']}"
    ),
    _Sealed(
        tables.dialogues,
        "sealed_state",
        tables.dialogues.c.person,
        lambda row: f"dialogues/{row['person']}",
    ),
    _Sealed(
        tables.suppressions,
        "sealed",
        tables.suppressions.c.id,
        lambda row: f"suppressions/{row['id']}",
    ),
    _Sealed(
        tables.unanswered_questions,
        "sealed",
        tables.unanswered_questions.c.id,
        lambda row: f"unanswered_questions/{row['id']}",
        "questions",
    ),
    _Sealed(tables.drafts, "sealed", tables.drafts.c.id, lambda row: f"drafts/{row['id']}"),
    _Sealed(
        tables.inbox,
        "sealed",
        tables.inbox.c.position,
        lambda row: f"inbox/{row['channel']}/{row['event_id']}",
    ),
    _Sealed(
        tables.outbox, "sealed", tables.outbox.c.position, lambda row: f"outbox/{row['token']}"
    ),
)


def begin(unit: Unit) -> None:
    """Let the database go with the new key, and keep what is needed of the old ones."""
    carry(unit.connection, unit.keys, unit.keys.older)
    unit.meta.set(KEY_CHECK, unit.keys.check)


def reseal(store: Store, tell: Tell) -> int:
    """Re-encrypt all that another key has sealed; return how many values.

    Others may go on working: each batch is its own transaction, and a row that somebody
    changes meanwhile is sealed with the new key by them. Raises KeyFault and StorageError.
    """
    number = 0
    for index, sealed in enumerate(_COLUMNS):
        after: Any = None
        while True:
            tell(f"re-encrypting: {sealed.table.name}", index / len(_COLUMNS))
            changed, after = store.retrying(partial(_batch, sealed=sealed, after=after))
            number += changed
            if after is None:
                break
    tell("looking for people by new hashes", 0.99)
    _rehash(store)
    return number


def left(unit: Unit) -> int:
    """Return how many values only an old key opens."""
    return sum(
        not row[sealed.column].startswith(unit.keys.mark)
        for sealed in _COLUMNS
        for row in unit.connection.execute(
            select(sealed.table.c[sealed.column])
            .where(sealed.table.c[sealed.column].is_not(None))
            .execution_options(yield_per=500)
        ).mappings()
    )


def _batch(unit: Unit, sealed: _Sealed, after: Any) -> tuple[int, Any]:
    """Re-encrypt some rows; return how many, and the last one's key (None: there are no more)."""
    column, db = sealed.table.c[sealed.column], unit.connection
    rows = select(sealed.table).where(column.is_not(None)).order_by(sealed.key).limit(_BATCH)
    if after is not None:
        rows = rows.where(sealed.key > after)
    found = db.execute(rows.with_for_update()).mappings().all()
    changed = 0
    for row in found:
        if row[sealed.column].startswith(unit.keys.mark):
            continue
        place = sealed.place(row)
        text = unit.keys.unseal(row[sealed.column], place, sealed.purpose)
        resealed = unit.keys.seal(text, place, sealed.purpose)
        which = update(sealed.table).where(sealed.key == row[sealed.key.name])
        db.execute(which.values({sealed.column: resealed}))
        changed += 1
    return changed, found[-1][sealed.key.name] if len(found) == _BATCH else None


def _rehash(store: Store) -> None:
    """Note tickets, inquiries and suppressed contacts under the new hashes of their people."""
    for table, of_row in (
        (tables.tickets, _of_ticket),
        (tables.inquiries, _of_inquiry),
        (tables.suppressions, _of_suppression),
    ):
        after = ""
        while True:
            last = store.retrying(partial(_hashes, table=table, of_row=of_row, after=after))
            if last is None:
                break
            after = last


def _hashes(
    unit: Unit, table: Table, of_row: Callable[[Keys, Any], dict[str, str]], after: str
) -> str | None:
    sealed = tables.ticket_keys
    rows = select(table)
    if table is tables.tickets:
        joined = table.join(sealed, sealed.c.ticket == table.c.id)
        rows = select(table, sealed.c.sealed_key).select_from(joined)
    rows = rows.where(table.c.id > after).order_by(table.c.id).limit(_BATCH)
    found = unit.connection.execute(rows.with_for_update(of=table)).all()
    for row in found:
        values = of_row(unit.keys, row)
        differs = or_(*(table.c[name] != value for name, value in values.items()))
        changed = update(table).where(table.c.id == row.id, differs)
        unit.connection.execute(changed.values(values))
    return found[-1].id if len(found) == _BATCH else None


def _of_ticket(keys: Keys, row: Any) -> dict[str, str]:
    person = from_json(Ticket, tickets.opened_text(keys, row)).person
    return {"person": keys.person(person), "contact": keys.ticket_contact(person.email)}


def _of_suppression(keys: Keys, row: Any) -> dict[str, str]:
    if row.sealed is None:  # found by the old key, of which so much is kept
        return {"contact": row.contact}
    value = keys.unseal(row.sealed, f"suppressions/{row.id}")
    return {"contact": keys.suppressed_as(Contact(ContactKind(row.kind), value))[0]}


def _of_inquiry(keys: Keys, row: Any) -> dict[str, str]:
    return {"person": keys.person(from_json(Inquiry, inquiries.opened_text(keys, row)).person)}
