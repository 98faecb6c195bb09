"""Limits the connections of the web server: how many, and how long each may keep it waiting.

Anybody can open connections and never finish a request. So a request must be complete within a few
seconds, and when there is no room, the connection that has kept us waiting longest is closed.
"""

from __future__ import annotations

import asyncio
import resource
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

REQUEST_SECONDS = 10.0  # for headers and body of a request, from its first byte
# Longer than load balancers keep a connection (75 s at most by default): they close it, so that
# none sends a request into a connection that is being closed.
KEEP_ALIVE_SECONDS = 90
ACCEPTED_AT_ONCE = 16  # asyncio accepts so many before it looks at the first of them
_ACCEPTING = 4 * ACCEPTED_AT_ONCE  # accepted, and not yet looked at or not yet closed
_FEWEST, _MOST = 16, 1000
_OTHERS = 96  # files and sockets of the database, the log, the mail server, platforms, health
_FULL = b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


def room_for_connections(slots: int) -> int:
    """Return how many connections leave enough handles for the rest, with so many sends at once."""
    handles, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if handles == resource.RLIM_INFINITY:
        return _MOST
    return max(_FEWEST, min(handles - _ACCEPTING - _OTHERS - 2 * slots, _MOST))


class Connections:
    """The open connections of a server, at most so many; those that owe a request, oldest first."""

    def __init__(self, most: int, seconds: float = REQUEST_SECONDS) -> None:
        self.seconds = seconds
        self._most = most
        self._open: set[LimitedProtocol] = set()
        self._owing: dict[LimitedProtocol, None] = {}

    def add(self, new: LimitedProtocol) -> bool:
        """Count a new connection; False when there is no room, as all are being answered."""
        if len(self._open) >= self._most:
            if not self._owing:
                return False
            oldest = next(iter(self._owing))
            self.remove(oldest)
            oldest.transport.abort()
        self._open.add(new)
        return True

    def owes(self, one: LimitedProtocol, *, owes: bool) -> None:
        """Note whether a connection keeps the server waiting for a request."""
        if not owes:
            self._owing.pop(one, None)
        elif one in self._open:
            self._owing.setdefault(one)

    def abort(self) -> None:
        """Close those that are still open: a server that is cancelled leaves them to nobody."""
        for one in list(self._open):
            one.transport.abort()

    def remove(self, one: LimitedProtocol) -> None:
        """Forget a connection that is closed."""
        self._open.discard(one)
        self._owing.pop(one, None)


class LimitedProtocol(H11Protocol):
    """Uvicorn's protocol, with a limit of connections and of the time of a request."""

    limits: Connections

    def __init__(self, **uvicorn: Any) -> None:
        super().__init__(**uvicorn)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, or say that there is no room."""
        super().connection_made(transport)
        if self.limits.add(self):
            self._look()
        else:
            transport.write(_FULL)
            transport.close()

    def data_received(self, data: bytes) -> None:
        """Take a part of a request; the first byte sets the time by which it must be whole."""
        super().data_received(data)
        self._look()

    def on_response_complete(self) -> None:
        """Wait for the next request, which may take as long as a connection is kept."""
        super().on_response_complete()
        self._look(timed=False)

    def connection_lost(self, exc: Exception | None) -> None:
        """Make room."""
        super().connection_lost(exc)
        self._unset_deadline()
        self.limits.remove(self)

    def _look(self, *, timed: bool = True) -> None:
        owes = self.conn.their_state in (h11.IDLE, h11.SEND_BODY)
        self.limits.owes(self, owes=owes)
        if not owes:
            self._unset_deadline()
        elif timed and self._deadline is None:
            self._deadline = self.loop.call_later(self.limits.seconds, self.transport.abort)

    def _unset_deadline(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None


def protocol_of(connections: Connections) -> type[LimitedProtocol]:
    """Return the protocol of a server that has these connections."""

    class OfServer(LimitedProtocol):
        limits = connections

    return OfServer
