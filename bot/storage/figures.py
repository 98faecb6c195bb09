"""Queries for metrics and reports; each reads only the rows that it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime

from sqlalchemy import func, or_, select

from bot.core.catalog import Right
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import OPEN, Action, State, Ticket
from bot.core.tickets.workload import DueDay
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.batches import batches
from bot.storage.unit import Unit

_MOST_OPENED = 300


def due_days(unit: Unit, today: date) -> list[DueDay]:
    """Return the open tickets by right, state and due day.

    A row holds the day as of its last change, while that of a ticket whose clock stands still moves
    on. So those that look late are opened: 300 at most, since this is read every minute.
    """
    table = tables.tickets
    kind = (table.c.right, table.c.state, table.c.due_on)
    is_open = table.c.state.in_(list(OPEN))
    rows = unit.connection.execute(select(*kind, func.count()).where(is_open).group_by(*kind))
    days = Counter({(right, state, due): number for right, state, due, number in rows})
    late = select(table.c.id, *kind).where(is_open, table.c.due_on < today)
    late = late.order_by(table.c.due_on.desc()).limit(_MOST_OPENED)
    for which, right, state, due in unit.connection.execute(late).all():
        ticket = _opened(unit, which)
        if ticket and ticket.clock.suspended_on:
            days[right, state, due] -= 1
            days[right, state, ticket.clock.end(today).due] += 1
    return [
        DueDay(right=Right(right), state=State(state), due=due, tickets=number)
        for (right, state, due), number in days.items()
        if number
    ]


def tickets_between(unit: Unit, start: datetime, end: datetime) -> list[Ticket]:
    """Return the tickets that were open at some time in a period, without damaged ones."""
    table = tables.tickets
    there = table.c.received_at < end, or_(table.c.closed_at.is_(None), table.c.closed_at >= start)
    rows = select(table.c.id).where(*there).order_by(table.c.received_at, table.c.number)
    ids = list(unit.connection.execute(rows).scalars())
    return [ticket for which in ids if (ticket := _opened(unit, which))]


def inquiries_between(unit: Unit, start: datetime, end: datetime) -> list[Inquiry]:
    """Return the inquiries that waited at some time in a period, without damaged ones."""
    table = tables.inquiries
    there = table.c.asked_at < end, or_(table.c.closed_at.is_(None), table.c.closed_at >= start)
    rows = select(table.c.id).where(*there).order_by(table.c.asked_at)
    found: list[Inquiry] = []
    for which in list(unit.connection.execute(rows).scalars()):
        with suppress(KeyFault, ValueError):
            if inquiry := unit.inquiries.by_id(which):
                found.append(inquiry)
    return found


def refusal_grounds(unit: Unit, ids: Sequence[str]) -> dict[str, str]:
    """Return on which ground each of these tickets was refused last, where one was noted."""
    table = tables.audit
    found: dict[str, str] = {}
    for some in batches(list(ids)):
        which = table.c.ticket.in_(some), table.c.action == Action.REFUSE
        rows = select(table.c.ticket, table.c.facts).where(*which).order_by(table.c.seq)
        for ticket, facts in unit.connection.execute(rows):
            found[ticket] = facts.get("ground", "")
    return found


def _opened(unit: Unit, id: str) -> Ticket | None:
    with suppress(KeyFault, ValueError):  # a damaged one is late, as its row says
        return unit.tickets.by_id(id)
    return None
