"""Verifies the database against the audit chain: the chain, its anchors, every ticket.

Somebody who can write to the database but has no key can restore, delete or move old rows. The
chain alone does not show that; the digest of the ticket in each row does, and so do the anchors.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Ticket
from bot.errors import KeyFault
from bot.storage import inquiries, tables, tickets
from bot.storage.audit import Head, Walk
from bot.storage.codec import from_json
from bot.storage.crypto import Keys
from bot.storage.digests import digest_of_rows
from bot.storage.unit import Unit

_SHORTEST = 16  # digits of a hash that is to vouch for anything
_OBSERVED = frozenset(Observed)


@dataclass(frozen=True, slots=True)
class Verified:
    """How many rows the chain has, and all that is wrong; nothing when `faults` is empty."""

    rows: int
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Subject:
    """What the chain says of one ticket or inquiry."""

    number: str
    acts: int = 0
    after: str = ""
    digest: str = ""
    key: str = ""
    row: int = 0
    erased: bool = False
    suppressed: int = 0  # contacts to which no marketing is sent because of it


@dataclass(slots=True)
class _Told:
    """What the chain says, read once from its first row to its last."""

    subjects: dict[str, _Subject] = field(default_factory=dict)
    contacts: str = ""
    contacts_key: str = ""
    contacts_row: int = 0

    def hear(self, row: Mapping[str, Any]) -> None:
        if row["action"] == Observed.CONTACTS_IMPORTED:
            self.contacts, self.contacts_row = row["facts"]["register"], row["seq"]
            self.contacts_key = row["key"]
        if not row["ticket"]:
            return
        subject = self.subjects.setdefault(row["ticket"], _Subject(row["number"]))
        subject.erased = subject.erased or row["action"] == Observed.ERASED
        for fact, sign in (("suppressed", 1), ("unsuppressed", -1)):
            subject.suppressed += sign * len(row["facts"].get(fact, "").split())
        if row["action"] not in _OBSERVED:
            subject.acts += 1
            subject.after = row["after"]
        if row["digest"]:
            subject.digest, subject.key, subject.row = row["digest"], row["key"], row["seq"]


def verify(unit: Unit, keys: Keys, *, anchors: Iterable[str], erased: Collection[str]) -> Verified:
    """Compare the database with its audit chain, and the chain with what was noted outside.

    `anchors` are lines as `Head` is written; `erased` are the ids of the erasure journal.
    """
    told, walk = _Told(), Walk(keys)
    noted = _Anchors(anchors)
    for row in walk.over(unit.audit.rows()):
        told.hear(row)
        noted.pass_by(walk.head)
    faults = [walk.fault] if walk.fault else list(filter(None, [unit.audit.cut(walk.head)]))
    if walk.fault is None:
        faults += noted.faults(walk.head)
        faults += _of_register(unit, keys, told)
        faults += _of_suppressions(unit, told)
        faults += _of_subjects(unit, keys, told, erased)
    return Verified(walk.head.seq, tuple(faults))


class _Anchors:
    """Heads that were noted outside the database: each must be passed by."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._noted: dict[tuple[str, int], set[str]] = {}
        for line in lines:
            origin, _, rest = line.partition(":")
            seq, _, digest = rest.partition(":")
            # A line that was cut short says nothing.
            if seq.isdecimal() and len(digest) >= _SHORTEST:
                self._noted.setdefault((origin, int(seq)), set()).add(digest)
        self._any = bool(self._noted)
        self._met: set[tuple[str, int]] = set()
        self._last: dict[str, int] = {}
        self._wrong: list[str] = []

    def pass_by(self, head: Head) -> None:
        """Compare a row of the chain with what was noted of it."""
        self._last[head.origin] = head.seq
        noted = self._noted.pop((head.origin, head.seq), None)
        if noted is None:
            return
        self._met.add((head.origin, head.seq))
        if not all(head.hash.startswith(one) for one in noted):
            self._wrong.append(f"row {head.seq} is not the one that was noted outside the database")

    def faults(self, end: Head) -> Iterator[str]:
        """Return what was noted and is not in the chain."""
        yield from self._wrong
        # What was written after a backup is gone when that is restored; the chain parts there.
        beyond = [seq for origin, seq in self._noted if origin == end.origin and seq > end.seq]
        if beyond:
            yield (
                f"the chain ends with row {end.seq}, but rows up to {max(beyond)} were noted "
                "outside the database: it was put back to an earlier state"
            )
        elif self._any and end.seq and not any(origin == end.origin for origin, _ in self._met):
            yield (
                "no row since the last restore was noted outside the database: the row of a "
                "restore was removed, or audit.log is another database's"
            )


def _of_register(unit: Unit, keys: Keys, told: _Told) -> Iterator[str]:
    key = _named(keys, told.contacts_key)
    if told.contacts_row and (
        key is None or digest_of_rows(unit.connection, key, tables.contacts) != told.contacts
    ):
        yield f"the contact register is not as its last import left it (row {told.contacts_row})"


def _of_suppressions(unit: Unit, told: _Told) -> Iterator[str]:
    """Return whose objection to marketing the list no longer holds; older ones are on it too."""
    listed = unit.suppressions.by_ticket()
    for ticket, subject in told.subjects.items():
        missing = subject.suppressed - listed.get(ticket, 0)
        if missing > 0:
            yield f"{subject.number}: {missing} of its contacts left the suppression list"
    if wrong := unit.suppressions.misfiled():
        yield f"contacts on the suppression list are filed under another hash: {wrong}"


def _of_subjects(unit: Unit, keys: Keys, told: _Told, erased: Collection[str]) -> Iterator[str]:
    for stored, number, faults in _stored(unit, keys, told):
        subject = told.subjects.pop(stored, None)
        if subject is None or not subject.acts:
            # The first versions kept no rows of questions; nobody can seal one without the key.
            if not number.startswith("Q-"):
                yield f"{number} is not in the audit chain"
        elif subject.erased:
            yield f"{number} was erased and is there again"
        else:
            yield from (f"{number} {fault}" for fault in faults)
    for gone, subject in told.subjects.items():
        if subject.acts and not subject.erased and gone not in erased:
            yield f"{subject.number} is gone, and nothing says that it was erased"


def _stored(unit: Unit, keys: Keys, told: _Told) -> Iterator[tuple[str, str, list[str]]]:
    """Return id, number and faults of every ticket and inquiry; each is opened."""
    table, sealed = tables.tickets, tables.ticket_keys
    joined = table.outerjoin(sealed, sealed.c.ticket == table.c.id)
    rows = select(table, sealed.c.sealed_key).select_from(joined).order_by(table.c.number)
    with unit.connection.execute(rows.execution_options(yield_per=200)) as found:
        for row in found:
            faults = _ticket_faults(unit, keys, row, told.subjects.get(row.id))
            yield row.id, row.number, list(faults)
    table = tables.inquiries
    rows = select(table).order_by(table.c.number)
    with unit.connection.execute(rows.execution_options(yield_per=200)) as found:
        for row in found:
            faults = _inquiry_faults(unit, keys, row, told.subjects.get(row.id))
            yield row.id, row.number, list(faults)


def _ticket_faults(unit: Unit, keys: Keys, row: Any, told: _Subject | None) -> Iterator[str]:
    try:
        text = tickets.opened_text(keys, row)
        ticket = from_json(Ticket, text)
    except (KeyFault, ValueError, AttributeError):
        yield "cannot be opened: it was changed or sealed with another key"
        return
    if fault := tickets.mismatch(keys, row, ticket):
        yield f"is not what its row says: {fault}"
    if row.contact not in keys.ticket_contacts_of(ticket.person.email):
        yield "is filed under another address than the one that it names"
    if told and (told.acts != ticket.version or told.after != ticket.state):
        yield (
            f"is in version {ticket.version} and {ticket.state}, but its last row in the chain "
            f"says version {told.acts} and {told.after}"
        )
    yield from _digest_faults(unit, keys, row.id, text, told)


def _inquiry_faults(unit: Unit, keys: Keys, row: Any, told: _Subject | None) -> Iterator[str]:
    try:
        text = inquiries.opened_text(keys, row)
        inquiry = from_json(Inquiry, text)
    except (KeyFault, ValueError):
        yield "cannot be opened: it was changed or sealed with another key"
        return
    if fault := inquiries.mismatch(keys, row, inquiry):
        yield f"is not what its row says: {fault}"
    yield from _digest_faults(unit, keys, row.id, text, told)


def _digest_faults(
    unit: Unit, keys: Keys, id: str, text: str, told: _Subject | None
) -> Iterator[str]:
    if told is None or not told.digest:
        return  # older than digests: its state and version were compared
    key = _named(keys, told.key)
    if key and hmac.compare_digest(key.digest(text, id), told.digest):
        return
    earlier = _row_with(unit, keys, id, text)
    yield (
        f"was put back to what it was after row {earlier}; its last row is {told.row}"
        if earlier
        else f"does not hold what its last row ({told.row}) says that it held"
    )


def _row_with(unit: Unit, keys: Keys, id: str, text: str) -> int | None:
    """Return the row after which a ticket held a text."""
    table = tables.audit
    rows = select(table.c.seq, table.c.key, table.c.digest).where(table.c.ticket == id)
    for row in unit.connection.execute(rows.order_by(table.c.seq.desc())):
        key = _named(keys, row.key)
        if key and row.digest and key.digest(text, id) == row.digest:
            return int(row.seq)
    return None


def _named(keys: Keys, name: str) -> Keys | None:
    return next((one for one in (keys, *keys.older) if one.name == name), None)
