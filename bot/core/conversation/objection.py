"""Tells a person that their objection to direct marketing has taken effect."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core.conversation.reply import Reply
from bot.core.effects import Text
from bot.core.tickets import suppression
from bot.core.tickets.ticket import Ticket


def in_force(before: Iterable[Ticket], after: Iterable[Ticket]) -> Reply:
    """Say to which contacts no marketing is sent any more, since they were proved just now."""
    known, changed = ({ticket.id: ticket for ticket in each} for each in (before, after))
    return Reply(
        parts=tuple(part for name, one in changed.items() for part in told(known.get(name), one))
    )


def told(before: Ticket | None, after: Ticket) -> tuple[Text, ...]:
    """Return what the person reads of one ticket; nothing where no objection came into force."""
    stopped = suppression.begun(before, after)
    if not stopped:
        return ()
    listed = ", ".join(contact.value for contact in stopped)
    return (Text(key="objection.in_force", values={"number": after.number, "contacts": listed}),)
