"""Files that staff upload: scanned, and sealed with the ticket's key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from bot.core import masking
from bot.core.tickets import copies
from bot.core.tickets.copies import File
from bot.core.tickets.ticket import Actor, Denial
from bot.service.virus_scan import Scan
from bot.storage.store import Store


class Uploads:
    """Keeps files until they are attached; `scan` tells why one is not taken."""

    def __init__(self, store: Store, scan: Scan, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._scan = scan
        self._clock = clock

    def keep(self, id: str, ticket: str, name: str, content: bytes, actor: Actor) -> File | Denial:
        """Store a file and return its description, or why it is not taken. Raises StorageError.

        Nothing is attached by it: a file that no ticket names is destroyed after a day.
        """
        if not content:
            return Denial.FILE_EMPTY
        if len(content) > copies.LARGEST:
            return Denial.FILE_TOO_LARGE
        if denial := self._scan(content):
            return denial
        now = self._clock()
        if not self._store.retrying(lambda unit: unit.files.put(id, ticket, content, now)):
            return Denial.UNKNOWN
        return File(
            id=id,
            name=copies.clean_name(masking.mask(name, now.date())[0]),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            at=now,
            by=actor.key,
        )
