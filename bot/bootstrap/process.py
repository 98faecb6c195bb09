"""Build the process that runs an assistant: its channels, senders, workers and pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

import httpx
from anyio import to_thread
from starlette.routing import Route

from bot.bootstrap.parts import Assistant
from bot.bootstrap.web import Check, health_pages, health_server, web_server
from bot.channels import http, slack, telegram
from bot.channels.http import channel as http_channel
from bot.config.section import revealed
from bot.content.wording import worded
from bot.core.effects import Effect, Say, SendFile, Suppress, ToStaff
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.delivery.courier import Courier, Sender, Settled
from bot.errors import KeyFault, Refused
from bot.replica.metrics import Metrics
from bot.replica.outage import Outage
from bot.replica.replica import Replica, Worker, until_done
from bot.replica.supervisor import Work
from bot.replica.web import slack_route, telegram_route
from bot.replica.workers import DailyTasks, EventHandler, IntakeQueue, scrubbed
from bot.replica.workload_metrics import WorkloadMetrics
from bot.service.channel_alarms import ChannelAlarms
from bot.service.inspection import Inspection
from bot.service.routing import MAIL, MAILING
from bot.storage.notifications import Notifications
from bot.storage.wakeups import INBOX, OUTBOX, Wake

if TYPE_CHECKING:
    from bot.channels.slack.channel import Slack
    from bot.channels.telegram.channel import Telegram


Senders = Mapping[str, Sender]


class Platform(Protocol):
    """A chat platform, as effects are carried out on it."""

    async def say(self, say: Say) -> None:
        """Say something to a person. Raises DeliveryError."""

    async def send_file(self, sent: SendFile, content: bytes) -> None:
        """Send a person a file. Raises DeliveryError."""

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""


@dataclass
class _Channels:
    """The channels of the settings: what they send with, serve, run and let go of."""

    senders: dict[str, Sender] = field(default_factory=dict)
    routes: list[Route] = field(default_factory=list)
    background: dict[str, Work] = field(default_factory=dict)
    once: list[Work] = field(default_factory=list)
    closing: list[Work] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    telegram: Telegram | None = None
    slack: Slack | None = None


def replica(
    assistant: Assistant,
    *,
    senders: Callable[[Senders], Senders] = lambda own: own,
    settled: Settled = lambda _outcome: None,
    working: bool = True,
    listening: bool = True,
) -> Replica:
    """Return a process of the assistant with the channels of its settings, not started yet.

    `senders` may put others in place of its own, or around them; `settled` is told of each effect.
    Unless `working`, it leaves what comes in to its caller; unless `listening`, it does not poll.
    """
    metrics = _metrics(assistant)
    intake = IntakeQueue(assistant.intake, metrics)
    channels = _channels(assistant, intake, metrics, working=working, listening=listening)
    sending = senders({MAIL: assistant.mail, **channels.senders})
    courier = _courier(assistant, sending, metrics, settled)
    workers: dict[str, Worker] = {"intake": intake}
    wakes: list[tuple[str, Wake]] = []
    if working:
        handlers = _handlers(assistant, metrics, channels, outage := Outage())
        daily = _daily_tasks(assistant, sending, metrics, outage)
        workers |= {"courier": courier, "daily tasks": daily, **handlers}
        wakes = [(OUTBOX, courier.wake), *((INBOX, one.wake) for one in handlers.values())]
    pages = partial(health_pages, assistant, intake, channels.checks, metrics)
    return Replica(
        intake=intake,
        courier=courier,
        workers=workers,
        subscribed=assistant.store.wakeups.subscribed(wakes),
        server=web_server(assistant, intake, channels.routes, pages()),
        health=health_server(assistant, pages(), metrics),
        background=channels.background,
        once=channels.once,
        restarts=metrics.restarted,
        closing=channels.closing,
        telegram=channels.telegram,
        slack=channels.slack,
    )


def _metrics(assistant: Assistant) -> Metrics:
    store, clock = assistant.store, assistant.clock
    metrics = Metrics(store, clock, assistant.codes)
    metrics.registry.register(WorkloadMetrics(store, assistant.rules, clock))
    return metrics


def _courier(assistant: Assistant, senders: Senders, metrics: Metrics, settled: Settled) -> Courier:
    def count(outcome: DeliveryOutcome) -> None:
        metrics.settled(outcome)
        settled(outcome)

    delivery = assistant.settings.delivery
    return Courier(
        assistant.router,
        senders,
        owner=uuid4().hex,
        clock=assistant.clock,
        lease=delivery.lease,
        slots=delivery.slots,
        settled=count,
    )


def _handlers(
    assistant: Assistant, metrics: Metrics, channels: _Channels, outage: Outage
) -> dict[str, EventHandler]:
    parallel = assistant.store.parallel
    # SQLite has one writer: there, more handlers would only wait for each other.
    number = assistant.settings.delivery.handlers if parallel else 1
    make = partial(EventHandler, assistant.handler, metrics, assistant.clock, parallel=parallel)
    made = {f"handler {n}": make(outage=outage) for n in range(1, number + 1)}

    def problem() -> str | None:
        stuck = all(handler.is_stuck() for handler in made.values())
        return "events wait, and none could be handled for long" if stuck else None

    channels.checks.append(problem)
    return made


def _daily_tasks(
    assistant: Assistant, senders: Senders, metrics: Metrics, outage: Outage
) -> DailyTasks:
    parts = assistant.store, assistant.rules, assistant.router, assistant.clock
    alarms = ChannelAlarms(*parts)
    return DailyTasks(
        assistant.schedule.enqueue_daily_tasks,
        partial(scrubbed, assistant.schedule),
        partial(alarms.of_stranded, senders.keys()),
        partial(alarms.of_shut_out, metrics.shut_out),
        Inspection(*parts).look,
        outage=outage,
    )


def _channels(
    assistant: Assistant, intake: IntakeQueue, metrics: Metrics, *, working: bool, listening: bool
) -> _Channels:
    channels, settings = _Channels(), assistant.settings
    if settings.http.secret is not None:
        _add_http(channels, assistant)
    if settings.suppressions.webhook_url:
        _add_mailing(channels, assistant)
    if settings.telegram.token is not None:
        _add_telegram(channels, assistant, intake)
    if settings.slack.bot_token is not None:
        _add_slack(channels, assistant, intake, metrics)
    if not listening:
        channels.background, channels.once = {}, []
    if working and assistant.store.parallel:
        channels.background["notifications"] = Notifications(assistant.store).run
    return channels


def _add_http(channels: _Channels, assistant: Assistant) -> None:
    settings = assistant.settings
    limits = httpx.Limits(max_connections=settings.delivery.slots)
    client = httpx.AsyncClient(timeout=settings.http.timeout_seconds, limits=limits)
    out = http_channel.Outgoing(settings.http.deliver_url, revealed(settings.http.secret), client)
    now = assistant.clock

    async def send(claimed: ClaimedEffect, effect: Effect) -> None:
        if isinstance(effect, Say):
            await out.say(claimed.token, effect, worded(effect, assistant.content), now())
        elif isinstance(effect, ToStaff):
            await out.tell(claimed.token, effect, assistant.queries)
        else:
            await out.probe(claimed.token, now())

    channels.senders[http.CHANNEL] = send
    channels.closing.append(client.aclose)


def _add_mailing(channels: _Channels, assistant: Assistant) -> None:
    """Let the mailing system be told to whom no marketing is sent."""
    settings = assistant.settings.suppressions
    client = httpx.AsyncClient(timeout=settings.timeout_seconds)
    out = http_channel.Outgoing(settings.webhook_url, revealed(settings.secret), client)

    async def send(claimed: ClaimedEffect, effect: Effect) -> None:
        if isinstance(effect, Suppress):
            await out.suppress(claimed.token, effect, assistant.clock())

    channels.senders[MAILING] = send
    channels.closing.append(client.aclose)


def _add_telegram(channels: _Channels, assistant: Assistant, intake: IntakeQueue) -> None:
    from bot.channels.telegram.channel import Telegram
    from bot.channels.telegram.client import Client, bot_of

    settings = assistant.settings.telegram
    connections = assistant.settings.delivery.slots + 8
    made = channels.telegram = Telegram(
        Client(bot_of(revealed(settings.token), settings.api_url, connections)),
        assistant.queries,
        staff_chat=settings.staff_chat_id,
        keep=intake.keep,
        keep_all=intake.keep_all,
    )
    send = partial(_on_platform, made, assistant.queries.file_content)
    channels.senders |= {telegram.CHANNEL: send, telegram.GROUP: send}
    channels.closing.append(made.close)
    webhook_secret = revealed(settings.webhook_secret)
    webhook = settings.mode == "webhook"
    if webhook:
        if webhook_secret:
            channels.routes.append(
                telegram_route(settings.webhook_path, webhook_secret, made.taken)
            )
    else:
        channels.background["telegram"] = made.poll
        channels.checks.append(made.health_problem)
    prepare = partial(made.prepare, settings.webhook_url if webhook else "", webhook_secret)
    channels.once.append(partial(until_done, prepare))


def _add_slack(
    channels: _Channels, assistant: Assistant, intake: IntakeQueue, metrics: Metrics
) -> None:
    from bot.channels.slack.channel import Slack
    from bot.channels.slack.client import Client

    settings = assistant.settings.slack
    by_http = settings.mode == "http"
    made = channels.slack = Slack(
        Client(revealed(settings.bot_token), settings.api_url),
        assistant.queries,
        staff_channel=settings.staff_channel,
        own_teams=frozenset(settings.own_teams),
        app_token=revealed(settings.app_token),
        signing_secret=revealed(settings.signing_secret) if by_http else "",
        keep=intake.keep,
        shut_out=partial(metrics.told_shut_out, slack.CHANNEL),
    )
    channels.senders[slack.CHANNEL] = partial(_on_platform, made, assistant.queries.file_content)
    if by_http:
        channels.routes.append(slack_route(made.bolt))
    else:
        channels.background["slack"] = made.listen
        channels.checks.append(made.health_problem)


async def _on_platform(
    platform: Platform,
    content: Callable[[str], bytes],
    _claimed: ClaimedEffect,
    effect: Effect,
) -> None:
    """Carry out an effect; `content` returns what is in a file, and raises KeyFault without it."""
    if isinstance(effect, Say):
        await platform.say(effect)
    elif isinstance(effect, SendFile):
        try:
            file = await to_thread.run_sync(content, effect.file)
        except KeyFault:
            raise Refused("the file is there no longer") from None
        await platform.send_file(effect, file)
    elif isinstance(effect, ToStaff):
        await platform.tell(effect)
