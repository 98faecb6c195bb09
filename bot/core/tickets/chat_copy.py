"""The copy as files in the conversation, for people whose account has been verified.

Only if they choose so: chats are not end-to-end encrypted, and keep what was sent.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from bot.core.tickets import copies
from bot.core.tickets.identity import ATTESTED, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Ticket

# What shows that whoever writes in an account reads the address, as the page with a code does.
_OF_ADDRESS = frozenset({Method.EMAIL_CODE, Method.WORKSPACE})


class Standing(StrEnum):
    """What a press for the files leads to. Keys of [copy]."""

    SENT = "sent"
    ON_ITS_WAY = "on_its_way"
    GONE = "gone"


def account_is_proved(ticket: Ticket) -> bool:
    """Tell whether the person has shown in this account who they are, and it takes files.

    The word of staff is of a person, not of whoever writes in an account.
    """
    shown = (piece for piece in ticket.evidence if piece.by == THE_CUSTOMER.key)
    enough = (
        piece.contact in ticket.contacts
        and (piece.method in _OF_ADDRESS or piece == ticket.verified)
        for piece in shown
        if piece.method not in ATTESTED
    )
    here = ticket.person.channel in copies.CHANNELS_WITH_FILES
    return here and ticket.source is None and any(enough)


def is_offered(ticket: Ticket, rules: Rules) -> bool:
    """Tell whether the person can have the files in the conversation."""
    return rules.copies_in_chat and account_is_proved(ticket)


def asked(ticket: Ticket, now: datetime, rules: Rules) -> tuple[Ticket, Standing]:
    """Note that the person asked for the files; what is on its way is not sent again."""
    delivery = ticket.delivery
    if not (delivery and delivery.is_open(now) and ticket.files and is_offered(ticket, rules)):
        return ticket, Standing.GONE
    before = delivery.asked_at
    if before is not None and now - before < copies.ON_THEIR_WAY:
        return ticket, Standing.ON_ITS_WAY
    return replace(ticket, delivery=replace(delivery, asked_at=now)), Standing.SENT


def missing(ticket: Ticket) -> tuple[copies.File, ...]:
    """Return the files that are not in the conversation yet."""
    there = ticket.delivery.arrived if ticket.delivery else ()
    return tuple(file for file in ticket.files if file.id not in there)


def is_there(ticket: Ticket) -> bool:
    """Tell whether all files are in the conversation."""
    return bool(ticket.delivery and ticket.delivery.arrived) and not missing(ticket)


def arrived(ticket: Ticket, file: str) -> Ticket:
    """Note that a file is in the conversation; a second time changes nothing."""
    delivery = ticket.delivery
    if delivery is None or file not in [one.id for one in missing(ticket)]:
        return ticket
    return replace(ticket, delivery=replace(delivery, arrived=(*delivery.arrived, file)))
