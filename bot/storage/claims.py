"""The SQL statements of the outbox: waiting effects, claims and their owners.

An effect may be claimed when its time has come, nobody holds it, no other effect for the same
destination goes first or is being sent, and no rate limit forbids it.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    FromClause,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.storage import tables
from bot.storage.columns import Moment

# What is needed of an effect in order to send it.
_CLAIMED = (
    tables.outbox.c.position,
    tables.outbox.c.token,
    tables.outbox.c.kind,
    tables.outbox.c.destination,
    tables.outbox.c.sealed,
    tables.outbox.c.owner,
    tables.outbox.c.attempts,
    tables.outbox.c.created_at,
)
_NOW: BindParameter[datetime] = bindparam("now", type_=Moment)


def waits(table: FromClause) -> ColumnElement[bool]:
    """Return the condition for an effect that is neither sent nor dead."""
    return and_(table.c.sent_at.is_(None), table.c.dead_at.is_(None))


@cache
def next_claim_at(dialect: str, *, named: bool) -> Select[datetime]:
    """Select from when on the next effect may be claimed, by its time, lease and rate limits.

    With `named` only those of `channels` count.
    """
    table, run_at = tables.outbox, tables.outbox.c.run_at
    latest = func.greatest if dialect == "postgresql" else func.max
    rate_limits = [_limit_of(key) for key in (table.c.destination, table.c.channel)]
    others = (func.coalesce(other, run_at) for other in (table.c.lease_until, *rate_limits))
    first = func.min(latest(run_at, *others), type_=Moment)
    rows = select(first).where(waits(table), ~_behind(table))
    return rows.where(_is_of(table)) if named else rows


def _limit_of(key: ColumnElement[str]) -> ScalarSelect[datetime]:
    # One look-up for each that waits: a join would read the whole table of rate limits.
    rate_limits = tables.rate_limits.alias()
    return select(rate_limits.c.next_at).where(rate_limits.c.key == key).scalar_subquery()


def _free(table: FromClause) -> ColumnElement[bool]:
    unheld = or_(table.c.lease_until.is_(None), table.c.lease_until < _NOW)
    return and_(waits(table), table.c.run_at <= _NOW, unheld)


def _behind(table: FromClause) -> ColumnElement[bool]:
    """Another effect for the same destination goes first."""
    first = tables.outbox.alias("first")
    older = and_(first.c.rank == table.c.rank, first.c.position < table.c.position)
    return exists().where(
        first.c.destination == table.c.destination,
        waits(first),
        or_(first.c.rank < table.c.rank, older),
    )


def _occupied(table: FromClause) -> ColumnElement[bool]:
    """Another effect is being sent to the same destination, although it would not go first now."""
    sent = tables.outbox.alias("sent")
    return exists().where(
        sent.c.destination == table.c.destination, waits(sent), sent.c.lease_until > _NOW
    )


def _throttled(table: FromClause) -> ColumnElement[bool]:
    rate_limits = tables.rate_limits
    return exists().where(
        or_(rate_limits.c.key == table.c.destination, rate_limits.c.key == table.c.channel),
        rate_limits.c.next_at > _NOW,
    )


def _is_of(table: FromClause) -> ColumnElement[bool]:
    return table.c.channel.in_(bindparam("channels", expanding=True))


@cache
def claim(*, named: bool) -> Executable:
    """Claim effects that are due; takes `now`, `most`, `claimant` and `until`.

    With `named` only those of `channels`, and those of any that were enqueued before `stranded`.
    """
    table = tables.outbox
    stranded = table.c.created_at < bindparam("stranded", type_=Moment)
    which = [or_(_is_of(table), stranded)] if named else []
    due = (
        select(table.c.position)
        .where(_free(table), ~_behind(table), ~_occupied(table), ~_throttled(table), *which)
        .order_by(table.c.position)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True, of=table)
        .cte("due")
    )
    return (
        update(table)
        .where(table.c.position == due.c.position)
        .values(
            owner=bindparam("claimant"),
            lease_until=bindparam("until"),
            attempts=table.c.attempts + 1,
        )
        .returning(*_CLAIMED)
    )


# Built once, as those above: putting a statement together costs more than carrying it out.
# No RETURNING: nobody asks at which position an effect is.
ENQUEUE = insert(tables.outbox).inline()
_OF_HOLDER = and_(
    tables.outbox.c.owner == bindparam("holder"), tables.outbox.c.attempts == bindparam("attempt")
)
# The row of a claim that was not lost; takes `at`, `holder` and `attempt`.
HELD = update(tables.outbox).where(tables.outbox.c.position == bindparam("at"), _OF_HOLDER)
# The same of several, at these `places`; returns where the claim was not lost.
HELD_ALL = (
    update(tables.outbox)
    .where(tables.outbox.c.position.in_(bindparam("places", expanding=True)), _OF_HOLDER)
    .returning(tables.outbox.c.position)
)
# An effect that waits and is held by nobody; takes `about`, `where` and `what`. Locked: it is
# claimed before this, and is then none of these, or after the commit.
REFRESH = (
    select(tables.outbox.c.position, tables.outbox.c.token)
    .where(
        tables.outbox.c.subject == bindparam("about"),
        tables.outbox.c.destination == bindparam("where"),
        tables.outbox.c.kind == bindparam("what"),
        tables.outbox.c.lease_until.is_(None),
        waits(tables.outbox),
    )
    .limit(1)
    .with_for_update()
)
