"""The server: takes calls over HTTP, lets them fail on order, and holds the long poll."""

from __future__ import annotations

import asyncio
import json
import re
import time
from dataclasses import dataclass, replace
from typing import Any, Self

from aiohttp import web

from tests.fakes.loop import LoopThread, cleaned
from tests.fakes.telegram import methods, profile
from tests.fakes.telegram.given import Given, Refusal
from tests.fakes.telegram.model import Call, Chat, chat_id_of
from tests.fakes.telegram.people import People
from tests.fakes.telegram.webhook import Delivery

METHODS = methods.method.served | profile.method.served
_LONGEST_POLL = 50
_POLL = frozenset(("offset", "limit", "timeout", "allowed_updates"))
_WORDS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests",
    500: "Internal Server Error",
}
_AS_TEXT = ("text", "name", "description", "short_description", "callback_query_id", "url")
_GATEWAY = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call, or with `lasting` each time; `wait` seconds pass first.

    With `effect` the call does its work all the same; `drop` cuts the connection instead of an
    answer. `method` and `chat` limit it. `body` is sent instead of JSON, by default with 502.
    A `code` of 200 is only late. The first `after` calls that it would meet go well.
    """

    method: str = ""
    code: int = 500
    retry_after: int | None = None
    wait: float = 0.0
    effect: bool = False
    drop: bool = False
    description: str = ""
    chat: Chat | None = None
    lasting: bool = False
    body: str = ""
    after: int = 0

    def meets(self, call: Call) -> bool:
        chat_id = call.params.get("chat_id")
        right_chat = self.chat is None or str(chat_id_of(self.chat)) == str(chat_id)
        return right_chat and self.method.lower() in ("", call.method.lower())


@dataclass(frozen=True)
class _Answer:
    code: int
    body: dict[str, Any]


class FakeTelegram(People):
    """A context manager: the server runs inside it, and the public methods are for any thread.

    `privacy` is the bot's privacy mode, `strict_pace` refuses what comes too fast, and a press
    can be answered for `query_lifetime` seconds.
    """

    def __init__(self, *faults: Fault) -> None:
        super().__init__()
        self.faults = list(faults)
        self.port = 0
        self._thread = LoopThread()
        self._loop = self._thread.loop
        self._delivery = Delivery(self)
        self._bell = asyncio.Event()
        self._poll: object = None
        self._closing = False

    @property
    def base_url(self) -> str:
        """What a bot needs to be told; its token follows."""
        return f"http://127.0.0.1:{self.port}/bot"

    def set_retries(self, first: float, longest: float, timeout: float = 10.0) -> None:
        """Say how soon a webhook is tried again, and how long its answer is waited for."""
        self._delivery.retry, self._delivery.longest = first, longest
        self._delivery.timeout = timeout

    def __enter__(self) -> Self:
        self._thread.start()
        self._thread.run(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.run(self._close())
        self._thread.end()

    async def _open(self) -> None:
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._download)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._serve)
        self._runner = web.AppRunner(
            app,
            access_log=None,
            shutdown_timeout=0.5,
            handler_cancellation=True,
            read_bufsize=64 << 20,
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def _close(self) -> None:
        self._closing = True
        self._ring()
        await self._delivery.close()
        await cleaned(self._runner)

    def changed(self) -> None:
        super().changed()
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring)

    def _ring(self) -> None:
        """Wake the long poll and the delivery. Runs in the server's loop."""
        self._bell.set()
        self._bell = asyncio.Event()
        if not self._closing:
            self._delivery.kick()

    # One call.

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        token, name = request.match_info["token"], request.match_info["method"]
        if token != self.token:
            formed = re.fullmatch(r"\d+:[\w-]+", token)
            return _response(_failure(401 if formed else 404))
        raw = await self._parameters(request)
        known = METHODS.get(name.lower())
        called = known.name if known else "getUpdates" if name.lower() == "getupdates" else name
        call = Call(called, _decoded(raw), time.monotonic())
        fault = self._take(call)
        if fault is None:
            answer = await self._act(call, raw)
            self._settle(call, answer.code, answer.body.get("description", ""))
            return _response(answer)
        return await self._fail(request, call, raw, fault)

    async def _parameters(self, request: web.Request) -> dict[str, str]:
        """Return what came in the address and in the body, whatever its form."""
        raw = dict(request.query)
        if request.content_type == "application/json":
            given = await request.json()
            return raw | {
                name: value if isinstance(value, str) else json.dumps(value)
                for name, value in given.items()
            }
        await request.content.wait_eof()  # aiohttp warns where a form comes in small pieces
        for name, value in (await request.post()).items():
            raw[name] = value if isinstance(value, str) else self._uploaded(value)
        return raw

    def _uploaded(self, value: web.FileField | bytes | bytearray) -> str:
        """Keep what was uploaded with a call; return what stands for it among its parameters."""
        if not isinstance(value, web.FileField):
            return "bytes"
        with self.lock:
            name = f"attach://{len(self.uploads)}"
            self.uploads[name] = (value.filename, value.file.read())
        return name

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """Hand out a file whose path getFile has told."""
        with self.lock:
            paths = {stored.path: stored.content for stored in self.files.values()}
        content = paths.get(request.match_info["path"])
        if request.match_info["token"] != self.token or content is None:
            return _response(_failure(404))
        return web.Response(body=content)

    def _take(self, call: Call) -> Fault | None:
        """Write a call down; return the fault that it meets."""
        with self.lock:
            self.calls.append(call)
            fault = next((fault for fault in self.faults if fault.meets(call)), None)
            if fault is not None and fault.after:
                self.faults[self.faults.index(fault)] = replace(fault, after=fault.after - 1)
                fault = None
            elif fault is not None and not fault.lasting:
                self.faults.remove(fault)
        self.changed()
        return fault

    def _settle(self, call: Call, code: int, description: str) -> None:
        with self.lock:
            call.code, call.description = code, description
            if code != 200:
                self.note(f"{call.method} of {self.bot.name} fails: {code} {description}")
        self.changed()

    async def _act(self, call: Call, raw: dict[str, str]) -> _Answer:
        known = METHODS.get(call.method.lower())
        try:
            if call.method == "getUpdates":
                result = await self._get_updates(Given(call.method, raw, _POLL))
            elif known is None:
                return _failure(404)
            else:
                given = Given(call.method, raw, known.parameters)
                with self.lock:
                    result = known.act(self, given)
        except Refusal as refusal:
            parameters: dict[str, Any] = {}
            if refusal.parameters:
                parameters = {"parameters": refusal.parameters}
            return _failure(refusal.code, refusal.description, **parameters)
        self.changed()
        return _Answer(200, {"ok": True, "result": result})

    async def _fail(
        self, request: web.Request, call: Call, raw: dict[str, str], fault: Fault
    ) -> web.StreamResponse:
        answer = _failure(fault.code, fault.description)
        if fault.retry_after is not None:
            words = fault.description or f"Too Many Requests: retry after {fault.retry_after}"
            answer = _failure(fault.code, words, parameters={"retry_after": fault.retry_after})
        if fault.effect or fault.code == 200:
            done = await self._act(call, raw)
            answer = done if fault.code == 200 else answer
        await asyncio.sleep(fault.wait)
        dropped = "no answer" if fault.drop else ""
        description = dropped or fault.body or answer.body.get("description", "")
        self._settle(call, 0 if fault.drop else answer.code, description)
        if fault.drop:
            assert request.transport is not None
            request.transport.abort()
        body = fault.body or (_GATEWAY if fault.code == 502 else "")
        if body:
            return web.Response(status=fault.code, text=body, content_type="text/html")
        return _response(answer)

    # The long poll.

    async def _get_updates(self, given: Given) -> list[dict[str, Any]]:
        offset, limit = given.number("offset"), given.number("limit", 100)
        timeout = min(max(given.number("timeout"), 0), _LONGEST_POLL)
        limit = min(max(limit, 1), 100)
        end = self._loop.time() + timeout
        mine = object()
        self._check_no_webhook("can't use getUpdates method while webhook is active; use ")
        with self.lock:
            self.updates.allow(given.array("allowed_updates"))
        self._poll = mine
        self._ring()
        while True:
            bell = self._bell
            with self.lock:
                batch = self.updates.batch(offset, limit)
            left = end - self._loop.time()
            if batch or left <= 0 or self._closing:
                return [update.json for update in batch]
            await _rung(bell, left)
            if self.hook is not None:
                raise Refusal(409, "Conflict: terminated by setWebhook request")
            if self._poll is not mine:
                raise Refusal(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )

    def _check_no_webhook(self, words: str) -> None:
        if self.hook is not None:
            raise Refusal(409, f"Conflict: {words}deleteWebhook to delete the webhook first")


async def _rung(bell: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(bell.wait(), seconds)
    except TimeoutError:
        return


def _decoded(raw: dict[str, str]) -> dict[str, Any]:
    """Return the parameters as the caller meant them."""
    return {name: _meant(name, value) for name, value in raw.items()}


def _meant(name: str, value: str) -> Any:
    if name in _AS_TEXT:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _failure(code: int, description: str = "", **more: Any) -> _Answer:
    words = description or _WORDS.get(code, "Error")
    return _Answer(code, {"ok": False, "error_code": code, "description": words, **more})


def _response(answer: _Answer) -> web.Response:
    return web.json_response(answer.body, status=answer.code)
