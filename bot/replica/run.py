"""`seloste run`: the assistant as a service, until it is told to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Mapping
from contextlib import suppress
from uuid import uuid4

import httpx
import structlog

from bot.bootstrap import App
from bot.channels import slack, telegram
from bot.channels.http import channel
from bot.config import Settings
from bot.content.wording import worded
from bot.core.effects import Say, ToStaff
from bot.core.envelopes import ClaimedEffect
from bot.delivery.courier import Courier, Sender
from bot.delivery.rate_limits import RATE_LIMITS
from bot.errors import StorageError
from bot.replica.event_loop import Edge, WebServer
from bot.replica.log import configure_logging
from bot.replica.metrics import Metrics
from bot.replica.platforms import Platforms
from bot.replica.web import Behind, web_app
from bot.replica.workers import Runner
from bot.service.routing import MAIL, Routes
from bot.storage.engine import KEY_CHECK

_LOG = structlog.get_logger()
_LAST_REQUESTS = 0.5  # seconds for what is being answered when the stop comes


def routes_of(settings: Settings) -> Routes:
    """Return where effects go with these settings."""
    has_http = settings.http.secret is not None
    desks = {
        channel.CHANNEL: has_http,
        telegram.GROUP: settings.telegram.token and settings.telegram.staff_chat_id,
        slack.CHANNEL: settings.slack.bot_token and settings.slack.staff_channel,
    }
    return Routes(
        desks=tuple(desk for desk, is_set in desks.items() if is_set),
        probed=(MAIL,) if settings.mail.smtp_url else (),
        rate_limits=RATE_LIMITS,
    )


def serve(app: App) -> None:
    """Run until SIGTERM or SIGINT. Raises UsageError when no channel is set up."""
    configure_logging()
    settings = app.settings
    metrics = Metrics(app.store, app.clock)
    edge = Edge()
    platforms = Platforms(app, edge)
    courier = Courier(
        app.dispatch,
        {**senders_of(app), **platforms.senders()},
        owner=uuid4().hex,
        clock=app.clock,
        lease=settings.delivery.lease,
        slots=settings.delivery.slots,
    )
    courier.settled = metrics.settled
    runner = Runner(
        app.intake, app.handler, app.schedule, courier, metrics, handlers=handlers_of(app)
    )
    server = _web_server(app, runner, metrics, platforms)
    edge.start()
    runner.start()
    platforms.start(runner.intake)
    serving = edge.spawn(server.serve())
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if settings.mail.smtp_url is None:
        folder = str(settings.service.data_dir / "mail")
        _LOG.warning("no mail server is set: codes and letters stay as files", folder=folder)
    _LOG.info("running", listen=settings.web.listen)
    stopped.wait()
    _LOG.info("stopping")
    server.stop()
    runner.stop()
    platforms.stop()
    with suppress(TimeoutError):  # the web server looks now and then whether it is to stop
        serving.result(_LAST_REQUESTS)
    edge.stop()
    app.store.close()
    _LOG.info("stopped")


def senders_of(app: App) -> Mapping[str, Sender]:
    """Return the senders of the channels that are set up."""
    senders: dict[str, Sender] = {MAIL: app.send_mail}
    settings = app.settings.http
    if settings.secret is not None:
        client = httpx.Client(
            timeout=settings.timeout_seconds,
            limits=httpx.Limits(max_connections=app.settings.delivery.slots),
        )
        out = channel.Outgoing(settings.deliver_url, settings.secret.get_secret_value(), client)
        desk = app.queries

        def send(parcel: ClaimedEffect) -> None:
            effect = app.dispatch.decode(parcel)
            if isinstance(effect, Say):
                out.say(parcel.token, effect, worded(effect, app.content), app.clock())
            elif isinstance(effect, ToStaff):
                out.tell(parcel.token, effect, desk)
            else:
                out.probe(parcel.token, app.clock())

        senders[channel.CHANNEL] = send
    return senders


def handlers_of(app: App) -> int:
    """Return how many events are handled at once: SQLite has one writer."""
    return app.settings.delivery.handlers if app.store.parallel else 1


def _web_server(app: App, runner: Runner, metrics: Metrics, platforms: Platforms) -> WebServer:
    secret = app.settings.http.secret

    def ready() -> str | None:
        try:
            with app.store.reading() as unit:
                unit.meta.get(KEY_CHECK)
        except StorageError as error:
            return str(error)
        if not runner.alive():
            return "a worker has died"
        if runner.intake.refusing():
            return "events cannot be kept"
        return next(platforms.faults(), None)

    behind = Behind(
        gate=app.queries,
        keep=runner.intake.keep,
        ready=ready,
        registry=metrics.registry,
        secret=secret.get_secret_value() if secret else "",
        now=app.clock,
        routes=platforms.routes(),
    )
    host, port = app.settings.web.address
    return WebServer(web_app(behind), host, port)
