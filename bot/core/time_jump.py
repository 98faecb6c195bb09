"""A clock that jumps: retention and lapses believe it only once a person has looked."""

from __future__ import annotations

from datetime import datetime, timedelta

LONGEST = timedelta(days=1)


def jumped(seen: datetime | None, now: datetime) -> bool:
    """Tell whether the clock moved further than a service that is running ever sees.

    Forwards it would destroy what is to be kept; backwards, nobody knows which one was right.
    """
    return seen is not None and abs(now - seen) > LONGEST
