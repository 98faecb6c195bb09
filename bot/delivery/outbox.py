"""Sends what waits in the outbox, in order; what was sent is wiped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol


class Queue(Protocol):
    """An outbox: what waits, and what is noted once it was sent."""

    def queued(self) -> Sequence[Any]:
        """Return what waits, in order."""

    def sent(self, queued: Any, now: datetime) -> None:
        """Note that it was sent."""


Sender = Callable[[str], None]


def deliver(queue: Queue, senders: Mapping[str, Sender], now: datetime) -> int:
    """Send all that waits by the sender of its kind; return how many were sent."""
    waiting = queue.queued()
    for item in waiting:
        senders[item.kind](item.payload)
        queue.sent(item, now)
    return len(waiting)
