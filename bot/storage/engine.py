"""Opens the database, migrates its tables, and checks that the master key fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, SQLAlchemyError
from sqlalchemy.pool import NullPool, Pool

from bot.errors import KeyFault, StorageError
from bot.storage.crypto import Keys
from bot.storage.meta import Meta
from bot.storage.pinging import ping_idle_connections
from bot.storage.sqlite_dialect import spoken_to
from bot.storage.store import Store

HEAD = "0013"
KEY_CHECK = "key_check"


def open_store(url: str, master_keys: Callable[[bool], bytes | Sequence[bytes]]) -> Store:
    """Return the store at a database URL, its tables up to date.

    `master_keys(new)` is called for the key, or for several, of which the first one seals; `new`
    tells that the database has never been sealed.
    Raises StorageError when the database cannot be used, KeyFault when the key does not fit.
    """
    engine = _engine(_parsed(url))
    with _usable(engine):
        upgrade(engine)
        given = master_keys(not _sealed(engine))
        keys = Keys.of_masters([given] if isinstance(given, bytes) else given)
        store = Store(engine, keys, beside=_engine(_parsed(url), poolclass=NullPool))
        refuse_other_key(_noted_key(store), keys)
        store.use_keys(keys)
    return store


def open_existing(url: str, keys: Callable[[], Keys]) -> Store:
    """Return the store of an existing database; nothing in it is created or changed.

    Raises StorageError when there is none or its tables are not up to date, and KeyFault.
    """
    parsed = _parsed(url)
    none = StorageError(
        f"there is no database of seloste at {shown(url)}; `seloste run` makes it at its first "
        "start. If there is one, run this in the service's folder or name its configuration"
    )
    if _is_sqlite(parsed) and not (parsed.database and Path(parsed.database).exists()):
        raise none
    engine = _engine(parsed)
    with _usable(engine):
        with engine.begin() as connection:
            revision = _revision(connection)
        if revision not in (None, HEAD):
            raise StorageError(
                f"the tables at {shown(url)} are of another version ({revision}, this one has "
                f"{HEAD}); start this version of seloste with that database once"
            )
        if revision is None or not _sealed(engine):
            raise none
        store = Store(engine, keys())
        with store.reading() as unit:
            refuse_other_key(unit.meta.get(KEY_CHECK), store.keys)
        store.use_keys(store.keys)
    return store


def open_bare(url: str, keys: Keys) -> Store:
    """Return the store of a database to be filled, created if need be.

    Its tables are up to date; whose key sealed it is not looked at. Raises StorageError, also when
    there are tables of another version: they are somebody's.
    """
    engine = _engine(_parsed(url))
    with _usable(engine):
        with engine.begin() as connection:
            revision = _revision(connection)
        if revision not in (None, HEAD):
            raise StorageError(
                f"{shown(url)} is in use by another version of seloste; nothing was changed. "
                "Name a new, empty database"
            )
        upgrade(engine)
    return Store(engine, keys)


def shown(url: str) -> str:
    """Return a database URL as people may see it: without the password."""
    return _parsed(url).render_as_string(hide_password=True)


def has_password(url: str) -> bool:
    """Tell whether a database URL holds a password. Raises StorageError when it is none."""
    return bool(_parsed(url).password)


def refuse_other_key(check: str | None, keys: Keys) -> None:
    """Raise KeyFault unless the key check of a database is that of these keys."""
    if check not in keys.checks:
        raise KeyFault(
            "this database was sealed with another master key; "
            "bring back that key ([keys] in the configuration), or start a new database"
        )


@contextmanager
def _usable(engine: Engine) -> Iterator[None]:
    """Dispose of the engine, and raise StorageError, when its database cannot be used."""
    try:
        yield
    except DatabaseError as error:
        engine.dispose()
        raise StorageError(f"the database cannot be used: {error.orig}") from None
    except BaseException:
        engine.dispose()
        raise


def _noted_key(store: Store) -> str:
    """Store the check of the master key unless there is one; return the one that is stored.

    Another replica, started for the first time too, may store its own at the same moment.
    """
    return store.retrying(lambda unit: unit.meta.set_default(KEY_CHECK, store.keys.check))


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise StorageError(
            "the database URL cannot be read; such as sqlite:///data/seloste.db "
            "or postgresql+psycopg://user@host/name"
        ) from None


def _engine(url: URL, poolclass: type[Pool] | None = None) -> Engine:
    try:
        if _is_sqlite(url) and url.database:
            _make_private(Path(url.database))
        engine = create_engine(spoken_to(url) if _is_sqlite(url) else url, poolclass=poolclass)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise StorageError(f"the database URL cannot be used: {type(error).__name__}") from None
    if _is_sqlite(url):
        event.listen(engine, "connect", _durable)
    else:
        ping_idle_connections(engine)
    return engine


def _make_private(path: Path) -> None:
    """Make the file, which nobody else may read, and its folder; SQLite fills it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not str(path).startswith((":", "file:")):  # in memory, or a URI of SQLite's own
        path.touch(mode=0o600, exist_ok=True)
    for file in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm"))):
        if file.exists() and file.stat().st_mode & 0o077:  # as older versions left them
            file.chmod(0o600)


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _durable(connection: Any, _record: Any) -> None:
    """Full durability: a commit that returned survives loss of power."""
    # SQLAlchemy, not the driver, begins transactions; see sqlite_dialect.py.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=10000",
        "secure_delete=ON",  # what is erased is overwritten in the file; see scrub.py for the log
        "temp_store=MEMORY",  # and none of it is in temporary files
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sealed(engine: Engine) -> bool:
    with engine.begin() as connection:
        return Meta(connection).get(KEY_CHECK) is not None


def _revision(connection: Connection) -> str | None:
    """Return the revision of the tables; None when there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)


def upgrade(engine: Engine, revision: str = HEAD) -> None:
    """Bring the tables up to a revision; alembic is imported only when there is something to do."""
    with engine.begin() as connection:
        if _revision(connection) == revision:
            return
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "bot.storage:migrations")
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, revision)
    except CommandError:
        raise StorageError(
            "the database was made by a newer version of seloste; upgrade seloste"
        ) from None
