"""The page where people open the copy of their data: each step is one transaction."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.effects import ShowTicket
from bot.core.tickets import collecting, copies, silent_changes
from bot.core.tickets.collecting import Problem
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Ticket
from bot.errors import KeyFault
from bot.service.new_ids import DrawnIds
from bot.service.routing import EffectRouter
from bot.storage.store import Store
from bot.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Copy:
    """What a person gets: the file, or an archive of several."""

    name: str
    content: bytes


class CopyDesk:
    """Shows, sends codes for, and hands out copies. Nobody is told why a link opens nothing."""

    def __init__(
        self, store: Store, rules: Rules, router: EffectRouter, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._rules = rules
        self._router = router
        self._clock = clock

    def ticket(self, id: str, token: str) -> Ticket | None:
        """Return the ticket that a link opens, if it opens one."""
        with self._store.reading() as unit:
            found = _found(unit, id)
            opens = found and collecting.delivery_of(found, token, self._clock())
            return found if opens else None

    def send_code(self, id: str, token: str) -> Problem | None:
        """Mail a fresh code; return why not."""
        return self._store.retrying(lambda unit: self._send_code(unit, id, token))

    def _send_code(self, unit: Unit, id: str, token: str) -> Problem | None:
        now, rules, ticket = self._clock(), self._rules, _found(unit, id)
        if ticket is None:
            return Problem.GONE
        code = DrawnIds(unit, rules.today(now).year).code
        made = collecting.with_code(ticket, token, code, unit.keys.codes, now, rules)
        if isinstance(made, Problem):
            return made
        after, letter = made
        self._keep(unit, ticket, after, now)
        self._router.enqueue(unit, [letter], now)
        return None

    def collect(self, id: str, token: str, code: str) -> Copy | Problem:
        """Hand out the copy for a right code; each try is counted."""
        return self._store.retrying(lambda unit: self._collect(unit, id, token, code))

    def _collect(self, unit: Unit, id: str, token: str, code: str) -> Copy | Problem:
        now, rules, ticket = self._clock(), self._rules, _found(unit, id)
        if ticket is None:
            return Problem.GONE
        tried, made = collecting.opened(ticket, token, code, unit.keys.codes, now, rules)
        if isinstance(made, Problem):
            if tried != ticket:
                self._keep(unit, ticket, tried, now)
            return made
        copy = _copy(unit, ticket)  # before what was opened for the last time is destroyed
        unit.tickets.update(made.ticket, rules.today(now))
        unit.keep_files(ticket, made.ticket)
        unit.audit.append(made.record)
        shown = ShowTicket(ticket=ticket.id, number=ticket.number)
        self._router.enqueue(unit, [shown], now)
        return copy

    def _keep(self, unit: Unit, before: Ticket, after: Ticket, now: datetime) -> None:
        unit.tickets.update(after, self._rules.today(now))
        for record in silent_changes.records(before, after, (), now):
            unit.audit.append(record)


def _found(unit: Unit, id: str) -> Ticket | None:
    try:
        return unit.tickets.by_id(id)
    except (KeyFault, ValueError):  # damaged: staff are alarmed of that elsewhere
        return None


def _copy(unit: Unit, ticket: Ticket) -> Copy:
    if len(ticket.files) == 1:
        [file] = ticket.files
        return Copy(file.name, unit.files.content(file.id))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, file in enumerate(ticket.files, 1):
            packed.writestr(f"{number}-{file.name}", unit.files.content(file.id))
    return Copy(copies.clean_name(f"{ticket.number}.zip"), archive.getvalue())
