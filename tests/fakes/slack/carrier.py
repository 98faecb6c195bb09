"""Carries what happens to the app: over its sockets, or as signed HTTP requests."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
import uuid
from contextlib import suppress
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.fakes.slack.link import Link
from tests.fakes.slack.model import Delivery, Json, Try
from tests.fakes.slack.workspace import Workspace

MOST_LINKS = 10


class Carrier:
    """Lives in the server's loop, all but `send`."""

    def __init__(self, slack: Workspace, loop: asyncio.AbstractEventLoop) -> None:
        self.links: list[Link] = []
        self.tickets: set[str] = set()
        self.events_url = ""
        self.interactivity_url = ""
        self._slack = slack
        self._loop = loop
        self._turn = 0
        self._opened = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None

    def send(self, delivery: Delivery) -> None:
        """Have something carried, from any thread."""
        self._loop.call_soon_threadsafe(self._begin, delivery)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in list(self.links):
            await link.socket.close()
        if self._session is not None:
            await self._session.close()

    def turn_to(self, events_url: str, interactivity_url: str) -> None:
        """Carry everything to these addresses, or over sockets if there are none."""
        self.events_url, self.interactivity_url = events_url, interactivity_url
        self._opened.set()

    def ticket(self) -> str:
        """Return a ticket that opens one socket."""
        name = uuid.uuid4().hex
        self.tickets.add(name)
        return name

    # Sockets.

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Keep one socket until it is closed."""
        ticket = request.query.get("ticket", "")
        if ticket not in self.tickets:
            return web.Response(status=403)
        self.tickets.remove(ticket)
        # A ping is answered here and not by aiohttp, which would do so even when silent.
        socket = web.WebSocketResponse(autoping=False, timeout=0.3)
        await socket.prepare(request)
        if len(self.links) >= MOST_LINKS:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            return socket
        link = Link(socket, request, self._slack.number("link-"))
        await socket.send_json(self._hello())
        self.links.append(link)
        self._opened.set()
        pinger = asyncio.create_task(self._ping(link))
        try:
            await self._listen(link)
        finally:
            pinger.cancel()
            self._forget(link)
        return socket

    async def disconnect(self, reason: str, close: bool) -> None:
        """Tell every socket to go, and close it unless it is only a warning."""
        host = {"host": "applink-fake"}
        said = {"type": "disconnect", "reason": reason, "debug_info": host}
        for link in list(self.links):
            with suppress(ConnectionError):
                await link.socket.send_json(said)
            if close:
                self._forget(link)
                await link.socket.close()

    async def cut(self) -> None:
        """Break every socket off without a word."""
        for link in list(self.links):
            self._forget(link)
            if link.request.transport is not None:
                link.request.transport.abort()

    def hush(self) -> None:
        for link in self.links:
            link.silent = True

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.links) + 1,
            "debug_info": {
                "host": "applink-fake",
                "build_number": 1,
                "approximate_connection_time": 18_060,
            },
            "connection_info": {"app_id": self._slack.app},
        }

    async def _listen(self, link: Link) -> None:
        async for message in link.socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                link.settle(json.loads(message.data))
            elif message.type is aiohttp.WSMsgType.PING and not link.silent:
                await link.socket.pong(message.data)

    async def _ping(self, link: Link) -> None:
        with suppress(ConnectionError):
            while not link.socket.closed:
                await asyncio.sleep(self._slack.ping_seconds)
                if not link.silent:
                    await link.socket.ping(f"Ping from {link.name}".encode())

    def _forget(self, link: Link) -> None:
        if link in self.links:
            self.links.remove(link)
        link.give_up()

    def _ready(self) -> list[Link]:
        return [link for link in self.links if not (link.silent or link.socket.closed)]

    def _open(self) -> bool:
        return bool(self.events_url or self._ready())

    # Deliveries.

    def _begin(self, delivery: Delivery) -> None:
        task = self._loop.create_task(self._carry(delivery))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, delivery: Delivery) -> None:
        """Try until it is acked; only events are tried more than once."""
        again = self._slack.retry_pauses if delivery.kind == "events_api" else []
        pauses, number, trouble = [0.0, *again], 0, ""
        while number < len(pauses):
            await asyncio.sleep(pauses[number])
            if not self._open():
                delivery.tries.append(Try(number, "", "no connection"))
                if delivery.kind != "events_api":
                    break
                # It comes as a retry as soon as there is somebody to take it.
                await self._connection()
                number, trouble = max(number, 1), trouble or "timeout"
            trouble = await self._attempt(delivery, number, trouble)
            if not trouble or delivery.no_retry:
                break
            number += 1
        delivery.acked = bool(delivery.tries) and not delivery.tries[-1].trouble
        delivery.over.set()

    async def _connection(self) -> None:
        while not self._open():
            self._opened.clear()
            await self._opened.wait()

    async def _attempt(self, delivery: Delivery, number: int, before: str) -> str:
        """Try once; return what went wrong, or nothing."""
        begun = time.monotonic()
        if self.events_url:
            via, trouble = "http", await self._over_http(delivery, number, before)
        else:
            ready = self._ready()
            self._turn += 1
            link = ready[self._turn % len(ready)]
            via, trouble = link.name, await self._over_socket(link, delivery, number, before)
        delivery.tries.append(Try(number, via, trouble, time.monotonic() - begun))
        return trouble

    async def _over_socket(self, link: Link, delivery: Delivery, number: int, before: str) -> str:
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": delivery.kind,
            "payload": delivery.body,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": number, "retry_reason": before}
        waiting: asyncio.Future[Json | None] = self._loop.create_future()
        link.waiting[envelope["envelope_id"]] = waiting
        try:
            await link.socket.send_json(envelope)
            delivery.answer = await asyncio.wait_for(waiting, self._slack.ack_seconds)
        except (TimeoutError, ConnectionError):
            return "timeout"
        finally:
            link.waiting.pop(envelope["envelope_id"], None)
        return ""

    # Requests.

    async def verify(self, url: str) -> None:
        """Ask a new address whether it is the app's, as Slack does when it is entered."""
        challenge = uuid.uuid4().hex
        asked = {"token": "verification", "challenge": challenge, "type": "url_verification"}
        body = json.dumps(asked).encode()
        async with self._client().post(url, data=body, headers=self._headers(body)) as response:
            said = await response.text()
        assert response.status == 200, f"{url} answered {response.status}"
        assert challenge in said, f"{url} did not answer the challenge"

    async def _over_http(self, delivery: Delivery, number: int, before: str) -> str:
        url, body, kind = self._request(delivery)
        headers = self._headers(body, kind)
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": before}
        timeout = aiohttp.ClientTimeout(total=self._slack.ack_seconds)
        try:
            async with self._client().post(
                url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                said = await response.text()
        except TimeoutError:
            return "http_timeout"
        except aiohttp.ClientError:
            return "connection_failed"
        if not 200 <= response.status < 300:
            delivery.no_retry = response.headers.get("X-Slack-No-Retry") == "1"
            return "http_error"
        delivery.answer = _answer(said)
        return ""

    def _request(self, delivery: Delivery) -> tuple[str, bytes, str]:
        form = "application/x-www-form-urlencoded"
        if delivery.kind == "events_api":
            return self.events_url, json.dumps(delivery.body).encode(), "application/json"
        if delivery.kind == "interactive":
            payload = {"payload": json.dumps(delivery.body)}
            return self.interactivity_url, urlencode(payload).encode(), form
        return self.interactivity_url, urlencode(delivery.body).encode(), form

    def _headers(self, body: bytes, kind: str = "application/json") -> dict[str, str]:
        now = str(int(time.time()))
        secret = self._slack.signing_secret.encode()
        signed = hmac.new(secret, f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
        return {
            "Content-Type": kind,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": now,
            "X-Slack-Signature": f"v0={signed}",
        }

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            # A kept connection would fail once when the app was started anew.
            connector = aiohttp.TCPConnector(force_close=True)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session


def _answer(said: str) -> Json | None:
    """Read what an interaction was answered with; words alone are a text."""
    try:
        answer = json.loads(said) if said else None
    except ValueError:
        return {"text": said}
    return answer if isinstance(answer, dict) else None
