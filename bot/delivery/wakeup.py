"""Lets a task sleep until another thread wakes it or its next work is due."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime

from anyio import move_on_after

# Seconds after which a worker looks although nothing woke it: for what a replica that was killed
# has left behind, and for what another process has put into the same SQLite file.
POLL = 10.0
_CONTENDED = 0.25  # seconds; what is due but locked is in another transaction


class Wakeup:
    """A flag that any thread may set, and one task waits for."""

    def __init__(self) -> None:
        self._flag = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self) -> None:
        """Make the running event loop the one that is woken."""
        self._loop = asyncio.get_running_loop()

    def set(self) -> None:
        """Wake the task, now or when it next waits."""
        if self._loop is None:
            self._flag.set()
            return
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            self._loop.call_soon_threadsafe(self._flag.set)

    def is_set(self) -> bool:
        """Tell whether the task would not sleep at all."""
        return self._flag.is_set()

    async def wait(self, seconds: float) -> bool:
        """Wait at most so long; return whether somebody woke the task, and lower the flag."""
        with move_on_after(seconds):
            await self._flag.wait()
        woken = self._flag.is_set()
        self._flag.clear()
        return woken


def seconds_until(due: datetime | None, now: datetime, poll: float) -> float:
    """Return for how long nothing is due, at most a poll; 0.0: something is due now."""
    if due is None:
        return poll
    return min(max((due - now).total_seconds(), 0.0), poll)


def pause_until(due: datetime | None, now: datetime, poll: float) -> float:
    """Return how long to sleep after a look that took all it could."""
    return max(seconds_until(due, now, poll), min(_CONTENDED, poll))
