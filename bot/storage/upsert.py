"""Insert new rows and skip those that exist: one statement on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *unique: str
) -> int:
    """Insert rows whose `unique` columns are not there yet; return how many were."""
    statement = _cached(connection.dialect.name, table, unique)
    return sum(len(connection.execute(statement, row).all()) for row in rows)


def inserting_new(
    dialect: str, table: Table, *unique: str, **computed: ColumnElement[Any]
) -> ReturningInsert[Any]:
    """Return a statement that inserts a row unless it is there, and returns one row if it did.

    The database itself computes the columns that are `computed`.
    """
    module = postgresql if dialect == "postgresql" else sqlite
    statement = module.insert(table).values(computed)
    statement = statement.on_conflict_do_nothing(index_elements=unique)
    returning: ReturningInsert[Any] = statement.returning(literal(1))
    return returning


@cache
def _cached(dialect: str, table: Table, unique: tuple[str, ...]) -> ReturningInsert[Any]:
    return inserting_new(dialect, table, *unique)
