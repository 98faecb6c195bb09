"""The database and its transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.errors import StorageError
from bot.storage.audit import Head
from bot.storage.crypto import Keys
from bot.storage.fair_lock import FairLock
from bot.storage.old_keys import carried_keys
from bot.storage.scrub import scrub
from bot.storage.sqlite_dialect import READING
from bot.storage.unit import SCRUB, Unit
from bot.storage.wakeups import CHANNELS, Changes, Wakeups

# PostgreSQL: a transaction that lost to another one (serialization failure, deadlock).
_LOST = frozenset({"40001", "40P01"})
_ATTEMPTS = 5
_NOTIFY = text("SELECT pg_notify(:channel, :owner)")

Result = TypeVar("Result")


class Conflict(Exception):
    """Another transaction was first; the work must be retried from the start."""


class Store:
    """The database, with the keys that open what is sealed in it."""

    def __init__(self, engine: Engine, keys: Keys, beside: Engine | None = None) -> None:
        self._engine = engine
        self._beside = beside or engine
        self.keys = keys
        self.wakeups = Wakeups()
        # SQLite has one writer and no queue for it: without one, some threads would starve.
        self._turns = FairLock()
        # Asked before each transaction: the keys, if they are others than the last time.
        self.changed_keys: Callable[[], Keys | None] = lambda: None
        # Told the head of the audit chain after each commit in which it has grown.
        self.on_audit: Callable[[Head], None] = lambda _head: None

    def use_keys(self, keys: Keys) -> None:
        """Use these keys, with what the database keeps of earlier ones."""
        self.keys = keys
        with self._engine.connect() as connection:
            self.keys = keys.with_older(carried_keys(connection, keys))

    def _look_at_keys(self) -> None:
        """Use other keys at once when they were rotated; no restart is needed."""
        if keys := self.changed_keys():
            self.use_keys(keys)

    @contextmanager
    def transaction(self, *, contended: bool = False) -> Iterator[Unit]:
        """Open one transaction; it commits at the end, or nothing of it remains.

        Workers that wait for what it leaves to be done are woken after the commit. Raises Conflict
        when another transaction was first, StorageError when the database cannot be used.
        """
        self._look_at_keys()
        turn = nullcontext() if self.parallel else self._turns.turn()
        with turn, translate_errors(), self._engine.begin() as connection:
            unit = Unit(connection, self.keys, locking=True, contended=contended)
            yield unit
            unit.question_counts.store()
            if self.parallel:
                self._notify(connection, unit.changes)
        for done in unit.changes.after:
            done()
        self.wakeups.wake(unit.changes.topics)
        if unit.audit.appended:
            self.on_audit(unit.audit.appended)

    def _notify(self, connection: Connection, changes: Changes) -> None:
        """Tell other replicas, which hear of it if and when this transaction commits."""
        for topic in self.wakeups.to_notify(changes):
            connection.execute(_NOTIFY, {"channel": CHANNELS[topic], "owner": self.wakeups.owner})

    def connect_arguments(self) -> dict[str, Any]:
        """Return how the driver connects to the database, for a connection beside the pool."""
        _, arguments = self._engine.dialect.create_connect_args(self._engine.url)
        return dict(arguments)

    def retrying(self, work: Callable[[Unit], Result]) -> Result:
        """Do the work in one transaction, and retry it after a conflict.

        Raises StorageError when it loses again and again.
        """
        for attempt in range(_ATTEMPTS):
            try:
                with self.transaction(contended=attempt > 0) as unit:
                    return work(unit)
            except Conflict:
                continue
        raise StorageError("the database is too busy: a transaction lost to others repeatedly")

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Open a transaction that only reads: it locks nothing and waits for nobody."""
        self._look_at_keys()
        with self._reader(self._engine) as unit:
            yield unit

    @contextmanager
    def beside(self) -> Iterator[Unit]:
        """Open a transaction that only reads, on a connection that it shares with no work.

        So a health check of a busy service need not wait for a free connection.
        """
        with self._reader(self._beside) as unit:
            yield unit

    @contextmanager
    def snapshot(self) -> Iterator[Unit]:
        """Open a transaction that sees one state of everything, whatever others write meanwhile."""
        # On SQLite every transaction is such a one.
        options = {"isolation_level": "REPEATABLE READ"} if self.parallel else {}
        with self._reader(self._engine, **options) as unit:
            yield unit

    @contextmanager
    def _reader(self, engine: Engine, **options: str) -> Iterator[Unit]:
        with translate_errors(), engine.connect() as connection:
            reader = connection.execution_options(**{READING: True}, **options)
            with reader.begin() as transaction:
                yield Unit(reader, self.keys, locking=False)
                transaction.rollback()  # with a damaged page, SQLite would refuse to commit

    @property
    def parallel(self) -> bool:
        """Whether several transactions can write at the same time."""
        return self._engine.dialect.name != "sqlite"

    def scrub(self) -> None:
        """Have what was deleted leave the files too, if something was since the last time.

        Raises StorageError when the database cannot be used, or others were in the way: then the
        next time does it.
        """
        with self.reading() as unit:
            wanted = unit.meta.get(SCRUB)
        if not wanted:
            return
        with translate_errors():
            if not scrub(self._engine):
                raise StorageError(
                    "deleted rows are still in the log of the database: it is in use"
                )
        with self.transaction() as unit:
            if unit.meta.get(SCRUB, lock=True) == wanted:
                unit.meta.set(SCRUB, "")

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()
        self._beside.dispose()


@contextmanager
def translate_errors() -> Iterator[None]:
    """Raise what the database reports as our own exceptions, without any data."""
    try:
        yield
    except IntegrityError:
        raise Conflict from None
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in _LOST:
            raise Conflict from None
        raise StorageError(f"the database cannot be used ({_code(error.orig)})") from None
    except PoolTimeout:
        raise StorageError("the database cannot be used (no free connection)") from None


def concerns_all(error: Exception) -> bool:
    """Tell whether a fault is that of the whole database, and not of what was just read or written.

    A connection that is lost, a disk that is full, a lock that others hold: then all is to wait.
    A damaged page, or a value that is not taken, concerns one event or one ticket.
    """
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    ours = Conflict, StorageError
    return isinstance(error, (*ours, IntegrityError, OperationalError, InterfaceError, PoolTimeout))


def _code(fault: Any) -> str:
    """Return a fault's type and code, such as SQLITE_FULL; its text may quote data."""
    code = getattr(fault, "sqlstate", None) or getattr(fault, "sqlite_errorname", None)
    return f"{type(fault).__name__}, {code}" if code else type(fault).__name__
