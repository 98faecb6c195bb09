"""Detects a connection that the database has dropped, before it is used."""

from __future__ import annotations

from time import monotonic
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

# Seconds without use after which a connection is asked whether it still stands. To ask each time,
# as the pool can by itself, is a round trip more for each transaction.
_IDLE = 1.0
_USED = "used"


def ping_idle_connections(engine: Engine) -> None:
    """Have connections that were not used for a second asked whether they still stand."""

    def used(_connection: Any, record: Any) -> None:
        record.info[_USED] = monotonic()

    def ping(connection: Any, record: Any, _fairy: Any) -> None:
        if monotonic() - record.info.get(_USED, monotonic()) < _IDLE:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error:
            raise InvalidatePoolError from None  # another one is opened in its place

    event.listen(engine, "connect", used)
    event.listen(engine, "checkin", used)
    event.listen(engine, "checkout", ping)
