"""`seloste run`: the assistant as a service, until it is told to stop."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

import httpx
import structlog
import uvicorn

from bot.app import App
from bot.channels import http
from bot.channels.web import Behind, web_app
from bot.config import Settings
from bot.content.wording import worded
from bot.core.messages import Say, ToStaff
from bot.core.parcels import Parcel
from bot.delivery.courier import Courier, Sender
from bot.delivery.paces import PACES
from bot.dispatch import MAIL, Routes
from bot.errors import StorageError
from bot.house import GateHouse
from bot.metrics import Metrics
from bot.runner import Runner

_LOG = structlog.get_logger()
# One JSON object a line. What is logged is counts, kinds and numbers: no text, name or address.
_LOG_LINE: list[structlog.types.Processor] = [
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.JSONRenderer(),
]


def routes_of(settings: Settings) -> Routes:
    """Return where effects go with these settings."""
    has_http = settings.http.secret is not None
    return Routes(
        desks=(http.CHANNEL,) if has_http else (),
        probed=(MAIL,) if settings.mail.smtp_url else (),
        paces=PACES,
    )


def serve(app: App) -> None:
    """Run until SIGTERM or SIGINT. Raises UsageError when no channel is set up."""
    structlog.configure(processors=_LOG_LINE, logger_factory=lambda: _Log(sys.stderr))
    settings = app.settings
    metrics = Metrics(app.store, app.clock)
    courier = Courier(
        app.dispatch,
        senders_of(app),
        owner=uuid4().hex,
        clock=app.clock,
        lease=settings.delivery.lease,
        slots=settings.delivery.slots,
    )
    courier.settled = metrics.settled
    runner = Runner(app.service, courier, metrics, handlers=handlers_of(app))
    runner.start()
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    server = _web_server(app, runner, metrics)
    server.start()
    _LOG.info("running", listen=settings.web.listen)
    stopped.wait()
    _LOG.info("stopping")
    server.stop()
    runner.stop()
    app.store.close()
    _LOG.info("stopped")


class _Log(structlog.PrintLogger):
    """Writes a line if it can: a log on a full disk must not stop the work."""

    def msg(self, message: str) -> None:
        with suppress(OSError):
            super().msg(message)

    info = warning = error = msg


def senders_of(app: App) -> Mapping[str, Sender]:
    """Return the senders of the channels that are set up."""
    senders: dict[str, Sender] = {MAIL: app.send_mail}
    settings = app.settings.http
    if settings.secret is not None:
        client = httpx.Client(
            timeout=settings.timeout_seconds,
            limits=httpx.Limits(max_connections=app.settings.delivery.slots),
        )
        out = http.Outgoing(settings.deliver_url, settings.secret.get_secret_value(), client)
        desk = GateHouse(app)

        def send(parcel: Parcel) -> None:
            effect = app.dispatch.opened(parcel)
            if isinstance(effect, Say):
                out.say(parcel.token, effect, worded(effect, app.content), app.clock())
            elif isinstance(effect, ToStaff):
                out.tell(parcel.token, effect, desk)
            else:
                out.probe(parcel.token, app.clock())

        senders[http.CHANNEL] = send
    return senders


def handlers_of(app: App) -> int:
    """Return how many events are handled at once: SQLite has one writer."""
    return app.settings.delivery.handlers if app.store.parallel else 1


class _WebServer:
    """Uvicorn in a thread; the signals are ours."""

    def __init__(self, application: Any, host: str, port: int) -> None:
        config = uvicorn.Config(
            application,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, name="web", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(3)


def _web_server(app: App, runner: Runner, metrics: Metrics) -> _WebServer:
    secret = app.settings.http.secret

    def ready() -> str | None:
        try:
            with app.store.reading() as unit:
                unit.meta.noted("key_check")
        except StorageError as error:
            return str(error)
        return None if runner.alive() else "a worker has died"

    behind = Behind(
        gate=GateHouse(app),
        keep=runner.intake.keep,
        ready=ready,
        registry=metrics.registry,
        secret=secret.get_secret_value() if secret else "",
        now=app.clock,
    )
    host, port = app.settings.web.address
    return _WebServer(web_app(behind), host, port)
