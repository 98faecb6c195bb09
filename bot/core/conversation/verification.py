"""Proof of identity in a conversation: codes, a mistyped address, a phone number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.core import contacts
from bot.core.buttons import CorrectAddress, ProveByPhone, Resend, SharePhone
from bot.core.contacts import Contact
from bot.core.conversation import objection, request_fields
from bot.core.conversation.answers import STOP
from bot.core.conversation.dialogue import Correcting
from bot.core.conversation.reply import NOTHING, Reply, act, joined, say, stale
from bot.core.conversation.world import World
from bot.core.effects import Choice, SendCode
from bot.core.tickets import code_budget, identity
from bot.core.tickets.code_budget import CodeEvent, CodeNote, SentCodes, Wait
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Challenge, CodeVerdict, Evidence, Method
from bot.core.tickets.ticket import OPEN, THE_CUSTOMER, Action, Extent, State, Ticket

# Phases of a ticket as the customer is told of them.
AWAITING_CODE, CODE_BOUNCED = "awaiting_code", "code_bounced"
WITH_STAFF, SUSPENDED = "with_staff", "suspended"
FULFILLED_PARTLY = "fulfilled_partly"
TURN_OF_CUSTOMER = frozenset({AWAITING_CODE, CODE_BOUNCED, SUSPENDED})
_UNDECIDED = frozenset({AWAITING_CODE, CODE_BOUNCED, WITH_STAFF, SUSPENDED})
SHARE_PHONE = Choice(button=SharePhone(), key="choice.share_phone")


def begin(ticket: Ticket, world: World) -> Reply:
    """Begin to prove the identity: by what the workspace says, a code, or else by staff."""
    email = ticket.person.email
    if email and email == world.vouched:
        proved = _prove(ticket, Method.WORKSPACE, contacts.email(email), world)
        return proved + say("vouched.taken") + objection.in_force([ticket], proved.tickets)
    if email:
        return _send_code(ticket, world)
    return say("code.by_staff").offering(*_by_phone(ticket, world))


# Codes


def with_code_sent(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return the tickets for which a code was sent and not given yet, in their order."""
    return [t for t in tickets if t.state in OPEN and t.challenge is not None]


def offer_code(ticket: Ticket) -> tuple[Choice, ...]:
    """Offer a new code, and to correct the address: a mistyped one gets none."""
    return (
        Choice(button=Resend(ticket.id), key="choice.resend"),
        Choice(button=CorrectAddress(ticket.id), key="choice.correct"),
    )


def resend(ticket: Ticket, world: World) -> Reply:
    """Send a new code."""
    return _send_code(ticket, world) if awaits_code(ticket) else stale()


def take_code(code: str, world: World) -> Reply:
    """Take a code; it proves control of its address on every ticket that gave this address."""
    checked = [
        _checked(ticket, challenge, code, world)
        for ticket in with_code_sent(world.tickets)
        if (challenge := ticket.challenge)
    ]
    if not checked:
        return say("code.none")
    tried = Reply(tickets=tuple(ticket for _, ticket in checked), codes=_guess(checked))
    proved = {t.person.email for verdict, t in checked if verdict is CodeVerdict.RIGHT}
    if proved:
        proofs = joined(
            _prove(ticket, Method.EMAIL_CODE, contacts.email(ticket.person.email), world)
            for ticket in world.changed(tried.tickets).tickets
            if ticket.person.email in proved and not ticket.address_is_proved
        )
        # The same words whether the address is on file or not: the register reveals nothing.
        told = say("code.right") + objection.in_force(world.tickets, proofs.tickets)
        return tried + proofs + told
    best = min((verdict for verdict, _ in checked), key=list(CodeVerdict).index)
    newest = tried.tickets[-1]
    tries = newest.challenge.tries if newest.challenge else 0
    told = say(f"code.{best}", left=world.rules.codes.tries - tries)
    return (tried + told).offering(*offer_code(newest))


def _send_code(ticket: Ticket, world: World) -> Reply:
    email = ticket.person.email
    sent = _sent_before(email, world)
    wait = code_budget.check(sent, world.rules.codes, world.now)
    if wait:
        return _no_code_yet(ticket, wait, world).offering(*offer_code(ticket))
    code = world.new.code
    challenge = identity.challenge(code, ticket.id, world.code_key, world.now, ticket.challenge)
    sent_at = (*ticket.codes_sent, world.now)
    changed = replace(ticket, challenge=challenge, codes_sent=sent_at, bounced="")
    stranger = sent.is_strangers
    # Whoever proved the address before is not to be shut out by a word.
    word = code_budget.disowning_word(email, world.code_key) if stranger else ""
    number, language = ticket.number, ticket.language
    mail = SendCode(email=email, language=language, number=number, code=code, word=word)
    note = CodeNote(event=CodeEvent.SENT, number=number, email=email, stranger=stranger, word=word)
    minutes = int(world.rules.codes.lifetime.total_seconds() // 60)
    told = say("code.sent", email=email, minutes=minutes)
    return (Reply(tickets=(changed,), codes=(note,), effects=(mail,)) + told).offering(
        *offer_code(ticket), *_by_phone(ticket, world)
    )


def _sent_before(email: str, world: World) -> SentCodes:
    """Return when codes were sent that count now, and when the person proved the address."""
    proved = [
        piece.at
        for ticket in world.tickets
        for piece in ticket.evidence
        if piece.contact == contacts.email(email)
    ]
    return replace(
        world.codes.sent_to(email),
        by_person=[at for ticket in world.tickets for at in ticket.codes_sent],
        proved_at=max(proved, default=None),
        reads=any(ticket.reads == email for ticket in world.tickets),
    )


def _no_code_yet(ticket: Ticket, wait: Wait, world: World) -> Reply:
    """Say from when on a code can be sent: the same words whoever asked for those before."""
    note = CodeNote(
        event=CodeEvent.LIMITED, number=ticket.number, email=ticket.person.email, limit=wait.limit
    )
    limited = Reply(codes=(note,))
    if wait.until is None:
        return limited + say("code.never")
    # To the minute, and not before it.
    at = wait.until.astimezone(world.rules.timezone) + timedelta(seconds=59)
    return limited + say("code.too_many", at=at.strftime("%Y-%m-%dT%H:%M"))


def disown(word: str, world: World) -> Reply:
    """Take the word by which the reader of a mailbox says that they asked for no code.

    Who waits for a code to that mailbox gets one now: others' letters no longer stand in the way.
    """
    own = [
        replace(ticket, reads=ticket.person.email)
        for ticket in world.tickets
        if awaits_code(ticket)
        and code_budget.disowning_word(ticket.person.email, world.code_key) == word
    ]
    known = bool(own) or world.codes.knows(word)
    event = CodeEvent.DISOWNED if known else CodeEvent.WRONG
    told = say("code.disowned" if known else "code.word_unknown")
    noted = Reply(codes=(CodeNote(event=event, word=word),)) + told
    if not own:
        return noted
    reads = Reply(tickets=tuple(own)) + say("code.reader")
    return noted + reads + _send_code(own[-1], world.changed(own))


def _guess(checked: Sequence[tuple[CodeVerdict, Ticket]]) -> tuple[CodeNote, ...]:
    """Note what came of one code, whichever tickets it was tried on; an earlier one is no guess."""
    right = next((t for verdict, t in checked if verdict is CodeVerdict.RIGHT), None)
    if not right and any(verdict is CodeVerdict.SUPERSEDED for verdict, _ in checked):
        return ()
    event = CodeEvent.RIGHT if right else CodeEvent.WRONG
    return (CodeNote(event=event, number=(right or checked[-1][1]).number),)


def _checked(
    ticket: Ticket, sent: Challenge, code: str, world: World
) -> tuple[CodeVerdict, Ticket]:
    """Return the verdict on a code, and the ticket with the try counted."""
    verdict, tried = identity.check(
        sent, code, ticket.id, world.code_key, world.rules.codes, world.now
    )
    return verdict, replace(ticket, challenge=tried)


def _prove(ticket: Ticket, method: Method, contact: Contact, world: World) -> Reply:
    evidence = Evidence(
        method=method,
        at=world.now,
        by=THE_CUSTOMER.key,
        contact=contact,
        on_file=contact in world.on_file,
        shared=world.on_file.is_shared(contact),
        same_person=world.on_file.of_same_person(contact, ticket.contacts),
    )
    return act(ticket, Command(action=Action.VERIFY, evidence=evidence), world) or NOTHING


# A mistyped address


def correct(ticket: Ticket, _world: World) -> Reply:
    """Begin to correct a mistyped address."""
    if not awaits_code(ticket):
        return stale()
    return ask_for_address(ticket).then(Correcting(ticket.id))


def ask_for_address(ticket: Ticket) -> Reply:
    """Ask for the right address."""
    asked = say("correct.prompt", number=ticket.number, email=ticket.person.email)
    return asked.offering(STOP)


def may_correct(ticket: Ticket, address: str) -> bool:
    """Tell whether another address may take the place of the one that a ticket has."""
    given = request_fields.problem(request_fields.EMAIL, address) is None
    return (
        awaits_code(ticket)
        and given
        and request_fields.clean(request_fields.EMAIL, address) != ticket.person.email
    )


def take_address(ticket: Ticket, address: str, world: World) -> Reply:
    """Put another address in the place of a mistyped one, and send a code there."""
    email = request_fields.clean(request_fields.EMAIL, address)
    corrected = act(ticket, Command(action=Action.CORRECT, email=email), world)
    if corrected is None:
        return NOTHING
    return corrected + _send_code(corrected.tickets[0], world)


# A phone number


def ask_for_phone(ticket: Ticket, world: World) -> Reply:
    """Ask for the phone number; the platform gives it only at a press of its own button."""
    if phase(ticket) not in _UNDECIDED or not world.shares_phone:
        return stale()
    return say("phone.prompt", number=ticket.number).offering(SHARE_PHONE)


def take_phone(phone: str, world: World) -> Reply:
    """Take a phone number that the platform verified as the person's own.

    It counts for each ticket that is not decided, besides the address that the ticket names.
    """
    if not phone:
        return say("phone.foreign")
    waiting = [ticket for ticket in world.tickets if phase(ticket) in _UNDECIDED]
    taken = joined(_take_number(ticket, phone, world) for ticket in waiting)
    taken += say("phone.taken" if waiting else "phone.none")
    taken += objection.in_force(waiting, taken.tickets)
    # The same words whether the number is on file or not: the register reveals nothing.
    return taken + joined(
        say("phone.code_too", email=ticket.person.email) for ticket in awaiting_code(waiting)[-1:]
    )


def _take_number(ticket: Ticket, number: str, world: World) -> Reply:
    """Add a number to a ticket's contacts, unless it is there, with the proof of it."""
    added = act(ticket, Command(action=Action.ADD_PHONE, phone=number), world) or NOTHING
    named = added.tickets[-1] if added.tickets else ticket
    if named.is_proved(contacts.phone(number)):
        return added
    return added + _prove(named, Method.PHONE, contacts.phone(number), world)


def _by_phone(ticket: Ticket, world: World) -> tuple[Choice, ...]:
    if not world.shares_phone:
        return ()
    return (Choice(button=ProveByPhone(ticket.id), key="choice.phone"),)


def awaiting_code(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return the tickets for which a code is awaited."""
    return [ticket for ticket in tickets if awaits_code(ticket)]


def awaits_code(ticket: Ticket) -> bool:
    """Tell whether a code is to be given for a ticket, or a right address to be had for one."""
    return phase(ticket) in (AWAITING_CODE, CODE_BOUNCED)


def phase(ticket: Ticket) -> str:
    """Return what the customer is told of a state.

    Nothing in it depends on what is on file: a right code reads the same whether the address was
    known or not, and all that a customer is told follows from this alone.
    """
    if ticket.clock.suspended_on is not None:
        return SUSPENDED
    if ticket.extent is Extent.PARTLY:
        return FULFILLED_PARTLY
    if ticket.state not in (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION):
        return ticket.state
    shown = ticket.address_is_proved or ticket.is_attested
    if shown or not ticket.person.email:
        return WITH_STAFF
    return CODE_BOUNCED if ticket.bounced == ticket.person.email else AWAITING_CODE
