"""Build the web server of a replica: webhooks of the platforms, health and metrics pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from starlette.routing import Route

from bot.bootstrap.parts import Assistant
from bot.channels.http.access import Access
from bot.config import Settings
from bot.config.section import revealed
from bot.errors import StorageError
from bot.replica.calendar_page import CalendarPage
from bot.replica.connections import Connections, room_for_connections
from bot.replica.copy_pages import CopyPages
from bot.replica.health import HealthPages, HealthServer
from bot.replica.metrics import Metrics
from bot.replica.web import WebDeps, web_app
from bot.replica.web_server import WebServer
from bot.replica.workers import IntakeQueue
from bot.storage import calendar_link
from bot.storage.engine import KEY_CHECK
from bot.storage.store import Store

Check = Callable[[], str | None]


def web_server(
    assistant: Assistant, intake: IntakeQueue, routes: Sequence[Route], pages: HealthPages
) -> WebServer:
    """Return the server of the HTTP channel and of these routes; it tells its health too."""
    settings = assistant.settings
    web = WebDeps(
        desk=assistant.queries,
        keep=intake.keep,
        access=_http_access(settings),
        now=assistant.clock,
    )
    copies = CopyPages(assistant.copies, assistant.queries).routes
    public = copies if settings.web.public_url else []
    calendar = CalendarPage(assistant.queries, partial(_calendar_secrets, assistant.store)).routes
    app = web_app(web, [*pages.routes, *public, *calendar, *routes])
    room = room_for_connections(settings.delivery.slots)
    return WebServer(app, *settings.web.address, Connections(room))


def health_server(assistant: Assistant, pages: HealthPages, metrics: Metrics) -> HealthServer:
    """Return the server of health and metrics alone."""
    return HealthServer(pages, *assistant.settings.web.health_address, metrics.restarted)


def health_pages(
    assistant: Assistant, intake: IntakeQueue, checks: Sequence[Check], metrics: Metrics
) -> HealthPages:
    """Return the pages; the replica is ready unless one of the checks, or the database, says no."""

    def look() -> str | None:
        return next(_problems(assistant, intake, checks), None)

    return HealthPages(look, metrics.registry)


def _calendar_secrets(store: Store) -> tuple[str, ...]:
    with store.reading() as unit:
        return calendar_link.secrets(unit)


def _http_access(settings: Settings) -> Access:
    return Access(
        secret=revealed(settings.http.secret),
        staff_secret=revealed(settings.http.staff_secret),
        tokens={one.name: revealed(one.http_token) for one in settings.staff if one.http_token},
    )


def database_problem(store: Store) -> str | None:
    """Return why the database cannot be used, if so; it waits for no work that is being done."""
    try:
        with store.beside() as unit:
            unit.meta.get(KEY_CHECK)
    except StorageError as error:
        return str(error)
    return None


def _problems(assistant: Assistant, intake: IntakeQueue, checks: Sequence[Check]) -> Iterator[str]:
    if problem := database_problem(assistant.store):
        yield problem
    if intake.refusing():
        yield "events cannot be kept"
    yield from filter(None, (check() for check in checks))
