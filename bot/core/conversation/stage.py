"""The stage of a conversation, as the reading of replies needs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.core.conversation import staff_question, verification
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Filling,
    Offered,
    State,
    Summary,
)
from bot.core.conversation.request_fields import NAME, NAMES
from bot.core.tickets.ticket import OPEN, Ticket
from bot.core.understanding.asked import Asked, Stage


def asked(state: State, tickets: Sequence[Ticket], now: datetime) -> Asked:
    """Return what was asked last, or which ticket is open; `tickets` are oldest first."""
    match state:
        case Offered(request):
            return Asked(stage=Stage.OFFER, right=request.right)
        case Filling(request, field):
            named = NAME if field.name in NAMES else field.name
            return Asked(stage=Stage(named), right=request.right)
        case Summary(request):
            return Asked(stage=Stage.SUMMARY, right=request.right)
        case Correcting():
            return Asked(stage=Stage.EMAIL)
        case Answering(id):
            ticket = next((one for one in tickets if one.id == id), None)
            return Asked(
                stage=Stage.STAFF_QUESTION,
                right=ticket.right if ticket else None,
                question=ticket.question if ticket else "",
            )
    return _of_newest(tickets, now)


def _of_newest(tickets: Sequence[Ticket], now: datetime) -> Asked:
    """Return what staff asked last, else where the newest ticket stands: one that is open first."""
    asked = staff_question.waiting(tickets)
    if ticket := asked[-1] if asked else staff_question.lately_answered(tickets, now):
        question = staff_question.of(ticket)
        return Asked(stage=Stage.STAFF_QUESTION, right=ticket.right, question=question)
    still_open = [ticket for ticket in tickets if ticket.state in OPEN]
    waiting = verification.awaiting_code(still_open)
    for stage, of_stage in ((Stage.CODE, waiting), (Stage.OPEN, still_open)):
        if of_stage:
            return Asked(stage=stage, right=of_stage[-1].right)
    return of_ended(tickets[-1]) if tickets else Asked(stage=Stage.IDLE)


def of_ended(ticket: Ticket) -> Asked:
    """Return what is open after a ticket has ended: nothing but its end."""
    return Asked(stage=Stage.CLOSED, right=ticket.right, state=ticket.state)
