"""Masks personal data on cards that a whole channel reads: enough to recognise, not to contact."""

from __future__ import annotations

import re

from bot.core.contacts import Contact, ContactKind

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Not a ticket's number, nor an ISO date.
_LONG_NUMBER = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d\b)\+?\d(?:[ ()/-]{0,2}\d){5,}")


def masked_name(name: str) -> str:
    """Return the initials of a name."""
    initials = (next(filter(str.isalpha, part), "") for part in name.split())
    return " ".join(f"{letter}." for letter in initials if letter)


def masked_email(email: str) -> str:
    """Return an address of which only the first letter and the domain can be read."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if at else ""


def masked(contact: Contact) -> str:
    """Return a contact of which so much can be read that staff know it again."""
    if contact.kind is ContactKind.EMAIL:
        return masked_email(contact.value)
    return f"•••{contact.value[-2:]}"


def masked_contacts(text: str) -> str:
    """Return a text in which addresses, and numbers long enough to be of a phone, are masked."""
    hidden = _ADDRESS.sub(lambda found: masked_email(found.group()), text)
    return _LONG_NUMBER.sub("•••", hidden)
