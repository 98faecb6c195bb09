"""Keeps an open question open while something else is said: asks it again, or drops it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation import request_flow, staff_question, to_staff, verification
from bot.core.conversation.answers import DECLINE, MAKE, without_also
from bot.core.conversation.dialogue import (
    REPEATED,
    Answering,
    Correcting,
    Filling,
    Idle,
    Offered,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.world import World
from bot.core.understanding.topics.match import Match, Outcome

_FEW_WORDS = 4


def ask_again(state: State, world: World) -> Reply:
    """Put the open question again, if there is one."""
    match state:
        case Offered(request):
            return say("offer.again", right=request.right).offering(MAKE, DECLINE)
        case Filling(request) | Summary(request):
            return request_flow.ask_next(request, world)
        case Answering(id) if ticket := world.ticket(id):
            return staff_question.ask_for_answer(ticket)
        case Correcting(id) if ticket := world.ticket(id):
            return verification.ask_for_address(ticket)
        case Sending() as sending:
            return to_staff.ask_again(sending, world)
    return NOTHING


def postponed(state: State) -> Reply:
    """Leave all as it is: whoever comes back goes on from there. An offer is not put again."""
    told = say("postponed")
    return told.then(state.quiet()) if isinstance(state, Offered) else told


def then_again(reply: Reply, state: State, world: World) -> Reply:
    """Return a reply, and after it the question that is open then; `state` was before it."""
    now = state if reply.state is None else reply.state
    return reply + ask_again(now, world.changed(reply.tickets))


def beside(reply: Reply, state: State, world: World) -> Reply:
    """Return a reply that leaves a form open where it was, with the form's question again."""
    if reply.state != Idle() or not isinstance(state, Offered | Filling | Summary):
        return reply
    return then_again(replace(reply, state=None), state, world)


def after_aside(reply: Reply, outcome: Outcome, state: State, world: World) -> Reply:
    """Return the reply to something said in the middle of a form, and the form's question again."""
    if outcome in (Outcome.CANCEL, Outcome.CLARIFY):
        # What is to be chosen or withdrawn is the question now: one at a time.
        return reply
    match state:
        case Withdrawing():
            return reply.then(Idle())
        case Offered() as offered if offered.asides >= REPEATED:
            return reply.then(reply.state or offered.quieter())
        case Offered() as offered:
            reply = without_also(reply).then(reply.state or offered.quieter())
        case Answering() | Correcting():
            reply = without_also(reply)
        case Filling() | Summary():
            reply = replace(without_also(reply), choices=(), unanswered="")
    return then_again(reply, state, world)


def answers(state: State, match: Match, text: str, world: World) -> bool:
    """Tell whether the open question says all there is to say: whether it is sent, what is asked.

    "Is it done?" is answered by what is still to be sent, "what is that?" by what is asked for.
    """
    if not isinstance(state, Offered | Filling | Summary):
        return False
    if match.outcome is Outcome.STATUS:
        return not world.tickets
    few = len(text.split()) <= _FEW_WORDS
    return isinstance(state, Filling) and few and match.outcome is Outcome.OUT_OF_SCOPE
