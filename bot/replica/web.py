"""The web server: health, metrics and the HTTP channel."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.desk.port import Desk
from bot.channels.http import channel
from bot.core.envelopes import InboundEvent
from bot.errors import SelosteError, StorageError, UsageError

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LOOK = 2.0  # seconds in which the database must answer
_LARGEST = 200_000  # bytes of one event


@dataclass(frozen=True, kw_only=True)
class Behind:
    """What stands behind the web server. `keep` resolves once an event is on disk."""

    gate: Desk
    keep: Callable[[InboundEvent], Future[None]]
    ready: Callable[[], str | None]
    registry: CollectorRegistry
    secret: str
    now: Callable[[], datetime]
    routes: Sequence[Route] = ()


def web_app(behind: Behind) -> Starlette:
    """Return the web application; the HTTP channel only when it has a secret."""
    routes = [
        Route("/healthz", _healthz),
        Route("/readyz", _Readiness(behind)),
        Route("/metrics", _Metrics(behind)),
    ]
    if behind.secret:
        routes.append(Route("/http/events", _Events(behind), methods=["POST"]))
    return Starlette(routes=[*routes, *behind.routes])


def telegram_route(path: str, secret: str, take: Callable[[Any], Awaitable[None]]) -> Route:
    """Return where Telegram delivers updates, one at a time, each with its secret."""

    async def deliver(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="replace"), secret.encode()):
            return _error(401, "the secret is missing or wrong")
        body = await _body(request)
        try:
            await take(json.loads(body or b""))
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
        body = await _body(request)
        if body is None:
            return _error(413, "the event is too large")
        request._body = body  # read once, as `Request.body` keeps it
        return await handler.handle(request)

    return Route("/slack/events", deliver, methods=["POST"])


async def _healthz(_request: Request) -> Response:
    return PlainTextResponse("alive\n")


class _Endpoint:
    """An endpoint with what stands behind it."""

    def __init__(self, behind: Behind) -> None:
        self._behind = behind

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        request = Request(scope, receive)
        await (await self.answer(request))(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        raise NotImplementedError


class _Readiness(_Endpoint):
    """One look at a time: a database that hangs must not take every thread."""

    _looking: asyncio.Task[str | None] | None = None

    async def answer(self, request: Request) -> Response:  # noqa: ARG002
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self._behind.ready))
        done, _ = await asyncio.wait({self._looking}, timeout=_LOOK)
        fault = self._looking.result() if done else "the database does not answer"
        return PlainTextResponse(f"{fault or 'ready'}\n", status_code=503 if fault else 200)


class _Metrics(_Endpoint):
    async def answer(self, request: Request) -> Response:  # noqa: ARG002
        page = await asyncio.to_thread(generate_latest, self._behind.registry)
        return Response(page, media_type=CONTENT_TYPE_LATEST)


class _Events(_Endpoint):
    async def answer(self, request: Request) -> Response:
        behind = self._behind
        body = await _body(request)
        if body is None:
            return _error(413, "the event is too large")
        if not channel.is_signed(behind.secret, body, request.headers, behind.now()):
            return _error(401, "the signature is missing, wrong or too old")
        try:
            arrival = await asyncio.to_thread(channel.arrival, body, behind.gate)
            await asyncio.wrap_future(behind.keep(arrival))
        except UsageError as error:
            return _error(400, str(error))
        except StorageError:
            return _error(503, "not received: try again")
        return JSONResponse({"received": True})


async def _body(request: Request) -> bytes | None:
    """Return a body, or None as soon as it is too large: it is not signed yet."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST:
            return None
    return body


def _error(code: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=code)
