"""Tickets in a list: a line each."""

from __future__ import annotations

from bot.channels.desk import writer
from bot.channels.desk.wording import Wording
from bot.core.tickets.ticket import Ticket


def summary(ticket: Ticket, wording: Wording) -> tuple[str, ...]:
    """Return number, right, state, due day, language and owner of a ticket."""
    due = wording.label("day", day=ticket.clock.end(wording.today()).due.isoformat())
    right = wording.text(f"right.{ticket.right}") + writer.for_somebody(ticket, wording)
    owner = wording.owner(ticket.owner)
    return ticket.number, right, wording.desk(f"state.{ticket.state}"), due, ticket.language, owner


def line(ticket: Ticket, wording: Wording) -> str:
    """Return what a list says of a ticket, in one line."""
    return " · ".join(filter(None, summary(ticket, wording)))


def overdue(ticket: Ticket, wording: Wording) -> bool:
    """Tell whether a ticket's due day has passed."""
    today = wording.today()
    return ticket.clock.end(today).due < today
