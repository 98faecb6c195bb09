"""What changes on a ticket without an action of the transition table: codes, and who was shown it.

Each such change is a row of the audit chain too: else the chain could not say what a ticket holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.core.tickets.record import Observed, Record, observed
from bot.core.tickets.ticket import THE_CUSTOMER, THE_SYSTEM, Ticket

_OF_THE_SYSTEM = frozenset({Observed.CODE_BOUNCED, Observed.SHOWN_TO_STAFF})


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
    sent = len(before.codes_sent) if before else 0
    seen: list[Observed] = []
    if len(after.codes_sent) > sent:
        seen.append(Observed.CODE_SENT)
    if before and _failed(before, after):
        seen.append(Observed.CODE_FAILED)
    if before and after.bounced and after.bounced != before.bounced:
        seen.append(Observed.CODE_BOUNCED)
    if after.staff_told and not (before and before.staff_told):
        seen.append(Observed.SHOWN_TO_STAFF)
    return seen


def _failed(before: Ticket, after: Ticket) -> bool:
    """Tell whether a code was tried and was not the right one."""
    old, new = before.challenge, after.challenge
    return bool(old and new and old.digest == new.digest and new.tries > old.tries)


def _facts(what: Observed, ticket: Ticket) -> dict[str, str]:
    if what is Observed.CODE_FAILED and ticket.challenge:
        return {"tries": str(ticket.challenge.tries)}
    if what is Observed.CODE_SENT:
        return {"sent": str(len(ticket.codes_sent))}
    return {}
