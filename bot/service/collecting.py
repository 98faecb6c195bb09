"""The page where people open the copy of their data: each step is one transaction."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from bot.core.effects import ShowTicket
from bot.core.tickets import collecting, copies, silent_changes
from bot.core.tickets.collecting import Problem
from bot.core.tickets.copies import File
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Ticket
from bot.core.tickets.transitions import Change
from bot.errors import KeyFault, StorageError
from bot.service.codes import CodeBook, CodeTally
from bot.service.new_ids import DrawnIds
from bot.service.routing import EffectRouter
from bot.storage.store import Store
from bot.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Copy:
    """What a person gets: the file, or an archive of several."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class _Tried:
    """A ticket as it is stored, the same with a try counted, and what came of the try."""

    ticket: Ticket
    counted: Ticket
    made: Change | Problem


@dataclass(frozen=True, slots=True)
class _Packed:
    """A copy, and the files that are in it."""

    files: tuple[File, ...]
    copy: Copy


class CopyDesk:
    """Shows, sends codes for, and hands out copies. Nobody is told why a link opens nothing."""

    def __init__(
        self,
        store: Store,
        rules: Rules,
        router: EffectRouter,
        tally: CodeTally,
        clock: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._rules = rules
        self._router = router
        self._tally = tally
        self._clock = clock
        self._packing = Lock()

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
        """Hand out the copy for a right code; each try is counted. Raises StorageError.

        It is packed before the transaction: that may take long, and nobody is to wait for it. One
        at a time is, as it may be large.
        """
        with self._store.reading() as unit:
            seen = self._opened(unit, id, token, code)
        if seen is None or isinstance(seen.made, Problem):
            return self._store.retrying(lambda unit: self._collect(unit, id, token, code, None))
        with self._packing:
            with self._store.reading() as unit:
                packed = _Packed(seen.ticket.files, _copy(unit, seen.ticket))
            return self._store.retrying(lambda unit: self._collect(unit, id, token, code, packed))

    def _collect(
        self, unit: Unit, id: str, token: str, code: str, packed: _Packed | None
    ) -> Copy | Problem:
        now, tried = self._clock(), self._opened(unit, id, token, code)
        if tried is None:
            return Problem.GONE
        ticket, made = tried.ticket, tried.made
        if isinstance(made, Problem):
            if tried.counted != ticket:
                self._keep(unit, ticket, tried.counted, now)
                book = CodeBook(unit, [], self._rules, now)
                self._router.enqueue(unit, book.wrong(ticket.number, self._tally), now)
            return made
        if packed is None or packed.files != ticket.files:
            raise StorageError("the copy has changed meanwhile")
        unit.tickets.update(made.ticket, self._rules.today(now))
        unit.keep_files(ticket, made.ticket)
        unit.audit.append(made.record)
        shown = ShowTicket(ticket=ticket.id, number=ticket.number)
        self._router.enqueue(unit, [shown], now)
        return packed.copy

    def _opened(self, unit: Unit, id: str, token: str, code: str) -> _Tried | None:
        ticket = _found(unit, id)
        if ticket is None:
            return None
        now, rules = self._clock(), self._rules
        counted, made = collecting.opened(ticket, token, code, unit.keys.codes, now, rules)
        return _Tried(ticket, counted, made)

    def _keep(self, unit: Unit, before: Ticket, after: Ticket, now: datetime) -> None:
        unit.tickets.update(after, self._rules.today(now))
        unit.audit.extend(silent_changes.records(before, after, (), now))


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
