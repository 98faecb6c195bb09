"""Staff open a ticket for a request from elsewhere, and its person gets a letter."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.core.catalog import Language
from bot.core.conversation import request_fields
from bot.core.conversation.opening import concerned_in
from bot.core.conversation.world import CodeHistory, NewIds
from bot.core.effects import Effect, Say, SendCode, ShowTicket, Text, Value
from bot.core.tickets import code_budget, identity, new_ticket, staff_request
from bot.core.tickets.clock import Clock
from bot.core.tickets.code_budget import CodeEvent, CodeNote
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.ticket import OFFLINE, Actor, Denial, Person, Ticket

_HIDDEN_CODE, _NEW_NUMBER = "••••••••", "T-…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What came of it: the new ticket, its audit row, what is noted of its code, and effects."""

    ticket: Ticket
    record: Record
    codes: tuple[CodeNote, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """New ids and codes, and the history of codes; `code_key` is the key of their digests."""

    new: NewIds
    codes: CodeHistory
    code_key: bytes


def opened(
    request: StaffRequest, actor: Actor, drawn: Drawn, now: datetime, rules: Rules
) -> Opening | Denial:
    """Open the ticket of a request, with a letter to its address; or say what is wrong with it.

    Nothing is proved by it: identity is verified as of any other ticket.
    """
    sound = staff_request.checked(request, actor, now, rules)
    if isinstance(sound, Denial):
        return sound
    new_id = drawn.new.id
    change = new_ticket.open_ticket(
        id=new_id,
        number=drawn.new.ticket_number,
        right=sound.right,
        language=sound.language,
        # A new account, shared with no conversation and no other ticket.
        person=Person(channel=OFFLINE, account=new_id, name=sound.name, email=sound.email),
        details="",
        opening=sound.words,
        on_behalf=request_fields.on_behalf(concerned_in(sound.words)),
        received_at=staff_request.received_at(sound, now, rules),
        now=now,
        rules=rules,
        actor=actor,
        source=sound.source,
    )
    ticket = replace(change.ticket, phones=(sound.phone,) if sound.phone else ())
    shown = ShowTicket(ticket=ticket.id, number=ticket.number, new=True)
    made = Opening(ticket=ticket, record=change.record, effects=(shown,))
    return with_letter(made, drawn, now, rules) if sound.email else made


def letter(request: StaffRequest, now: datetime, rules: Rules) -> Say | None:
    """Return what the person will read, its number and code left out; None without an address."""
    if not request.email.strip():
        return None
    person = Person(channel=OFFLINE, account="", name=request.name, email=request.email)
    clock = Clock(received=request.received, place=rules.place)
    return receipt(person, _NEW_NUMBER, request.language, clock, now, rules)


def receipt(
    to: Person, number: str, language: Language, clock: Clock, now: datetime, rules: Rules
) -> Say:
    """Return the letter with the receipt, its code left out."""
    due = _promised(clock, now, rules)
    values: dict[str, Value] = {
        "number": number,
        "received": clock.received.isoformat(),
        "due": due.isoformat() if due else "",
        "code": _HIDDEN_CODE,
        "days": rules.codes.told_lifetime.days,
        "word": "",
    }
    return Say(to=to, language=language, parts=(Text(key="mail.opened_body", values=values),))


def _promised(clock: Clock, now: datetime, rules: Rules) -> date | None:
    """Return until when an answer can be promised; None when that day has passed."""
    today = rules.today(now)
    due = clock.end(today).due
    return due if due >= today else None


def with_letter(made: Opening, drawn: Drawn, now: datetime, rules: Rules) -> Opening:
    """Add the letter with the receipt and a code, unless codes may not go to that address now."""
    ticket = made.ticket
    email, number = ticket.person.email, ticket.number
    sent = drawn.codes.sent_to(email)
    if wait := code_budget.check(sent, rules.codes, now):
        note = CodeNote(event=CodeEvent.LIMITED, number=number, email=email, limit=wait.limit)
        return replace(made, codes=(note,))
    code = drawn.new.code
    challenge = identity.challenge(code, ticket.id, drawn.code_key, now)
    word = code_budget.disowning_word(email, drawn.code_key)
    mail = SendCode(
        email=email,
        language=ticket.language,
        number=number,
        code=code,
        word=word,
        received=ticket.clock.received,
        due=_promised(ticket.clock, now, rules),
    )
    note = CodeNote(event=CodeEvent.SENT, number=number, email=email, stranger=True, word=word)
    return replace(
        made,
        ticket=replace(ticket, challenge=challenge, codes_sent=(now,)),
        codes=(note,),
        effects=(*made.effects, mail),
    )
