"""Rows for the audit chain: no name, address or free text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One row for the audit chain: no name, address or free text."""

    ticket: str
    number: str
    at: datetime
    action: str
    actor: str
    before: str
    after: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRow(Record):
    """A record as it stands in the audit chain: at its place, with the link that ties it there."""

    seq: int
    hash: str


class Observed(StrEnum):
    """Events that are recorded besides actions on tickets and inquiries; they change no state."""

    CODE_SENT = "code_sent"
    CODE_FAILED = "code_failed"
    CODE_BOUNCED = "code_bounced"
    COPY_ASKED = "copy_asked"
    FILE_SENT = "file_sent"
    SHOWN_TO_STAFF = "shown_to_staff"
    CHANGED = "changed"
    DENIED = "denied"
    DETAILS_SHOWN = "details_shown"
    LISTED = "listed"
    AWAY = "away"  # a member of staff, until a day
    ERASED = "erased"
    PURGED = "purged"
    CONTACTS_IMPORTED = "contacts_imported"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    RETRIED = "retried"
    CONFIGURED = "configured"
    CLOCK_JUMPED = "clock_jumped"
    CLOCK_ACCEPTED = "clock_accepted"
    KEYS_ROTATED = "keys_rotated"
    KEY_RETIRED = "key_retired"


def observed(
    what: Observed,
    at: datetime,
    *,
    actor: str,
    ticket: str = "",
    number: str = "",
    state: str = "",
    facts: Mapping[str, str] | None = None,
) -> Record:
    """Return the row of what changed no state; `ticket` and `number` name what it is about."""
    return Record(
        ticket=ticket,
        number=number,
        at=at,
        action=what,
        actor=actor,
        before=state,
        after=state,
        facts=facts or {},
    )
