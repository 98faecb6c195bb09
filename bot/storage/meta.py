"""Single values by name: the key check, the audit head, serial numbers."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from bot.storage import tables


class Meta:
    """The values, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def note(self, name: str, value: str) -> str:
        """Keep a value under a name unless there is one; return the one that is kept."""
        known = self.noted(name)
        if known is None:
            self.write(name, value)
        return value if known is None else known

    def noted(self, name: str, *, lock: bool = False) -> str | None:
        """Return the value of a name, or None; with `lock`, nobody else changes it meanwhile."""
        rows = select(tables.meta.c.value).filter_by(name=name)
        return self._db.execute(rows.with_for_update() if lock else rows).scalar()

    def write(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        row = update(tables.meta).filter_by(name=name).values(value=value)
        if not self._db.execute(row).rowcount:
            self._db.execute(insert(tables.meta).values(name=name, value=value))
