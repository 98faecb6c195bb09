"""The actions on the copy of a person's data: attach and detach files, note the delivery.

To detach what was delivered already takes it back: its link opens nothing any more.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.tickets import chat_copy, copies
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Delivery
from bot.core.tickets.ticket import Action, Actor, Ticket

ACTIONS = frozenset({Action.ATTACH, Action.DETACH, Action.DELIVER, Action.COLLECT, Action.EXPIRE})


def after(ticket: Ticket, command: Command, actor: Actor, now: datetime) -> Ticket:
    """Attach, remove, deliver, open or destroy: what is no file of the ticket is stored no more."""
    match command.action, ticket.delivery:
        case Action.ATTACH, _ if command.file:
            return replace(ticket, files=(*ticket.files, command.file))
        case Action.DETACH, _:
            return replace(ticket, files=(), delivery=None)
        case Action.DELIVER, _ if command.way:
            handed_out = command.way in copies.BY_THE_ASSISTANT
            delivery = Delivery(
                way=command.way,
                at=now,
                by=actor.key,
                token=copies.token_digest(command.token),
                until=now + copies.LIFETIME if handed_out else None,
            )
            return replace(ticket, delivery=delivery, files=ticket.files if handed_out else ())
        case Action.COLLECT, Delivery() as delivery:
            opened = delivery.collected(now)
            wanted = opened.is_open(now) and not chat_copy.is_there(ticket)
            return replace(ticket, delivery=opened, files=ticket.files if wanted else ())
    return replace(ticket, files=())
