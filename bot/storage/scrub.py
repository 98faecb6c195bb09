"""Removes deleted data from the files too: the write-ahead log, and dead rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

from bot.storage import tables

# A rewrite waits for a lock that nobody else holds, and who comes meanwhile waits behind it.
_LONGEST_WAIT = 500  # milliseconds


def scrub(engine: Engine) -> bool:
    """Rewrite the files without what was deleted; False when somebody was in the way.

    SQLite overwrites in its file at once (`secure_delete`), but its write-ahead log still holds
    the pages of before until it is cut. PostgreSQL leaves dead rows, and VACUUM alone only frees
    their space: a table that is rewritten holds none. While that lasts nobody reads it, so it is
    for a quiet hour. PostgreSQL's own log and older backups are beyond reach from here.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # By the driver: SQLAlchemy would begin a transaction, in which none is cut.
            raw: Any = connection.connection.driver_connection
            (before,) = raw.execute("PRAGMA busy_timeout").fetchone()
            raw.execute(f"PRAGMA busy_timeout={_LONGEST_WAIT}")
            try:
                busy, *_ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                raw.execute(f"PRAGMA busy_timeout={before}")
            return not busy
        beside = connection.execution_options(isolation_level="AUTOCOMMIT")
        beside.execute(text(f"SET lock_timeout = {_LONGEST_WAIT}"))
        try:
            for table in sealed_tables():
                beside.execute(text(f"VACUUM (FULL) {table}"))
        finally:
            beside.execute(text("RESET lock_timeout"))
    return True


def sealed_tables() -> list[str]:
    """Return the tables with sealed columns: all that can hold personal data.

    Keys come first: without its key, what is left of a ticket is noise.
    """
    found = [
        table.name
        for table in tables.metadata.sorted_tables
        if any(column.name.startswith("sealed") for column in table.columns)
    ]
    return sorted(found, key=lambda name: name != tables.ticket_keys.name)
