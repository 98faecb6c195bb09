"""Collects what `tickets export --case` writes: a ticket with its history, texts and audit rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.private_file import write_private
from bot.cli.resources import COMMAND_LINE, assistant_of, erased_ids, no_ticket

if TYPE_CHECKING:
    from bot.channels.desk.case_record import Chain
    from bot.config import Settings
    from bot.core.tickets.ticket import Ticket
    from bot.storage.unit import Unit


def write_case(settings: Settings, number: str, file: Path) -> None:
    """Write the record of a ticket as a PDF. Raises UsageError where there is none of it."""
    from bot.channels.desk import card
    from bot.channels.desk.case_record import record
    from bot.channels.desk.case_pdf import pdf
    from bot.core.tickets.record import Observed
    from bot.service.operator import OPERATOR

    running = assistant_of(settings)
    desk = running.queries
    with running.store.snapshot() as unit:
        ticket = unit.tickets.numbered(number)
        if ticket is None:
            raise no_ticket(number)
        chain = _chain(unit, settings, ticket)
    desk.note_access(Observed.DETAILS_SHOWN, OPERATOR, COMMAND_LINE, ticket)
    wording = desk.wording
    zone = str(desk.rules.timezone)
    made = wording.desk("record.made", at=wording.iso(desk.now()), zone=zone)
    parts = record(ticket, chain, wording, desk.known.notice.company)
    write_private(file, pdf(card.title(ticket, wording), made, parts))
    if str(file) != "-":
        print(f"{ticket.number} with its history: {file}")


def _chain(unit: Unit, settings: Settings, ticket: Ticket) -> Chain:
    from bot.bootstrap import anchors_of
    from bot.channels.desk.case_record import Chain
    from bot.storage.verify import verify

    noted, erased = anchors_of(settings).read(), erased_ids(settings)
    found = verify(unit, unit.keys, anchors=noted, erased=erased)
    return Chain(
        rows=unit.audit.of(ticket.id),
        all_rows=found.rows,
        head=unit.audit.head().shortened(),
        faults=found.faults,
    )
