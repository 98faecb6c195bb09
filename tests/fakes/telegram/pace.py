"""How fast a bot may send, as far as it is known."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque

# So many messages in so many seconds: three at once to a person, then one a second.
_TO_A_PERSON = (3, 3.0)
_TO_A_GROUP = (20, 60.0)
_TO_ALL = (30, 1.0)


class Pace:
    """Remembers when was sent, and says how long to wait."""

    def __init__(self) -> None:
        self._sent: dict[int, deque[float]] = defaultdict(lambda: deque(maxlen=_TO_A_GROUP[0]))
        self._all: deque[float] = deque(maxlen=_TO_ALL[0])

    def delay(self, chat_id: int) -> int:
        """Return the whole seconds to wait before one more to a chat; 0 if it may go, and goes."""
        now = time.monotonic()
        limit = _TO_A_PERSON if chat_id > 0 else _TO_A_GROUP
        sent = self._sent[chat_id]
        wait = max(_wait(sent, *limit, now), _wait(self._all, *_TO_ALL, now))
        if wait <= 0:
            sent.append(now)
            self._all.append(now)
        return max(math.ceil(wait), 0)


def _wait(sent: deque[float], most: int, seconds: float, now: float) -> float:
    return sent[-most] + seconds - now if len(sent) >= most else 0.0
