"""The chat platforms of the configuration: built, wired to the inbox, started and watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from bot.app import App
from bot.channels.web import telegram_route
from bot.core.messages import Effect, Say, ToStaff
from bot.core.parcels import Parcel
from bot.delivery.courier import Sender
from bot.edge import Edge
from bot.errors import DeliveryError
from bot.house import GateHouse
from bot.runner import Intake
from bot.storage.inbox import Arrival

if TYPE_CHECKING:
    from bot.channels.telegram.channel import Telegram

_LOG = structlog.get_logger()
_PAUSE = 10.0


class Platform(Protocol):
    """What carries out effects."""

    async def say(self, say: Say) -> None:
        """Say something to a person. Raises DeliveryError."""

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""


class Platforms:
    """Telegram and Slack, where they are set up. Events come only after `start`."""

    _intake: Intake

    def __init__(self, app: App, edge: Edge) -> None:
        self._app = app
        self._edge = edge
        self._house = GateHouse(app)
        settings = app.settings
        self._telegram = self._make_telegram() if settings.telegram.token else None

    def senders(self) -> Mapping[str, Sender]:
        """Return the senders of the platforms, by channel."""
        made: dict[str, Sender] = {}
        if self._telegram:
            from bot.channels import telegram

            made |= dict.fromkeys((telegram.CHANNEL, telegram.GROUP), self._sender(self._telegram))
        return made

    def routes(self) -> Sequence[Any]:
        """Return where the platforms deliver over HTTP."""
        telegram = self._app.settings.telegram
        if self._telegram and telegram.mode == "webhook" and telegram.webhook_secret:
            secret = telegram.webhook_secret.get_secret_value()
            return [telegram_route(telegram.webhook_path, secret, self._telegram.taken)]
        return []

    def start(self, intake: Intake) -> None:
        """Prepare the platforms and begin to listen; events go to the intake."""
        self._intake = intake
        if self._telegram:
            self._start_telegram(self._telegram)

    def _start_telegram(self, telegram: Telegram) -> None:
        settings = self._app.settings.telegram
        webhook = settings.mode == "webhook"
        secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else ""
        url = settings.webhook_url if webhook else ""
        self._edge.spawn(_until_done(lambda: telegram.prepare(url, secret)))
        if not webhook:
            self._edge.spawn(telegram.poll())

    def stop(self) -> None:
        """Let go of the connections."""
        for platform in filter(None, (self._telegram,)):
            try:
                self._edge.call(platform.close(), 2)
            except DeliveryError as error:
                _LOG.info("a connection was not closed", error=str(error))

    def faults(self) -> Iterator[str]:
        """Say what is wrong with the platforms now."""
        if self._telegram and self._app.settings.telegram.mode == "polling":
            silent = self._telegram.silent()
            if silent:
                yield silent

    def _sender(self, platform: Platform) -> Sender:
        def send(parcel: Parcel) -> None:
            effect: Effect = self._app.dispatch.opened(parcel)
            if isinstance(effect, Say):
                self._edge.call(platform.say(effect))
            elif isinstance(effect, ToStaff):
                self._edge.call(platform.tell(effect))

        return send

    def _make_telegram(self) -> Telegram:
        from bot.channels.telegram.channel import Telegram
        from bot.channels.telegram.client import Client, bot_of

        settings = self._app.settings.telegram
        token = settings.token.get_secret_value() if settings.token else ""
        client = Client(bot_of(token, settings.api_url, self._app.settings.delivery.slots + 8))
        return Telegram(
            client,
            self._house,
            staff_chat=settings.staff_chat_id,
            keep=self.keep,
            keep_all=self.keep_all,
        )

    async def keep(self, arrival: Arrival) -> None:
        """Keep one event; those that come at the same time share a commit."""
        await asyncio.wrap_future(self._intake.keep(arrival))

    async def keep_all(self, arrivals: Sequence[Arrival], mark: tuple[str, str]) -> None:
        """Keep several events, with how far their source has been read."""
        await asyncio.to_thread(self._intake.keep_now, arrivals, mark)


async def _until_done(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do a piece of work; when it fails, again after a while."""
    while True:
        try:
            return await work()
        except Exception as error:  # without menus the rest works
            told = str(error) if isinstance(error, DeliveryError) else type(error).__name__
            _LOG.warning("a platform could not be set up yet", error=told)
        await asyncio.sleep(_PAUSE)
