"""Opens a ticket; from here on the law's clock runs."""

from __future__ import annotations

from datetime import datetime

from bot.core.catalog import Language, Right
from bot.core.tickets.clock import Clock
from bot.core.tickets.record import Record
from bot.core.tickets.representation import OnBehalf
from bot.core.tickets.rules import Rules
from bot.core.tickets.source import Source
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
    on_behalf: OnBehalf | None = None,
    actor: Actor = THE_CUSTOMER,
    source: Source | None = None,
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
        clock=Clock(received=rules.today(received_at), place=rules.place),
        person=person,
        details=details,
        opening=opening,
        # Who did not open it themselves left the rest unsaid, unless staff were told all of it.
        unfinished=actor is not THE_CUSTOMER and source is None,
        source=source,
        on_behalf=on_behalf,
        notice=rules.notice,
    )
    return Change(ticket=ticket, record=_record(ticket, actor, now, rules))


def _record(ticket: Ticket, actor: Actor, now: datetime, rules: Rules) -> Record:
    facts = {"right": str(ticket.right), "due": str(ticket.clock.end(rules.today(now)).due)}
    if ticket.source:
        facts |= {"source": ticket.source, "received": str(ticket.clock.received)}
    if ticket.on_behalf:
        facts["on_behalf"] = ticket.on_behalf.relation
    return Record(
        ticket=ticket.id,
        number=ticket.number,
        at=now,
        action="open",
        actor=actor.key,
        before="",
        after=ticket.state,
        facts=facts,
    )
