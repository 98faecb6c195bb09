"""Insert what is new and pass over what is there: one statement on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, literal
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *unique: str
) -> int:
    """Insert rows whose `unique` columns are not there yet; return how many were."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).on_conflict_do_nothing(index_elements=unique)
    statement = statement.returning(literal(1))
    return sum(len(connection.execute(statement.values(row)).all()) for row in rows)
