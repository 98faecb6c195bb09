"""Inserts that skip or replace existing rows: one statement on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite


def insert_new(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *unique: str
) -> int:
    """Insert rows whose `unique` columns are not there yet; return how many were."""
    statement = _cached(connection.dialect.name, table, unique)
    return connection.execute(statement, list(rows)).rowcount if rows else 0


def inserting_new(
    dialect: str, table: Table, *unique: str, **computed: ColumnElement[Any]
) -> Insert:
    """Return a statement that inserts rows unless they are there, and counts those that it did.

    The database itself computes the columns that are `computed`.
    """
    module = postgresql if dialect == "postgresql" else sqlite
    statement = module.insert(table).values(computed)
    inserting: Insert = statement.on_conflict_do_nothing(index_elements=unique)
    return inserting.execution_options(preserve_rowcount=True)


@cache
def replacing(dialect: str, table: Table, *unique: str) -> Insert:
    """Return a statement that inserts a row, or puts it in the place of the one that is there."""
    module = postgresql if dialect == "postgresql" else sqlite
    inserting = module.insert(table)
    new = {column.name: column for column in inserting.excluded if column.name not in unique}
    replaced: Insert = inserting.on_conflict_do_update(index_elements=unique, set_=new)
    return replaced


@cache
def adding(dialect: str, table: Table, number: str) -> Insert:
    """Return a statement that inserts a row, or adds its number to that of the one there."""
    module = postgresql if dialect == "postgresql" else sqlite
    inserting = module.insert(table)
    more = table.c[number] + inserting.excluded[number]
    added: Insert = inserting.on_conflict_do_update(
        index_elements=list(table.primary_key), set_={number: more}
    )
    return added


@cache
def _cached(dialect: str, table: Table, unique: tuple[str, ...]) -> Insert:
    return inserting_new(dialect, table, *unique)
