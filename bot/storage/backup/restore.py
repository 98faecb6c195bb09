"""Restores a backup into an empty database, and erases again what has been erased since."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, delete, select

from bot.core.tickets.record import Observed, observed
from bot.core.tickets.ticket import THE_SYSTEM
from bot.errors import KeyFault, StorageError
from bot.storage import tables
from bot.storage.backup.rows import (
    TABLES,
    Digest,
    Progress,
    Tell,
    counts,
    empty,
    fill,
    go_on_from,
    lines,
)
from bot.storage.backup.write import Backup, Header
from bot.storage.batches import batches
from bot.storage.engine import KEY_CHECK, refuse_other_key
from bot.storage.old_keys import carried_keys
from bot.storage.retention import Periods
from bot.storage.store import Store
from bot.storage.unit import Unit

UNKNOWN = "restored: sent or not is unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did, by table: rows put back, of these past their retention, and erased again.

    `effects` and `events` became dead letters; `audit` is how long the chain is, and what is wrong.
    """

    rows: Mapping[str, int]
    forgotten: Mapping[str, int]
    erased: Mapping[str, int]
    effects: int
    events: int
    audit: tuple[int, str | None]


def restore(
    store: Store,
    backup: Backup,
    *,
    erased: Collection[str],
    kept: Periods,
    resend: bool,
    now: datetime,
    tell: Tell,
) -> Restored:
    """Put all rows of a backup into an empty database, in one transaction.

    The tickets in `erased` are destroyed again, and what is past its retention is purged. Effects
    that wait in the backup may have been sent since: they become dead letters, unless `resend`.
    Raises UsageError when the database is not empty.
    """
    with store.transaction() as whole:
        empty(whole.connection, "the database")
        _fill(whole.connection, backup, tell)
        unit = _with_carried_keys(whole, store)
        refuse_other_key(unit.meta.get(KEY_CHECK), store.keys)
        left = _purged(unit, kept, now)
        _part(unit, backup.header, now)
        tell("erasing again", 0.0)
        gone = _erase(unit, erased, now)
        unit.outbox.free()
        effects = 0 if resend else unit.outbox.mark_waiting_dead(UNKNOWN, now)
        # So long ago, what an event led to may have been erased since: a person decides.
        horizon = now - min(kept.events, kept.ended)
        events = 0 if resend else unit.inbox.mark_older_dead(horizon, now)
        tell("checking the audit chain", 0.0)
        return Restored(
            rows=backup.header.tables,
            forgotten=_fewer(backup.header.tables, left),
            erased=gone,
            effects=effects,
            events=events,
            audit=unit.audit.verify_chain(),
        )


def _with_carried_keys(whole: Unit, store: Store) -> Unit:
    """Return the same transaction, with what the backup holds of earlier master keys."""
    keys = store.keys.with_older(carried_keys(whole.connection, store.keys))
    unit = Unit(whole.connection, keys, locking=True)
    whole.audit = unit.audit  # whose head is noted after the commit
    return unit


def _purged(unit: Unit, kept: Periods, now: datetime) -> Mapping[str, int]:
    """Purge what is past its retention; return what is left, by table."""
    unit.purge_expired(now, kept)
    return counts(unit.connection)


def _fewer(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    return {name: max(rows - after[name], 0) for name, rows in before.items()}


def _part(unit: Unit, header: Header, now: datetime) -> None:
    """Note the restore in the chain: from here on it is another one than that of the backup."""
    if header.audit and str(unit.audit.head()) != header.audit:
        raise StorageError("the audit chain of the backup does not end where it did")
    facts = {"made_at": header.made_at.isoformat(), "rows": str(unit.audit.head().seq)}
    unit.audit.append(observed(Observed.RESTORED, now, actor=THE_SYSTEM.key, facts=facts))
    unit.clock.accept(now)


def _fill(db: Connection, backup: Backup, tell: Tell) -> None:
    progress = Progress(tell, "restoring", sum(backup.header.tables.values()))
    for table in TABLES:
        sent, kept = Digest(), Digest()
        fill(db, table, sent.over(progress.over(backup.lines(table.name))))
        for _ in kept.over(lines(db, table)):
            pass
        if (sent.rows, sent.hex()) != (backup.header.tables[table.name], kept.hex()):
            raise StorageError(
                f"the table {table.name} does not read as it was written; nothing was restored"
            )
    go_on_from(db, backup.header.numbers)


def _erase(unit: Unit, ids: Collection[str], now: datetime) -> dict[str, int]:
    """Destroy tickets with their keys, and what waits, or was said, about them only."""
    gone = _known(unit.connection, sorted(set(ids)))
    mailboxes = {row.contact: _mailboxes(unit, row.id) for row in gone}
    for part in batches(sorted(set(ids))):
        unit.erase(part, now)
    people = {row.person for row in gone} | {row.contact for row in gone}
    left = _found(unit.connection, tables.tickets.c.person, people)
    left |= _found(unit.connection, tables.tickets.c.contact, people)
    whose = frozenset(people - left)
    reached = whose.union(*(mailboxes.get(one, ()) for one in whose))
    words = frozenset(row.id for row in gone) | frozenset(row.number for row in gone)
    if not gone:
        return {}
    return {
        "tickets": len(gone),
        "ticket_keys": len(gone),
        "dialogues": _erase_dialogues(unit.connection, whose),
        "inbox": _erase_events(unit, whose, words, now),
        "outbox": _erase_effects(unit, reached, words),
    }


def _mailboxes(unit: Unit, id: str) -> frozenset[str]:
    """Return under which hashes letters about a ticket wait."""
    with suppress(KeyFault):  # what cannot be opened holds nothing for anybody
        if ticket := unit.tickets.by_id(id):
            return frozenset(unit.keys.mailboxes_of(ticket.person.email))
    return frozenset()


def _erase_dialogues(db: Connection, whose: Collection[str]) -> int:
    number = 0
    for part in batches(sorted(whose)):
        row = delete(tables.dialogues).where(tables.dialogues.c.person.in_(part))
        number += db.execute(row).rowcount
    return number


def _erase_events(unit: Unit, whose: frozenset[str], words: frozenset[str], now: datetime) -> int:
    found = [
        position
        for position, person, payload in unit.inbox.contents()
        if person in whose or words & _words(f"{person} {payload}")
    ]
    for position in found:
        unit.inbox.wipe(position, now)
    return len(found)


def _erase_effects(unit: Unit, whose: frozenset[str], words: frozenset[str]) -> int:
    found = [
        position
        for position, destination, payload in unit.outbox.contents()
        if destination.partition(":")[2] in whose or words & _words(payload)
    ]
    for position in found:
        unit.outbox.destroy(position)
    return len(found)


def _words(payload: str) -> frozenset[str]:
    """Return the words of a text that may be ids or numbers of tickets."""
    return frozenset(re.split(r"[^\w-]+", payload))


def _known(db: Connection, ids: Sequence[str]) -> list[Any]:
    table = tables.tickets
    rows = select(table.c.id, table.c.number, table.c.person, table.c.contact)
    return [row for part in batches(ids) for row in db.execute(rows.where(table.c.id.in_(part)))]


def _found(db: Connection, column: Column[Any], values: Collection[str]) -> set[str]:
    """Return those of the values that occur in a column."""
    return {
        value
        for part in batches(sorted(values))
        for value in db.execute(select(column).where(column.in_(part))).scalars()
    }
