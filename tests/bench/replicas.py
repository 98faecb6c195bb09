"""How it scales: `seloste run` as 1, 2 and 4 processes on one PostgreSQL, over HTTP both ways."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from bot.bootstrap import utc_now
from bot.channels.http import signature
from tests.bench.traffic import Sent, traffic
from tests.fakes.loopback import Loopback
from tests.fakes.replica import SECRET, Replica, until

_IN_FLIGHT = 200
_POSTERS = 8  # of each replica: their events share commits
_STARTING = 60.0


@dataclass(frozen=True)
class Scale:
    """How many messages a second some replicas answered together."""

    replicas: int
    messages: int
    rate: float


@dataclass
class _Sink(Loopback):
    """Takes every delivery and only counts the answers to people."""

    answered: int = 0
    room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_IN_FLIGHT))

    def take(self, body: bytes, headers: Any) -> tuple[int, dict[str, str]]:  # noqa: ARG002
        if b'"person"' in body:
            with self._lock:
                self.answered += 1
            self.room.release()
        return 200, {}


def scaled(url: str, replicas: int, *, seconds: float, warm_up: float) -> Scale:
    """Return what some replicas do together on a new database."""
    with TemporaryDirectory(prefix="seloste-bench-") as name, _Sink(SECRET) as sink:
        running = [Replica(Path(name), sink, SELOSTE_DATABASE__URL=url) for _ in range(replicas)]
        with ExitStack() as stack:
            _start(running, stack)
            return _loaded(running, sink, seconds, warm_up)


def _start(running: Sequence[Replica], stack: ExitStack) -> None:
    """Start the first, which makes the tables, then the others at the same time."""
    stack.enter_context(running[0])
    for replica in running[1:]:
        replica.launch()
        stack.push(replica.__exit__)
    for replica in running:
        until(replica.ready, _STARTING)


def _loaded(running: Sequence[Replica], sink: _Sink, seconds: float, warm_up: float) -> Scale:
    """Post as much as is answered, to all replicas in turn; count what is answered meanwhile."""
    stopped = threading.Event()
    messages = _Shared(traffic(uuid4().hex[:8]))
    posters = [
        threading.Thread(target=_post, args=(replica.port, messages, sink, stopped))
        for replica in running
        for _ in range(_POSTERS)
    ]
    for poster in posters:
        poster.start()
    try:
        time.sleep(warm_up)
        before, begun = sink.answered, time.perf_counter()
        time.sleep(seconds)
        counted, took = sink.answered - before, time.perf_counter() - begun
    finally:
        stopped.set()
        for poster in posters:
            poster.join()
    return Scale(replicas=len(running), messages=counted, rate=counted / took)


class _Shared:
    """One stream of messages for many threads."""

    def __init__(self, messages: Iterator[Sent]) -> None:
        self._messages = messages
        self._lock = threading.Lock()

    def take(self) -> Sent:
        with self._lock:
            return next(self._messages)


def _post(port: int, messages: _Shared, sink: _Sink, stopped: threading.Event) -> None:
    """Post one message after the other to a replica, on a connection that stays open."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        while not stopped.is_set():
            if not sink.room.acquire(timeout=0.1):
                continue
            sent = messages.take()
            event = {"id": sent.id, "person": sent.person.account, "text": sent.text}
            body = json.dumps(event).encode()
            headers = signature.signed(SECRET, "1", body, utc_now())
            connection.request("POST", "/http/events", body, headers)
            with connection.getresponse() as answer:
                answer.read()
                if answer.status != 200:
                    raise HTTPException(f"HTTP {answer.status}")
    finally:
        connection.close()
