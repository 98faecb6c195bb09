"""The SQL statements of the inbox: waiting events, and whose turn it is."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    select,
    update,
)

from bot.storage import tables
from bot.storage.upsert import inserting_new

# What is needed of an event in order to handle it.
_PENDING = (
    tables.inbox.c.position,
    tables.inbox.c.channel,
    tables.inbox.c.event_id,
    tables.inbox.c.kind,
    tables.inbox.c.attempts,
    tables.inbox.c.received_at,
    tables.inbox.c.sealed,
)


def waits(table: FromClause) -> ColumnElement[bool]:
    """Return the condition for an event that is neither handled nor dead."""
    return and_(table.c.handled_at.is_(None), table.c.dead_at.is_(None))


def _is_first() -> ColumnElement[bool]:
    """The event waits, and no older one of the same person does."""
    table, older = tables.inbox, tables.inbox.alias("older")
    before = exists().where(
        older.c.person == table.c.person, older.c.position < table.c.position, waits(older)
    )
    return and_(waits(table), ~before)


def _due() -> Select[Any]:
    table = tables.inbox
    due = select(*_PENDING).where(_is_first(), table.c.run_at <= bindparam("now"))
    return due.order_by(table.c.turn, table.c.position)


def _turn() -> ColumnElement[int]:
    """The round after that of the person's last event that waits, else the one going on now.

    That is the first round of which an event waits, but for those that are put off to a later time:
    the others do not wait in an old round with them.
    """
    table = tables.inbox
    last = select(table.c.turn).where(table.c.person == bindparam("whose"), waits(table))
    last = last.order_by(table.c.position.desc()).limit(1)
    going_on = select(func.min(table.c.turn)).where(
        waits(table), table.c.run_at <= bindparam("moment")
    )
    return func.coalesce(last.scalar_subquery() + 1, going_on.scalar_subquery(), 0)


@cache
def keep(dialect: str) -> Insert:
    """Keep events that are new; takes their rows, and of each `whose` it is and the `moment`."""
    return inserting_new(dialect, tables.inbox, "channel", "event_id", turn=_turn())


# Built once: putting a statement together costs more than carrying it out.
# Which of the `ids` were received `on` a channel.
KNOWN = select(tables.inbox.c.event_id).where(
    tables.inbox.c.channel == bindparam("on"),
    tables.inbox.c.event_id.in_(bindparam("ids", expanding=True)),
)
NEXT = _due().limit(1).with_for_update(skip_locked=True, of=tables.inbox)
AHEAD = _due().limit(bindparam("most", type_=Integer))
NEXT_AT = select(func.min(tables.inbox.c.run_at)).where(_is_first())
# Which of the events at these `places` wait, and are the first of their person.
STILL_FIRST = select(tables.inbox.c.position, tables.inbox.c.attempts).where(
    tables.inbox.c.position.in_(bindparam("places", expanding=True)), _is_first()
)
# The row of an event that waits and was not tried since; takes `at` and `tried`.
STILL_WAITS = update(tables.inbox).where(
    tables.inbox.c.position == bindparam("at"),
    tables.inbox.c.attempts == bindparam("tried"),
    waits(tables.inbox),
)
