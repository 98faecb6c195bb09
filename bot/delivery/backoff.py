"""When a failed send is retried, as data."""

from __future__ import annotations

from datetime import timedelta

# Quick at first, since most faults pass in seconds; then for a day and a half, since a mail server
# may be down over a night. A ticket's letter that has not left by then needs a person.
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (1, 5, 15, 60, 300, 900, 1800, 3600, 7200, *[14400] * 7)
)


# At the desk everything waits for the first card, and staff who do not see it miss a time limit:
# retried for ever, and soon delivered once the channel works again.
_LONGEST_AT_DESK = timedelta(minutes=5)


def pause(attempt: int, *, at_desk: bool = False) -> timedelta | None:
    """Return how long to wait after the attempt of this number (from 1), None after the last."""
    wait = PAUSES[attempt - 1] if attempt <= len(PAUSES) else None
    return min(wait or _LONGEST_AT_DESK, _LONGEST_AT_DESK) if at_desk else wait
