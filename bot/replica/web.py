"""The endpoints of the web server: the HTTP channel and the webhooks of the platforms."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.assistant import Keep
from bot.channels.desk.port import Desk
from bot.channels.http import channel
from bot.channels.http.access import Access, NotAllowed
from bot.channels.http.upload import PATH
from bot.core.envelopes import InboundEvent
from bot.errors import SelosteError, StorageError, UsageError
from bot.replica.body_limit import BodyLimit
from bot.replica.copy_pages import upload_route

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncApp

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST = 200_000  # bytes of one event


@dataclass(kw_only=True)
class WebDeps:
    """What the HTTP channel needs. `keep` returns once an event is on disk."""

    desk: Desk
    keep: Keep
    access: Access
    now: Callable[[], datetime]


def web_app(deps: WebDeps, routes: Sequence[Route] = ()) -> Starlette:
    """Return the web application with these pages; the HTTP channel only when it has a secret."""
    own = [Route("/http/events", _http_event, methods=["POST"])] if deps.access.secret else []
    if deps.access.staff_secret:
        own.append(upload_route(deps.desk, deps.keep, deps.now))
    limit = Middleware(BodyLimit, most=_LARGEST, streamed=PATH)
    app = Starlette(routes=[*own, *routes], middleware=[limit])
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


async def _http_event(request: Request) -> Response:
    deps: WebDeps = request.app.state.deps
    body = await request.body()
    signer = deps.access.signer(body, request.headers, deps.now())
    if signer is None:
        return _error(401, "the signature is missing, wrong or too old")
    try:
        taken = await to_thread.run_sync(channel.taken, body, deps.desk, deps.access, signer)
        if not isinstance(taken, InboundEvent):
            return JSONResponse(taken.content())
        await deps.keep(taken)
    except NotAllowed as error:
        return _error(403, str(error))
    except UsageError as error:
        return _error(400, str(error))
    except StorageError:
        return _error(503, "not received: try again")
    return JSONResponse({"received": True})


def _error(code: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=code)
