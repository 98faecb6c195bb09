"""The web server: health, metrics, the HTTP channel, and what platforms deliver."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import uvicorn
from anyio import to_thread
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.desk.port import Desk
from bot.channels.http import channel
from bot.channels.http.signature import is_signed
from bot.core.envelopes import InboundEvent
from bot.errors import SelosteError, StorageError, UsageError
from bot.replica.body_limit import BodyLimit

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LOOK = 2.0  # seconds in which the database must answer
_LARGEST = 200_000  # bytes of one event


@dataclass(kw_only=True)
class WebDeps:
    """What the pages need. `health_problem` blocks; `keep` returns once an event is on disk."""

    gate: Desk
    keep: Callable[[InboundEvent], Awaitable[None]]
    health_problem: Callable[[], str | None]
    registry: CollectorRegistry
    secret: str
    now: Callable[[], datetime]
    # One look at a time: a database that hangs must not take every thread.
    looking: asyncio.Task[str | None] | None = field(default=None, init=False)


def web_app(deps: WebDeps, routes: Sequence[Route] = ()) -> Starlette:
    """Return the web application; the HTTP channel only when it has a secret."""
    pages = [
        Route("/healthz", _healthz),
        Route("/readyz", _readyz),
        Route("/metrics", _metrics),
    ]
    if deps.secret:
        pages.append(Route("/http/events", _http_event, methods=["POST"]))
    app = Starlette(routes=[*pages, *routes], middleware=[Middleware(BodyLimit, most=_LARGEST)])
    app.state.deps = deps
    return app


def telegram_route(
    path: str, secret: str, take: Callable[[Mapping[str, object]], Awaitable[None]]
) -> Route:
    """Return where Telegram delivers updates, one at a time, each with its secret."""

    async def deliver(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), secret.encode()):
            return _error(401, "the secret is missing or wrong")
        try:
            await take(json.loads(await request.body()))
        except ValueError:
            return _error(400, "not an update")
        except SelosteError:
            return _error(503, "not received: try again")
        return JSONResponse({})

    return Route(path, deliver, methods=["POST"])


def slack_route(bolt: AsyncApp) -> Route:
    """Return where Slack delivers events and interactions; bolt verifies their signature."""
    from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler

    handler = AsyncSlackRequestHandler(bolt)

    async def deliver(request: Request) -> Response:
        return await handler.handle(request)

    return Route("/slack/events", deliver, methods=["POST"])


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


async def _readyz(request: Request) -> Response:
    deps: WebDeps = request.app.state.deps
    if deps.looking is None or deps.looking.done():
        deps.looking = asyncio.create_task(asyncio.to_thread(deps.health_problem))
    done, _ = await asyncio.wait({deps.looking}, timeout=_LOOK)
    problem = deps.looking.result() if done else "the database does not answer"
    return PlainTextResponse(f"{problem or 'ready'}\n", status_code=503 if problem else 200)


async def _metrics(request: Request) -> Response:
    deps: WebDeps = request.app.state.deps
    page = await to_thread.run_sync(generate_latest, deps.registry)
    return Response(page, media_type=CONTENT_TYPE_LATEST)


async def _http_event(request: Request) -> Response:
    deps: WebDeps = request.app.state.deps
    body = await request.body()
    if not is_signed(deps.secret, body, request.headers, deps.now()):
        return _error(401, "the signature is missing, wrong or too old")
    try:
        inbound = await to_thread.run_sync(channel.inbound, body, deps.gate)
        await deps.keep(inbound)
    except UsageError as error:
        return _error(400, str(error))
    except StorageError:
        return _error(503, "not received: try again")
    return JSONResponse({"received": True})


def _error(code: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=code)


class WebServer:
    """Uvicorn as a task of the replica's event loop; the signals are ours."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        config = uvicorn.Config(
            app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)

    async def serve(self) -> None:
        """Serve until told to stop."""
        with suppress(SystemExit):
            await self._server.serve()

    def stop(self) -> None:
        """Take no more requests."""
        self._server.should_exit = True
