"""Proof of identity in a conversation: codes, a mistyped address, a phone number."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation import request_fields
from bot.core.conversation.turn import Stage, Turn
from bot.core.effects import Choice, SendCode
from bot.core.tickets import identity
from bot.core.tickets.identity import CodeVerdict, Evidence, Method
from bot.core.tickets.ticket import OPEN, THE_CUSTOMER, Action, State, Ticket
from bot.core.tickets.transitions import Command

AWAITING_CODE = "awaiting_code"  # a phase
# A channel makes of this button the one by which its platform shares the person's number.
SHARE_PHONE = Choice(token="share_phone", key="choice.share_phone")


def begin(turn: Turn, ticket: Ticket) -> None:
    """Begin to prove the identity: by what the workspace says, a code, or else by staff."""
    email = ticket.person.email
    if email and email == turn.context.vouched:
        _prove(turn, ticket, Method.WORKSPACE, email)
        turn.say("vouched.taken")
    elif email:
        _send_code(turn, ticket)
    else:
        turn.say("code.by_staff")
        _offer_phone(turn, ticket)


def waiting_for_code(turn: Turn) -> list[Ticket]:
    """Return the tickets for which a code was sent and not given yet, oldest first."""
    return [t for t in turn.owned.values() if t.state in OPEN and t.challenge is not None]


def _send_code(turn: Turn, ticket: Ticket) -> None:
    context = turn.context
    if not _may_send_code_to(turn, ticket.person.email):
        turn.say("code.too_many")
        offer_code(turn, ticket)
        return
    sent = identity.challenge(context.fresh.code, ticket.id, context.code_key, context.now)
    times = (*ticket.codes_sent, context.now)
    turn.keep(replace(ticket, challenge=sent, codes_sent=times))
    turn.effects.append(
        SendCode(
            email=ticket.person.email,
            language=ticket.language,
            number=ticket.number,
            code=context.fresh.code,
        )
    )
    minutes = int(context.rules.codes.lifetime.total_seconds() // 60)
    turn.say("code.sent", email=ticket.person.email, minutes=minutes)
    offer_code(turn, ticket)
    _offer_phone(turn, ticket)


def _may_send_code_to(turn: Turn, email: str) -> bool:
    context = turn.context
    if email not in context.codes_sent:  # without what was sent there is no limit
        raise LookupError("the codes sent to this address were not looked up")
    by_person = [at for ticket in turn.owned.values() for at in ticket.codes_sent]
    return all(
        identity.may_send(sent, context.rules.codes, context.now)
        for sent in (by_person, context.codes_sent[email])
    )


def offer_code(turn: Turn, ticket: Ticket) -> None:
    """Offer a new code, and to correct the address: a mistyped one gets none."""
    turn.choices += [
        Choice(token=f"resend:{ticket.id}", key="choice.resend"),
        Choice(token=f"correct:{ticket.id}", key="choice.correct"),
    ]


def resend(turn: Turn, ticket: Ticket) -> None:
    """Send a new code."""
    if phase(ticket) == AWAITING_CODE:
        _send_code(turn, ticket)
    else:
        turn.say("stale_button")


def take_code(turn: Turn, code: str) -> None:
    """Take a code; it proves control of its address on every ticket that gave this address."""
    waiting = waiting_for_code(turn)
    if not waiting:
        turn.say("code.none")
        return
    verdicts = [_check(turn, turn.owned[ticket.id], code) for ticket in waiting]
    best = min(verdicts, key=list(CodeVerdict).index)
    if best is CodeVerdict.RIGHT:
        # The same words whether the address is on file or not: the register reveals nothing.
        turn.say("code.right")
        return
    newest = waiting_for_code(turn)[-1]
    tries = newest.challenge.tries if newest.challenge else 0
    turn.say(f"code.{best}", left=turn.context.rules.codes.tries - tries)
    offer_code(turn, newest)


def _check(turn: Turn, ticket: Ticket, code: str) -> CodeVerdict:
    context = turn.context
    if ticket.challenge is None:  # proved by the same code on another ticket a moment ago
        return CodeVerdict.EXPIRED
    verdict, tried = identity.check(
        ticket.challenge, code, ticket.id, context.code_key, context.rules.codes, context.now
    )
    turn.keep(replace(ticket, challenge=tried))
    if verdict is CodeVerdict.RIGHT:
        _proved(turn, ticket.person.email)
    return verdict


def _proved(turn: Turn, email: str) -> None:
    """Control of an address is evidence on every ticket that gave this address."""
    for ticket in list(turn.owned.values()):
        if ticket.state is State.AWAITING_IDENTITY and ticket.person.email == email:
            _prove(turn, ticket, Method.EMAIL_CODE, email)


def _prove(turn: Turn, ticket: Ticket, method: Method, contact: str) -> None:
    evidence = Evidence(
        method=method,
        at=turn.context.now,
        by=THE_CUSTOMER.key,
        on_file=contact in turn.context.on_file,
    )
    turn.act(ticket, Command(action=Action.VERIFY, evidence=evidence))


def correct(turn: Turn, ticket: Ticket) -> None:
    """Begin to correct a mistyped address."""
    if phase(ticket) != AWAITING_CODE:
        turn.say("stale_button")
        return
    turn.dialogue = replace(turn.dialogue, stage=Stage.CORRECTING, ticket=ticket.id)
    ask_for_address(turn, ticket)


def ask_for_address(turn: Turn, ticket: Ticket) -> None:
    """Ask for the right address."""
    turn.say("correct.prompt", number=ticket.number, email=ticket.person.email)
    turn.choices.append(Choice(token="no", key="choice.stop"))


def take_address(turn: Turn, ticket: Ticket, address: str) -> None:
    """Put another address in the place of a mistyped one, and send a code there."""
    email = request_fields.clean(request_fields.EMAIL, address)
    if turn.act(ticket, Command(action=Action.CORRECT, email=email)):
        _send_code(turn, turn.owned[ticket.id])


def end_correcting(turn: Turn) -> None:
    """Wait for an address no longer."""
    turn.dialogue = replace(turn.dialogue, stage=Stage.IDLE, ticket="")


def _offer_phone(turn: Turn, ticket: Ticket) -> None:
    if turn.context.shares_phone:
        turn.choices.append(Choice(token=f"phone:{ticket.id}", key="choice.phone"))


def ask_for_phone(turn: Turn, ticket: Ticket) -> None:
    """Ask for the phone number; the platform gives it only at a press of its own button."""
    if ticket.state is State.AWAITING_IDENTITY and turn.context.shares_phone:
        turn.say("phone.prompt", number=ticket.number)
        turn.choices.append(SHARE_PHONE)
    else:
        turn.say("stale_button")


def take_phone(turn: Turn, phone: str) -> None:
    """Take a phone number that the platform verified as the person's own."""
    if not phone:
        turn.say("phone.foreign")
        return
    waiting = [t for t in turn.owned.values() if t.state is State.AWAITING_IDENTITY]
    for ticket in waiting:
        _prove(turn, ticket, Method.PHONE, phone)
    # The same words whether the number is on file or not: the register reveals nothing.
    turn.say("phone.taken" if waiting else "phone.none")


def may_correct(ticket: Ticket, address: str) -> bool:
    """Tell whether another address may take the place of the one that a ticket has."""
    given = request_fields.problem(request_fields.EMAIL, address) is None
    return (
        phase(ticket) == AWAITING_CODE
        and given
        and request_fields.clean(request_fields.EMAIL, address) != ticket.person.email
    )


def phase(ticket: Ticket) -> str:
    """Return what the customer is told of a state.

    A right code reads the same whether the address was on file or not: both are with staff.
    """
    if ticket.clock.suspended_on is not None:
        return "suspended"
    if ticket.state is State.AWAITING_IDENTITY and ticket.person.email and not ticket.evidence:
        return AWAITING_CODE
    if ticket.state in (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION):
        return "with_staff"
    return ticket.state
