"""Opens the database, brings its tables up to date, and checks that the master key fits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError

from bot.errors import KeyFault, StorageError
from bot.storage.keys import Keys
from bot.storage.store import READING, Store

HEAD = "0002"
_CHECK = "key_check"


def open_store(url: str, master_key: Callable[[bool], bytes]) -> Store:
    """Return the store at a database URL, its tables up to date.

    `master_key(new)` is called for the key; `new` tells that the database has never been sealed.
    Raises StorageError when the database cannot be used, KeyFault when the key does not fit.
    """
    engine = _engine(url)
    try:
        _upgrade(engine)
        sealed = _sealed(engine)
        keys = Keys.derived_from(master_key(not sealed))
        store = Store(engine, keys)
        check = keys.hashed("seloste")
        with store.transaction() as unit:
            if unit.meta.note(_CHECK, check) != check:
                raise KeyFault(
                    "this database was sealed with another master key; "
                    "bring back that key ([keys] in the configuration), or start a new database"
                )
    except DatabaseError as error:
        engine.dispose()
        raise StorageError(f"the database cannot be used: {error.orig}") from None
    except BaseException:
        engine.dispose()
        raise
    return store


def _engine(url: str) -> Engine:
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite" and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        # A connection that the database has dropped is noticed before it is used.
        engine = create_engine(parsed, pool_pre_ping=True)
    except (ArgumentError, SQLAlchemyError, ImportError, OSError) as error:
        raise StorageError(f"[database] url cannot be used: {type(error).__name__}") from None
    if parsed.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _durable(connection: Any, _record: Any) -> None:
    """Full durability: a commit that returned survives loss of power."""
    # SQLAlchemy, not the driver, begins transactions; see _begin_immediate.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    """Take the write lock at once: reading first and writing later could deadlock."""
    reading = connection.get_execution_options().get(READING)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _sealed(engine: Engine) -> bool:
    with engine.begin() as connection:
        found = connection.execute(text("SELECT 1 FROM meta WHERE name = 'key_check'"))
        return found.first() is not None


def _upgrade(engine: Engine) -> None:
    """Bring the tables up to date; alembic is imported only when there is something to do."""
    with engine.begin() as connection:
        if inspect(connection).has_table("alembic_version"):
            version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if version == HEAD:
                return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StorageError(
            "the database was made by a newer version of seloste; upgrade seloste"
        ) from None
