"""The register of requests (Art. 5(2)): its filters, and its columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.core.catalog import Right
from bot.core.contacts import canonical_address
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OPEN, State, Ticket

_NUMBERS = ("T-", "Q-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What tickets are sought by; each thing that is given must hold. Days are those of receipt.

    `name` is any part of a name, of who writes or of whom it concerns; `email` a whole address.
    With an `owner` (an actor's key), what they own is sought beside what bears the name.
    """

    states: frozenset[State] = OPEN
    rights: frozenset[Right] = frozenset(Right)
    since: date | None = None
    until: date | None = None
    number: str = ""
    name: str = ""
    email: str = ""
    owner: str = ""


ALL_STATES = frozenset(State)
# What the register says of a ticket, and what besides it of the person.
COLUMNS = tuple(
    "number right state extent came language received due extended days_still identity on_behalf "
    "authority closed days on_time notice ground".split()
)
OF_PERSONS = tuple("name email phones concerns wrote details".split())


def sought_by(text: str, owners: Mapping[str, str]) -> Sought:
    """Return what was typed seeks, among all that are stored: a number, an address, or a name.

    `owners` are the names of the staff, by their actors' keys: each finds what they own as well.
    """
    said = " ".join(text.split())
    if is_number(said):
        return Sought(states=ALL_STATES, number=said.upper())
    if address := canonical_address(said):
        return Sought(states=ALL_STATES, email=address)
    called = (key for key, name in owners.items() if name.casefold() == said.casefold())
    return Sought(states=ALL_STATES, name=said, owner=next(called, ""))


def is_number(text: str) -> bool:
    """Tell whether what was typed is the number of a ticket or a question, and names nobody."""
    return text.strip().upper().startswith(_NUMBERS)


def is_unproved(ticket: Ticket) -> bool:
    """Tell whether a person who made a request has shown nothing yet: it waits for them.

    What staff opened waits for staff: its person may have shown everything on paper.
    """
    waits = ticket.state is State.AWAITING_IDENTITY and not ticket.source
    return waits and not ticket.evidence


def apart(tickets: Iterable[Ticket]) -> tuple[list[Ticket], list[Ticket]]:
    """Return the tickets that wait for staff, or have ended, and those that are unproved.

    Anybody can make a request in any name: a flood of those is to hide no other.
    """
    ours: list[Ticket] = []
    unproved: list[Ticket] = []
    for ticket in tickets:
        (unproved if is_unproved(ticket) else ours).append(ticket)
    return ours, unproved


def matches(ticket: Ticket, sought: Sought) -> bool:
    """Tell whether a ticket is one of those that are sought."""
    received = ticket.clock.received
    return (
        ticket.state in sought.states
        and ticket.right in sought.rights
        and (sought.since is None or received >= sought.since)
        and (sought.until is None or received <= sought.until)
        and sought.number in ("", ticket.number)
        and sought.email in ("", ticket.person.email)
        and (_is_named(ticket, sought.name) or ticket.owner == sought.owner != "")
    )


def entry(ticket: Ticket, now: datetime, rules: Rules) -> Mapping[str, str]:
    """Return what the register says of a ticket: nothing of its person, and no words."""
    today = rules.today(now)
    due = ticket.clock.end(today).due
    closed = rules.today(ticket.closed_at) if ticket.closed_at else None
    return {
        "number": ticket.number,
        "right": ticket.right,
        "state": ticket.state,
        "extent": ticket.extent or "",
        "came": ticket.source or ticket.person.channel,
        "language": ticket.language,
        "received": ticket.clock.received.isoformat(),
        "due": due.isoformat(),
        "extended": _yes(ticket.clock.extended),
        "days_still": str(ticket.clock.stood_still(today)),
        "identity": ticket.verified.method if ticket.verified else "",
        "on_behalf": ticket.on_behalf.relation if ticket.on_behalf else "",
        "authority": " ".join(shown.proof for shown in ticket.authority),
        "closed": closed.isoformat() if closed else "",
        "days": str(((closed or today) - ticket.clock.received).days),
        "on_time": _yes((closed or today) <= due),
        "notice": ticket.notice,
        "ground": ticket.template or "",
    }


def person_of(ticket: Ticket) -> Mapping[str, str]:
    """Return what is besides it in the register with personal data."""
    return {
        "name": ticket.person.name,
        "email": ticket.person.email,
        "phones": " ".join(ticket.phones),
        "concerns": ticket.on_behalf.name if ticket.on_behalf else "",
        "wrote": ticket.opening,
        "details": ticket.details,
    }


def _is_named(ticket: Ticket, part: str) -> bool:
    names = (ticket.person.name, ticket.on_behalf.name if ticket.on_behalf else "")
    return any(_plain(part) in _plain(name) for name in names)


def _plain(name: str) -> str:
    """Return a name as it is compared: who hears it on the phone may not know its accents."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _yes(holds: bool) -> str:
    return "yes" if holds else "no"
