"""Changes of a ticket outside of the transition table: codes, and who has seen it.

Each is a row of the audit chain too: otherwise the chain could not vouch for the whole ticket.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.core.tickets.copies import Delivery
from bot.core.tickets.identity import Challenge
from bot.core.tickets.record import Observed, Record, observed
from bot.core.tickets.ticket import THE_CUSTOMER, THE_SYSTEM, Ticket

_OF_THE_SYSTEM = frozenset({Observed.CODE_BOUNCED, Observed.FILE_SENT, Observed.SHOWN_TO_STAFF})


def records(
    before: Ticket | None, after: Ticket, recorded: Iterable[Record], now: datetime
) -> Iterator[Record]:
    """Return the rows that a changed ticket needs besides those that its actions have."""
    has_row = any(record.ticket == after.id for record in recorded)
    found = _seen(before, after)
    if not found and not has_row and before != after:
        found = [Observed.CHANGED]
    for what in found:
        # Nobody writes to the assistant about a ticket that staff opened.
        of_the_system = what in _OF_THE_SYSTEM or after.source
        actor = THE_SYSTEM if of_the_system else THE_CUSTOMER
        yield observed(
            what,
            now,
            actor=actor.key,
            ticket=after.id,
            number=after.number,
            state=after.state,
            facts=_facts(what, after),
        )


def _seen(before: Ticket | None, after: Ticket) -> list[Observed]:
    seen: list[Observed] = []
    if len(_codes_sent(after)) > (len(_codes_sent(before)) if before else 0):
        seen.append(Observed.CODE_SENT)
    if before and _failed(before, after):
        seen.append(Observed.CODE_FAILED)
    if before and after.bounced and after.bounced != before.bounced:
        seen.append(Observed.CODE_BOUNCED)
    if before and before.delivery and after.delivery:
        seen += _of_copy(before.delivery, after.delivery)
    if after.staff_told and not (before and before.staff_told):
        seen.append(Observed.SHOWN_TO_STAFF)
    return seen


def _of_copy(before: Delivery, after: Delivery) -> list[Observed]:
    asked = [Observed.COPY_ASKED] if after.asked_at != before.asked_at else []
    return asked + [Observed.FILE_SENT] * (len(after.arrived) - len(before.arrived))


def _codes_sent(ticket: Ticket) -> tuple[datetime, ...]:
    return ticket.codes_sent + (ticket.delivery.codes_sent if ticket.delivery else ())


def _challenges(ticket: Ticket) -> tuple[Challenge | None, Challenge | None]:
    """Return the code that proves the address, and the one that opens a copy."""
    return ticket.challenge, ticket.delivery.challenge if ticket.delivery else None


def _failed(before: Ticket, after: Ticket) -> bool:
    """Tell whether a code was tried and was not the right one."""
    pairs = zip(_challenges(before), _challenges(after), strict=True)
    return any(
        old and new and old.digest == new.digest and new.tries > old.tries for old, new in pairs
    )


def _facts(what: Observed, ticket: Ticket) -> dict[str, str]:
    if what is Observed.CODE_FAILED:
        return {"tries": str(max(one.tries for one in _challenges(ticket) if one))}
    if what is Observed.CODE_SENT:
        return {"sent": str(len(_codes_sent(ticket)))}
    return {}
