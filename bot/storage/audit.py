"""The audit chain: append-only rows, each tied to the one before it, free of personal data."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from bot.core.tickets.record import AuditRow, Observed, Record
from bot.core.tickets.ticket import THE_CUSTOMER, Action, State
from bot.storage import tables
from bot.storage.batches import batches
from bot.storage.crypto import Keys
from bot.storage.digests import Digests
from bot.storage.meta import Meta

_GENESIS = "0" * 64
HEAD = "audit_head"
# The columns that a link covers. They never change, or the chains that exist would break; a column
# added to the table is covered by a later format, and each row says which format it has.
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
_FORMATS = {1: _FORMAT_1, 2: (*_FORMAT_1, "digest", "format", "key")}
_NEWEST = 2
_SHORTENED = 16


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of the chain; `origin` tells chains apart that a restore has parted."""

    seq: int = 0
    hash: str = _GENESIS
    origin: str = "0"

    def __str__(self) -> str:
        return f"{self.origin}:{self.seq}:{self.hash}"

    def shortened(self) -> str:
        """Return the head as people may be shown it; enough to recognise it."""
        return f"{self.origin}:{self.seq}:{self.hash[:_SHORTENED]}"


class Audit:
    """The audit chain, within one transaction; `appended` is its head if it has grown."""

    def __init__(self, connection: Connection, keys: Keys, meta: Meta, digests: Digests) -> None:
        self._db = connection
        self._keys = keys
        self._meta = meta
        self._digests = digests
        self.appended: Head | None = None

    def append(self, record: Record) -> None:
        """Add one record to the end of the audit chain.

        If its ticket or inquiry was stored in this transaction, before, the row vouches for it.
        """
        # Locking the head serialises the appends of several replicas.
        head = self.head(lock=True)
        row: dict[str, Any] = {
            "seq": head.seq + 1,
            "ticket": record.ticket,
            "number": record.number,
            "at": record.at,
            "action": record.action,
            "actor": record.actor,
            "before": record.before,
            "after": record.after,
            "facts": dict(record.facts),
            "previous": head.hash,
            "format": _NEWEST,
            "key": self._keys.name,
            "digest": self._digests.of(record.ticket),
        }
        row["hash"] = link(self._keys.audit, row)
        self._db.execute(insert(tables.audit), row)
        self.appended = after(head, row)
        self._meta.set(HEAD, str(self.appended))

    def extend(self, records: Iterable[Record]) -> None:
        """Add records to the end of the audit chain, in their order."""
        for record in records:
            self.append(record)

    def history(self, ticket: str) -> Sequence[AuditRow]:
        """Return what was done to a ticket or an inquiry, oldest first."""
        table = tables.audit
        done = table.c.action.not_in(list(Observed))
        return self._rows(select(table).where(table.c.ticket == ticket, done))

    def of(self, ticket: str) -> Sequence[AuditRow]:
        """Return all rows of a ticket or an inquiry, what was only observed too, oldest first."""
        table = tables.audit
        return self._rows(select(table).where(table.c.ticket == ticket))

    def last(self, action: Observed) -> AuditRow | None:
        """Return the newest row of an action."""
        table = tables.audit
        newest = select(func.max(table.c.seq)).where(table.c.action == action).scalar_subquery()
        found = self._rows(select(table).where(table.c.seq == newest))
        return found[0] if found else None

    def _rows(self, which: Select[Any]) -> Sequence[AuditRow]:
        return [_audit_row(row) for row in self._db.execute(which.order_by(tables.audit.c.seq))]

    def head(self, *, lock: bool = False) -> Head:
        """Return the head as it is noted; with `lock`, nobody else appends meanwhile."""
        value = self._meta.get(HEAD, lock=lock)
        if value is None:
            return Head()
        *origin, seq, digest = value.split(":")
        return Head(int(seq), digest, *origin)

    def proofs_of_no_contact(self) -> list[str]:
        """Return the ids of verified tickets with a proof that names no contact: an older one."""
        table, tickets = tables.audit, tables.tickets
        verified = tickets.c.state.in_([State.AWAITING_CONFIRMATION, State.CONFIRMED])
        shown = (table.c.action == Action.VERIFY) & (table.c.actor == THE_CUSTOMER.key)
        ids = list(self._db.execute(select(tickets.c.id).where(verified)).scalars())
        found: set[str] = set()
        # By id: joined with them, a database may read the whole audit chain.
        for some_ids in batches(ids):
            some = table.c.ticket.in_(some_ids)
            for row in self._db.execute(select(table.c.ticket, table.c.facts).where(some, shown)):
                if "contact" not in row.facts:
                    found.add(row.ticket)
        return sorted(found)

    def verify_chain(self) -> tuple[int, str | None]:
        """Return how many audit rows there are, and what is wrong with the chain (None: whole)."""
        walk = Walk(self._keys)
        for _ in walk.over(self.rows()):
            pass
        return walk.head.seq, walk.fault or self.cut(walk.head)

    def cut(self, last: Head) -> str | None:
        """Return what is wrong with the end of the chain, if anything."""
        return None if self.head() == last else f"rows are missing after row {last.seq}"

    def rows(self) -> Iterator[dict[str, Any]]:
        """Return all rows in their order; memory does not grow with them."""
        rows = select(tables.audit).order_by(tables.audit.c.seq)
        with self._db.execute(rows.execution_options(yield_per=500)) as found:
            for row in found.mappings():
                yield dict(row)


class Walk:
    """Goes along a chain and proves each link; `fault` says where it had to stop."""

    def __init__(self, keys: Keys) -> None:
        self._keys = {one.name: one for one in (keys, *keys.older)}
        self.head = Head()
        self.fault: str | None = None

    def over(self, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Pass on the rows that are proved."""
        for row in rows:
            self.fault = self._fault(row)
            if self.fault:
                self.head = Head(self.head.seq + 1, self.head.hash, self.head.origin)
                return
            self.head = after(self.head, row)
            yield row
            if row["action"] == Observed.KEY_RETIRED:
                # Whoever knows an older key could write on in its name.
                names = list(self._keys)  # newest first
                kept = names[: names.index(row["key"]) + 1]
                self._keys = {name: self._keys[name] for name in kept}

    def _fault(self, row: Mapping[str, Any]) -> str | None:
        number = self.head.seq + 1
        if row["seq"] != number:
            return f"row {number} is missing"
        if row["previous"] != self.head.hash or not self._is_linked(row):
            return f"row {number} ({row['number']}) was changed"
        return None

    def _is_linked(self, row: Mapping[str, Any]) -> bool:
        # Rows of the first format do not say by which key they are linked.
        one = self._keys.get(row["key"])
        possible = [one] if one else [] if row["format"] > 1 else list(self._keys.values())
        return any(hmac.compare_digest(row["hash"], link(k.audit, row)) for k in possible)


def _audit_row(row: Row[Any]) -> AuditRow:
    return AuditRow(
        seq=row.seq,
        ticket=row.ticket,
        number=row.number,
        at=row.at,
        action=row.action,
        actor=row.actor,
        before=row.before,
        after=row.after,
        facts=row.facts,
        hash=row.hash,
    )


def after(head: Head, row: Mapping[str, Any]) -> Head:
    """Return the head once a row follows it."""
    parted = row["action"] == Observed.RESTORED
    return Head(row["seq"], row["hash"], row["hash"][:12] if parted else head.origin)


def link(key: bytes, row: Mapping[str, Any]) -> str:
    """Return the HMAC-SHA256 that ties an audit row to the one before it."""
    content = {name: row[name] for name in _FORMATS.get(row["format"], _FORMATS[_NEWEST])}
    content["at"] = row["at"].timestamp()
    # Sorted within the facts too, whose order a database does not keep.
    written = json.dumps(content, sort_keys=True, default=str).encode()
    return hmac.new(key, written, hashlib.sha256).hexdigest()
