"""What the one who runs the installation did with it: rows of the audit chain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.core.tickets.record import Observed, observed
from bot.storage import tables
from bot.storage.digests import digest_of_rows
from bot.storage.unit import Unit

OPERATOR = "operator"


def note(unit: Unit, what: Observed, now: datetime, facts: Mapping[str, str]) -> None:
    """Note what was done from the command line."""
    unit.audit.append(observed(what, now, actor=OPERATOR, facts=facts))


def note_import(unit: Unit, contacts: int, now: datetime, *, replaced: bool) -> None:
    """Note that contacts were imported: the register decides whose identity counts as proved."""
    facts = {
        "contacts": str(contacts),
        "replaced": str(replaced).lower(),
        "register": digest_of_rows(unit.connection, unit.keys, tables.contacts),
    }
    note(unit, Observed.CONTACTS_IMPORTED, now, facts)
