"""Detects a jump of the clock: until a person has looked at it, retention and lapses wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Uptime:
    """For how long a machine has run since a start that `boot` names: nobody sets that clock."""

    boot: str
    lasted: timedelta


@dataclass(frozen=True, slots=True)
class SeenAt:
    """A time that was seen, and the uptime of the machine then, where it was known."""

    time: datetime
    uptime: Uptime | None = None


def jumped(seen: SeenAt | None, now: datetime, uptime: Uptime | None = None) -> bool:
    """Tell whether the clock moved further than a service that is running ever sees.

    Forwards it would destroy what is to be kept; backwards, nobody knows which one was right. A
    service that stood still looks the same, unless the machine's uptime says how long that was.
    """
    if seen is None:
        return False
    passed = timedelta()
    if uptime and seen.uptime and uptime.boot == seen.uptime.boot:
        passed = uptime.lasted - seen.uptime.lasted
    return abs(now - (seen.time + passed)) > LONGEST
