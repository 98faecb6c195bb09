"""The record of a case says in words what each row of its chain is."""

from __future__ import annotations

import pytest

from bot.channels.desk.case_record import Chain, record
from bot.channels.desk.wording import Wording
from bot.core.tickets.record import AuditRow, Observed
from tests.factories import NOW, a_ticket


@pytest.mark.parametrize("observed", list(Observed))
def test_whatever_was_observed_of_a_ticket_has_words(observed: Observed, wording: Wording) -> None:
    ticket = a_ticket()
    row = AuditRow(
        seq=7,
        ticket=ticket.id,
        number=ticket.number,
        at=NOW,
        action=observed,
        actor="customer",
        before="",
        after="",
        hash="0" * 64,
    )
    chain = Chain(rows=[row], all_rows=7, head="0:7:00", faults=[])
    said = [rows[-1] for part in record(ticket, chain, wording) for rows in part.rows]
    assert wording.desk(f"observed.{observed}") in said
