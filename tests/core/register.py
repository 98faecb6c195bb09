"""Persons on file, as a test names them: by their addresses, and numbers in E.164."""

from __future__ import annotations

from bot.core import contacts
from bot.core.contacts import Contact, OnFile


def contact(text: str) -> Contact:
    """Return an address or a number as a contact."""
    address = contacts.canonical_address(text)
    return contacts.email(address) if address else contacts.phone(text)


def a_person(*texts: str) -> frozenset[Contact]:
    """Return a person, who has all these contacts."""
    return frozenset(map(contact, texts))


def on_file(*persons: tuple[str, ...]) -> OnFile:
    """Return what the register says when these persons are on file."""
    numbered = {str(number): a_person(*texts) for number, texts in enumerate(persons)}
    return OnFile(
        {
            one: frozenset(key for key, person in numbered.items() if one in person)
            for person in numbered.values()
            for one in person
        }
    )
