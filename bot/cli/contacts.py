"""`seloste contacts import`: what a file adds to and removes from the contact register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from itertools import islice

import structlog

from bot.cli.resources import existing_store
from bot.cli.screen import counted
from bot.config import Settings
from bot.content.contacts import ContactList
from bot.core.contacts import ContactKind
from bot.errors import KeyFault, StorageError, UsageError
from bot.service.operator import note_import
from bot.storage.store import Store

PHONE = ContactKind.PHONE
_EXAMPLES = 3
_MANY = 0.5  # of what is on file


def import_contacts(
    store: Store, listed: ContactList, now: datetime, *, replace: bool, agreed: bool
) -> str:
    """Put the persons of a list on file; return what was done, in a sentence.

    To `replace` forgets what is not in the list, of the kinds of contacts that it has columns of.
    Raises UsageError when the list looks incomplete, unless that was `agreed` to.
    """
    contacts = len({contact for person in listed.persons for contact in person})
    with store.transaction() as unit:
        before = unit.contacts.count()
        gone = unit.contacts.outdated(listed.persons, listed.kinds) if replace else set()
        doubts = "; ".join(_doubts(listed, len(gone), before)) if replace else ""
        if doubts and not agreed:
            raise UsageError(f"nothing was changed: {doubts}. If this is meant, add --yes")
        new = unit.contacts.register(listed.persons)
        unit.contacts.delete(gone)
        note_import(unit, contacts, now, replaced=replace)
    return (
        f"{counted(contacts, 'contact')} of {counted(len(listed.persons), 'person')} read, "
        f"{new} new, {len(gone)} forgotten; only keyed hashes were kept"
    )


def examples(listed: ContactList) -> Iterator[str]:
    """Return how the first numbers were read, masked: a wrong country would show."""
    found = (
        c.value for person in listed.persons for c in sorted(person, key=str) if c.kind is PHONE
    )
    if first := [f"{number[:4]}•••{number[-2:]}" for number in islice(found, _EXAMPLES)]:
        yield f"numbers were read as: {', '.join(first)}"


def register_warnings(settings: Settings) -> Iterator[str]:
    """Warn of a contact register in which nobody is; without a database of ours there is none."""
    with suppress(StorageError, KeyFault, UsageError), closing(existing_store(settings)) as store:
        if _is_empty(store):
            yield (
                "the contact register is empty: nobody counts as on file, and staff must "
                "attest every identity; import it: seloste contacts import FILE"
            )


def warn_of_empty_register(store: Store) -> None:
    """Warn in the log of a contact register in which nobody is."""
    if _is_empty(store):
        structlog.get_logger().warning("the contact register is empty: nobody counts as on file")


def _is_empty(store: Store) -> bool:
    """Tell whether nobody is in the contact register, as after an upgrade that emptied it."""
    with store.reading() as unit:
        return not unit.contacts.count()


def _doubts(listed: ContactList, gone: int, before: int) -> Iterator[str]:
    """Return what speaks for a file that is not the whole register."""
    if not listed.persons:
        yield "there is nobody in the file"
    if listed.skipped:
        yield f"who stands in the {len(listed.skipped)} lines left out would be forgotten"
    if missing := sorted(frozenset(ContactKind) - listed.kinds):
        yield f"the file has no column {missing[0]}, so what is on file of that kind would stay"
    if gone > before * _MANY:
        yield f"{gone} of {before} entries on file would be forgotten"
