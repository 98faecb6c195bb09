"""What one message costs as the tables grow, with everything that a real house would hold."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from statistics import fmean, median, quantiles
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Engine,
    Insert,
    Table,
    event,
    func,
    insert,
    literal,
    select,
    update,
)

from bot.bootstrap import Assistant
from bot.core.catalog import Right
from bot.core.envelopes import DeliveryOutcome
from bot.core.tickets.ticket import State
from bot.storage import tables
from tests.bench.rig import engine_of
from tests.bench.traffic import MESSAGES_A_TICKET, traffic

_CHUNK = 250_000
_ENDED = (State.FULFILLED, State.FULFILLED, State.FULFILLED, State.REFUSED, State.WITHDRAWN)
_OPEN = (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION, State.CONFIRMED)
_ONE_OPEN_IN = 20
_ONE_LATELY_IN = 4
_MONTH, _KEPT = 30, 730  # days: until a ticket is due, and that ended ones are kept
_WARM = 20
_SLOTS = 8  # of a courier
_RIGHTS = tuple(Right)
_YEAR = 2020  # of the numbers: real ones are given for this year
_HEAD = "audit_head"


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

    def __init__(self, app: Assistant) -> None:
        self.app = app
        self.engine = engine_of(app.store)
        self.filled = 0
        self._traffic = traffic("growth")
        self._unsettled: list[DeliveryOutcome] = []
        self._begun = self._inside = 0.0
        self._count = 0
        event.listen(self.engine, "before_cursor_execute", self._begin)
        event.listen(self.engine, "after_cursor_execute", self._end)
        for _ in range(MESSAGES_A_TICKET):
            self.message()

    def fill(self, tickets: int, until: float, step: Callable[[int], None]) -> bool:
        """Fill up to a number of tickets; False when the moment `until` came first."""
        samples = _Samples.of(self.app, self.filled)
        while self.filled < tickets and time.monotonic() < until:
            end = min(tickets, self.filled + _CHUNK)
            _insert(self.engine, samples, range(self.filled, end))
            step(end - self.filled)
            self.filled = end
        _settle_down(self.engine)
        return self.filled >= tickets

    def message(self) -> _Times:
        """Receive and handle one message, claim and settle as the courier does."""
        sent = next(self._traffic)
        intake = self.app.intake
        intake.receive([intake.inbound(sent.id, sent.event)])
        self._inside, self._count = 0.0, 0
        begun = time.perf_counter()
        assert self.app.handler.handle_next(), "the message is not in the inbox"
        handled, inside = time.perf_counter(), self._inside
        batch = self.app.router.settle_and_claim("bench", self._unsettled, _SLOTS)
        self._unsettled = [DeliveryOutcome(effect=claimed, sent=True) for claimed in batch]
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
    """Sealed contents to copy, which nobody will open, and where the audit chain stands."""

    ticket: bytes
    key: bytes
    dialogue: bytes
    now: datetime
    seq: int

    @classmethod
    def of(cls, app: Assistant, filled: int) -> _Samples:
        columns = (
            tables.tickets.c.sealed,
            tables.ticket_keys.c.sealed_key,
            tables.dialogues.c.sealed_state,
        )
        with engine_of(app.store).connect() as connection:
            sealed = [connection.execute(select(column)).scalars().first() for column in columns]
            seq = connection.execute(select(func.max(tables.audit.c.seq))).scalar_one()
        ticket, key, dialogue = (found or b"" for found in sealed)
        assert ticket, "the traffic opened no ticket to copy"
        # So that `seq` and twice a ticket's number go on where the chain ends.
        return cls(ticket, key, dialogue, app.clock(), seq - 2 * filled)


def _insert(engine: Engine, samples: _Samples, numbers: range) -> None:
    """Insert tickets, each of a person of its own, and all that they left in other tables."""
    sqlite = engine.dialect.name == "sqlite"
    write = _write_sqlite if sqlite else _write_postgresql
    with engine.connect() as connection:
        if sqlite:
            connection.exec_driver_sql("PRAGMA cache_size = -1000000")  # KiB, of this connection
            connection.rollback()
        with connection.begin():
            write(connection.connection.driver_connection, _tickets(samples, numbers, sqlite))
            for statement in _left_behind(samples, numbers):
                connection.execute(statement)
            head = update(tables.meta).where(tables.meta.c.name == _HEAD)
            connection.execute(head.values(value=f"{samples.seq + 2 * numbers.stop}:{'0' * 64}"))
        connection.invalidate()


def _tickets(samples: _Samples, numbers: range, sqlite: bool) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of tickets: a few are open, the rest ended within two years.

    They come in the order of their keys, which every index then takes in one sweep.
    """
    hashes = sorted((hashlib.sha256(str(one).encode()).hexdigest(), one) for one in numbers)
    for digest, number in hashes:
        chance, waits = int(digest[:6], 16), number % _ONE_OPEN_IN == 0
        age = chance % _MONTH if waits else _MONTH + chance % (_KEPT - _MONTH)
        dates = _dates(samples.now, age, 0 if waits else 1 + age % _MONTH, sqlite)
        states = _OPEN if waits else _ENDED
        state, right = states[chance % len(states)], _RIGHTS[chance % len(_RIGHTS)]
        contact = digest[:32] + digest[:31:-1]
        identity = (digest[:36], f"T-{_YEAR}-{number:07d}", _YEAR, number, digest, contact)
        yield (*identity, right, state, 3, *dates, samples.ticket)


@cache
def _dates(now: datetime, age: int, took: int, sqlite: bool) -> tuple[Any, Any, Any]:
    """Return when a ticket was received, is due and was closed, as the driver takes them."""
    received = now - timedelta(days=age, minutes=age)
    due = received.date() + timedelta(days=_MONTH)
    closed = received + timedelta(days=took)
    if not sqlite:
        return received, due, closed if took else None
    return _text(received), due.isoformat(), _text(closed) if took else None


def _text(moment: datetime) -> str:
    """Return a moment as SQLAlchemy keeps it in SQLite."""
    return moment.replace(tzinfo=None).isoformat(" ", "microseconds")


_COLUMNS = (
    *("id", "number", "year", "serial", "person", "contact", "right", "state"),
    *("version", "received_at", "due_on", "closed_at", "sealed"),
)
_INTO = "tickets (" + ", ".join(f'"{name}"' for name in _COLUMNS) + ")"


def _write_sqlite(driver: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    marks = ", ".join("?" * len(_COLUMNS))
    driver.executemany(f"INSERT INTO {_INTO} VALUES ({marks})", rows)


def _write_postgresql(driver: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    with driver.cursor() as cursor, cursor.copy(f"COPY {_INTO} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _left_behind(samples: _Samples, numbers: range) -> Iterator[Insert]:
    """Yield what puts the key, the history and the traffic of new tickets into their tables."""
    new = tables.tickets.c
    which = (new.year == _YEAR, new.serial >= numbers.start, new.serial < numbers.stop)

    def copied(table: Table, *only: ColumnElement[bool], **columns: object) -> Insert:
        rows = select(*(_value(table.c[name], value) for name, value in columns.items()))
        rows = rows.where(*which, *only).order_by(new.id)
        return insert(table).from_select(list(columns), rows)

    at = new.received_at
    yield copied(tables.ticket_keys, ticket=new.id, sealed_key=samples.key)
    for place, action in enumerate(("open", "close"), start=1):
        yield copied(
            tables.audit,
            seq=samples.seq + 2 * new.serial + place,
            ticket=new.id,
            number=new.number,
            at=at,
            action=action,
            actor="customer",
            before="",
            after=new.state,
            facts={},
            previous=new.person,
            hash=new.contact,
        )
    # Events and effects are kept for a week only.
    lately = new.serial % _ONE_LATELY_IN == 0
    yield copied(
        tables.inbox,
        lately,
        channel="http",
        event_id=new.number,
        person=new.person,
        kind="customer",
        received_at=at,
        run_at=at,
        attempts=0,
        handled_at=at,
    )
    yield copied(
        tables.outbox,
        lately,
        token=new.id,
        kind="say",
        channel="http",
        destination="http:" + new.person,
        created_at=at,
        run_at=at,
        attempts=1,
        sent_at=at,
        error="",
    )
    yield copied(
        tables.contacts, new.serial % 2 == 1, hash=new.contact, person=new.person, kind="email"
    )
    yield copied(
        tables.dialogues,
        new.serial % 10 == 0,
        person=new.person,
        sealed_state=samples.dialogue,
        touched_at=at,
    )


def _value(column: Column[Any], value: object) -> ColumnElement[Any]:
    """Return what goes into a column: something of the ticket, or the same for all."""
    if isinstance(value, ColumnElement):
        return value
    return literal(value, column.type)


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
