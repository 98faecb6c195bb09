"""Records that a file of a copy has been delivered into the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.core.effects import Effect, SendFile, ShowTicket
from bot.core.tickets import chat_copy, silent_changes, transitions
from bot.core.tickets.command import Command
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Action
from bot.core.tickets.transitions import Change
from bot.storage.unit import Unit


def arrived(sent: SendFile, unit: Unit, rules: Rules, now: datetime) -> Iterator[Effect]:
    """Note that a file is there; with the last one the copy was received, and is destroyed."""
    before = unit.tickets.by_id(sent.ticket)
    if before is None or (after := chat_copy.arrived(before, sent.file)) == before:
        return
    records = list(silent_changes.records(before, after, (), now))
    if chat_copy.is_there(after):
        had = transitions.apply(after, Command(action=Action.COLLECT), THE_CUSTOMER, now, rules)
        if isinstance(had, Change):
            after = had.ticket
            records.append(had.record)
    unit.tickets.update(after, rules.today(now))
    unit.keep_files(before, after)
    unit.audit.extend(records)
    yield ShowTicket(ticket=after.id, number=after.number)
