"""The server: the Web API, the sockets and the response_urls, in a thread with its own loop."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any, Self

from aiohttp import web

from tests.fakes.loop import LoopThread, cleaned
from tests.fakes.slack import conversations, files, hooks, views
from tests.fakes.slack.carrier import Carrier
from tests.fakes.slack.methods import METHODS, method
from tests.fakes.slack.model import Call, Delivery, Fault, Json, Refusal
from tests.fakes.slack.workspace import Workspace

_MODULES = (conversations, files, views)  # which enter their methods when they are imported
_JSON_ARGUMENTS = ("blocks", "view", "metadata")
_ADDED_BY_BOLT = {"team_id"}  # to each call of the client that a listener is given


@method("apps.connections.open", scope="connections:write")
def connections_open(slack: Workspace, _args: Json) -> Json:
    assert isinstance(slack, Server)
    ticket = slack.carrier.ticket()
    host = slack.url.removeprefix("http")
    return {"url": f"ws{host}/link/?ticket={ticket}&app_id={slack.app}"}


class Server(Workspace):
    """A workspace with its doors open, inside `with`."""

    def __init__(self) -> None:
        super().__init__()
        self._thread = LoopThread()
        self._loop = self._thread.loop

    def __enter__(self) -> Self:
        self._thread.start()
        self._thread.run(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.run(self._close())
        self._thread.end()

    @property
    def api_url(self) -> str:
        """Where the Web API is: the `base_url` of a client."""
        return f"{self.url}/api/"

    def send(self, delivery: Delivery) -> Delivery:
        self.deliveries.append(delivery)
        self.carrier.send(delivery)
        return delivery

    async def _open(self) -> None:
        self.carrier = Carrier(self, self._loop)
        app = web.Application(client_max_size=64 << 20)
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link/", self._link)
        app.router.add_post(files.UPLOADS + "{file}", self._upload)
        app.router.add_get(files.PATH + "{path:.+}", self._file)
        app.router.add_post("/actions/{team}/{hook}", self._hook)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.3)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def _close(self) -> None:
        await self.carrier.close()
        await cleaned(self._runner)

    # What is asked of it.

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await _arguments(request)
        token = _token(request, args)
        fault = self.fault(name, self._channels_meant(args))
        if fault is None:
            return self._answered(name, token, args)
        await asyncio.sleep(fault.wait)
        if not fault.fails:
            return self._answered(name, token, args)
        if fault.effect:
            self._answered(name, token, args)
        return self._failed(request, fault, name, args)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """Hand out a file, or lead a stranger to the login page."""
        fault = self.fault("file")
        if fault is not None and fault.fails:
            return self._failed(request, fault, "file", {})
        with self.lock:
            content = files.handed_out(self, request.path, _token(request, {}))
        if content is None:
            return web.Response(status=302, headers={"Location": f"{self.url}/?redir=file"})
        return web.Response(body=content)

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        """Take a file at the address that was given out for it; it needs no token."""
        fault = self.fault("upload")
        if fault is not None and fault.fails:
            return self._failed(request, fault, "upload", {})
        content = await request.read()
        with self.lock:
            done = files.taken(self, request.match_info["file"], content)
        return web.Response(status=200 if done else 400, text="OK" if done else "no such upload")

    async def _link(self, request: web.Request) -> web.StreamResponse:
        fault = self.fault("link")
        if fault is not None:
            await asyncio.sleep(fault.wait)
            if fault.effect:  # the ticket is used up all the same
                self.carrier.tickets.discard(request.query.get("ticket", ""))
            if fault.fails:
                return self._failed(request, fault, "link", {})
        return await self.carrier.serve(request)

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        args = json.loads(await request.text())
        fault = self.fault("response_url")
        if fault is not None:
            await asyncio.sleep(fault.wait)
            if fault.fails:
                return self._failed(request, fault, "response_url", args)
        with self.lock:
            code = 200
            answer: Json = {"ok": True}
            try:
                hooks.respond(self, request.match_info["hook"], args)
            except Refusal as refusal:
                code, answer = 404, {"ok": False, "error": refusal.error, **refusal.more}
            self._record("response_url", args, code, answer)
        return web.json_response(answer, status=code)

    def _answered(self, name: str, token: str, args: Json) -> web.Response:
        with self.lock:
            answer: Json = {"ok": True}
            try:
                answer |= self._done(name, token, args)
            except Refusal as refusal:
                answer = {"ok": False, "error": refusal.error, **refusal.more}
            after = answer.pop("retry_after", None)
            code = 429 if answer.get("error") == "ratelimited" else 200
            self._record(name, args, code, answer)
        return self._response(answer, code, after)

    def _done(self, name: str, token: str, args: Json) -> Json:
        asked = METHODS.get(name)
        if asked is None:
            raise Refusal("unknown_method", req_method=name)
        if name != "api.test":
            self._authorise(name, token, asked.scope)
        if extra := sorted(args.keys() - asked.takes - _ADDED_BY_BOLT):
            raise Refusal("unexpected_argument", arguments=extra)
        if missing := sorted(asked.needs - args.keys()):
            messages = [f"[ERROR] missing required field: {name}" for name in missing]
            raise Refusal("invalid_arguments", response_metadata={"messages": messages})
        return asked.run(self, args)

    def _authorise(self, name: str, token: str, scope: str) -> None:
        if not token:
            raise Refusal("not_authed")
        if token not in (self.bot_token, self.app_token):
            raise Refusal("invalid_auth")
        for_app = name == "apps.connections.open"
        if for_app != (token == self.app_token):
            raise Refusal("not_allowed_token_type")
        if self.revoked and not for_app:
            raise Refusal("token_revoked")
        scopes = self.app_scopes if for_app else self.scopes
        if scope and scope not in scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(scopes)))

    def _failed(
        self, request: web.Request, fault: Fault, name: str, args: Json
    ) -> web.StreamResponse:
        if fault.drop:
            self._record(name, args, 0, {})
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        error = fault.error or ("ratelimited" if fault.code == 429 else "")
        answer = {"ok": False, "error": error} if error else {}
        self._record(name, args, fault.code, answer)
        if not answer:
            return web.Response(status=fault.code, text="<html>", content_type="text/html")
        return self._response(answer, fault.code, fault.retry_after)

    def _response(self, answer: Json, code: int, retry_after: int | None) -> web.Response:
        headers = {"x-oauth-scopes": ",".join(sorted(self.scopes))}
        if retry_after is not None:
            headers["Retry-After"] = str(retry_after)
        return web.json_response(answer, status=code, headers=headers)

    def _record(self, name: str, args: Json, code: int, answer: Json) -> None:
        with self.lock:
            self.calls.append(
                Call(method=name, args=args, code=code, answer=answer, at=time.monotonic())
            )
            if not answer.get("ok"):
                self.note(name, f"refused: {code} {answer.get('error', '')}")

    def _channels_meant(self, args: Json) -> list[str]:
        """Return the ids under which a fault may mean the place that a call is about."""
        with self.lock:
            named = str(args.get("channel", ""))
            meant = {named, args.get("user_id")}
            meant |= {c.id for c in self.channels.values() if named and c.person == named}
            meant |= {c.person for c in self.channels.values() if named and c.id == named}
            return [name for name in meant if name]


async def _arguments(request: web.Request) -> Json:
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        return {**args, **json.loads(await request.text())}
    args |= dict(await request.post())
    for name in _JSON_ARGUMENTS:
        if isinstance(args.get(name), str):
            args[name] = _parsed(args[name])
    return args


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _token(request: web.Request, args: Json) -> str:
    given = str(args.pop("token", ""))
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or given
