"""What people do with their own tickets: see how they go, answer staff, withdraw."""

from __future__ import annotations

import re

from bot.core.buttons import AnswerStaff, No, Withdraw, WithdrawReally
from bot.core.conversation import verification
from bot.core.conversation.answers import STOP
from bot.core.conversation.dialogue import (
    Answering,
    Idle,
    Withdrawing,
)
from bot.core.conversation.dialogue import State as DialogueState
from bot.core.conversation.reply import Reply, act, joined, say, stale, stopped
from bot.core.conversation.world import World
from bot.core.effects import Choice, StaffWords
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import OPEN, Action, Ticket
from bot.core.understanding.asked import Meaning

_NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b", re.IGNORECASE)


def status(world: World) -> Reply:
    """Tell how each ticket goes, with what can be done about it."""
    if not world.tickets:
        return say("status.none")
    return joined(_status(ticket, world) for ticket in world.tickets)


def _status(ticket: Ticket, world: World) -> Reply:
    phase = verification.phase(ticket)
    due = ticket.clock.end(world.today).due.isoformat()
    reply = say(f"status.{phase}", number=ticket.number, right=ticket.right, due=due)
    if ticket.question:
        reply += say("status.question") + _quoted_question(ticket)
        reply = reply.offering(_answer(ticket))
    if verification.awaits_code(ticket):
        reply = reply.offering(*verification.offer_code(ticket))
    if ticket.state in OPEN:
        reply = reply.offering(offer_withdrawal(ticket))
    return reply


# Answering staff


def begin_answer(ticket: Ticket, _world: World) -> Reply:
    """Begin to answer a question of staff."""
    return ask_for_answer(ticket).then(Answering(ticket.id)) if ticket.question else stale()


def ask_for_answer(ticket: Ticket) -> Reply:
    """Ask for the answer to the question of staff, which is shown."""
    asked = say("answer_staff.prompt", number=ticket.number) + _quoted_question(ticket)
    return asked.offering(STOP)


def take_answer(ticket: Ticket | None, text: str, means: Meaning, world: World) -> Reply:
    """Take the answer for staff, unless it says to stop or to withdraw the request."""
    if means in (Meaning.STOP, Meaning.POSTPONE):
        return stopped()
    if means is Meaning.WITHDRAW and ticket:
        return withdraw(ticket, world)
    command = Command(action=Action.ANSWER, text=text)
    answered = act(ticket, command, world) if ticket else None
    if ticket is None or answered is None:
        return stale().then(Idle())
    due = answered.tickets[-1].clock.end(world.today).due.isoformat()
    thanks = say("answer_staff.thanks", number=ticket.number, due=due)
    return answered + thanks.then(Idle())


def _quoted_question(ticket: Ticket) -> Reply:
    return Reply(parts=(StaffWords(text=ticket.question),))


def _answer(ticket: Ticket) -> Choice:
    values = {"number": ticket.number}
    return Choice(button=AnswerStaff(ticket.id), key="choice.answer", values=values)


# Withdrawing


def cancel(state: DialogueState, text: str, world: World) -> Reply:
    """Stop what is under way; else ask which ticket is to be withdrawn."""
    if not isinstance(state, Idle | Withdrawing):
        return stopped()
    still_open = [ticket for ticket in world.tickets if ticket.state in OPEN]
    named = {number.upper() for number in _NUMBER.findall(text)}
    wanted = [ticket for ticket in still_open if ticket.number in named] or still_open
    if not wanted:
        return say("cancel.nothing")
    if len(wanted) == 1:
        return withdraw(wanted[0], world)
    return say("withdraw.which").offering(*map(offer_withdrawal, wanted))


def withdraw(ticket: Ticket, _world: World) -> Reply:
    """Ask whether a ticket is really to be withdrawn."""
    if ticket.state not in OPEN:
        return say("withdraw.ended", number=ticket.number)
    really = Choice(button=WithdrawReally(ticket.id), key="choice.yes_withdraw")
    keep = Choice(button=No(), key="choice.keep")
    asked = say("withdraw.sure", number=ticket.number, right=ticket.right)
    return asked.offering(really, keep).then(Withdrawing(ticket.id))


def withdraw_really(ticket: Ticket, world: World) -> Reply:
    """Withdraw a ticket."""
    withdrawn = act(ticket, Command(action=Action.WITHDRAW), world)
    if withdrawn is None:
        return say("withdraw.ended", number=ticket.number).then(Idle())
    return withdrawn + say("withdraw.done", number=ticket.number).then(Idle())


def offer_withdrawal(ticket: Ticket) -> Choice:
    """Return the button that withdraws a ticket, and names it."""
    values = {"number": ticket.number}
    return Choice(button=Withdraw(ticket.id), key="choice.withdraw", values=values)
