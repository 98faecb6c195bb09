"""The contact register: keyed hashes of the addresses and numbers that the company has on file."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.storage import tables
from bot.storage.crypto import Keys


class Contacts:
    """The contact register, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def register(self, hashes: Iterable[str]) -> int:
        """Add keyed hashes; return how many were new."""
        new = [{"hash": value} for value in sorted(set(hashes) - self._known())]
        if new:
            self._db.execute(insert(tables.contacts), new)
        return len(new)

    def retain(self, hashes: Collection[str]) -> int:
        """Delete every hash but these; return how many were deleted."""
        gone = [{"gone": value} for value in sorted(self._known() - set(hashes))]
        if gone:
            which = tables.contacts.c.hash == bindparam("gone")
            self._db.execute(delete(tables.contacts).where(which), gone)
        return len(gone)

    def on_file(self, contacts: Iterable[str]) -> frozenset[str]:
        """Return those of the addresses and numbers that the company has on file."""
        all_keys = (self._keys, *self._keys.older)
        by_hash = {keys.contact(one): one for one in contacts for keys in all_keys}
        if not by_hash:
            return frozenset()
        rows = select(tables.contacts.c.hash).where(tables.contacts.c.hash.in_(by_hash))
        return frozenset(by_hash[value] for value in self._db.execute(rows).scalars())

    def _known(self) -> set[str]:
        return set(self._db.execute(select(tables.contacts.c.hash)).scalars())
