"""A right of which this person has an open ticket: no second one, and nothing told is lost."""

from __future__ import annotations

from bot.core.buttons import AddTo, Another
from bot.core.conversation import my_tickets, pass_to_staff, to_staff
from bot.core.conversation.dialogue import Request, Sending
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.request_fields import DETAILS
from bot.core.conversation.world import World
from bot.core.effects import Choice
from bot.core.tickets.ticket import Action, Ticket


def told(ticket: Ticket, opening: str) -> Reply:
    """Tell of the open ticket; the words can be added to it, or be about other contacts."""
    values = {"number": ticket.number}
    add = Choice(button=AddTo(ticket.id), key="choice.add_to", values=values)
    another = Choice(button=Another(ticket.id), key="choice.another")
    already = say("ticket.already", number=ticket.number).offering(*([add] if opening else []))
    return pass_to_staff.remembering(
        already.offering(another, my_tickets.offer_withdrawal(ticket)), opening
    )


def agreed(ticket: Ticket, request: Request, world: World) -> Reply:
    """Tell of the open ticket whoever has agreed to a request; its details go to staff with it."""
    return told(ticket, request.opening) + more(ticket, request, world)


def more(ticket: Ticket, request: Request, world: World) -> Reply:
    """Add the details of a request that was agreed to, unless the open ticket has them."""
    details = request.fields.get(DETAILS, "")
    known = (ticket.details, *(note.text for note in ticket.notes))
    if not details or details in known:
        return NOTHING
    return to_staff.send(Sending(ticket.id, Action.ADD, details), world)
