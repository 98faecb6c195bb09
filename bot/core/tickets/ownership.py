"""The owner of a ticket takes care of it; everybody who may act on it still may."""

from __future__ import annotations

from dataclasses import replace

from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Actor, Denial, Ticket

ACTIONS = frozenset({Action.TAKE, Action.HAND_OVER})


def after(ticket: Ticket, to: str, actor: Actor) -> Ticket:
    """Return the ticket with its new owner: who it is handed over `to`, or who takes it."""
    return replace(ticket, owner=to or actor.key)


def prevented(ticket: Ticket, action: Action, actor: Actor, rules: Rules) -> Denial | None:
    """Return why a ticket cannot change hands, whoever is named."""
    match action:
        case Action.TAKE if ticket.owner and ticket.owner == actor.key:
            return Denial.ALREADY_OWNER
        case Action.HAND_OVER if not set(rules.staff) - {ticket.owner}:
            return Denial.NOBODY_ELSE
    return None


def receiver_denied(ticket: Ticket, to: str, rules: Rules) -> Denial | None:
    """Return why a ticket is not handed over to somebody (an actor's key)."""
    if to not in rules.staff:
        return Denial.NOT_ON_STAFF
    return Denial.ALREADY_OWNER if to == ticket.owner else None
