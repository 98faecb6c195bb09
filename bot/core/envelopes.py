"""Effects on their way out: claimed, carried, settled. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedEffect:
    """An effect that was claimed: what to do, for whom, and the fence (owner and attempt).

    `destination` is `channel:hash`; effects for one destination leave in order. `token` stays the
    same over all attempts.
    """

    position: int
    token: str
    kind: str
    destination: str
    payload: str
    owner: str
    attempt: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOutcome:
    """What came of a parcel: sent, to be tried `again_at`, or (neither) given up with an error.

    `gone`: it was given up because nothing can be said there any more.
    """

    effect: ClaimedEffect
    sent: bool = False
    gone: bool = False
    again_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEffect:
    """An effect that was given up: for the list that people see."""

    position: int
    kind: str
    channel: str
    created_at: datetime
    attempts: int
    error: str


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How fast a channel may be used.

    The least time between two sends to one destination, and between two on the whole channel.
    """

    each: timedelta = timedelta()
    overall: timedelta = timedelta()


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundEvent:
    """An event as a channel took it in. Events of one `person` (a hash) are handled in order.

    The `draft` of a desk that it came of, if any, is dropped in the transaction that keeps it.
    """

    channel: str
    event_id: str
    person: str
    kind: str
    payload: str
    draft: str = ""
