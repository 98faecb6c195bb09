"""Files that staff attach: looked over, sealed with the ticket's key, and named afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from bot.core.tickets import copies
from bot.core.tickets.copies import File
from bot.core.tickets.ticket import Actor
from bot.errors import UsageError
from bot.service.virus_scan import Scan
from bot.storage.store import Store


class Uploads:
    """Keeps files until they are attached; `scan` raises UsageError for what is not taken."""

    def __init__(self, store: Store, scan: Scan, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._scan = scan
        self._clock = clock

    def keep(self, id: str, ticket: str, name: str, content: bytes, actor: Actor) -> File:
        """Store a file and return its description. Raises UsageError, StorageError.

        Nothing is attached by it: a file that no ticket names is destroyed after a day.
        """
        if not content:
            raise UsageError("the file is empty")
        if len(content) > copies.LARGEST:
            raise UsageError(f"a file may have {copies.LARGEST // 1_000_000} MB")
        self._scan(content)
        now = self._clock()
        if not self._store.retrying(lambda unit: unit.files.put(id, ticket, content, now)):
            raise UsageError("ticket: it is there no longer")
        return File(
            id=id,
            name=copies.clean_name(name),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            at=now,
            by=actor.key,
        )
