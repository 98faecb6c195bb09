"""The other end of the HTTP channel, as a real server: it takes messages and remembers them.

A fault script makes it misbehave: each delivery meets the first of `faults` that is meant for it.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from bot.bootstrap import utc_now
from bot.channels.http import signature


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one delivery; with `effect` it is taken all the same.

    `to` limits it to one person, or to `desk`; `lasting` goes wrong every time, not only once.
    """

    code: int = 500
    wait: float = 0.0
    effect: bool = False
    retry_after: int | None = None
    to: str = ""
    lasting: bool = False


@dataclass
class Loopback:
    """Listens on loopback; `taken` are the deliveries in order, once each by their id.

    `times` says how often each was taken, `tries` how often each person or the desk was tried;
    `lag` is asked for the seconds that each delivery takes.
    """

    secret: str
    faults: list[Fault] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    unsigned: int = 0
    lag: Callable[[], float] = lambda: 0.0
    _watchers: list[Callable[[dict[str, Any]], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        """Where deliveries are to be posted."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/deliver"

    def watch(self, watcher: Callable[[dict[str, Any]], None]) -> None:
        """Have each delivery told, the first time that it is taken."""
        self._watchers.append(watcher)

    @property
    def repeats(self) -> int:
        """How many deliveries came more than once."""
        return sum(times - 1 for times in self.times.values())

    def take(self, body: bytes, headers: Any) -> tuple[int, dict[str, str]]:
        """Take one delivery; return code and headers of the answer."""
        if not signature.is_signed(self.secret, body, headers, utc_now()):
            self.unsigned += 1
            return 401, {}
        time.sleep(self.lag())
        delivery = json.loads(body)
        fault = self._fault("desk" if delivery.get("desk") else delivery.get("person", ""))
        if fault is not None:
            if fault.effect:
                self._keep(delivery)
            time.sleep(fault.wait)
            after = fault.retry_after
            return fault.code, {} if after is None else {"Retry-After": str(after)}
        self._keep(delivery)
        return 200, {}

    def _fault(self, to: str) -> Fault | None:
        with self._lock:
            self.tries[to] += 1
            for fault in self.faults:
                if fault.to in ("", to):
                    if not fault.lasting:
                        self.faults.remove(fault)
                    return fault
        return None

    def _keep(self, delivery: dict[str, Any]) -> None:
        with self._lock:
            self.times[delivery["id"]] += 1
            if self.times[delivery["id"]] > 1:
                return
            self.taken.append(delivery)
        for watcher in self._watchers:
            watcher(delivery)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Pass over a sender that went away or was killed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = self.rfile.read(length)
            if len(body) < length:  # the sender was killed while it wrote
                self.close_connection = True
                return
            code, headers = loopback.take(body, self.headers)
            self.send_response(code)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
