"""Keyed digests of stored values, for the audit rows that vouch for them."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy import Connection, Table, select

from bot.storage.crypto import Keys

_MODULUS = 1 << 256


class Digests:
    """The digests of tickets and inquiries as one transaction stored them last, by id."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._noted: dict[str, str] = {}

    def note(self, subject: str, text: str) -> None:
        """Note what is stored of a ticket or an inquiry."""
        self._noted[subject] = self._keys.digest(text, subject)

    def of(self, subject: str) -> str:
        """Return the digest of what was stored; empty when nothing of the subject was."""
        return self._noted.get(subject, "")


def digest_of_rows(db: Connection, keys: Keys, table: Table) -> str:
    """Return a keyed digest of all rows of a table; memory does not grow with them.

    The order of the rows makes no difference (MSet-Add-Hash): databases sort texts differently.
    """
    total = 0
    rows = select(table).execution_options(yield_per=1000)
    with db.execute(rows) as found:
        for row in found:
            written = repr([table.name, *map(str, row)]).encode()
            total += int.from_bytes(hmac.new(keys.digests, written, hashlib.sha256).digest())
    return f"{total % _MODULUS:064x}"
