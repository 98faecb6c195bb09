"""Removes deleted data from the files too: the write-ahead log, and dead rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, text

# Tables with sealed columns. Keys come first: without its key, what is left of a ticket is noise.
_SEALED = (
    "ticket_keys",
    "tickets",
    "file_parts",
    "inquiries",
    "dialogues",
    "drafts",
    "inbox",
    "outbox",
)
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
            for table in _SEALED:
                beside.execute(text(f"VACUUM (FULL) {table}"))
        finally:
            beside.execute(text("RESET lock_timeout"))
    return True
