"""How many tickets and inquiries one person may open at once, and in a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.catalog import Right
from bot.core.tickets.representation import OnBehalf
from bot.core.tickets.ticket import MESSAGES, OPEN, State, Ticket

_DAY = timedelta(days=1)
# How many ended tickets of a person are looked at: no fewer than a day's quota, and what is counted
# over an hour (codes) or a day is among them.
LAST_ENDED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """Questions of one person that may wait for staff; what else they may do in 24 hours.

    That is requests, withdrawals, and messages to staff on their tickets.

    Besides, nobody has two open tickets of the same right with the same address. Withdrawing is
    always possible, but after many withdrawals no new ticket can be opened for a while.
    """

    open_inquiries: int = 3
    requests: int = 10
    withdrawals: int = 5
    ticket_messages: int = 10


def open_ticket_of(
    right: Right,
    tickets: Iterable[Ticket],
    address: str = "",
    on_behalf: OnBehalf | None = None,
) -> Ticket | None:
    """Return a person's open ticket of a right; while there is one, another one is not opened.

    With another address it is another matter: what is held under that one. So it is for another
    person.
    """
    same = (
        t
        for t in tickets
        if t.state in OPEN and t.right is right and _concerned(t.on_behalf) == _concerned(on_behalf)
    )
    return next((t for t in same if not address or t.person.email in ("", address)), None)


def _concerned(on_behalf: OnBehalf | None) -> str | None:
    """Return whom a ticket concerns, if somebody else than its writer, as it is compared."""
    return " ".join(on_behalf.name.casefold().split()) if on_behalf else None


def may_open(tickets: Iterable[Ticket], quotas: Quotas, now: datetime) -> bool:
    """Tell whether a person, with these tickets so far, may open one more."""
    known = tuple(tickets)
    requested = [t for t in known if now - t.received_at < _DAY]
    withdrawn = [
        t
        for t in known
        if t.state is State.WITHDRAWN and t.closed_at is not None and now - t.closed_at < _DAY
    ]
    return len(requested) < quotas.requests and len(withdrawn) < quotas.withdrawals


def may_write(tickets: Iterable[Ticket], quotas: Quotas, now: datetime) -> bool:
    """Tell whether a person may write to staff on their tickets once more.

    Answers to questions of staff are not counted: staff decide how many there are.
    """
    written = [
        note
        for ticket in tickets
        for note in ticket.notes
        if note.action in MESSAGES and now - note.at < _DAY
    ]
    return len(written) < quotas.ticket_messages
