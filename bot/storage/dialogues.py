"""Where each conversation stands: sealed, by the hash of the person."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.core.conversation.turn import Dialogue
from bot.storage import tables
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys, seal, unseal


class Dialogues:
    """The conversations, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def of(self, person: str) -> Dialogue | None:
        """Return where the conversation with a person (by hash) stands."""
        sealed = self._db.execute(_SELECT, {"whose": person}).scalar()
        if sealed is None:
            return None
        return from_json(Dialogue, unseal(self._keys.wrapping, sealed, f"dialogues/{person}"))

    def save(self, person: str, dialogue: Dialogue, now: datetime) -> None:
        """Store where the conversation stands."""
        sealed = seal(self._keys.wrapping, to_json(dialogue), f"dialogues/{person}")
        row = {"sealed_state": sealed, "touched_at": now}
        if not self._db.execute(_CHANGE, {"whose": person, **row}).rowcount:
            self._db.execute(insert(tables.dialogues), {"person": person, **row})

    def purge(self, touched_before: datetime) -> None:
        """Delete conversations in which nothing has been said since a moment."""
        table = tables.dialogues
        self._db.execute(delete(table).where(table.c.touched_at < touched_before))


_IS_WHOSE = tables.dialogues.c.person == bindparam("whose")
_SELECT = select(tables.dialogues.c.sealed_state).where(_IS_WHOSE)
_CHANGE = update(tables.dialogues).where(_IS_WHOSE)
