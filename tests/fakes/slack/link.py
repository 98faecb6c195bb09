"""One socket of the app's, and the acks that are waited for on it."""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.fakes.slack.model import Json


class Link:
    """One open socket; a silent one looks open and gets nothing more, not even a pong."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, name: str) -> None:
        self.socket = socket
        self.request = request
        self.name = name
        self.silent = False
        self.waiting: dict[str, asyncio.Future[Json | None]] = {}

    def settle(self, envelope: Json) -> None:
        """Take an ack."""
        waiting = self.waiting.pop(envelope.get("envelope_id", ""), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(envelope.get("payload"))

    def give_up(self) -> None:
        """Let those who wait for an ack know that none will come."""
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(ConnectionError())
