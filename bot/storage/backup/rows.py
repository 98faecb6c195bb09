"""All rows of all tables, the same way for backup, restore and migration, on both databases.

A row is written as one line of JSON that does not depend on the database: the same row is the same
line everywhere, and the same rows come in the same order.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    LargeBinary,
    String,
    Table,
    cast,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import REGCLASS
from sqlalchemy.exc import DBAPIError

from bot.errors import StorageError, UsageError
from bot.storage import tables
from bot.storage.columns import Moment
from bot.storage.engine import KEY_CHECK
from bot.storage.store import concerns_all

# Called with what is being done, and the share of it (0 to 1) that is done.
Tell = Callable[[str, float], None]

TABLES: tuple[Table, ...] = tuple(tables.metadata.sorted_tables)
_BATCH = 500
_NUMBERED = {
    table.name: table.autoincrement_column.name
    for table in TABLES
    if table.autoincrement_column is not None
}
_SQLITE_NUMBERS = table("sqlite_sequence", column("name"), column("seq"))


class Progress:
    """Reports how many of the rows are done, every now and then."""

    def __init__(self, tell: Tell, what: str, total: int) -> None:
        self._tell = tell
        self._what = what
        self._total = total
        self._done = 0
        tell(what, 0.0)

    def over(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines, counting them."""
        for line in lines:
            yield line
            self._done += 1
            if self._done % _BATCH == 0:
                self._tell(self._what, min(self._done / self._total, 1.0))


def counts(db: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    number = {}
    for each in TABLES:
        number[each.name] = db.execute(select(func.count()).select_from(each)).scalar_one()
    return number


def lines(db: Connection, source: Table) -> Generator[bytes, None, None]:
    """Return the rows of a table as lines, by primary key; memory does not grow with the table.

    Close it before the transaction ends if you stop early.
    """
    key = [_ordered(part, db) for part in source.primary_key]
    rows = select(source).order_by(*key).execution_options(yield_per=_BATCH)
    with db.execute(rows) as found:
        for row in found.mappings():
            yield _written(source, row)


def readable(db: Connection, source: Table) -> int:
    """Return how many rows of a table can be read: all, or those before a damaged page."""
    number = 0
    try:
        for _ in lines(db, source):
            number += 1
    except DBAPIError as error:
        if concerns_all(error):
            raise
    return number


def fill(db: Connection, target: Table, written: Iterable[bytes]) -> None:
    """Insert lines into a table. Raises StorageError when the database does not take a row."""
    remaining = iter(written)
    while batch := list(islice(remaining, _BATCH)):
        try:
            db.execute(insert(target), [_read(target, line) for line in batch])
        except DBAPIError as error:
            fault = str(error.orig).splitlines()[0]
            raise StorageError(f"a row of the table {target.name} is not taken: {fault}") from None


class Digest:
    """SHA-256 over lines: the same rows have the same digest on every database."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.rows = 0

    def over(self, written: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the lines, adding them to the digest."""
        for line in written:
            self._hash.update(line + b"\n")
            self.rows += 1
            yield line

    def hex(self) -> str:
        """Return the digest of what has passed."""
        return self._hash.hexdigest()


def numbers(db: Connection) -> dict[str, int]:
    """Return each table's last row number, even if that row is gone."""
    return {name: _last_number(db, name) for name in _NUMBERED}


def go_on_from(db: Connection, last: Mapping[str, int]) -> None:
    """Continue the row numbers of the tables after these."""
    for name, number in last.items():
        if number and db.dialect.name == "postgresql":
            db.execute(select(func.setval(_sequence(name), number)))
        elif number:
            row = update(_SQLITE_NUMBERS).filter_by(name=name).values(seq=number)
            if not db.execute(row).rowcount:
                db.execute(insert(_SQLITE_NUMBERS).values(name=name, seq=number))


def empty(db: Connection, named: str) -> None:
    """Lock out other writers, and make sure that the database is empty.

    A database that was only opened holds the check of a master key: that is taken away. Raises
    UsageError when there is more.
    """
    if db.dialect.name == "postgresql":
        names = ", ".join(each.name for each in TABLES)
        db.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))
    db.execute(delete(tables.meta).filter_by(name=KEY_CHECK))
    full = [f"{name}: {number}" for name, number in counts(db).items() if number]
    if full:
        raise UsageError(
            f"{named} is not empty (rows in {', '.join(full)}); nothing was changed. "
            "Stop the service and name a new, empty database"
        )


def _ordered(part: Column[Any], db: Connection) -> Any:
    # Both databases compare texts by their bytes then, whatever the locale.
    by_bytes = db.dialect.name == "postgresql" and isinstance(part.type, String)
    return part.collate("C") if by_bytes else part


def _written(source: Table, row: Mapping[Any, Any]) -> bytes:
    values = {each.name: _plain(row[each.name]) for each in source.columns}
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode("ascii")


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date) else value


def _read(target: Table, line: bytes) -> dict[str, Any]:
    values = json.loads(line)
    return {each.name: _typed(each, values[each.name]) for each in target.columns}


def _typed(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, LargeBinary):
        return base64.b64decode(value)
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _sequence(name: str) -> Any:
    return cast(func.pg_get_serial_sequence(name, _NUMBERED[name]), REGCLASS)


def _last_number(db: Connection, name: str) -> int:
    last = (
        select(func.pg_sequence_last_value(_sequence(name)))
        if db.dialect.name == "postgresql"
        else select(_SQLITE_NUMBERS.c.seq).filter_by(name=name)
    )
    return db.execute(last).scalar() or 0
