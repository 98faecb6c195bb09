"""What staff take along as a file: the record of a case, the report of a month, the register."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.desk import card
from bot.channels.desk.case_record import Chain, record
from bot.channels.desk.port import Desk, Document
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Actor, Ticket
from bot.errors import StorageError
from bot.storage.anchors import Anchors
from bot.storage.backup.journal import Journal
from bot.storage.store import Store
from bot.storage.unit import Unit
from bot.storage.verify import verify


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What bears on the documents and lies outside the database."""

    anchors: Anchors
    erased: Journal


class Documents:
    """Makes documents; each is noted in the audit chain before anybody has it."""

    def __init__(self, store: Store, desk: Desk, outside: Outside) -> None:
        self._store = store
        self._desk = desk
        self._outside = outside

    def case(self, number: str, actor: Actor, place: str) -> Document | None:
        """Return the record of a ticket as a PDF; None where no ticket has the number."""
        from bot.channels.desk.case_pdf import pdf

        desk, wording = self._desk, self._desk.wording
        with self._store.snapshot() as unit:
            ticket = unit.tickets.numbered(number)
            if ticket is None:
                return None
            chain = self._chain(unit, ticket)
        desk.note_access(Observed.DETAILS_SHOWN, actor, place, ticket)
        zone = str(desk.rules.timezone)
        made = wording.desk("record.made", at=wording.iso(desk.now()), zone=zone)
        parts = record(ticket, chain, wording, desk.known.notice.company)
        return Document(f"{ticket.number}.pdf", pdf(card.title(ticket, wording), made, parts))

    def _chain(self, unit: Unit, ticket: Ticket) -> Chain:
        noted, erased = self._read(self._outside.anchors), self._read(self._outside.erased)
        found = verify(unit, unit.keys, anchors=noted, erased=frozenset(erased))
        return Chain(
            rows=unit.audit.of(ticket.id),
            all_rows=found.rows,
            head=unit.audit.head().shortened(),
            faults=found.faults,
        )

    @staticmethod
    def _read(kept: Anchors | Journal) -> list[str]:
        try:
            return kept.read()
        except OSError as error:
            raise StorageError(f"{error.filename} cannot be read: {error.strerror}") from None
