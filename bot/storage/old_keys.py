"""Remains of retired master keys: enough to verify digests, nothing to decrypt with."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from bot.storage import tables
from bot.storage.crypto import Keys


def carried_keys(connection: Connection, keys: Keys) -> list[Keys]:
    """Return the earlier keys that the database holds, newest first. Raises KeyFault."""
    rows = select(tables.old_keys).order_by(tables.old_keys.c.serial.desc())
    return [
        Keys.carried_from(keys.unseal(row.sealed, _place(row.name)))
        for row in connection.execute(rows)
    ]


def carry(connection: Connection, keys: Keys, older: Sequence[Keys]) -> None:
    """Keep of the older keys (newest first) what outlives them, sealed with the present one."""
    connection.execute(delete(tables.old_keys))
    for serial, one in enumerate(reversed(older), 1):
        sealed = keys.seal(one.carried(), _place(one.name))
        row = {"name": one.name, "serial": serial, "sealed": sealed}
        connection.execute(insert(tables.old_keys), row)


def _place(name: str) -> str:
    return f"old_keys/{name}"
