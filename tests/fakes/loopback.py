"""The other end of the HTTP channel, as a real server: it takes messages and remembers them.

A fault script makes it misbehave: `faults` are taken one after the other, one for each delivery.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from bot.app import utc_now
from bot.channels import http


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one delivery; with `effect` it is taken all the same."""

    code: int = 500
    wait: float = 0.0
    effect: bool = False
    retry_after: int | None = None


@dataclass
class Loopback:
    """Listens on loopback; `taken` are the deliveries in order, once each by their id."""

    secret: str
    faults: list[Fault] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    times: Counter[str] = field(default_factory=Counter)
    unsigned: int = 0
    _watchers: list[Callable[[dict[str, Any]], None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
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
        if not http.is_signed(self.secret, body, headers, utc_now()):
            self.unsigned += 1
            return 401, {}
        with self._lock:
            fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            if fault.effect:
                self._keep(json.loads(body))
            time.sleep(fault.wait)
            after = fault.retry_after
            return fault.code, {} if after is None else {"Retry-After": str(after)}
        self._keep(json.loads(body))
        return 200, {}

    def _keep(self, delivery: dict[str, Any]) -> None:
        with self._lock:
            self.times[delivery["id"]] += 1
            if self.times[delivery["id"]] > 1:
                return
            self.taken.append(delivery)
        for watcher in self._watchers:
            watcher(delivery)


def _handler(loopback: Loopback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code, headers = loopback.take(body, self.headers)
            self.send_response(code)
            for name, value in {**headers, "Content-Length": "0"}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
