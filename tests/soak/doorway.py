"""One address in front of all replicas, as a load balancer has, for what is delivered by HTTP."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Self

import httpx

from tests.fakes.replica import Replica

_HOP = {"host", "connection", "content-length", "transfer-encoding", "date", "server"}


class Doorway:
    """Hands each request to some replica; to another one only when the first cannot be reached.

    What is broken off on the way is not tried again here: that is for the platform to do.
    """

    def __init__(self, path: str, seed: int) -> None:
        self.turned_away = 0
        self._path = path
        self._random = Random(f"{seed}:doorway")
        self._replicas: Sequence[Replica] = ()
        self._client = httpx.Client(timeout=15)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
        self._client.close()

    @property
    def url(self) -> str:
        """What the platform is told."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{self._path}"

    def lead_to(self, replicas: Sequence[Replica]) -> None:
        """Hand requests to these from now on."""
        self._replicas = replicas

    def hand_on(self, body: bytes, headers: Any) -> tuple[int, dict[str, str], bytes]:
        """Return what a replica answers: code, headers and body."""
        code, told, answer = self._answer(body, _kept(headers))
        self.turned_away += code != httpx.codes.OK
        return code, told, answer

    def _answer(self, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        for replica in self._random.sample(self._replicas, len(self._replicas)):
            try:
                said = self._client.post(replica.url + self._path, content=body, headers=headers)
            except httpx.ConnectError:
                continue
            except httpx.HTTPError:
                return httpx.codes.BAD_GATEWAY, {}, b""
            return said.status_code, _kept(said.headers), said.content
        return httpx.codes.SERVICE_UNAVAILABLE, {}, b""


def _kept(headers: Any) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in _HOP}


def _handler(doorway: Doorway) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code, headers, answer = doorway.hand_on(body, self.headers)
            self.send_response(code)
            for name, value in {**headers, "Content-Length": str(len(answer))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Handler
