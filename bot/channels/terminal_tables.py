"""Tickets and questions as tables, at a terminal or on a command line."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Column, Table

from bot.channels.desk import card, listing
from bot.channels.desk.port import Case
from bot.channels.desk.wording import Wording
from bot.core.tickets.filters import is_overdue
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.words.text import strip_invisible

_STYLE = {"awaiting_identity": "yellow", "awaiting_confirmation": "cyan", "confirmed": "green"}


def card_table(case: Case, wording: Wording) -> Table:
    """Return a ticket's card as a table."""
    table = Table(title=case.subject.number, show_header=False)
    for name, value in card.rows(case.subject, wording):
        table.add_row(escape(name), escape(strip_invisible(value).lstrip("\n")))
    return table


def history_table(case: Case, wording: Wording) -> Table:
    """Return what happened to a ticket, as the audit has it, as a table."""
    table = _table([wording.label(name) for name in ("when", "who", "what", "to")])
    table.title = wording.label("history")
    for at, who, what, before, after in card.history(case.history, wording):
        table.add_row(*map(escape, (at, who, what, after if after != before else "")))
    return table


def _table(columns: Sequence[str]) -> Table:
    """Return a table that breaks long words on a narrow screen, and leaves none out."""
    made = (Column(name, overflow="fold") for name in columns)
    return Table(*made, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))


def list_table(
    found: Sequence[Ticket], wording: Wording, gone: frozenset[str] = frozenset()
) -> Table | str:
    """Return tickets as a table, a line each, or that there are none; the overdue are in red.

    Of owners, `gone` are away.
    """
    if not found:
        return wording.desk("report.none")
    names = ("number", "right", "state", "due", "language", "owner")
    table = _table([wording.label(name) for name in names])
    for ticket in found:
        style = "red" if is_overdue(ticket, wording.today()) else _STYLE.get(ticket.state, "dim")
        table.add_row(*listing.summary(ticket, wording, gone), style=style)
    return table
