"""A new ticket: what the person asked for, from when the law's clock runs."""

from __future__ import annotations

from datetime import datetime

from bot.core.catalog import Language, Right
from bot.core.tickets.clock import Clock
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Actor, Person, State, Ticket
from bot.core.tickets.transitions import Change


def open_ticket(
    *,
    id: str,
    number: str,
    right: Right,
    language: Language,
    person: Person,
    details: str,
    now: datetime,
    rules: Rules,
    received_at: datetime | None = None,
    opening: str = "",
    actor: Actor = THE_CUSTOMER,
) -> Change:
    """Return a new ticket; its clock starts on the local day on which the right was asked for."""
    received_at = received_at or now
    ticket = Ticket(
        id=id,
        number=number,
        right=right,
        language=language,
        state=State.AWAITING_IDENTITY,
        received_at=received_at,
        clock=Clock(received=rules.today(received_at)),
        person=person,
        details=details,
        opening=opening,
        unfinished=actor is not THE_CUSTOMER,  # who then left the rest unsaid
    )
    record = Record(
        ticket=id,
        number=number,
        at=now,
        action="open",
        actor=actor.key,
        before="",
        after=ticket.state,
        facts={"right": right, "due": str(ticket.clock.end(rules.today(now)).due)},
    )
    return Change(ticket=ticket, record=record)
