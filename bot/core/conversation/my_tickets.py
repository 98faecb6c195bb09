"""What people do with their own tickets: see how they go, answer staff, withdraw."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.conversation import verification
from bot.core.conversation.answers import NO
from bot.core.conversation.turn import Stage, Turn
from bot.core.effects import Choice, StaffWords, Text
from bot.core.tickets.ticket import OPEN, Action, Ticket
from bot.core.tickets.transitions import Command
from bot.core.understanding.matching import KNOWN_WORDING, Outcome

_NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b", re.IGNORECASE)


def status(turn: Turn) -> None:
    """Tell how each ticket goes, with what can be done about it."""
    if not turn.owned:
        turn.say("status.none")
    for ticket in turn.owned.values():
        turn.say(
            f"status.{verification.phase(ticket)}",
            number=ticket.number,
            right=ticket.right,
            due=ticket.clock.end(turn.today()).due.isoformat(),
        )
        if ticket.question:
            turn.parts += [Text(key="status.question"), StaffWords(text=ticket.question)]
            turn.choices.append(about(ticket, "answer"))
        if verification.phase(ticket) == verification.AWAITING_CODE:
            verification.offer_code(turn, ticket)
        if ticket.state in OPEN:
            turn.choices.append(about(ticket, "withdraw"))


def begin_answer(turn: Turn, ticket: Ticket) -> None:
    """Begin to answer a question of staff."""
    if not ticket.question:
        turn.say("stale_button")
        return
    turn.dialogue = replace(turn.dialogue, stage=Stage.ANSWERING, ticket=ticket.id)
    ask_for_answer(turn, ticket)


def ask_for_answer(turn: Turn, ticket: Ticket) -> None:
    """Ask for the answer to the question of staff, which is shown."""
    turn.say("answer_staff.prompt", number=ticket.number)
    turn.parts.append(StaffWords(text=ticket.question))
    turn.choices.append(Choice(token="no", key="choice.stop"))


def take_answer(turn: Turn, text: str) -> None:
    """Take the answer for staff, unless it says to stop."""
    match = turn.context.matcher.match(text, turn.dialogue.language)
    if match.outcome is Outcome.CANCEL and match.confidence >= KNOWN_WORDING:
        turn.stop("stopped")
        return
    ticket = turn.owned.get(turn.dialogue.ticket)
    turn.dialogue = replace(turn.dialogue, stage=Stage.IDLE, ticket="")
    if ticket and turn.act(ticket, Command(action=Action.ANSWER, text=text)):
        turn.say("answer_staff.thanks", number=ticket.number)
    else:
        turn.say("stale_button")


def cancel(turn: Turn, text: str) -> None:
    """Stop what is under way; else ask which ticket is to be withdrawn."""
    if turn.dialogue.stage not in (Stage.IDLE, Stage.WITHDRAWING):
        turn.stop("stopped")
        return
    open_tickets = [t for t in turn.owned.values() if t.state in OPEN]
    named = {n.upper() for n in _NUMBER.findall(text)}
    chosen = [t for t in open_tickets if t.number in named] or open_tickets
    if len(chosen) == 1:
        withdraw(turn, chosen[0])
    elif chosen:
        turn.say("withdraw.which")
        turn.choices += [about(ticket, "withdraw") for ticket in chosen]
    else:
        turn.say("cancel.nothing")


def withdraw(turn: Turn, ticket: Ticket) -> None:
    """Ask whether a ticket is really to be withdrawn."""
    if ticket.state not in OPEN:
        turn.say("withdraw.ended", number=ticket.number)
        return
    turn.dialogue = replace(turn.dialogue, stage=Stage.WITHDRAWING, ticket=ticket.id)
    turn.say("withdraw.sure", number=ticket.number, right=ticket.right)
    turn.choices += [Choice(token=f"really:{ticket.id}", key="choice.yes_withdraw"), NO]


def withdraw_really(turn: Turn, ticket: Ticket) -> None:
    """Withdraw a ticket."""
    turn.dialogue = replace(turn.dialogue, stage=Stage.IDLE, ticket="")
    if turn.act(ticket, Command(action=Action.WITHDRAW)):
        turn.say("withdraw.done", number=ticket.number)
    else:
        turn.say("withdraw.ended", number=ticket.number)


def about(ticket: Ticket, action: str) -> Choice:
    """Return a button that does something with a ticket, and names it."""
    return Choice(
        token=f"{action}:{ticket.id}", key=f"choice.{action}", values={"number": ticket.number}
    )
