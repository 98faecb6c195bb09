"""Copies an installation into another database, and proves the copy row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import Connection, Table

from bot.errors import StorageError
from bot.storage.backup.rows import (
    TABLES,
    Digest,
    Progress,
    Tell,
    counts,
    empty,
    fill,
    go_on_from,
    lines,
    numbers,
)
from bot.storage.engine import KEY_CHECK, refuse_other_key
from bot.storage.store import Store
from bot.storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Moved:
    """A table that was copied: how many rows, and their digest, the same on both sides."""

    table: str
    rows: int
    digest: str


def move(source: Store, target: Store, tell: Tell) -> tuple[list[Moved], int]:
    """Copy all rows into an empty database, in one transaction, and compare each.

    Returns the tables and the length of the audit chain. The source is only read. Raises
    UsageError when the target is not empty, StorageError when the copy is not the same.
    """
    with target.transaction() as unit:
        empty(unit.connection, "the target")
        _copy(source, unit.connection, tell)
        # A later state of the source: what was written to it meanwhile would be lost.
        with source.snapshot() as now:
            moved = list(_compared(now.connection, unit.connection, tell))
        return moved, _audited(unit, source, tell)


def _copy(source: Store, target: Connection, tell: Tell) -> None:
    with source.snapshot() as unit:
        progress = Progress(tell, "copying", sum(counts(unit.connection).values()))
        for table in TABLES:
            fill(target, table, progress.over(lines(unit.connection, table)))
        go_on_from(target, numbers(unit.connection))


def _compared(source: Connection, target: Connection, tell: Tell) -> Iterator[Moved]:
    progress = Progress(tell, "comparing", sum(counts(source).values()))
    for table in TABLES:
        digest = Digest()
        _compare(table, digest.over(progress.over(lines(source, table))), lines(target, table))
        yield Moved(table.name, digest.rows, digest.hex())


def _compare(table: Table, source: Iterator[bytes], target: Iterator[bytes]) -> None:
    for number, (theirs, ours) in enumerate(zip_longest(source, target), 1):
        if theirs != ours:
            raise StorageError(
                f"row {number} of the table {table.name} is not the same on both sides: something "
                "wrote to the source meanwhile. Nothing was copied; stop the service, then "
                "migrate again"
            )


def _audited(target: Unit, source: Store, tell: Tell) -> int:
    tell("checking the audit chain", 0.0)
    refuse_other_key(target.meta.get(KEY_CHECK), source.keys)
    rows, fault = target.audit.verify_chain()
    if fault:
        raise StorageError(
            f"the audit chain is broken ({fault}), also in the source: see seloste audit verify. "
            "Nothing was copied"
        )
    return rows
