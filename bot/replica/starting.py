"""Serves health from the first second, while models are trained and tables are migrated."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from functools import partial
from typing import Self

import structlog
from anyio.from_thread import BlockingPortal, start_blocking_portal

from bot.errors import ConfigError

_LOG = structlog.get_logger()
_LONGEST_REQUEST = 5.0  # seconds
_LARGEST_HEAD = 16_384  # bytes
_LOGGED_EVERY = 20  # percent
_ANSWER = (
    "HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
)


class StartingPages:
    """Answers at the service's own addresses until it can do so itself.

    `/healthz` says that the process lives; everything else, that it is not ready yet.
    """

    def __init__(self, addresses: Sequence[tuple[str, int]]) -> None:
        self._addresses = addresses
        self._stack = ExitStack()
        self._servers: list[asyncio.Server] = []
        self._doing = "starting"
        self._logged = ("", 0)

    def __enter__(self) -> Self:
        """Begin to answer. Raises ConfigError when nothing can listen there."""
        portal = self._stack.enter_context(start_blocking_portal(name="starting"))
        try:
            for host, port in self._addresses:
                self._listen(portal, host, port)
        except BaseException:
            self._stack.close()
            raise
        self._stack.callback(portal.call, self._close)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def tell(self, what: str, share: float) -> None:
        """Note what is being done, and what share of it (0 to 1) is done; log it now and then."""
        percent = round(100 * share)
        self._doing = f"{what}, {percent} %"
        last, logged = self._logged
        if what != last or percent >= logged + _LOGGED_EVERY:
            self._logged = (what, percent)
            _LOG.info("starting", doing=what, percent=percent)

    def _listen(self, portal: BlockingPortal, host: str, port: int) -> None:
        serve = partial(asyncio.start_server, self._answer, host, port, limit=_LARGEST_HEAD)
        try:
            self._servers.append(portal.call(serve))
        except OSError as error:
            raise ConfigError(
                f"nothing can listen on {host}:{port}:",
                [f"{error.strerror}; another process may have it: see [web] listen"],
            ) from None

    async def _close(self) -> None:
        for server in self._servers:
            server.close()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Cancelled when the start is over: Python 3.11 would log that with a traceback.
        with suppress(
            OSError,
            TimeoutError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
            asyncio.CancelledError,
        ):
            async with asyncio.timeout(_LONGEST_REQUEST):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._page(head))
                await writer.drain()
        writer.close()

    def _page(self, head: bytes) -> bytes:
        alive = head.split(b" ", 2)[1:2] == [b"/healthz"]
        status = "200 OK" if alive else "503 Service Unavailable"
        body = "alive\n" if alive else f"not ready yet: {self._doing}\n"
        return _ANSWER.format(status=status, length=len(body.encode()), body=body).encode()
