"""A request that was clearly made and left half way: one reminder, then it is handed to staff.

No form can be required for a request, and the law's month runs from the day on which it was made
(Art. 12(2)-(3) GDPR): so a conversation that breaks off does not end it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import TypeGuard

from bot.core.conversation import my_tickets, pass_to_staff, request_flow, to_staff, verification
from bot.core.conversation.answers import DECLINE, MAKE
from bot.core.conversation.dialogue import (
    Dialogue,
    Filling,
    Idle,
    Offered,
    Request,
    Sending,
    State,
    Summary,
)
from bot.core.conversation.reply import NOTHING, Reply, joined, keep, say
from bot.core.conversation.world import World
from bot.core.tickets import quotas
from bot.core.tickets.inquiries import InquiryKind
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_SYSTEM, Action

_AWAKE = range(8, 21)  # hours of the local day in which people are written to unasked


class Due(StrEnum):
    """What happens to an unfinished request."""

    REMINDER = "reminder"
    HAND_OVER = "hand_over"


def request_of(state: State) -> Request | None:
    """Return the request that was left half way, if it was clearly made or agreed to."""
    match state:
        case Filling(request) | Summary(request):
            return request
        case Offered(request) if request.clear:
            return request
    return None


def subject_of(state: State) -> str:
    """Return what tells what is unfinished from other things of the person: a right, or a ticket.

    Empty where nothing is.
    """
    if _is_unsent(state):
        return state.ticket
    request = request_of(state)
    return request.right if request else ""


def _is_unsent(state: State) -> TypeGuard[Sending]:
    """Tell whether words for staff were not sent; a reminder of theirs is not worth another."""
    return isinstance(state, Sending) and state.action is not Action.CHASE


def due(dialogue: Dialogue, since: datetime, now: datetime, rules: Rules) -> Due | None:
    """Return what is due, where the person said nothing since a moment."""
    dialogue = dialogue.at_request()
    if dialogue.person is None:
        return None
    late = now >= since + rules.remind_after
    if _is_unsent(dialogue.state):  # one reminder; nothing is sent without a yes
        return Due.REMINDER if late and dialogue.state.reminded_at is None else None
    request = request_of(dialogue.state)
    if request is None:
        return None
    if request.reminded_at is None:
        return Due.REMINDER if late else None
    # There is some time to answer the reminder, however late it came.
    handed_over = max(since + rules.hand_over_after, request.reminded_at + rules.remind_after)
    return Due.HAND_OVER if now >= handed_over else None


def may_write(now: datetime, rules: Rules) -> bool:
    """Tell whether it is a time of day at which people are written to unasked."""
    return now.astimezone(rules.timezone).hour in _AWAKE


def remind(dialogue: Dialogue, world: World) -> Reply:
    """Bring the request, or the words that were not sent, to mind, and ask again."""
    if _is_unsent(sending := dialogue.state):
        asked = to_staff.ask_again(sending, world)
        kept = replace(sending, reminded_at=world.now)
        return say("unfinished.unsent") + asked.then(kept) if asked.parts else NOTHING
    request = request_of(dialogue.state)
    if request is None:
        return NOTHING
    request = replace(request, reminded_at=world.now)
    told = say("unfinished.reminder", right=request.right) + _also(request)
    if isinstance(dialogue.state, Offered):
        return told.offering(MAKE, DECLINE).then(Offered(request))
    return told + request_flow.ask_next(request, world)


def _also(request: Request) -> Reply:
    """Name the other rights of a clear message: they are handed over as well."""
    later = request.later if request.clear else ()
    return joined(say("unfinished.also", right=right) for right in later)


def hand_over(dialogue: Dialogue, world: World) -> Reply:
    """Hand the request to staff with what is known, and go on to the next right of its message."""
    request = request_of(dialogue.state)
    if request is None:
        return NOTHING
    return _handed_over(request, dialogue, world).then(_next(request))


def _next(request: Request) -> State:
    if not request.later or not request.clear:
        return Idle()
    # It was named in the reminder, and nobody has come since.
    return Offered(replace(request.following(), reminded_at=request.reminded_at))


def _handed_over(request: Request, dialogue: Dialogue, world: World) -> Reply:
    if quotas.open_ticket_of(request.right, world.tickets, request.address, request.on_behalf):
        return NOTHING
    if not quotas.may_open(world.tickets, world.rules.quotas, world.now):
        return _as_question(request, dialogue, world)
    change = request_flow.new_ticket_of(request, dialogue.language, THE_SYSTEM, world)
    ticket = change.ticket
    due = ticket.clock.end(world.today).due.isoformat()
    told = say("unfinished.handed_over", number=ticket.number, right=ticket.right, due=due)
    code = verification.offer_code(ticket) if verification.awaits_code(ticket) else ()
    return keep(change) + told.offering(*code, my_tickets.offer_withdrawal(ticket))


def _as_question(request: Request, dialogue: Dialogue, world: World) -> Reply:
    """Pass on what was written, where no more tickets of this person are opened for a while."""
    if not request.opening or world.open_inquiries() >= world.rules.quotas.open_inquiries:
        return NOTHING
    language = dialogue.language
    passed = pass_to_staff.passed(InquiryKind.QUESTION, request.opening, language, world)
    return passed + say("inquiry.passed", number=world.new.inquiry_number)
