"""Unfinished forms of staff, for channels that ask for one field after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.crypto import Keys


class Drafts:
    """The drafts, within one transaction; what they hold is sealed."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def keep(self, id: str, content: str, now: datetime, place: str = "") -> None:
        """Keep a draft; `place` is the message that an answer to it names."""
        sealed = self._keys.seal(content, f"drafts/{id}")
        values = {"place": place, "sealed": sealed, "touched_at": now}
        row = update(tables.drafts).filter_by(id=id).values(values)
        if not self._db.execute(row).rowcount:
            self._db.execute(insert(tables.drafts), {"id": id, **values})

    def content(self, id: str) -> str | None:
        """Return what a draft holds; None when there is none of this id."""
        row = self._db.execute(select(tables.drafts).filter_by(id=id)).first()
        return self._opened(row) if row else None

    def at(self, place: str) -> tuple[str, str] | None:
        """Return id and content of the draft that is asked for at a place."""
        row = self._db.execute(select(tables.drafts).filter_by(place=place)).first()
        return (row.id, self._opened(row)) if row and place else None

    def drop(self, id: str) -> bool:
        """Drop a draft; False when it was gone already."""
        return bool(self._db.execute(delete(tables.drafts).filter_by(id=id)).rowcount)

    def contents(self) -> Iterator[tuple[str, str]]:
        """Yield the drafts, decrypted, with their ids; one that is damaged is left out."""
        for row in self._db.execute(select(tables.drafts)).all():
            with suppress(KeyFault):
                yield row.id, self._opened(row)

    def damaged(self) -> int:
        """Return how many drafts cannot be opened."""
        number = 0
        for row in self._db.execute(select(tables.drafts)):
            try:
                self._opened(row)
            except KeyFault:
                number += 1
        return number

    def _opened(self, row: Any) -> str:
        return self._keys.unseal(row.sealed, f"drafts/{row.id}")
