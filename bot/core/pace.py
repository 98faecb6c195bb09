"""Rate limit for one person: a burst of messages, then one after the other.

A token bucket. Messages beyond the rate are not lost: they wait in order, so that a code or a press
of a button counts as soon as the bucket has been refilled.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

_EXACT = 1e-6  # what a token may lack: fractions of seconds are not exact


@dataclass(frozen=True, slots=True, kw_only=True)
class PaceRules:
    """How many messages are answered at once, and how many a second from then on."""

    at_once: int = 20
    per_second: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How many tokens a person had `spent` at a moment, and whether they were told to wait."""

    spent: float = 0.0
    at: datetime | None = None
    told: bool = False


def pause(pace: Pace, rules: PaceRules, now: datetime) -> timedelta:
    """Return how long the next message has to wait; zero when it may be answered now."""
    lacking = _spent(pace, rules, now) + 1 - rules.at_once
    if lacking <= _EXACT:
        return timedelta()
    return timedelta(seconds=lacking / rules.per_second)


def spend(pace: Pace, rules: PaceRules, now: datetime) -> Pace:
    """Return the pace after a message was answered.

    A person who was told to wait is told again only once half of the bucket has been refilled.
    """
    spent = _spent(pace, rules, now)
    told = pace.told and spent > rules.at_once / 2
    return replace(pace, spent=min(spent + 1, float(rules.at_once)), at=now, told=told)


def _spent(pace: Pace, rules: PaceRules, now: datetime) -> float:
    if pace.at is None:
        return 0.0
    # A clock that was set back gives nothing, and takes nothing away.
    passed = max((now - pace.at).total_seconds(), 0.0)
    return max(pace.spent - passed * rules.per_second, 0.0)
