"""What the actions on the copy of a person's data change: its files, and how it was delivered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.tickets import copies
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Delivery, Way
from bot.core.tickets.ticket import Action, Actor, Ticket

ACTIONS = frozenset({Action.ATTACH, Action.DETACH, Action.DELIVER, Action.COLLECT, Action.EXPIRE})


def after(ticket: Ticket, command: Command, actor: Actor, now: datetime) -> Ticket:
    """Attach, remove, deliver, open or destroy: what is no file of the ticket is stored no more."""
    match command.action, ticket.delivery:
        case Action.ATTACH, _ if command.file:
            return replace(ticket, files=(*ticket.files, command.file))
        case Action.DELIVER, _ if command.way:
            page = command.way is Way.PAGE
            delivery = Delivery(
                way=command.way,
                at=now,
                by=actor.key,
                token=copies.token_digest(command.token) if page else "",
                until=now + copies.LIFETIME if page else None,
            )
            return replace(ticket, delivery=delivery, files=ticket.files if page else ())
        case Action.COLLECT, Delivery() as delivery:
            opened = delivery.collected(now)
            return replace(
                ticket, delivery=opened, files=ticket.files if opened.is_open(now) else ()
            )
    return replace(ticket, files=())
