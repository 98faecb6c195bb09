"""What staff do over HTTP beside the forms: see the register and one case, and say they are away.

It is answered at once. It is posted as an event is, so that a signature covers the filters and the
token, and neither stands in the log of a proxy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.desk import card, leave, listing
from bot.channels.desk.form import DETAILS, Subject
from bot.channels.desk.listing import Entry, View
from bot.channels.desk.port import Desk
from bot.channels.http import CHANNEL
from bot.channels.http.desk_content import subject_content
from bot.core.tickets import filters
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Actor, Denial, Ticket
from bot.errors import UsageError

AWAY, FIND, LIST = "away", "find", "list"
# What each takes beside who it is of.
TAKES: Mapping[str, frozenset[str]] = {
    LIST: frozenset({"filters", "page"}),
    FIND: frozenset({"text"}),
    DETAILS: frozenset({"ticket"}),
    AWAY: frozenset({"back"}),
}


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to what was no event."""

    answer: Mapping[str, object]

    def content(self) -> Mapping[str, object]:
        """Return it as it is answered."""
        return self.answer


def listed(desk: Desk, actor: Actor, named: Sequence[str], page: int) -> Told:
    """Return a page of the register as somebody sees it. Raises UsageError for unknown filters."""
    words = filters.words_of(named)
    if words is None:
        raise UsageError(f"filters: they are {', '.join(filters.ALL)}")
    desk.note_access(Observed.LISTED, actor, CHANNEL)
    shown = listing.shown(desk, View(words, page), actor)
    register = {
        "head": shown.head,
        "filters": [word for word in filters.ALL if word in words],
        "page": shown.page.number,
        "pages": shown.page.pages,
        "entries": [_entry(entry, desk) for entry in shown.entries],
    }
    return Told({"received": False, "register": register})


def found(desk: Desk, actor: Actor, said: str) -> Told:
    """Return the tickets that a number, an address, a name or an owner finds. Raises UsageError."""
    if not said.strip():
        raise UsageError("text: what is sought, such as a number, a name or an address")
    desk.note_access(Observed.LISTED, actor, CHANNEL)
    found = listing.found(desk, said)
    entries = [_entry(entry, desk) for entry in found.entries]
    return Told({"received": False, "found": {"head": found.head, "entries": entries}})


def details(desk: Desk, actor: Actor, number: str) -> Told:
    """Return all that staff see of a ticket or a question. Raises UsageError for no such number."""
    case = desk.case_numbered(number)
    if case is None:
        raise UsageError("ticket: there is none of that number")
    desk.note_access(Observed.DETAILS_SHOWN, actor, CHANNEL, case.subject)
    past = [list(one) for one in card.history(case.history, desk.wording)]
    return Told({"received": False, **subject_content(case.subject, desk), "history": past})


def away(desk: Desk, actor: Actor, back: str) -> Told:
    """Note on which day somebody is back. Raises UsageError for what is no day to come."""
    told = leave.noted(desk, actor, back, CHANNEL)
    if isinstance(told, Denial):
        raise UsageError(f"back: {card.refusal(told, desk.wording)}")
    return Told({"received": True, "text": told})


def _entry(entry: Entry, desk: Desk) -> Mapping[str, object]:
    return {"text": entry.text, **(_facts(entry.subject, desk) if entry.subject else {})}


def _facts(subject: Subject, desk: Desk) -> Mapping[str, object]:
    facts: dict[str, object] = {"number": subject.number, "version": subject.version}
    if isinstance(subject, Ticket):
        facts |= {
            "right": subject.right,
            "state": subject.state,
            "due": subject.clock.end(desk.wording.today()).due.isoformat(),
            "language": subject.language,
            "owner": desk.wording.owner(subject.owner) or None,
        }
    return facts
