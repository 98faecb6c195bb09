"""Sends what waits in the outbox, in order; what was sent is wiped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, TypeVar


class Waiting(Protocol):
    """An effect that waits to be carried out."""

    @property
    def kind(self) -> str:
        """Which sender carries it out."""

    @property
    def payload(self) -> str:
        """What the sender is given."""


W = TypeVar("W", bound=Waiting)


class Outbox(Protocol[W]):
    """What waits, and what is noted once it was sent; each in a transaction of its own."""

    def queued(self) -> Sequence[W]:
        """Return what waits, in order."""

    def sent(self, waiting: W, now: datetime) -> None:
        """Note that it was sent."""


Sender = Callable[[str], None]


def deliver(outbox: Outbox[W], senders: Mapping[str, Sender], now: datetime) -> int:
    """Send all that waits by the sender of its kind; return how many were sent.

    No transaction is open while a sender works: it may be slow, and may read the database.
    """
    waiting = outbox.queued()
    for effect in waiting:
        senders[effect.kind](effect.payload)
        outbox.sent(effect, now)
    return len(waiting)
