"""Objections to direct marketing (Art. 21(2)-(3)): which contacts get no marketing.

An objection holds from the moment at which a person has shown that a contact is theirs: there is
nothing to weigh, and "shall no longer be processed" leaves no time in which staff could confirm it
first. They confirm it afterwards.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.core.catalog import Right
from bot.core.contacts import Contact
from bot.core.effects import Suppress
from bot.core.tickets.ticket import State, Ticket

# The person took it back, or was told that it is not carried out.
_NOT_HELD = frozenset({State.WITHDRAWN, State.REFUSED, State.LAPSED})
_CONFIRMED = frozenset({State.CONFIRMED, State.FULFILLED})


def in_force(ticket: Ticket) -> tuple[Contact, ...]:
    """Return the contacts to which no marketing is to be sent because of a ticket.

    Somebody who asks for another names their own contacts, for which they object to nothing.
    """
    objects = ticket.right is Right.MARKETING_OBJECTION and ticket.on_behalf is None
    if not objects or ticket.state in _NOT_HELD:
        return ()
    all_of_them = ticket.is_attested or ticket.state in _CONFIRMED
    return tuple(one for one in ticket.contacts if all_of_them or ticket.is_proved(one))


def begun(before: Ticket | None, after: Ticket) -> tuple[Contact, ...]:
    """Return the contacts for which an objection has come into force by a change."""
    known = in_force(before) if before else ()
    return tuple(one for one in in_force(after) if one not in known)


def facts(before: Ticket, after: Ticket) -> Mapping[str, str]:
    """Return what the audit keeps of a change: of contacts only the kinds."""
    changed = {"suppressed": begun(before, after), "unsuppressed": begun(after, before)}
    return {what: " ".join(one.kind for one in which) for what, which in changed.items() if which}


def erased(ticket: Ticket) -> tuple[Contact, ...]:
    """Return the contacts of a person whose data were erased: they are kept readable no longer.

    Their keyed hashes are kept where they have objected: without them the objection could not be
    honoured once the same contact comes from elsewhere (Art. 17(3)(b) with 21(3)), and more than
    them is not needed for it (Art. 5(1)(c)).
    """
    done = ticket.right is Right.ERASURE and ticket.state is State.FULFILLED
    return ticket.contacts if done and ticket.on_behalf is None else ()


def told(
    number: str, now: datetime, begun: Collection[Contact], ended: Collection[Contact]
) -> tuple[Suppress, ...]:
    """Return what the mailing system is told of the contacts of a ticket."""
    return (
        *(Suppress(contact=one, at=now, number=number) for one in begun),
        *(Suppress(contact=one, at=now, number=number, ended=True) for one in ended),
    )
