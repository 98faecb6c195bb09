"""The web pages where people open the copy of their data, and where staff upload its files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from bot.channels import copy_page
from bot.channels.assistant import Keep
from bot.channels.desk.port import Desk
from bot.channels.http import upload
from bot.core.tickets.collecting import Problem
from bot.errors import KeyFault, StorageError, UsageError
from bot.service.collecting import CopyDesk

_STATUS = {Problem.GONE: 404, Problem.TOO_MANY: 429, Problem.WRONG: 403, Problem.EXPIRED: 403}


class CopyPages:
    """The pages of a replica: each is answered without JavaScript, and none is stored."""

    def __init__(self, copies: CopyDesk, texts: Desk) -> None:
        self._copies = copies
        self._texts = texts

    @property
    def routes(self) -> list[Route]:
        """The routes below the public address."""
        path = "/deliver/{ticket}/{token}"
        return [
            Route(f"{path}/code", self._send_code, methods=["POST"]),
            Route(path, self._show, methods=["GET"]),
            Route(path, self._open, methods=["POST"]),
        ]

    async def _show(self, request: Request) -> Response:
        return await self._page(request)

    async def _send_code(self, request: Request) -> Response:
        ticket, token = _named(request)
        try:
            problem = await to_thread.run_sync(self._copies.send_code, ticket, token)
        except StorageError:
            return self._gone(503)
        return await self._page(request, problem or "sent", _STATUS[problem] if problem else 200)

    async def _open(self, request: Request) -> Response:
        ticket, token = _named(request)
        written = parse_qs((await request.body()).decode(errors="replace"))
        code = written.get("code", [""])[0]
        try:
            got = await to_thread.run_sync(self._copies.collect, ticket, token, code)
        except (StorageError, KeyFault):
            return self._gone(503)
        if isinstance(got, Problem):
            return await self._page(request, got, _STATUS[got])
        headers = copy_page.attachment(got.name)
        return Response(got.content, media_type="application/octet-stream", headers=headers)

    async def _page(self, request: Request, said: str = "", status: int = 200) -> Response:
        ticket, token = _named(request)
        try:
            found = await to_thread.run_sync(self._copies.ticket, ticket, token)
        except StorageError:
            return self._gone(503)
        if found is None:
            return self._gone(404)
        html = copy_page.page(found, f"/deliver/{ticket}/{token}", self._texts, said)
        return HTMLResponse(html, status_code=status, headers=copy_page.HEADERS)

    def _gone(self, status: int) -> Response:
        html = copy_page.gone(self._texts)
        return HTMLResponse(html, status_code=status, headers=copy_page.HEADERS)


def upload_route(desk: Desk, keep: Keep, now: Callable[[], datetime]) -> Route:
    """Return where staff put the files that they have announced."""

    async def put(request: Request) -> Response:
        permit = upload.permit_of(request.path_params["token"], desk.buttons_key, now())
        if permit is None:
            return _error(401, "nothing may be put here, or not any more")
        content = bytearray()
        async for part in request.stream():
            content += part
            if len(content) > permit.size:
                return _error(413, "this is more than was announced")
        try:
            event = await to_thread.run_sync(upload.attached, permit, bytes(content), desk)
            await keep(event)
        except UsageError as error:
            return _error(400, str(error))
        except StorageError:
            return _error(503, "not received: try again")
        return JSONResponse({"received": True})

    return Route(upload.PATH + "{token}", put, methods=["PUT"])


def _named(request: Request) -> tuple[str, str]:
    return request.path_params["ticket"], request.path_params["token"]


def _error(code: int, text: str) -> Response:
    return JSONResponse({"error": text}, status_code=code)
