"""Socket Mode: keeps one socket open, watches it, and replaces it when it is dead."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.slack.client import SILENT_LOGGER
from bot.errors import DeliveryError, loggable

_LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How a socket is watched, in seconds."""

    check: float = 5.0  # between looks at the socket
    ping: float = 5.0  # between the SDK's own pings
    lost: float = 30.0  # without a pong until a new socket is opened; the SDK reconnects sooner
    keepalive: float = 60.0  # between calls of the Web API, see `_watch`
    teardown: float = 5.0
    alarm: float = 120.0  # without a pong until people are told


class SocketSupervisor:
    """Keeps a socket open. `ready` returns when the app knows who it is; `ping` calls Slack."""

    def __init__(
        self,
        bolt: AsyncApp,
        app_token: str,
        ready: Callable[[], Awaitable[object]],
        ping: Callable[[], Awaitable[None]],
        timeouts: Timeouts,
    ) -> None:
        self._bolt = bolt
        self._app_token = app_token
        self._ready = ready
        self._ping = ping
        self._timeouts = timeouts
        self._last_pong = time.monotonic()

    async def run(self) -> None:
        """Keep a socket open until cancelled."""
        while True:
            try:
                await self._ready()
                await self._listen()
                _LOG.warning("slack: the connection was lost")
            except Exception as error:  # whatever it was, the next socket may work
                _LOG.warning("slack: no connection", error=loggable(error))
            await asyncio.sleep(self._timeouts.check / 2)

    def health_problem(self) -> str | None:
        """Return what is wrong, if the socket has been dead for long."""
        dead = time.monotonic() - self._last_pong > self._timeouts.alarm
        return f"slack: no connection for {self._timeouts.alarm:.0f} seconds" if dead else None

    async def _listen(self) -> None:
        """Listen on a new socket until it is dead."""
        handler = AsyncSocketModeHandler(
            self._bolt,
            self._app_token,
            logger=SILENT_LOGGER,
            web_client=AsyncWebClient(
                token=self._app_token, base_url=self._bolt.client.base_url, logger=SILENT_LOGGER
            ),
            ping_interval=self._timeouts.ping,
        )
        try:
            # The SDK retries forever, also with a one-time address that is already used up.
            # Not wait_for: before Python 3.12 it can lose a cancellation that comes just then.
            async with asyncio.timeout(self._timeouts.lost):
                await handler.connect_async()
            self._last_pong = time.monotonic()
            await self._watch(handler)
        finally:
            await self._close(handler)

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Return when no pong has come for long.

        An idle socket can stop delivering after a reconnect without any error (bolt-python #1529);
        a call of the Web API every minute was found to prevent that.
        """
        called = time.monotonic()
        while time.monotonic() - self._last_pong < self._timeouts.lost:
            await asyncio.sleep(self._timeouts.check)
            # A socket on which none has come yet has the time of its opening, and no more.
            pong = handler.client.last_ping_pong_time
            if pong is not None and await handler.client.is_connected():
                self._last_pong = time.monotonic() - max(time.time() - pong, 0.0)
            if time.monotonic() - called > self._timeouts.keepalive:
                called = time.monotonic()
                await self._keep_alive()

    async def _keep_alive(self) -> None:
        try:
            await self._ping()
        except DeliveryError as error:  # the socket may be well all the same
            _LOG.warning("slack: a call failed", error=str(error))

    async def _close(self, handler: AsyncSocketModeHandler) -> None:
        client = handler.client
        with suppress(Exception):
            async with asyncio.timeout(self._timeouts.teardown):
                await handler.close_async()
        # Where closing hangs, the SDK's own tasks would run on for ever and reconnect beside the
        # next socket (bolt-python #1529). It has no public way to end them.
        for task in (
            client.message_processor,
            client.current_session_monitor,
            client.message_receiver,
        ):
            if task is not None:
                task.cancel()
        with suppress(Exception):
            async with asyncio.timeout(self._timeouts.teardown):
                await client.aiohttp_client_session.close()
