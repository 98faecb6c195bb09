"""Insert new rows and skip those that exist: one statement on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *unique: str
) -> int:
    """Insert rows whose `unique` columns are not there yet; return how many were."""
    statement = _statement(connection.dialect.name, table, unique)
    return sum(len(connection.execute(statement, row).all()) for row in rows)


@cache
def _statement(dialect: str, table: Table, unique: tuple[str, ...]) -> ReturningInsert[Any]:
    module = postgresql if dialect == "postgresql" else sqlite
    statement = module.insert(table).on_conflict_do_nothing(index_elements=unique)
    returning: ReturningInsert[Any] = statement.returning(literal(1))
    return returning
