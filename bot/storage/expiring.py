"""Finds what retention would delete now, kind by kind; it deletes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Table, func, select

from bot.core.tickets.code_budget import REMEMBERED
from bot.storage import tables
from bot.storage.retention import Periods
from bot.storage.unit import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiring:
    """One kind of data: how long it is kept, how many there are, and how many are past that."""

    kind: str
    kept: timedelta
    there: int
    past: int


def expiring(unit: Unit, now: datetime, kept: Periods) -> list[Expiring]:
    """Return each kind of data that has an end, as `Schedule` finds it past its retention.

    Tickets and questions are marked on one day and destroyed on the next, unless the clock jumped;
    a conversation with an unfinished request waits until staff have it.
    """
    return [
        Expiring(
            kind=kind,
            kept=period,
            there=_count(unit, table, there),
            past=_count(unit, table, there & past),
        )
        for kind, period, table, there, past in _kinds(now, kept)
    ]


Kind = tuple[str, timedelta, Table, ColumnElement[bool], ColumnElement[bool]]


def _kinds(now: datetime, kept: Periods) -> Iterator[Kind]:
    yield from _passing(now, kept)
    yield from _codes(now, kept)
    yield from _questions(now, kept)
    yield from _cases(now, kept)


def _passing(now: datetime, kept: Periods) -> Iterator[Kind]:
    """Yield what is of use for days: conversations, and what came in and went out."""
    dialogues, drafts, files = tables.dialogues, tables.drafts, tables.ticket_files
    inbox, outbox, limits = tables.inbox, tables.outbox, tables.rate_limits
    day, week = now - kept.dialogues, now - kept.events
    talked, handled = dialogues.c.touched_at < day, inbox.c.handled_at.is_not(None)
    left = outbox.c.sent_at.is_not(None) | outbox.c.dead_at.is_not(None)
    gone = (outbox.c.sent_at < week) | (outbox.c.dead_at < week)
    loose = files.c.attached.is_(False)
    over, waited = handled | inbox.c.dead_at.is_not(None), limits.c.next_at < week
    yield "conversations", kept.dialogues, dialogues, _every(dialogues), talked
    yield "forms of staff", kept.dialogues, drafts, _every(drafts), drafts.c.touched_at < day
    yield "files not attached", kept.dialogues, files, loose, files.c.created_at < day
    yield "events handled", kept.events, inbox, over, inbox.c.received_at < week
    yield "messages sent", kept.events, outbox, left, gone
    yield "rate limits of destinations", kept.events, limits, _every(limits), waited


def _codes(now: datetime, kept: Periods) -> Iterator[Kind]:
    """Yield what is kept against the misuse of codes."""
    codes, disowned = tables.code_letters, tables.disowned_addresses
    past = disowned.c.at < now - kept.disowned
    yield "codes mailed", REMEMBERED, codes, _every(codes), codes.c.at < now - REMEMBERED
    yield "mailboxes that want no codes", kept.disowned, disowned, _every(disowned), past


def _questions(now: datetime, kept: Periods) -> Iterator[Kind]:
    """Yield what is kept of plain questions."""
    counts, asked = tables.question_counts, tables.unanswered_questions
    counted = counts.c.day < (now - kept.counts).date()
    learnt = asked.c.day <= (now - kept.unanswered).date()
    yield "counts of questions", kept.counts, counts, _every(counts), counted
    yield "questions to learn from", kept.unanswered, asked, _every(asked), learnt


def _cases(now: datetime, kept: Periods) -> Iterator[Kind]:
    """Yield what staff have handled."""
    tickets, inquiries, since = tables.tickets, tables.inquiries, now - kept.ended
    ended, answered = tickets.c.closed_at.is_not(None), inquiries.c.closed_at.is_not(None)
    past = inquiries.c.closed_at < now - kept.inquiries
    never = inquiries.c.closed_at.is_(None)
    yield "ended tickets", kept.ended, tickets, ended, tickets.c.closed_at < since
    yield "questions to staff, answered", kept.inquiries, inquiries, answered, past
    yield (
        "questions to staff, unanswered",
        kept.ended,
        inquiries,
        never,
        inquiries.c.asked_at < since,
    )


def _every(table: Table) -> ColumnElement[bool]:
    return next(iter(table.primary_key)).is_not(None)


def _count(unit: Unit, table: Table, which: ColumnElement[bool]) -> int:
    rows = select(func.count()).select_from(table).where(which)
    return unit.connection.execute(rows).scalar_one()
