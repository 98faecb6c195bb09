"""Tickets in a list: a line each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.desk import writer
from bot.channels.desk.wording import Wording
from bot.core.tickets.ticket import Ticket


def summary(ticket: Ticket, wording: Wording) -> tuple[str, ...]:
    """Return number, right, state, due day, language and owner of a ticket."""
    due = wording.label("day", day=ticket.clock.end(wording.today()).due.isoformat())
    right = wording.text(f"right.{ticket.right}") + writer.for_somebody(ticket, wording)
    owner = wording.owner(ticket.owner)
    return ticket.number, right, wording.desk(f"state.{ticket.state}"), due, ticket.language, owner


def shares(
    ours: Sequence[Ticket], unproved: Sequence[Ticket], most: int
) -> tuple[Sequence[Ticket], Sequence[Ticket]]:
    """Return what is shown of two lists with room for so many: most of it is for ours."""
    first = ours[: most - min(len(unproved), most // 4)]
    return first, unproved[: most - len(first)]


def line(ticket: Ticket, wording: Wording) -> str:
    """Return what a list says of a ticket, in one line."""
    return " · ".join(filter(None, summary(ticket, wording)))


def overdue(ticket: Ticket, wording: Wording) -> bool:
    """Tell whether a ticket's due day has passed."""
    today = wording.today()
    return ticket.clock.end(today).due < today
