"""Records what a replica does in this process: function calls and database transactions."""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from sqlalchemy import Connection, Engine, event

from bot.storage.sqlite_dialect import READING

_BOT = f"{Path(__file__).resolve().parents[2] / 'bot'}{os.sep}"
# The functions that are counted by name, in any module that may hold them.
_DECIDE = frozenset({"core/desk.py:decide", "core/tickets/staff_decision.py:decide"})
_DECODE = frozenset({"storage/sealed.py:from_json", "storage/codec.py:from_json"})
_LOCKING = re.compile(r"^BEGIN IMMEDIATE|\bFOR( NO KEY)? UPDATE\b")
_CHANGING = re.compile(r"\b(INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b")


@dataclass(frozen=True)
class Call:
    """A function of `bot` being entered, or, where `begins` is false, a coroutine being resumed."""

    at: float
    thread: str
    function: str
    begins: bool


@dataclass(frozen=True)
class Transaction:
    """A finished database transaction."""

    at: float
    statements: tuple[str, ...]
    changed: bool
    committed: bool

    @property
    def locks(self) -> bool:
        """Whether it took a lock that other writers wait for."""
        return any(_LOCKING.search(sql) or _CHANGING.search(sql) for sql in self.statements)


@dataclass
class _Open:
    changes: int
    statements: list[str] = field(default_factory=list)
    rows: int = 0


class Recorder:
    """Records calls and transactions of the whole process while it is `on`."""

    def __init__(self) -> None:
        self.on = False
        self.calls: list[Call] = []
        self.transactions: list[Transaction] = []
        self._open: dict[Connection, _Open] = {}

    def start(self) -> None:
        """Begin to watch this thread, every thread started from now on, and every engine."""
        event.listen(Engine, "begin", self._opened)
        event.listen(Engine, "before_cursor_execute", self._executes)
        event.listen(Engine, "after_cursor_execute", self._executed)
        event.listen(Engine, "commit", lambda connection: self._ended(connection, committed=True))
        event.listen(
            Engine, "rollback", lambda connection: self._ended(connection, committed=False)
        )
        threading.setprofile(self._profile)
        sys.setprofile(self._profile)

    def _profile(self, frame: FrameType, what: str, _argument: Any) -> None:
        if self.on and what == "call" and (name := _name(frame.f_code)):
            begins = _begins(frame.f_code, frame.f_lasti)
            thread = threading.current_thread().name
            self.calls.append(Call(time.monotonic(), thread, name, begins))

    def _opened(self, connection: Connection) -> _Open:
        # SQLite's dialect executes BEGIN by the driver, where no listener hears it.
        return self._open.setdefault(connection, _Open(_changes(connection), _begun(connection)))

    def _executes(self, connection: Connection, _cursor: Any, sql: str, *_: Any) -> None:
        self._opened(connection).statements.append(sql)

    def _executed(self, connection: Connection, cursor: Any, sql: str, *_: Any) -> None:
        if _CHANGING.search(sql):
            self._opened(connection).rows += max(cursor.rowcount, 0)

    def _ended(self, connection: Connection, *, committed: bool) -> None:
        if (ended := self._open.pop(connection, None)) is None or not self.on:
            return
        changed = ended.rows > 0 or _changes(connection) > ended.changes
        done = Transaction(time.monotonic(), tuple(ended.statements), changed, committed)
        self.transactions.append(done)


def _begun(connection: Connection) -> list[str]:
    """Return how SQLite begins a transaction: reading, or with its one write lock."""
    if connection.dialect.name != "sqlite":
        return []
    reading = connection.get_execution_options().get(READING)
    return ["BEGIN" if reading else "BEGIN IMMEDIATE"]


def _changes(connection: Connection) -> int:
    """Return SQLite's count of changed rows: with RETURNING, `rowcount` is not known in time."""
    driver = connection.connection.driver_connection
    return driver.total_changes if isinstance(driver, sqlite3.Connection) else 0


@cache
def _name(code: CodeType) -> str:
    """Return the file and name of a function of `bot`; "" for lambdas and for other code."""
    ours = code.co_filename.startswith(_BOT) and not code.co_name.startswith("<")
    return f"{code.co_filename.removeprefix(_BOT)}:{code.co_qualname}" if ours else ""


@cache
def _begins(code: CodeType, offset: int) -> bool:
    """Tell whether a frame starts or is resumed: only at the start is the argument of RESUME 0."""
    return offset < 0 or code.co_code[offset + 1] & 3 == 0


@dataclass(frozen=True)
class Span:
    """What was recorded over some time, or a part of it."""

    seconds: float
    calls: list[Call]
    transactions: list[Transaction]

    def beyond(self, idle: Span) -> Span:
        """Return the functions and transactions that do not occur in an idle replica."""
        functions = {call.function for call in idle.calls}
        known = {done.statements for done in idle.transactions}
        calls = [call for call in self.calls if call.function not in functions]
        done = [done for done in self.transactions if done.statements not in known]
        return Span(self.seconds, calls, done)

    def figures(self) -> dict[str, float]:
        done = self.transactions
        return {
            "seconds": round(self.seconds, 2),
            "threads": len({call.thread for call in self.calls}),
            "functions": len({call.function for call in self.calls}),
            "calls": sum(call.begins for call in self.calls),
            "decisions": self._calls_of(_DECIDE),
            "values decoded": self._calls_of(_DECODE),
            "transactions": len(done),
            "- that only read": sum(not each.locks for each in done),
            "- that wrote": sum(each.locks and each.changed for each in done),
            "- that locked and wrote nothing": sum(
                each.locks and not each.changed for each in done
            ),
            "rolled back": sum(not each.committed for each in done),
        }

    def details(self) -> dict[str, Any]:
        return {
            "figures": self.figures(),
            "threads": sorted({call.thread for call in self.calls}),
            "functions": list(dict.fromkeys(call.function for call in self.calls)),
            "transactions": [asdict(done) for done in self.transactions],
        }

    def _calls_of(self, functions: frozenset[str]) -> int:
        return sum(call.begins and call.function in functions for call in self.calls)
