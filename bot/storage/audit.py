"""The audit chain: append-only rows, each tied to the one before it, free of personal data."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select

from bot.core.tickets.record import Record
from bot.core.tickets.ticket import THE_CUSTOMER, Action, State
from bot.storage import tables
from bot.storage.crypto import Keys
from bot.storage.meta import Meta

_GENESIS = "0" * 64
_HEAD = "audit_head"
# Format 1 of a link: the columns that it covers, in this order. It never changes, or the chains
# that exist would break; a column added to the table is covered by a later format, and the row
# then says which format it has.
_FORMAT_1 = (
    "action",
    "actor",
    "after",
    "at",
    "before",
    "facts",
    "number",
    "previous",
    "seq",
    "ticket",
)


class Audit:
    """The audit chain, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys, meta: Meta) -> None:
        self._db = connection
        self._keys = keys
        self._meta = meta

    def append(self, record: Record) -> None:
        """Add one record to the end of the audit chain."""
        # Locking the head serialises the appends of several replicas.
        seq, previous = self._head(lock=True)
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
        self._db.execute(insert(tables.audit), row)
        self._meta.set(_HEAD, f"{seq + 1}:{row['hash']}")

    def history(self, ticket: str) -> Sequence[Any]:
        """Return the audit rows of a ticket, oldest first."""
        rows = select(tables.audit).filter_by(ticket=ticket).order_by(tables.audit.c.seq)
        return self._db.execute(rows).all()

    def proofs_of_no_contact(self) -> list[str]:
        """Return the ids of verified tickets with a proof that names no contact: an older one."""
        table, tickets = tables.audit, tables.tickets
        verified = tickets.c.state.in_([State.AWAITING_CONFIRMATION, State.CONFIRMED])
        shown = (table.c.action == Action.VERIFY) & (table.c.actor == THE_CUSTOMER.key)
        joined = tickets.join(table, table.c.ticket == tickets.c.id)
        rows = select(tickets.c.id, table.c.facts).select_from(joined).where(verified, shown)
        return sorted({row.id for row in self._db.execute(rows) if "contact" not in row.facts})

    def verify_chain(self) -> tuple[int, str | None]:
        """Return how many audit rows there are, and what is wrong with the chain (None: whole)."""
        previous, count = _GENESIS, 0
        rows = select(tables.audit).order_by(tables.audit.c.seq)
        with self._db.execute(rows.execution_options(yield_per=500)) as found:
            for row in found.mappings():
                count += 1
                if row["seq"] != count:
                    return count, f"row {count} is missing"
                if row["previous"] != previous or row["hash"] != _link(self._keys.audit, dict(row)):
                    return count, f"row {count} ({row['number']}) was changed"
                previous = row["hash"]
        if self._head(lock=False) != (count, previous):
            return count, f"rows are missing after row {count}"
        return count, None

    def first_mismatch(self) -> str | None:
        """Return the first ticket whose state or version the audit contradicts, or None.

        Every change of a ticket appends one row and increments its version.
        """
        table, tickets = tables.audit, tables.tickets
        counted = (
            select(
                table.c.ticket,
                func.count().label("rows"),
                func.max(table.c.seq).label("last"),
            )
            .group_by(table.c.ticket)
            .subquery()
        )
        last = counted.join(table, table.c.seq == counted.c.last)
        joined = tickets.outerjoin(last, counted.c.ticket == tickets.c.id)
        differs = or_(
            counted.c.rows.is_(None),
            counted.c.rows != tickets.c.version,
            table.c.after != tickets.c.state,
        )
        rows = select(tickets.c.number).select_from(joined).where(differs)
        return self._db.execute(rows.order_by(tickets.c.number).limit(1)).scalar()

    def _head(self, *, lock: bool) -> tuple[int, str]:
        value = self._meta.get(_HEAD, lock=lock)
        if value is None:
            return 0, _GENESIS
        seq, _, digest = value.partition(":")
        return int(seq), digest


def _link(key: bytes, row: dict[str, Any]) -> str:
    """Return the HMAC-SHA256 that ties an audit row to the one before it."""
    content = {name: row[name] for name in _FORMAT_1}
    content["at"] = row["at"].timestamp()
    # Sorted within the facts too, whose order a database does not keep.
    written = json.dumps(content, sort_keys=True, default=str).encode()
    return hmac.new(key, written, hashlib.sha256).hexdigest()
