"""A person's own tickets: status and withdrawal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from bot.core.buttons import No, Withdraw, WithdrawReally
from bot.core.catalog import Right
from bot.core.conversation import answers, going_on, staff_question, verification
from bot.core.conversation.dialogue import Filling, Idle, Sending, Summary, Withdrawing
from bot.core.conversation.dialogue import State as DialogueState
from bot.core.conversation.reply import Reply, act, joined, say, stopped
from bot.core.conversation.world import World
from bot.core.effects import Choice
from bot.core.tickets.command import Command
from bot.core.tickets.inquiries import InquiryKind
from bot.core.tickets.ticket import OPEN, Action, Ticket

_WAITING = {InquiryKind.QUESTION: "inquiry.waiting", InquiryKind.INCIDENT: "incident.waiting"}
_NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b", re.IGNORECASE)

# Not "forget it" nor a command: nobody means marketing by those.
_STOPS = re.compile(r"(?:stop+|lopeta\w*|sluta|avsluta|quit|end|unsubscribe)\b", re.IGNORECASE)


def status(world: World) -> Reply:
    """Tell how each ticket goes, with what can be done about it, and what waits for staff."""
    waiting = with_staff(world)
    if not world.tickets:
        return waiting if waiting.parts else say("status.none")
    return joined(_status(ticket, world) for ticket in world.tickets) + waiting


def is_late(ticket: Ticket, world: World) -> bool:
    """Tell whether staff have let the day pass by which an open ticket had to be answered."""
    theirs = verification.phase(ticket) not in verification.TURN_OF_CUSTOMER
    return ticket.state in OPEN and theirs and ticket.clock.end(world.today).due < world.today


def with_staff(world: World) -> Reply:
    """Tell which questions and reports wait for staff."""
    waiting = world.waiting_inquiries()
    return joined(say(_WAITING[one.kind], number=one.number) for one in waiting)


def _status(ticket: Ticket, world: World) -> Reply:
    phase = verification.phase(ticket)
    due = ticket.clock.end(world.today).due
    told = {"number": ticket.number, "right": ticket.right, "due": due.isoformat()}
    reply = say(f"status.{phase}", **told)
    if is_late(ticket, world):
        reply += say("status.late")
    if ticket.question:
        reply += staff_question.shown(ticket)
        reply = reply.offering(staff_question.answer_button(ticket))
    if verification.awaits_code(ticket):
        reply = reply.offering(*verification.offer_code(ticket))
    if ticket.state in OPEN:
        reply = reply.offering(offer_withdrawal(ticket))
    return reply


# Withdrawing


def cancel(state: DialogueState, text: str, world: World) -> Reply:
    """Stop what is under way; else ask which ticket is to be withdrawn.

    With nothing to stop here, a "stop" may be meant for marketing (Art. 21(2)-(3)).
    """
    if not isinstance(state, Idle | Sending | Withdrawing):
        return going_on.stopped_request() if isinstance(state, Filling | Summary) else stopped()
    still_open = world.open_tickets
    wanted = named(text, still_open) or still_open
    if not wanted:
        nothing = say("cancel.nothing")
        if not _STOPS.match(text):
            return nothing
        marketing = world.knowledge.catalog.request(Right.MARKETING_OBJECTION)
        return nothing.offering(answers.to_request(marketing))
    if len(wanted) == 1:
        return withdraw(wanted[0], world)
    return say("withdraw.which").offering(*map(offer_withdrawal, wanted))


def named(text: str, tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return those tickets whose numbers stand in a text."""
    numbers = {number.upper() for number in _NUMBER.findall(text)}
    return [ticket for ticket in tickets if ticket.number in numbers]


def meant(text: str, likely: Sequence[Ticket], world: World) -> Ticket:
    """Return the ticket whose number a text gives, else the newest of the likely ones."""
    return next(iter(named(text, world.tickets)), likely[-1])


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
