"""Single values by name: the key check, the audit head, serial numbers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.storage import tables
from bot.storage.upsert import insert_new

_NAMED = tables.meta.c.name == bindparam("named")
_NOTED = select(tables.meta.c.value).where(_NAMED)
_REWRITE = update(tables.meta).where(_NAMED)


class Meta:
    """The values, within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    def set_default(self, name: str, value: str) -> str:
        """Store a value under a name unless there is one; return the one that is stored."""
        known = self.get(name)
        if known is None:
            self.set(name, value)
        return value if known is None else known

    def get(self, name: str, *, lock: bool = False) -> str | None:
        """Return the value of a name, or None; with `lock`, nobody else changes it meanwhile."""
        rows = _NOTED.with_for_update() if lock else _NOTED
        return self._db.execute(rows, {"named": name}).scalar()

    def set(self, name: str, value: str) -> None:
        """Store a value under a name, in place of an earlier one."""
        if not self._db.execute(_REWRITE, {"named": name, "value": value}).rowcount:
            self._db.execute(insert(tables.meta), {"name": name, "value": value})

    def first_of_day(self, name: str, day: date) -> bool:
        """Note that something was met on a day; tell whether it is the first time, anywhere."""
        if self.get(name, lock=True) == day.isoformat():
            return False
        self.set(name, day.isoformat())
        return True

    def is_free(self, name: str, owner: str, now: datetime) -> bool:
        """Tell, without a lock, whether nobody else holds a lease."""
        holder, _, until = (self.get(name) or "").partition(" ")
        return holder in ("", owner) or float(until) <= now.timestamp()

    def acquire_lease(self, name: str, owner: str, now: datetime, lease: timedelta) -> bool:
        """Acquire or renew a lease; False when somebody else holds it."""
        value = f"{owner} {(now + lease).timestamp():.3f}"
        insert_new(self._db, tables.meta, [{"name": name, "value": value}], "name")
        holder, _, until = (self.get(name, lock=True) or value).partition(" ")
        if holder != owner and float(until) > now.timestamp():
            return False
        self.set(name, value)
        return True
