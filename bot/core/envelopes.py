"""Inbound events and outbound effects with their delivery data: values only."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from bot.core.effects import Effect

_CORRELATION = 12  # hexadecimal digits
# In a log, eight digits in a row would look like somebody's code.
_NO_DIGITS = str.maketrans("0123456789", "ghijklmnop")
_TOKEN = 36


def correlation_id(channel: str, event_id: str) -> str:
    """Return what the log calls an event on all its way: the same wherever it is computed."""
    digest = hashlib.sha256(f"{channel}\n{event_id}".encode(errors="replace"))
    return digest.hexdigest()[:_CORRELATION].translate(_NO_DIGITS)


def token_after(correlation: str, chance: UUID) -> str:
    """Return a new token for an effect, in which the event that it follows can be found again."""
    head = correlation or chance.hex[-_CORRELATION:].translate(_NO_DIGITS)
    return f"{head}-{chance.hex}"[:_TOKEN]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedEffect:
    """An effect that was claimed: what to do, for whom, and the fence (owner and attempt).

    `destination` is `channel:hash`; effects for one destination leave in order. `token` stays the
    same over all attempts. `effect` is None where another version of seloste wrote it.
    """

    position: int
    token: str
    kind: str
    destination: str
    payload: str = field(repr=False)
    owner: str
    attempt: int
    created_at: datetime
    effect: Effect | None = field(default=None, repr=False)

    @property
    def channel(self) -> str:
        """The first part of the destination: who delivers the effect."""
        return self.destination.partition(":")[0]

    @property
    def correlation(self) -> str:
        """What the log calls the event that this effect follows."""
        return self.token.partition("-")[0].translate(_NO_DIGITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryOutcome:
    """What came of a claimed effect: sent, to be retried `again_at`, or (neither) a dead letter.

    `refused`: it is dead because it is not taken there as it is; `gone`: because nothing can be
    said there any more. `shut_out`: the platform no longer lets the assistant in. `error` says why
    it failed.
    """

    effect: ClaimedEffect
    sent: bool = False
    refused: bool = False
    gone: bool = False
    shut_out: bool = False
    again_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEffect:
    """A dead letter of the outbox, as people see it in the list."""

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

    `also_known_as` are other ids under which it may have been kept. The `draft` of a desk that it
    came of, if any, is dropped in the transaction that keeps it.
    """

    channel: str
    event_id: str
    person: str
    kind: str
    payload: str
    draft: str = ""
    also_known_as: tuple[str, ...] = ()

    @property
    def correlation(self) -> str:
        """What the log calls this event, from here to the last effect."""
        return correlation_id(self.channel, self.event_id)
