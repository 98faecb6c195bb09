"""What one message costs as the tables grow, with everything that a real house would hold."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import fmean, median, quantiles
from typing import Any

from sqlalchemy import Engine, Table, event, select

from bot.app import App
from bot.core.catalog import Right
from bot.core.parcels import Settlement
from bot.core.tickets import State
from bot.storage import tables
from tests.bench.rig import engine_of
from tests.bench.traffic import MESSAGES_A_TICKET, traffic

_CHUNK = 10_000
_ENDED = (State.FULFILLED, State.FULFILLED, State.FULFILLED, State.REFUSED, State.WITHDRAWN)
_OPEN = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED)
_ONE_OPEN_IN = 20
_MONTH, _KEPT = 30, 730  # days: until a ticket is due, and that ended ones are kept
_WARM = 20
_SLOTS = 8  # of a courier
_RIGHTS = tuple(Right)
_YEAR = 2020  # of the numbers: real ones are given for this year
_DAY = 86_400
_HEAD = "audit_head"

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Cost:
    """What a message costs at one size of the tables; times in milliseconds.

    `handling` is one transaction with its commit, `p95` the same for the slow ones; `statements`
    is what of it passes in statements of the database, `delivery` to claim and settle an answer.
    """

    tickets: int
    handling: float
    p95: float
    statements: float
    delivery: float
    count: float

    def to(self, other: Cost) -> tuple[float, float, float]:
        """Return handling, its statements and delivery as ratios to another cost."""
        return (
            self.handling / other.handling,
            self.statements / other.statements,
            self.delivery / other.delivery,
        )


@dataclass(frozen=True)
class _Times:
    """Of one message, in seconds."""

    handling: float
    statements: float
    delivery: float
    count: int


class Growth:
    """The tables of an assistant, filled with ever more tickets of other people."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.engine = engine_of(app.store)
        self.filled = 0
        self._traffic = traffic("growth")
        self._unsettled: list[Settlement] = []
        self._begun = self._inside = 0.0
        self._count = 0
        event.listen(self.engine, "before_cursor_execute", self._begin)
        event.listen(self.engine, "after_cursor_execute", self._end)
        for _ in range(MESSAGES_A_TICKET):
            self.message()

    def fill(self, tickets: int, until: float, step: Callable[[int], None]) -> bool:
        """Fill up to a number of tickets; False when the moment `until` came first."""
        samples = _Samples.of(self.app)
        while self.filled < tickets and time.monotonic() < until:
            end = min(tickets, self.filled + _CHUNK)
            samples = samples.insert(self.engine, range(self.filled, end))
            step(end - self.filled)
            self.filled = end
        with self.app.store.transaction() as unit:
            unit.meta.write(_HEAD, f"{samples.seq}:{samples.digest}")
        _settle_down(self.engine)
        return self.filled >= tickets

    def message(self) -> _Times:
        """Receive and handle one message, claim and settle as the courier does."""
        sent = next(self._traffic)
        service = self.app.service
        service.receive([service.said(sent.id, sent.person, sent.text)])
        self._inside, self._count = 0.0, 0
        begun = time.perf_counter()
        assert service.handle_next(), "the message is not in the inbox"
        handled, inside = time.perf_counter(), self._inside
        claimed = self.app.dispatch.exchange("bench", self._unsettled, _SLOTS)
        self._unsettled = [Settlement(parcel=parcel, sent=True) for parcel in claimed]
        delivered = time.perf_counter()
        return _Times(handled - begun, inside, delivered - handled, self._count)

    def _begin(self, *_: object) -> None:
        self._begun = time.perf_counter()

    def _end(self, *_: object) -> None:
        self._inside += time.perf_counter() - self._begun
        self._count += 1


def compared(growths: Sequence[Growth], messages: int) -> list[Cost]:
    """Return the cost of a message in each, in turn: what else the machine does weighs alike."""
    for _ in range(_WARM):
        for growth in growths:
            growth.message()
    times: list[list[_Times]] = [[] for _ in growths]
    for _ in range(messages):
        for place, growth in enumerate(growths):
            times[place].append(growth.message())
    return [_cost(growth.filled, found) for growth, found in zip(growths, times, strict=True)]


def _cost(tickets: int, times: Sequence[_Times]) -> Cost:
    handling = [one.handling for one in times]
    return Cost(
        tickets=tickets,
        handling=median(handling) * 1e3,
        p95=quantiles(handling, n=20)[-1] * 1e3,
        statements=median(one.statements for one in times) * 1e3,
        delivery=median(one.delivery for one in times) * 1e3,
        count=fmean(one.count for one in times),
    )


@dataclass(frozen=True)
class _Samples:
    """Sealed contents to copy, which nobody will open, and the head of the audit chain."""

    ticket: bytes
    key: bytes
    dialogue: bytes
    now: datetime
    seq: int
    digest: str

    @classmethod
    def of(cls, app: App) -> _Samples:
        with app.store.reading() as unit, engine_of(app.store).connect() as connection:
            seq, _, digest = (unit.meta.noted(_HEAD) or "0:").partition(":")
            columns = (
                tables.tickets.c.sealed,
                tables.ticket_keys.c.sealed_key,
                tables.dialogues.c.sealed_state,
            )
            sealed = [connection.execute(select(column)).scalars().first() for column in columns]
        ticket, key, dialogue = (found or b"" for found in sealed)
        assert ticket, "the traffic opened no ticket to copy"
        return cls(ticket, key, dialogue, app.clock(), int(seq), digest)

    def insert(self, engine: Engine, numbers: range) -> _Samples:
        """Insert the rows of these tickets; return the samples with the audit's new head."""
        rows: dict[Table, list[Row]] = {table: [] for table in _COLUMNS}
        for number in numbers:
            self._add(rows, number, self.seq + 2 * (number - numbers.start))
        write = _write_sqlite if engine.dialect.name == "sqlite" else _write_postgresql
        lent = engine.raw_connection()
        write(lent.driver_connection, rows)
        lent.invalidate()
        last = self.seq + 2 * len(numbers)
        return _Samples(self.ticket, self.key, self.dialogue, self.now, last, "0" * 64)

    def _add(self, rows: dict[Table, list[Row]], number: int, seq: int) -> None:
        """Add one ticket of a person of its own, and what it left in the other tables."""
        digest = hashlib.sha512(str(number).encode()).hexdigest()
        ticket, person, contact = digest[:36], digest[:64], digest[64:]
        chance, waits = int(digest[:6], 16), number % _ONE_OPEN_IN == 0
        age = chance % _MONTH if waits else _MONTH + chance % (_KEPT - _MONTH)
        received = self.now - timedelta(days=age, seconds=chance % _DAY)
        lately = self.now - timedelta(seconds=chance % _DAY)
        due = received.date() + timedelta(days=_MONTH)
        closed = None if waits else received + timedelta(days=chance % _MONTH)
        states = _OPEN if waits else _ENDED
        state, right = states[chance % len(states)], _RIGHTS[chance % len(_RIGHTS)]
        name = f"T-{_YEAR}-{number:07d}"
        identity, dates = (ticket, name, _YEAR, number, person, contact), (received, due, closed)
        rows[tables.tickets].append((*identity, right, state, 3, *dates, self.ticket))
        rows[tables.ticket_keys].append((ticket, self.key))
        for place, action in enumerate(("open", state), start=1):
            done = (action, "customer", "", state, "{}", person, contact)
            rows[tables.audit].append((seq + place, ticket, name, received, *done))
        rows[tables.inbox].append(("http", name, person, "customer", lately, lately, 0, lately))
        sent = ("say", "http", f"http:{person}", lately, lately, 1, lately, "")
        rows[tables.outbox].append((ticket, *sent))
        if number % 2:
            rows[tables.contacts].append((contact,))
        if number % 10 == 0:
            rows[tables.dialogues].append((person, self.dialogue, lately))


_COLUMNS: dict[Table, Sequence[str]] = {
    tables.tickets: (
        *("id", "number", "year", "serial", "person", "contact", "right", "state"),
        *("version", "received_at", "due_on", "closed_at", "sealed"),
    ),
    tables.ticket_keys: ("ticket", "sealed_key"),
    tables.audit: (
        *("seq", "ticket", "number", "at", "action", "actor", "before", "after", "facts"),
        *("previous", "hash"),
    ),
    tables.inbox: (
        *("channel", "event_id", "person", "kind", "received_at", "run_at", "attempts"),
        "handled_at",
    ),
    tables.outbox: (
        *("token", "kind", "channel", "destination", "created_at", "run_at", "attempts"),
        *("sent_at", "error"),
    ),
    tables.contacts: ("hash",),
    tables.dialogues: ("person", "sealed_state", "touched_at"),
}


def _named(table: Table) -> str:
    names = ", ".join(f'"{name}"' for name in _COLUMNS[table])
    return f"{table.name} ({names})"


def _write_sqlite(driver: Any, rows: dict[Table, list[Row]]) -> None:
    driver.execute("PRAGMA cache_size = -400000")  # KiB: of this connection only
    driver.execute("BEGIN IMMEDIATE")
    for table, many in rows.items():
        marks = ", ".join("?" * len(_COLUMNS[table]))
        values = (tuple(map(_as_sqlite, row)) for row in many)
        driver.executemany(f"INSERT INTO {_named(table)} VALUES ({marks})", values)
    driver.execute("COMMIT")


def _as_sqlite(value: object) -> object:
    """Return a value as SQLAlchemy keeps it in SQLite."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return value.isoformat() if isinstance(value, date) else value


def _write_postgresql(driver: Any, rows: dict[Table, list[Row]]) -> None:
    with driver.cursor() as cursor:
        for table, many in rows.items():
            with cursor.copy(f"COPY {_named(table)} FROM STDIN") as copy:
                for row in many:
                    copy.write_row(row)
    driver.commit()


def _settle_down(engine: Engine) -> None:
    """Do at once what the database does by itself a little later, not while it is measured."""
    sqlite = engine.dialect.name == "sqlite"
    work = ("PRAGMA wal_checkpoint(TRUNCATE)",) if sqlite else ("VACUUM ANALYZE", "CHECKPOINT")
    lent = engine.raw_connection()
    driver: Any = lent.driver_connection
    if not sqlite:
        driver.autocommit = True
    for statement in work:
        driver.execute(statement)
    lent.invalidate()
