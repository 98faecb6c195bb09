"""Asking for a right: offered, filled in field by field, summed up, opened as a ticket."""

from __future__ import annotations

from dataclasses import replace

from bot.core.catalog import Right
from bot.core.conversation import answers, my_tickets, request_fields, verification
from bot.core.conversation.answers import NO, YES
from bot.core.conversation.turn import Stage, Turn
from bot.core.effects import Choice
from bot.core.events import Requested
from bot.core.tickets import transitions
from bot.core.tickets.ticket import OPEN


def take_form(turn: Turn, event: Requested) -> None:
    """Take a form that was filled in at once: what it says has been agreed to."""
    turn.dialogue = replace(turn.dialogue, language=event.language)
    already = [t for t in turn.owned.values() if t.state in OPEN and t.right is event.right]
    if already and verification.may_correct(already[0], event.email):
        verification.take_address(turn, already[0], event.email)
        return
    if already:
        turn.say("ticket.already", number=already[0].number)
        return
    fields = {
        request_fields.NAME: event.name,
        request_fields.EMAIL: event.email,
        request_fields.DETAILS: event.details,
    }
    if any(request_fields.problem(name, text) for name, text in fields.items() if text):
        turn.say("empty")
        return
    cleaned = {name: request_fields.clean(name, text) for name, text in fields.items()}
    turn.dialogue = replace(
        turn.dialogue,
        stage=Stage.SUMMARY,
        rights=(event.right,),
        fields=cleaned,
        asking="",
        asked_at=turn.context.received_at,
    )
    open_ticket(turn)


def offer(turn: Turn, rights: tuple[Right, ...]) -> None:
    """Offer to make requests of rights, one after the other; not of what is open already."""
    for ticket in [t for t in turn.owned.values() if t.state in OPEN and t.right in rights]:
        turn.say("ticket.already", number=ticket.number)
        turn.choices.append(my_tickets.about(ticket, "withdraw"))
        rights = tuple(right for right in rights if right is not ticket.right)
    if not rights:
        return
    turn.dialogue = replace(
        turn.dialogue,
        stage=Stage.OFFERED,
        rights=rights,
        fields={},
        asking="",
        ticket="",
        asked_at=turn.context.received_at,
    )
    for right in rights[1:]:
        turn.say("offer.also", right=right)
    turn.add(answers.offer(turn.context.catalog.request(rights[0]), turn.context.notice))


def fill_in(turn: Turn, text: str) -> None:
    """Take what was written in answer to a field, or say what is wrong with it."""
    problem = request_fields.problem(turn.dialogue.asking, text)
    if problem:
        turn.say(problem)
        ask_next(turn)
    else:
        take_field(turn, text)


def take_field(turn: Turn, text: str) -> None:
    """Take the value of the field that was asked for; go on to the next."""
    value = request_fields.clean(turn.dialogue.asking, text)
    fields = {**turn.dialogue.fields, turn.dialogue.asking: value}
    turn.dialogue = replace(turn.dialogue, fields=fields, asking="")
    ask_next(turn)


def ask_next(turn: Turn) -> None:
    """Ask for the next field; when there is none, sum up."""
    right = turn.dialogue.rights[0]
    missing = request_fields.next_field(right, turn.dialogue.fields)
    if missing is None:
        _summarise(turn, right)
        return
    turn.dialogue = replace(turn.dialogue, asking=missing.name)
    key = (
        f"field.details.{right}"
        if missing.name == request_fields.DETAILS
        else f"field.{missing.name}.ask"
    )
    turn.say(key)
    if may_take_vouched(turn):
        values = {"email": turn.context.vouched}
        turn.choices.append(Choice(token="vouched", key="choice.vouched", values=values))
    if missing.optional:
        key = "choice.no_email" if missing.name == request_fields.EMAIL else "choice.skip"
        turn.choices.append(Choice(token="skip", key=key))
    turn.choices.append(Choice(token="no", key="choice.stop"))


def _summarise(turn: Turn, right: Right) -> None:
    turn.dialogue = replace(turn.dialogue, stage=Stage.SUMMARY, asking="")
    fields = turn.dialogue.fields
    turn.say(
        "summary.text",
        right=right,
        name=fields.get(request_fields.NAME, ""),
        email=fields[request_fields.EMAIL],
        details=fields.get(request_fields.DETAILS, ""),
    )
    turn.choices += [YES, Choice(token="change", key="choice.change"), NO]


def open_ticket(turn: Turn) -> None:
    """Open the ticket that was agreed to, and begin with the proof of identity."""
    context, fields = turn.context, turn.dialogue.fields
    change = transitions.open_ticket(
        id=context.fresh.ticket_id,
        number=context.fresh.number,
        right=turn.dialogue.rights[0],
        language=turn.dialogue.language,
        person=replace(
            context.person,
            name=fields.get(request_fields.NAME, ""),
            email=fields[request_fields.EMAIL],
            thread="",
        ),
        details=fields.get(request_fields.DETAILS, ""),
        received_at=turn.dialogue.asked_at or context.received_at,
        now=context.now,
        rules=context.rules,
    )
    turn.keep(change.ticket, change.record)
    due = change.ticket.clock.end(context.rules.today(context.now)).due
    turn.say("ticket.opened", number=change.ticket.number, due=due.isoformat())
    verification.begin(turn, change.ticket)
    next_right(turn)


def next_right(turn: Turn) -> None:
    """Go on to the next right of the same message; name and address need no second asking."""
    rest = turn.dialogue.rights[1:]
    if not rest:
        turn.dialogue = replace(
            turn.dialogue, stage=Stage.IDLE, rights=(), fields={}, asked_at=None
        )
        return
    known = {k: v for k, v in turn.dialogue.fields.items() if k != request_fields.DETAILS}
    turn.dialogue = replace(turn.dialogue, stage=Stage.OFFERED, rights=rest, fields=known)
    turn.choices.clear()
    turn.add(answers.offer(turn.context.catalog.request(rest[0]), turn.context.notice))


def may_skip(turn: Turn) -> bool:
    """Tell whether the field that is asked for may be left out."""
    field = request_fields.next_field(turn.dialogue.rights[0], turn.dialogue.fields)
    return field is not None and field.optional


def may_take_vouched(turn: Turn) -> bool:
    """Tell whether an address is asked for, and the workspace vouches for one."""
    return turn.dialogue.asking == request_fields.EMAIL and bool(turn.context.vouched)
