"""One row for the audit chain: no name, address or free text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One line for the audit chain: no name, address or free text."""

    ticket: str
    number: str
    at: datetime
    action: str
    actor: str
    before: str
    after: str
    facts: Mapping[str, str] = field(default_factory=dict)
