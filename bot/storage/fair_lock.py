"""Turns: threads that want the same thing get it one after the other, in the order they came."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """A fair lock. A plain one goes to whoever happens to ask in the right moment."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._line: deque[object] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and have it until the end."""
        mine = object()
        with self._changed:
            self._line.append(mine)
        try:
            with self._changed:
                self._changed.wait_for(lambda: self._line[0] is mine)
            yield
        finally:
            with self._changed:
                self._line.remove(mine)
                self._changed.notify_all()
