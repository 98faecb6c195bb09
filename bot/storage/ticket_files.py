"""The files of tickets at rest: in parts, each sealed with the key of its ticket."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.crypto import Keys, cannot_be_opened, seal_bytes, unseal_bytes

# So large is a row of a backup at most: it is written as one line, some hundred at a time.
_PART = 64 * 1024
_FILES, _PARTS = tables.ticket_files, tables.file_parts


class TicketFiles:
    """The contents of the files of tickets, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def put(self, file: str, ticket: str, content: bytes, now: datetime) -> bool:
        """Store a file, not attached yet; False when there is no such ticket.

        Under the same id it takes the place of what was there, unless that is attached.
        """
        key = self._key(ticket)
        if key is None:
            return False
        known = select(_FILES.c.attached).where(_FILES.c.id == file)
        if self._db.execute(known).scalar():
            return True
        self._destroy([file])
        row = {"id": file, "ticket": ticket, "created_at": now, "attached": False}
        self._db.execute(insert(_FILES), row)
        for number, start in enumerate(range(0, max(len(content), 1), _PART)):
            part = content[start : start + _PART]
            sealed = seal_bytes(key, part, _place(file, number))
            self._db.execute(insert(_PARTS), {"file": file, "part": number, "sealed": sealed})
        return True

    def content(self, file: str) -> bytes:
        """Return what is in a file. Raises KeyFault when it is not there or was changed."""
        ticket = self._db.execute(select(_FILES.c.ticket).where(_FILES.c.id == file)).scalar()
        key = self._key(ticket) if ticket else None
        if key is None:
            raise cannot_be_opened(f"ticket_files/{file}")
        rows = select(_PARTS.c.part, _PARTS.c.sealed).where(_PARTS.c.file == file)
        found = self._db.execute(rows.order_by(_PARTS.c.part)).all()
        return b"".join(unseal_bytes(key, row.sealed, _place(file, row.part)) for row in found)

    def there(self, file: str, ticket: str) -> bool:
        """Tell whether a file of a ticket is stored."""
        rows = select(_FILES.c.id).where(_FILES.c.id == file, _FILES.c.ticket == ticket)
        return self._db.execute(rows).first() is not None

    def keep_only(self, ticket: str, files: Collection[str]) -> int:
        """Attach these files of a ticket and destroy its others that were attached; their number.

        What is being uploaded meanwhile stays.
        """
        own = select(_FILES.c.id).where(_FILES.c.ticket == ticket, _FILES.c.attached.is_(True))
        gone = [file for file in self._db.execute(own).scalars() if file not in files]
        self._destroy(gone)
        if files:
            row = update(_FILES).where(_FILES.c.id.in_(list(files)), _FILES.c.ticket == ticket)
            self._db.execute(row.values(attached=True))
        return len(gone)

    def drop(self, file: str) -> None:
        """Destroy a file that was never attached."""
        row = select(_FILES.c.id).where(_FILES.c.id == file, _FILES.c.attached.is_(False))
        self._destroy(self._db.execute(row).scalars().all())

    def purge(self, before: datetime) -> int:
        """Destroy what was uploaded before a moment and never attached; return how many files."""
        rows = select(_FILES.c.id).where(_FILES.c.attached.is_(False), _FILES.c.created_at < before)
        return self._destroy(self._db.execute(rows).scalars().all())

    def tickets(self, before: datetime) -> list[str]:
        """Return the ids of the tickets with files that were attached before a moment."""
        rows = select(_FILES.c.ticket).where(_FILES.c.attached.is_(True))
        found = self._db.execute(rows.where(_FILES.c.created_at < before))
        return sorted(set(found.scalars()))  # by the index of days: DISTINCT would read them all

    def destroy_of(self, tickets: Sequence[str]) -> int:
        """Destroy the files of tickets; return how many there were."""
        rows = select(_FILES.c.id).where(_FILES.c.ticket.in_(tickets))
        return self._destroy(self._db.execute(rows).scalars().all())

    def damaged(self) -> Iterator[str]:
        """Return the ids of the files that cannot be opened."""
        for file in self._db.execute(select(_FILES.c.id).order_by(_FILES.c.id)).scalars().all():
            try:
                self.content(file)
            except KeyFault:
                yield file

    def _destroy(self, files: Sequence[str]) -> int:
        if files:
            self._db.execute(delete(_PARTS).where(_PARTS.c.file.in_(files)))
            self._db.execute(delete(_FILES).where(_FILES.c.id.in_(files)))
        return len(files)

    def _key(self, ticket: str) -> bytes | None:
        keys = tables.ticket_keys
        sealed = self._db.execute(select(keys.c.sealed_key).where(keys.c.ticket == ticket)).scalar()
        return bytes.fromhex(self._keys.unseal(sealed, f"ticket_keys/{ticket}")) if sealed else None


def _place(file: str, part: int) -> str:
    return f"file_parts/{file}/{part}"
