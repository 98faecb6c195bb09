"""Applies a yes, a no or a cancellation to the question that is open."""

from __future__ import annotations

from bot.core.buttons import Change, No, PassToStaff, Skip, UseVouchedAddress, Yes
from bot.core.conversation import (
    doubtful,
    going_on,
    my_tickets,
    pass_to_staff,
    request_flow,
    to_staff,
)
from bot.core.conversation.dialogue import (
    Dialogue,
    Filling,
    Idle,
    Offered,
    Sending,
    Summary,
    Withdrawing,
)
from bot.core.conversation.reply import Reply, say, stale, stopped
from bot.core.conversation.request_fields import EMAIL
from bot.core.conversation.world import World

Decision = Yes | No | Skip | Change | UseVouchedAddress | PassToStaff


def take(dialogue: Dialogue, decision: Decision, world: World) -> Reply:
    """Take a decision; one that answers nothing is stale."""
    match dialogue.state, decision:
        case _, Yes():
            return _agreed(dialogue, world)
        case Summary(request), Change():
            return request_flow.fill_in_again(request, world)
        case Filling() as filling, Skip() if filling.may_be_left_out:
            return request_flow.take_field(filling, "", world)
        case Filling() as filling, UseVouchedAddress() if (
            filling.asking.name == EMAIL and world.vouched
        ):
            return request_flow.take_field(filling, world.vouched, world)
        case ((Offered(request) | Filling(request) | Summary(request)), No()) if request.later:
            return say("stopped") + request_flow.offer_next(request, world)
        case _, PassToStaff():
            return pass_to_staff.take(dialogue, world)
        case ((Filling() | Summary()), No()):
            return going_on.stopped_request() + my_tickets.with_staff(world)
        case state, No() if not isinstance(state, Idle):
            return stopped() + my_tickets.with_staff(world)
    return stale()


def _agreed(dialogue: Dialogue, world: World) -> Reply:
    match dialogue.state:
        case Filling() as filling if named := doubtful.take(dialogue, filling, world):
            return named
        case Idle():
            return going_on.resume(dialogue, world)
        case Offered(request):
            return request_flow.ask_next(request, world)
        case Summary(request):
            return request_flow.open_ticket(request, dialogue.language, world)
        case Withdrawing(id) if ticket := world.ticket(id):
            return my_tickets.withdraw_really(ticket, world)
        case Sending() as sending:
            return to_staff.send(sending, world)
    return stale()
