"""Retention in two steps: expired rows are marked first, and deleted a day later."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from bot.storage import tables
from bot.storage.upsert import insert_new

_WAIT = timedelta(hours=23)  # the shortest local day


class Marks:
    """The marks, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def due(self, expired: Sequence[str], now: datetime) -> list[str]:
        """Return what of the expired was marked a day ago or earlier."""
        table = tables.marks
        rows = select(table.c.subject).where(
            table.c.subject.in_(expired), table.c.marked_at <= now - _WAIT
        )
        return list(self._db.execute(rows).scalars())

    def keep(self, expired: Collection[str], now: datetime) -> None:
        """Mark what is expired; what is marked keeps its date."""
        rows = [{"subject": subject, "marked_at": now} for subject in sorted(expired)]
        insert_new(self._db, tables.marks, rows, "subject")

    def drop(self, subjects: Iterable[str]) -> None:
        """Take marks away, as of a ticket that was opened again."""
        self._db.execute(delete(tables.marks).where(tables.marks.c.subject.in_(list(subjects))))
