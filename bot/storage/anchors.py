"""Heads of the audit chain, noted outside the database, so that truncating it is noticed."""

from __future__ import annotations

from pathlib import Path

import structlog

from bot.storage.audit import Head
from bot.storage.backup.journal import Journal

_LOG = structlog.get_logger()


class Anchors:
    """A file to which each head is appended, a line each; random numbers, nothing of a person."""

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path)

    def note(self, head: Head) -> None:
        """Append a head. What it vouches for is committed: a full disk only costs this line."""
        try:
            self._journal.write([str(head)], sync=False)
        except OSError as error:
            _LOG.warning("the head of the audit chain was not noted", error=type(error).__name__)

    def read(self) -> list[str]:
        """Return the lines, oldest first; none when there is no file yet."""
        return self._journal.read()
