"""The chat platforms of the configuration: built, wired to the inbox, started and watched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import structlog
from pydantic import SecretStr

from bot.bootstrap import App
from bot.core.effects import Effect, Say, ToStaff
from bot.core.envelopes import ClaimedEffect, InboundEvent
from bot.delivery.courier import Sender
from bot.errors import DeliveryError
from bot.replica.event_loop import Edge
from bot.replica.web import slack_route, telegram_route
from bot.replica.workers import Intake

if TYPE_CHECKING:
    from bot.channels.slack.channel import Slack
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
        settings = app.settings
        self.telegram = self._make_telegram() if settings.telegram.token else None
        self.slack = self._make_slack() if settings.slack.bot_token else None

    def senders(self) -> Mapping[str, Sender]:
        """Return the senders of the platforms, by channel."""
        made: dict[str, Sender] = {}
        if self.telegram:
            from bot.channels import telegram

            made |= dict.fromkeys((telegram.CHANNEL, telegram.GROUP), self._sender(self.telegram))
        if self.slack:
            from bot.channels import slack

            made[slack.CHANNEL] = self._sender(self.slack)
        return made

    def routes(self) -> Sequence[Any]:
        """Return where the platforms deliver over HTTP."""
        made: list[Any] = []
        telegram = self._app.settings.telegram
        if self.telegram and telegram.mode == "webhook" and telegram.webhook_secret:
            secret = telegram.webhook_secret.get_secret_value()
            made.append(telegram_route(telegram.webhook_path, secret, self.telegram.taken))
        if self.slack and self._app.settings.slack.mode == "http":
            made.append(slack_route(self.slack.bolt))
        return made

    def listen_to(self, intake: Intake) -> None:
        """Have events go to the intake."""
        self._intake = intake

    def start(self, intake: Intake) -> None:
        """Prepare the platforms and begin to listen; events go to the intake."""
        self.listen_to(intake)
        if self.telegram:
            self._start_telegram(self.telegram)
        if self.slack and self._app.settings.slack.mode == "socket":
            self._edge.spawn(self.slack.listen())

    def _start_telegram(self, telegram: Telegram) -> None:
        settings = self._app.settings.telegram
        webhook = settings.mode == "webhook"
        secret = _secret(settings.webhook_secret)
        url = settings.webhook_url if webhook else ""
        self._edge.spawn(_until_done(lambda: telegram.prepare(url, secret)))
        if not webhook:
            self._edge.spawn(telegram.poll())

    def stop(self) -> None:
        """Let go of the connections."""
        if self.telegram:
            try:
                self._edge.call(self.telegram.close(), 1.0)
            except DeliveryError as error:
                _LOG.info("a connection was not closed", error=str(error))

    def faults(self) -> Iterator[str]:
        """Say what is wrong with the platforms now."""
        if self.telegram and self._app.settings.telegram.mode == "polling":
            problem = self.telegram.health_problem()
            if problem:
                yield problem
        if self.slack and self._app.settings.slack.mode == "socket":
            problem = self.slack.health_problem()
            if problem:
                yield problem

    def _sender(self, platform: Platform) -> Sender:
        def send(parcel: ClaimedEffect) -> None:
            effect: Effect = self._app.dispatch.decode(parcel)
            if isinstance(effect, Say):
                self._edge.call(platform.say(effect))
            elif isinstance(effect, ToStaff):
                self._edge.call(platform.tell(effect))

        return send

    def _make_telegram(self) -> Telegram:
        from bot.channels.telegram.channel import Telegram
        from bot.channels.telegram.client import Client, bot_of

        settings = self._app.settings.telegram
        connections = self._app.settings.delivery.slots + 8
        client = Client(bot_of(_secret(settings.token), settings.api_url, connections))
        return Telegram(
            client,
            self._app.queries,
            staff_chat=settings.staff_chat_id,
            keep=self.keep,
            keep_all=self.keep_all,
        )

    def _make_slack(self) -> Slack:
        from bot.channels.slack.channel import Slack
        from bot.channels.slack.client import Client

        settings = self._app.settings.slack
        http = settings.mode == "http"
        return Slack(
            Client(_secret(settings.bot_token), settings.api_url),
            self._app.queries,
            staff_channel=settings.staff_channel,
            own_teams=frozenset(settings.own_teams),
            app_token=_secret(settings.app_token),
            signing_secret=_secret(settings.signing_secret) if http else "",
            keep=self.keep,
        )

    async def keep(self, arrival: InboundEvent) -> None:
        """Keep one event; those that come at the same time share a commit."""
        await asyncio.wrap_future(self._intake.keep(arrival))

    async def keep_all(self, arrivals: Sequence[InboundEvent], mark: tuple[str, str]) -> None:
        """Keep several events, with how far their source has been read."""
        await asyncio.to_thread(self._intake.keep_now, arrivals, mark)


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""


async def _until_done(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Do a piece of work; when it fails, again after a while."""
    while True:
        try:
            return await work()
        except Exception as error:  # without menus the rest works
            told = str(error) if isinstance(error, DeliveryError) else type(error).__name__
            _LOG.warning("a platform could not be set up yet", error=told)
        await asyncio.sleep(_PAUSE)
