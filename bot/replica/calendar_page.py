"""The calendar feed of due dates, for everybody who has the secret link."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.desk.port import Desk
from bot.core.tickets.calendar_feed import calendar
from bot.errors import StorageError
from bot.storage.calendar_link import PATH

_FRESH = timedelta(minutes=5)  # however many subscribe, the tickets are read this often
_HEADERS = {
    "Cache-Control": "private, max-age=300",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}


class CalendarPage:
    """The calendar of one replica. `secrets` are the links that count now; to ask blocks."""

    def __init__(self, desk: Desk, secrets: Callable[[], tuple[str, ...]]) -> None:
        self._desk = desk
        self._secrets = secrets
        self._reading = Lock()
        self._read: tuple[datetime, str] | None = None

    @property
    def routes(self) -> list[Route]:
        """The one route of it."""
        return [Route(PATH + "{secret}.ics", self._show)]

    async def _show(self, request: Request) -> Response:
        try:
            text = await to_thread.run_sync(self._calendar, request.path_params["secret"])
        except StorageError:
            return PlainTextResponse("try again later\n", status_code=503)
        if text is None:
            return PlainTextResponse("there is nothing here\n", status_code=404, headers=_HEADERS)
        return Response(text, media_type="text/calendar; charset=utf-8", headers=_HEADERS)

    def _calendar(self, secret: str) -> str | None:
        given = secret.encode(errors="replace")
        if not any(hmac.compare_digest(given, one.encode()) for one in self._secrets()):
            return None
        desk, now = self._desk, self._desk.now()
        with self._reading:
            if self._read is None or not timedelta() <= now - self._read[0] < _FRESH:
                wording = desk.wording
                made = calendar(
                    wording.desk("report.calendar"),
                    desk.tickets(ended=False),
                    lambda one: wording.label("title", number=one.number, right=one.right),
                    now,
                    desk.rules,
                )
                self._read = now, made
            return self._read[1]
