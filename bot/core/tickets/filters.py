"""By what the list of the open tickets is narrowed, the same at every desk, and its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.catalog import Right
from bot.core.tickets.register import is_unproved
from bot.core.tickets.ticket import State, Ticket

SOON = timedelta(days=7)


class Filter(StrEnum):
    """One thing that a list is narrowed by; a right and an open state are others."""

    MINE = "mine"  # of whoever looks
    FREE = "free"  # nobody owns it, or whoever does is away
    SOON = "soon"
    OVERDUE = "overdue"
    WAITING = "waiting"  # for the customer's answer
    UNPROVED = "unproved"  # its person has shown nothing yet


STATES = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED)
Word = Filter | Right | State
Words = frozenset[Word]
# Of those of one kind any may hold; of each kind that is named, one must.
KINDS: tuple[Words, ...] = (
    frozenset({Filter.MINE, Filter.FREE}),
    frozenset({Filter.SOON, Filter.OVERDUE}),
    frozenset({Filter.WAITING, Filter.UNPROVED}),
    frozenset(Right),
    frozenset(STATES),
)
ALL: tuple[Word, ...] = (*Filter, *Right, *STATES)
_BY_NAME = {str(word): word for word in ALL}


def words_of(said: Iterable[str]) -> Words | None:
    """Return the filters that were typed; None when one of them is unknown."""
    found = [_BY_NAME.get(one.casefold()) for one in said]
    return None if None in found else frozenset(word for word in found if word)


def narrowed(
    tickets: Iterable[Ticket],
    words: Words,
    owner: str,
    today: date,
    away: frozenset[str] = frozenset(),
) -> Sequence[Ticket]:
    """Return those of the tickets that are sought, in their order; `owner` is whose `mine` are.

    `away` are the owners whose tickets are everybody's meanwhile (actors' keys).
    """
    unowned = away | {""}
    kinds = [named for kind in KINDS if (named := kind & words)]
    return [
        ticket
        for ticket in tickets
        if all(
            any(_holds(word, ticket, owner, unowned, today) for word in named) for named in kinds
        )
    ]


def toggled(words: Words, word: Word) -> Words:
    """Return the filters after one was pressed: in the place of others of its kind, or off."""
    kind = next(kind for kind in KINDS if word in kind)
    return words - kind | ({word} - words)


def is_overdue(ticket: Ticket, today: date) -> bool:
    """Tell whether a ticket's due day has passed."""
    return ticket.clock.end(today).due < today


def _holds(word: Word, ticket: Ticket, owner: str, unowned: frozenset[str], today: date) -> bool:
    match word:
        case Filter.MINE:
            return ticket.owner == owner
        case Filter.FREE:
            return ticket.owner in unowned
        case Filter.OVERDUE:
            return is_overdue(ticket, today)
        case Filter.SOON:
            # While its clock stands still, a ticket has no due day.
            running = ticket.clock.suspended_on is None
            return running and today <= ticket.clock.end(today).due <= today + SOON
        case Filter.WAITING:
            return bool(ticket.question)
        case Filter.UNPROVED:
            return is_unproved(ticket)
    return word in (ticket.right, ticket.state)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The tickets of one page, and the number of the page and of all of them."""

    tickets: Sequence[Ticket]
    number: int
    pages: int


def page_of(found: Sequence[Ticket], number: int, size: int) -> Page:
    """Return a page of tickets, counted from 1; the nearest one where there is no such page."""
    pages = max(1, -(-len(found) // size))
    here = min(max(number, 1), pages)
    return Page(tickets=found[(here - 1) * size : here * size], number=here, pages=pages)
