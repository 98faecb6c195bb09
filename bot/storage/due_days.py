"""How many open tickets are due on which day; the rows of those that have ended are not read."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date

from sqlalchemy import func, select

from bot.core.catalog import Right
from bot.core.tickets.ticket import OPEN, State, Ticket
from bot.core.tickets.workload import DueDay
from bot.errors import KeyFault
from bot.storage import tables
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


def _opened(unit: Unit, id: str) -> Ticket | None:
    with suppress(KeyFault, ValueError):  # a damaged one is late, as its row says
        return unit.tickets.by_id(id)
    return None
