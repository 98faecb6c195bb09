"""Identifies the person whose data is looked up: address, number, account or ticket number."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.core.contacts import canonical_address, canonical_number
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Person, Ticket

_NUMBER = re.compile(r"[TQ]-\d{4}-\d+", re.IGNORECASE)
# What stands around an address, a phone number or a number of a ticket within a text: else it is
# part of another one, which is somebody else's. An ending may follow: @x.fi-osoite, @x.fi:hin.
_BEFORE_ADDRESS, _AFTER_ADDRESS = r"(?<![\w+%.-])(?<!\w')", r"(?!\w)(?!\.\w)(?!-[\w-]*\.\w)"
_BEFORE_NUMBER, _AFTER_NUMBER = r"(?<!\d)", r"(?!\d)"
_ACCOUNT = re.compile(r"(?P<channel>telegram|slack|http|terminal):(?P<account>\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """One thing by which a person is known; the others are empty.

    Nothing follows from one to another: an address that an account has named may be somebody
    else's, and whoever asks for what is kept of an address must not get what that account wrote.
    """

    number: str = ""
    email: str = ""
    phone: str = ""
    account: Person | None = None

    def has_ticket(self, ticket: Ticket) -> bool:
        """Tell whether a ticket is one of theirs, or names them."""
        return (
            self.number == ticket.number
            or (bool(self.email) and self.email == ticket.person.email)
            or (bool(self.phone) and self.phone in ticket.phones)
            or self._has(ticket.person)
        )

    def has_inquiry(self, inquiry: Inquiry) -> bool:
        """Tell whether an inquiry is theirs, or names them."""
        return (
            self.number == inquiry.number
            or (bool(self.email) and self.email == inquiry.person.email)
            or self._has(inquiry.person)
            or self.is_named_in(inquiry.question)
        )

    def is_named_in(self, text: str) -> bool:
        """Tell whether a text names the address, the number or the ticket, and not a longer one."""
        named = next(filter(None, (self.number, self.email, self.phone)), "")
        before, after = _BEFORE_NUMBER, _AFTER_NUMBER
        if named == self.email:
            before, after = _BEFORE_ADDRESS, _AFTER_ADDRESS
        sought = f"{before}{re.escape(named.casefold())}{after}"
        return bool(named) and re.search(sought, text.casefold()) is not None

    def _has(self, person: Person) -> bool:
        at = self.account
        return at is not None and (at.channel, at.account) == (person.channel, person.account)


def whose(text: str, country: str) -> Whose | None:
    """Return whose data a text seeks; None where it is none of the four.

    A phone number without a country code is one of `country`. An account is its channel and the
    platform's own id: telegram:123456789, slack:U0123ABCD.
    """
    said = text.strip()
    if _NUMBER.fullmatch(said):
        return Whose(number=said.upper())
    if account := _ACCOUNT.fullmatch(said):
        return Whose(account=Person(channel=account["channel"], account=account["account"]))
    if address := canonical_address(said, internal=True):
        return Whose(email=address)
    if number := canonical_number(said, country):
        return Whose(phone=number)
    return None
