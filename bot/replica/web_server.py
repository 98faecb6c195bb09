"""Uvicorn as a task of an event loop; its connections are limited, and the signals are ours."""

from __future__ import annotations

import socket
from collections.abc import Sequence

import uvicorn
from starlette.applications import Starlette

from bot.errors import ConfigError
from bot.replica.connections import (
    ACCEPTED_AT_ONCE,
    KEEP_ALIVE_SECONDS,
    Connections,
    protocol_of,
)

_QUEUE = 1024  # connections that the kernel keeps until they are accepted


class WebServer:
    """Serves an application at an address until told to stop."""

    def __init__(self, app: Starlette, host: str, port: int, connections: Connections) -> None:
        self._config = uvicorn.Config(
            app,
            http=protocol_of(connections),
            ws="none",
            log_config=None,
            access_log=False,
            lifespan="off",
            backlog=ACCEPTED_AT_ONCE,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=2,
        )
        self._address = host, port
        self._connections = connections
        self._bound: Sequence[socket.socket] = ()
        self._server: uvicorn.Server | None = None
        self._stopped = False

    def bind(self) -> None:
        """Take the address. Raises ConfigError when it cannot be had."""
        host, port = self._address
        try:
            self._bound = _bound(host, port)
        except OSError as error:
            raise ConfigError(
                f"nothing can listen on {host}:{port}:",
                [f"{error.strerror}; another process may have it: see [web] in the configuration"],
            ) from None

    async def serve(self) -> None:
        """Serve until told to stop, at the address that was bound, or binding it."""
        if not self._bound:
            self.bind()
        taken, self._bound = self._bound, ()
        self._server = _Server(self._config)
        try:
            if not self._stopped:
                await self._server.serve(list(taken))
        finally:
            _close(taken)
            self._connections.abort()

    def stop(self) -> None:
        """Take no more requests."""
        self._stopped = True
        if self._server is not None:
            self._server.should_exit = True
        _close(self._bound)


class _Server(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start; a long backlog keeps connections waiting that are not accepted yet."""
        await super().startup(sockets)
        for each in sockets or []:
            each.listen(_QUEUE)


def _close(sockets: Sequence[socket.socket]) -> None:
    for each in sockets:
        each.close()


def _bound(host: str, port: int) -> Sequence[socket.socket]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    families = {(family, address[:2]) for family, _, _, _, address in found}
    return [socket.create_server(address, family=family) for family, address in families]
