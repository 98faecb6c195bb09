"""Audit rows about what the operator did with the installation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.tickets.record import Observed, observed
from bot.core.tickets.ticket import Actor
from bot.storage import tables
from bot.storage.digests import digest_of_rows
from bot.storage.unit import Unit

OPERATOR = Actor(key="operator", roles=frozenset())


def note(unit: Unit, what: Observed, now: datetime, facts: Mapping[str, str] | None = None) -> None:
    """Note what was done from the command line."""
    unit.audit.append(observed(what, now, actor=OPERATOR.key, facts=facts))


def note_import(unit: Unit, contacts: int, now: datetime, *, replaced: bool) -> None:
    """Note that contacts were imported: the register decides whose identity counts as proved."""
    facts = {
        "contacts": str(contacts),
        "replaced": str(replaced).lower(),
        "register": digest_of_rows(unit.connection, unit.keys, tables.contacts),
    }
    note(unit, Observed.CONTACTS_IMPORTED, now, facts)


def note_configuration(unit: Unit, configuration: str, version: str, now: datetime) -> None:
    """Note with what the service starts, if that is new: who is staff, what proves identity.

    Only a keyed digest is kept; `configuration` holds no secrets.
    """
    digest = unit.keys.digest(configuration, "configuration")
    last = unit.audit.last(Observed.CONFIGURED)
    if last is None or (last.facts["digest"], last.facts["version"]) != (digest, version):
        note(unit, Observed.CONFIGURED, now, {"digest": digest, "version": version})
