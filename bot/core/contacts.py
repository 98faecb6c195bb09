"""Contacts of people, in the canonical form in which they are compared, counted and written to."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class ContactKind(StrEnum):
    """What can be on file of a person."""

    EMAIL = "email"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact of a person: an address in its canonical form, or a number in E.164."""

    kind: ContactKind
    value: str


def email(address: str) -> Contact:
    """Return an address that is in its canonical form as a contact."""
    return Contact(ContactKind.EMAIL, address)


def phone(number: str) -> Contact:
    """Return a number in E.164 as a contact."""
    return Contact(ContactKind.PHONE, number)


def canonical_address(text: str, *, internal: bool = False) -> str | None:
    """Return an address in the form in which it is compared, counted and written to, or None.

    The domain is in ASCII (A-labels) and lower case; of the local part only ASCII letters change
    their case. Letters such as ß and ss, which Unicode's case folding makes the same, belong to
    different mailboxes. `internal` takes domains that only the own mail server knows, too.
    """
    # Only where there is an address: what it compiles is a tenth of the start of a command.
    from email_validator import EmailNotValidError, validate_email

    try:
        valid = validate_email(text, check_deliverability=False, globally_deliverable=not internal)
    except EmailNotValidError:
        return None
    lower = unicodedata.normalize("NFC", valid.local_part).translate(_LOWER)
    # Again: a small letter may join with the mark after it where the capital one did not.
    return f"{unicodedata.normalize('NFC', lower)}@{valid.ascii_domain.lower()}"


def canonical_number(text: str, country: str) -> str | None:
    """Return a phone number in E.164, or None; without a country code it is one of `country`."""
    # Only where a number is written by hand: it takes a while to import.
    import phonenumbers

    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


@dataclass(frozen=True, slots=True)
class OnFile:
    """What the contact register says of some contacts: the persons that each belongs to.

    A person is an opaque key; a contact without any is not on file.
    """

    persons: Mapping[Contact, frozenset[str]] = field(default_factory=dict)

    def __contains__(self, contact: Contact) -> bool:
        return bool(self._persons(contact))

    def of_same_person(self, contact: Contact, others: Iterable[Contact]) -> tuple[Contact, ...]:
        """Return those of the others that everybody who has this one on file has as well.

        One that several persons have, such as a family's or a switchboard's number, does not say
        which of them asks.
        """
        whose = self._persons(contact)
        linked = (other for other in others if other != contact and whose <= self._persons(other))
        return tuple(linked) if whose else ()

    def is_shared(self, contact: Contact) -> bool:
        """Tell whether several persons have a contact on file: it says one of them, not which."""
        return len(self._persons(contact)) > 1

    def _persons(self, contact: Contact) -> frozenset[str]:
        return self.persons.get(contact, frozenset())
