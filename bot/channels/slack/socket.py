"""The line over which Slack sends events: a socket, watched, and replaced when it is dead."""

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
from bot.errors import DeliveryError

_LOG = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """How a line is watched, in seconds.

    `lost` is how long nothing may be heard before a new socket is opened: the SDK mends most of
    what breaks within a ping. `alive` lies between calls that keep an idle socket from dying
    unnoticed (bolt-python #1529), `alarm` is when people are to know.
    """

    look: float = 5.0
    ping: float = 5.0
    lost: float = 30.0
    alive: float = 60.0
    teardown: float = 5.0
    alarm: float = 120.0


class Line:
    """One socket at a time. `ready` returns when the app knows who it is; `poke` calls Slack."""

    def __init__(
        self,
        bolt: AsyncApp,
        app_token: str,
        ready: Callable[[], Awaitable[object]],
        poke: Callable[[], Awaitable[object]],
        times: Times,
    ) -> None:
        self._bolt = bolt
        self._app_token = app_token
        self._ready = ready
        self._poke = poke
        self._times = times
        self._heard_at = time.monotonic()

    async def keep_open(self) -> None:
        """Keep a socket open until cancelled."""
        while True:
            try:
                await self._ready()
                await self._listen()
                _LOG.warning("slack: the connection was lost")
            except Exception as error:  # whatever it is, the next socket may live
                _LOG.warning("slack: no connection", error=_told(error))
            await asyncio.sleep(self._times.look / 2)

    def health_problem(self) -> str | None:
        """Return what is wrong, if the line has been dead for long."""
        dead = time.monotonic() - self._heard_at > self._times.alarm
        return f"slack: no connection for {self._times.alarm:.0f} seconds" if dead else None

    async def _listen(self) -> None:
        """Listen with a new socket until it is dead."""
        handler = AsyncSocketModeHandler(
            self._bolt,
            self._app_token,
            logger=SILENT_LOGGER,
            web_client=AsyncWebClient(
                token=self._app_token, base_url=self._bolt.client.base_url, logger=SILENT_LOGGER
            ),
            ping_interval=self._times.ping,
        )
        try:
            # It tries without end, and with an address that has been used up in vain.
            await asyncio.wait_for(handler.connect_async(), self._times.lost)
            self._heard_at = time.monotonic()
            await self._watch(handler)
        finally:
            await self._hang_up(handler)

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        poked = time.monotonic()
        while time.monotonic() - self._heard_at < self._times.lost:
            await asyncio.sleep(self._times.look)
            if await handler.client.is_connected():
                pong = handler.client.last_ping_pong_time or time.time()
                self._heard_at = time.monotonic() - max(time.time() - pong, 0.0)
            if time.monotonic() - poked > self._times.alive:
                poked = time.monotonic()
                await self._keep_alive()

    async def _keep_alive(self) -> None:
        """Call Slack; when that fails the socket may be well all the same."""
        try:
            await self._poke()
        except DeliveryError as error:
            _LOG.warning("slack: a call failed", error=str(error))

    async def _hang_up(self, handler: AsyncSocketModeHandler) -> None:
        client = handler.client
        with suppress(Exception):
            await asyncio.wait_for(handler.close_async(), self._times.teardown)
        # What the closing was too slow for would go on for ever.
        for task in (
            client.message_processor,
            client.current_session_monitor,
            client.message_receiver,
        ):
            if task is not None:
                task.cancel()
        with suppress(Exception):
            await asyncio.wait_for(client.aiohttp_client_session.close(), self._times.teardown)


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, DeliveryError) else type(error).__name__
