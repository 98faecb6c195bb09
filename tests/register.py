"""The contact register of a store, as a test has it."""

from __future__ import annotations

from bot.storage.store import Store
from tests.core.register import a_person


def put_on_file(store: Store, *persons: tuple[str, ...]) -> None:
    """Put persons on file, each with all their addresses and numbers."""
    with store.transaction() as unit:
        unit.contacts.register([a_person(*texts) for texts in persons])
