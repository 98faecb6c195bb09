"""When a send that failed is tried again, as data."""

from __future__ import annotations

from datetime import timedelta

# Quick at first, since most faults pass in seconds; then for a day and a half, since a mail server
# may be down over a night. A ticket's letter that has not left by then needs a person.
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (1, 5, 15, 60, 300, 900, 1800, 3600, 7200, *[14400] * 7)
)


def pause(attempt: int) -> timedelta | None:
    """Return how long to wait after the attempt of this number (from 1), None when to give up."""
    return PAUSES[attempt - 1] if attempt <= len(PAUSES) else None
