"""Puts a replica together: channels, senders, workers and pages of an assistant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

import httpx
from pydantic import SecretStr
from starlette.routing import Route

from bot.bootstrap import Assistant, Senders
from bot.channels import http, slack, telegram
from bot.channels.http import channel as http_channel
from bot.content.wording import worded
from bot.core.effects import Effect, Say, ToStaff
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.delivery.courier import Courier, Sender, Settled
from bot.errors import StorageError
from bot.replica.metrics import Metrics
from bot.replica.replica import Replica, Work, Worker, until_done
from bot.replica.web import WebDeps, WebServer, slack_route, telegram_route, web_app
from bot.replica.workers import DailyTasks, EventHandler, IntakeQueue
from bot.service.queries import Queries
from bot.service.routing import MAIL
from bot.storage.engine import KEY_CHECK
from bot.storage.notifications import Notifications
from bot.storage.wakeups import INBOX, OUTBOX, Wake

if TYPE_CHECKING:
    from bot.channels.slack.channel import Slack
    from bot.channels.telegram.channel import Telegram


class Platform(Protocol):
    """A chat platform, as effects are carried out on it."""

    async def say(self, say: Say) -> None:
        """Say something to a person. Raises DeliveryError."""

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""


@dataclass
class _Channels:
    """The channels of the settings: what they send with, serve, run and let go of."""

    senders: dict[str, Sender] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    background: list[Work] = field(default_factory=list)
    closing: list[Work] = field(default_factory=list)
    checks: list[Callable[[], str | None]] = field(default_factory=list)
    telegram: Telegram | None = None
    slack: Slack | None = None


def assembled(
    assistant: Assistant,
    *,
    senders: Callable[[Senders], Senders],
    settled: Settled,
    working: bool,
    listening: bool,
) -> Replica:
    """Return a replica of an assistant; see `bootstrap.replica`."""
    store, clock, delivery = assistant.store, assistant.clock, assistant.settings.delivery
    metrics = Metrics(store, clock)
    intake = IntakeQueue(assistant.intake, metrics)
    house = assistant.queries
    channels = _channels(assistant, house, intake)

    def count(settlement: DeliveryOutcome) -> None:
        metrics.settled(settlement)
        settled(settlement)

    courier = Courier(
        assistant.dispatch,
        senders({MAIL: assistant.mail, **channels.senders}),
        owner=uuid4().hex,
        clock=clock,
        lease=delivery.lease,
        slots=delivery.slots,
        settled=count,
    )
    # SQLite has one writer: there, more handlers would only wait for each other.
    handlers = [
        EventHandler(assistant.handler, metrics, clock, parallel=store.parallel)
        for _ in range(delivery.handlers if store.parallel else 1)
    ]
    workers: list[Worker] = [intake]
    background: list[Work] = channels.background if listening else []
    subscriptions: list[tuple[str, Wake]] = []
    if working:
        workers += [courier, DailyTasks(assistant.schedule), *handlers]
        subscriptions = [(OUTBOX, courier.wake), *((INBOX, one.wake) for one in handlers)]
        if store.parallel:
            background = [*background, Notifications(store).run]
    web = WebDeps(
        gate=house,
        keep=intake.keep,
        health_problem=lambda: next(_health_problems(assistant, intake, channels), None),
        registry=metrics.registry,
        secret=_secret(assistant.settings.http.secret),
        now=clock,
    )
    return Replica(
        intake=intake,
        courier=courier,
        workers=workers,
        subscribed=store.wakeups.subscribed(subscriptions),
        server=WebServer(web_app(web, channels.routes), *assistant.settings.web.address),
        background=background,
        closing=channels.closing,
        telegram=channels.telegram,
        slack=channels.slack,
    )


def _health_problems(
    assistant: Assistant, intake: IntakeQueue, channels: _Channels
) -> Iterator[str]:
    try:
        with assistant.store.reading() as unit:
            unit.meta.get(KEY_CHECK)
    except StorageError as error:
        yield str(error)
    if intake.refusing():
        yield "events cannot be kept"
    yield from filter(None, (check() for check in channels.checks))


def _channels(assistant: Assistant, house: Queries, intake: IntakeQueue) -> _Channels:
    channels, settings = _Channels(), assistant.settings
    if settings.http.secret is not None:
        _add_http(channels, assistant, house)
    if settings.telegram.token is not None:
        _add_telegram(channels, assistant, house, intake)
    if settings.slack.bot_token is not None:
        _add_slack(channels, assistant, house, intake)
    return channels


def _add_http(channels: _Channels, assistant: Assistant, house: Queries) -> None:
    settings = assistant.settings
    limits = httpx.Limits(max_connections=settings.delivery.slots)
    client = httpx.AsyncClient(timeout=settings.http.timeout_seconds, limits=limits)
    out = http_channel.Outgoing(settings.http.deliver_url, _secret(settings.http.secret), client)
    now = assistant.clock

    async def send(parcel: ClaimedEffect, effect: Effect) -> None:
        if isinstance(effect, Say):
            await out.say(parcel.token, effect, worded(effect, assistant.content), now())
        elif isinstance(effect, ToStaff):
            await out.tell(parcel.token, effect, house)
        else:
            await out.probe(parcel.token, now())

    channels.senders[http.CHANNEL] = send
    channels.closing.append(client.aclose)


def _add_telegram(
    channels: _Channels, assistant: Assistant, house: Queries, intake: IntakeQueue
) -> None:
    from bot.channels.telegram.channel import Telegram
    from bot.channels.telegram.client import Client, bot_of

    settings = assistant.settings.telegram
    connections = assistant.settings.delivery.slots + 8
    made = channels.telegram = Telegram(
        Client(bot_of(_secret(settings.token), settings.api_url, connections)),
        house,
        staff_chat=settings.staff_chat_id,
        keep=intake.keep,
        keep_all=intake.keep_all,
    )
    send = partial(_on_platform, made)
    channels.senders |= {telegram.CHANNEL: send, telegram.GROUP: send}
    channels.closing.append(made.close)
    secret = _secret(settings.webhook_secret)
    webhook = settings.mode == "webhook"
    if webhook:
        if secret:
            channels.routes.append(telegram_route(settings.webhook_path, secret, made.taken))
    else:
        channels.background.append(made.poll)
        channels.checks.append(made.health_problem)
    prepare = partial(made.prepare, settings.webhook_url if webhook else "", secret)
    channels.background.append(partial(until_done, prepare))


def _add_slack(
    channels: _Channels, assistant: Assistant, house: Queries, intake: IntakeQueue
) -> None:
    from bot.channels.slack.channel import Slack
    from bot.channels.slack.client import Client

    settings = assistant.settings.slack
    by_http = settings.mode == "http"
    made = channels.slack = Slack(
        Client(_secret(settings.bot_token), settings.api_url),
        house,
        staff_channel=settings.staff_channel,
        own_teams=frozenset(settings.own_teams),
        app_token=_secret(settings.app_token),
        signing_secret=_secret(settings.signing_secret) if by_http else "",
        keep=intake.keep,
    )
    channels.senders[slack.CHANNEL] = partial(_on_platform, made)
    if by_http:
        channels.routes.append(slack_route(made.bolt))
    else:
        channels.background.append(made.listen)
        channels.checks.append(made.health_problem)


async def _on_platform(platform: Platform, _parcel: ClaimedEffect, effect: Effect) -> None:
    if isinstance(effect, Say):
        await platform.say(effect)
    elif isinstance(effect, ToStaff):
        await platform.tell(effect)


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
