"""Reads tickets of older versions in the present form, with the evidence that counts now."""

from __future__ import annotations

from dataclasses import replace

from bot.core import contacts
from bot.core.contacts import canonical_address
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.ticket import Ticket

_OF_THE_ADDRESS = frozenset({Method.EMAIL_CODE, Method.WORKSPACE})


def brought_up(ticket: Ticket) -> Ticket:
    """Return a ticket as it was stored, by this version or an older one, in today's form."""
    written = ticket.person.email
    address = canonical_address(written) or written
    verified = ticket.verified and _bound(ticket.verified, written, address)
    evidence = tuple(_bound(piece, written, address) for piece in ticket.evidence)
    if (address, verified, evidence) == (written, ticket.verified, ticket.evidence):
        return ticket
    person = replace(ticket.person, email=address)
    return replace(ticket, person=person, evidence=evidence, verified=verified)


def _bound(piece: Evidence, written: str, address: str) -> Evidence:
    """Return evidence with the contact that it proves, if it can be known.

    Of a phone number nobody kept which it was. Whether an address outside ASCII was on file had
    been looked up in a form in which others passed for it.
    """
    if piece.contact or piece.method not in _OF_THE_ADDRESS or not written.isascii():
        return piece
    return replace(piece, contact=contacts.email(address))
