"""Changes of the writer, of the person concerned, and of their contacts."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.tickets.command import Command
from bot.core.tickets.identity import ATTESTED
from bot.core.tickets.representation import Authority, OnBehalf
from bot.core.tickets.ticket import Action, Actor, State, Ticket


def for_somebody(ticket: Ticket, command: Command, actor: Actor, now: datetime) -> Ticket:
    """Note whom a ticket concerns, which needs authority again, or what showed the authority."""
    if command.relation:
        name = " ".join(command.text.split())
        whom = OnBehalf(name=name, relation=command.relation)
        return replace(ticket, on_behalf=whom, authority=())
    shown = [Authority(proof=command.authority, at=now, by=actor.key)] if command.authority else []
    return replace(ticket, authority=(*ticket.authority, *shown))


def with_contact(ticket: Ticket, command: Command, target: State) -> Ticket:
    """Change what the person claims; who may ask for another was shown of the contacts before."""
    ticket = replace(ticket, state=target, authority=(), verified=None)
    match command.action:
        case Action.ADD_PHONE:
            return replace(ticket, phones=(*ticket.phones, command.phone))
        case Action.CORRECT_CONTACTS:
            return _as_staff_wrote(ticket, command)
    person = replace(ticket.person, email=command.email)
    return replace(ticket, person=person, challenge=None)


def _as_staff_wrote(ticket: Ticket, command: Command) -> Ticket:
    """Correct what staff wrote down; who vouched for the person did so with the contacts before."""
    email = command.email or ticket.person.email
    corrected = replace(
        ticket,
        person=replace(ticket.person, email=email),
        phones=(command.phone,) if command.phone else ticket.phones,
        challenge=ticket.challenge if email == ticket.person.email else None,
        evidence=(),
    )
    kept = (piece for piece in ticket.evidence if piece.method not in ATTESTED)
    named = tuple(piece for piece in kept if piece.contact in corrected.contacts)
    return replace(corrected, evidence=named)
