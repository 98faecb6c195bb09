"""Staff correct the contacts of a person without a conversation, such as a typing mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.core.contacts import canonical_address, canonical_number
from bot.core.effects import Say, ShowTicket
from bot.core.events import StaffActed
from bot.core.tickets import staff_opening, staff_request, transitions
from bot.core.tickets.command import Command
from bot.core.tickets.rules import Rules
from bot.core.tickets.staff_opening import Drawn, Opening
from bot.core.tickets.ticket import Denial, Ticket
from bot.core.tickets.transitions import Change


def corrected(
    ticket: Ticket, event: StaffActed, drawn: Drawn, now: datetime, rules: Rules
) -> Opening | Denial:
    """Correct contacts, with a letter and a new code to another address; or say why not.

    Nothing is proved by it: whoever reads letters there has the code.
    """
    change = _changed(ticket, event, now, rules)
    if isinstance(change, Denial):
        return change
    after = change.ticket
    shown = ShowTicket(ticket=after.id, number=after.number)
    made = Opening(ticket=after, record=change.record, effects=(shown,))
    moved = after.person.email != ticket.person.email
    return staff_opening.with_letter(made, drawn, now, rules) if moved else made


def letter(ticket: Ticket, event: StaffActed, now: datetime, rules: Rules) -> Say | Denial | None:
    """Return what goes to the corrected address, its code left out; None where it stays."""
    change = _changed(ticket, event, now, rules)
    if isinstance(change, Denial):
        return change
    after = change.ticket
    if after.person.email == ticket.person.email:
        return None
    return staff_opening.receipt(
        after.person, after.number, after.language, after.clock, now, rules
    )


def _changed(ticket: Ticket, event: StaffActed, now: datetime, rules: Rules) -> Change | Denial:
    sound = _sound(event.command, rules)
    if isinstance(sound, Denial):
        return sound
    return transitions.apply(ticket, sound, event.actor, now, rules)


def _sound(command: Command, rules: Rules) -> Command | Denial:
    """Return a command with contacts in the form in which they are kept, or what is wrong."""
    email, phone = command.email.strip(), command.phone.strip()
    denied = staff_request.email_denied(email) if email else None
    if phone:
        denied = denied or staff_request.phone_denied(phone, rules.country)
    if denied:
        return denied
    return replace(
        command,
        email=canonical_address(email) or "",
        phone=canonical_number(phone, rules.country) or "",
    )
