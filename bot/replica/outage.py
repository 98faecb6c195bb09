"""Logs that workers wait for the database, and when it is back."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog

from bot.errors import StorageError

_LOG = structlog.get_logger()


class Outage:
    """An outage as the workers of a replica notice it; each says so, and one that it is over."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._since: float | None = None

    def noticed(self, error: StorageError) -> None:
        """Say that a worker waits for the database."""
        if self._since is None:
            self._since = self._now()
        _LOG.warning("waiting for the database", error=str(error))

    def over(self) -> None:
        """Note that the database was used; say so when it was away before."""
        if self._since is not None:
            seconds, self._since = round(self._now() - self._since), None
            _LOG.info("the database is back", away_seconds=seconds)
