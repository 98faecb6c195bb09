"""A code whose e-mail bounced: finds its ticket and tells the customer."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import CorrectAddress
from bot.core.conversation import verification
from bot.core.effects import Choice, Say, Text
from bot.core.tickets.ticket import Ticket


def bounced(ticket: Ticket, email: str) -> tuple[Ticket, Say | None] | None:
    """Return the ticket with the bounce noted, and what is said; None when it matters no more.

    It does not when the address was corrected meanwhile, or something was proved of it. Who has no
    conversation cannot be told: staff, who opened the ticket, are alarmed in any case.
    """
    if not verification.awaits_code(ticket) or ticket.person.email != email:
        return None
    if ticket.source:
        return replace(ticket, bounced=email), None
    correct = Choice(button=CorrectAddress(ticket.id), key="choice.correct")
    said = Say(
        to=ticket.person,
        language=ticket.language,
        parts=(Text(key="code.bounced", values={"email": email, "number": ticket.number}),),
        choices=(correct,),
    )
    return replace(ticket, bounced=email), said
