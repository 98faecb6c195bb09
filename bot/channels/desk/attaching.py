"""How a file comes to a ticket, the same at every desk: may it be, and then what is to be kept."""

from __future__ import annotations

from bot.channels.desk.flow import Refused, Situation
from bot.channels.desk.port import Desk
from bot.core.events import StaffActed
from bot.core.tickets import transitions
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action, Denial, Ticket


def check(at: Situation, version: int | None = None) -> Refused | None:
    """Return why no file can be attached now, before anything is uploaded."""
    if not isinstance(at.subject, Ticket):
        return Refused(Denial.UNKNOWN)
    rules = at.known.rules
    denial = transitions.check(at.subject, Action.ATTACH, at.actor, at.now, rules, version)
    return Refused(denial) if denial else None


def attached(id: str, name: str, content: bytes, at: Situation, desk: Desk) -> StaffActed | Refused:
    """Keep a file, and return the event that attaches it. Raises UsageError and StorageError."""
    if refused := check(at):
        return refused
    file = desk.keep_file(id, at.subject.id, name, content, at.actor)
    command = Command(action=Action.ATTACH, file=file)
    return StaffActed(ticket=at.subject.id, actor=at.actor, command=command)
