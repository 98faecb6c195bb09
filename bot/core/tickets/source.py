"""How requests come that do not come through the assistant."""

from __future__ import annotations

from enum import StrEnum


class Source(StrEnum):
    """How a request came that did not come through the assistant."""

    PHONE = "phone"
    LETTER = "letter"
    COUNTER = "counter"
    MAILBOX = "mailbox"
    OTHER = "other"
