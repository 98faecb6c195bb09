"""A fair lock: threads get it in the order in which they asked for it."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class FairLock:
    """A first-come, first-served lock; a plain one may be won by a thread that came later."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._line: deque[object] = deque()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Acquire the lock, and hold it for the length of the context."""
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
