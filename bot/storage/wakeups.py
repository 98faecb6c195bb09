"""Wakes workers after a commit: those of this process directly, other replicas by NOTIFY."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import uuid4

INBOX, OUTBOX = "inbox", "outbox"
# The name of the PostgreSQL channel of a topic.
CHANNELS = {INBOX: "seloste_inbox", OUTBOX: "seloste_outbox"}

Wake = Callable[[], None]


class Changes:
    """What one transaction leaves to be done, by topic; `shared` is for other replicas too.

    `after` is called once it is committed, and not when it is rolled back and done again.
    """

    def __init__(self) -> None:
        self.topics: set[str] = set()
        self.shared: set[str] = set()
        self.after: list[Callable[[], None]] = []

    def add(self, topic: str, *, shared: bool = False) -> None:
        """Note that there is something new to do."""
        self.topics.add(topic)
        if shared:
            self.shared.add(topic)

    def share(self, topic: str) -> None:
        """Note that there is more to do than this replica takes."""
        self.shared.add(topic)


class Wakeups:
    """The workers of this process that wait for a topic. Safe to use from any thread."""

    def __init__(self) -> None:
        self.owner = uuid4().hex
        self._lock = threading.Lock()
        self._waiting: tuple[tuple[str, Wake], ...] = ()

    @contextmanager
    def subscribed(self, subscriptions: Iterable[tuple[str, Wake]]) -> Iterator[None]:
        """Have each function called after commits that leave something to do for its topic."""
        added = tuple(subscriptions)
        with self._lock:
            self._waiting += added
        try:
            yield
        finally:
            with self._lock:
                self._waiting = tuple(one for one in self._waiting if one not in added)

    def wake(self, topics: Iterable[str]) -> None:
        """Wake the workers that wait for one of the topics."""
        wanted = frozenset(topics)
        for topic, wake in self._waiting:
            if topic in wanted:
                wake()

    def to_notify(self, changes: Changes) -> set[str]:
        """Return the topics that other replicas must be told of.

        A NOTIFY serialises the commits of a whole PostgreSQL server, so what a worker of this
        process takes anyway is not announced.
        """
        taken_here = {topic for topic, _ in self._waiting}
        return changes.shared | (changes.topics - taken_here)
