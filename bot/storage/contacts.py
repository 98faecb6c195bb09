"""The contact register: persons as the company has them on file, in keyed hashes only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from bot.core.contacts import Contact, ContactKind, OnFile
from bot.storage import tables
from bot.storage.crypto import Keys

Person = Collection[Contact]  # all contacts of one person


@dataclass(frozen=True, slots=True)
class Entry:
    """One contact of one person: keyed hashes of both, and which kind of contact it is."""

    hash: str
    person: str
    kind: str


class Contacts:
    """The contact register, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def register(self, persons: Iterable[Person]) -> int:
        """Add persons, each with all their contacts; return how many entries were new."""
        new = self._entries(persons) - self._known()
        if new:
            self._db.execute(insert(tables.contacts), [_row(entry) for entry in _ordered(new)])
        return len(new)

    def outdated(self, persons: Iterable[Person], kinds: Collection[ContactKind]) -> set[Entry]:
        """Return what is on file of these kinds of contacts, but not with these persons.

        A list of some kinds only says nothing of which contacts belong together: then a contact
        that it holds is left as it was linked.
        """
        entries = self._entries(persons)
        listed = {entry.hash for entry in entries} if set(kinds) != set(ContactKind) else set()
        return {
            entry
            for entry in self._known() - entries
            if entry.kind in kinds and entry.hash not in listed
        }

    def delete(self, entries: Iterable[Entry]) -> None:
        """Delete entries."""
        table = tables.contacts
        which = (table.c.hash == bindparam("a_hash")) & (table.c.person == bindparam("a_person"))
        gone = [{"a_hash": one.hash, "a_person": one.person} for one in _ordered(entries)]
        if gone:
            self._db.execute(delete(table).where(which), gone)

    def count(self) -> int:
        """Return how many entries there are; 0: nobody is on file."""
        return self._db.execute(select(func.count()).select_from(tables.contacts)).scalar_one()

    def look_up(self, contacts: Iterable[Contact]) -> OnFile:
        """Return what the register says of these contacts."""
        table = tables.contacts
        all_keys = [keys for keys in (self._keys, *self._keys.older) if keys.register]
        by_hash = {keys.on_file(contact): contact for contact in contacts for keys in all_keys}
        found: dict[Contact, frozenset[str]] = {}
        if by_hash:
            rows = select(table.c.hash, table.c.person).where(table.c.hash.in_(by_hash))
            for hashed, person in self._db.execute(rows):
                contact = by_hash[hashed]
                found[contact] = found.get(contact, frozenset()) | {person}
        return OnFile(found)

    def _entries(self, persons: Iterable[Person]) -> set[Entry]:
        return {
            Entry(self._keys.on_file(contact), self._keys.person_on_file(person), contact.kind)
            for person in persons
            for contact in person
        }

    def _known(self) -> set[Entry]:
        table = tables.contacts
        rows = self._db.execute(select(table.c.hash, table.c.person, table.c.kind))
        return {Entry(*row) for row in rows}


def _row(entry: Entry) -> dict[str, str]:
    return {"hash": entry.hash, "person": entry.person, "kind": entry.kind}


def _ordered(entries: Iterable[Entry]) -> list[Entry]:
    # Two imports at once lock rows in the same order.
    return sorted(entries, key=lambda entry: (entry.hash, entry.person))
