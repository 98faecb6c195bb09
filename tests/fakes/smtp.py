"""A mail server on loopback: takes letters, writes down what it was told, fails on order."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, Literal

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.fakes.loop import LoopThread

Step = Literal["MAIL", "RCPT", "DATA", "NOOP", "QUIT"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that goes wrong, once, the next time a step comes.

    `reply` is said instead of yes; `to` limits it to one recipient; `wait` seconds pass first;
    `drop` cuts the connection, at DATA after the letter was taken; `endless` never stops replying.
    """

    at: Step
    reply: str = ""
    to: str = ""
    wait: float = 0.0
    drop: bool = False
    endless: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter that was taken, and how it came."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    encrypted: bool
    user: str

    @property
    def message(self) -> EmailMessage:
        """The letter as its reader's program understands it."""
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    def body(self, kind: str) -> str:
        """Return the text of one kind, `plain` or `html`."""
        part = self.message.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n").rstrip("\n")


class FakeSmtp:
    """A context manager: the server runs inside it.

    `tls` offers STARTTLS, or with `at_once` encrypts from the start; a `login` is then demanded.
    """

    def __init__(
        self,
        *faults: Fault,
        tls: ssl.SSLContext | None = None,
        at_once: bool = False,
        login: tuple[str, str] | None = None,
        smtputf8: bool = False,
    ) -> None:
        self.faults = list(faults)
        self.letters: list[Letter] = []
        self.heard: list[str] = []
        self.port = 0
        self._tls = tls
        self._at_once = at_once
        self._login = login
        self._smtputf8 = smtputf8
        self._thread = LoopThread()
        self._loop = self._thread.loop
        self._clients: list[SMTP] = []

    def url(self, host: str = "127.0.0.1", user: str = "") -> str:
        """Return where the server is; `user` is `name:password`, percent-encoded."""
        scheme = "smtps" if self._at_once else "smtp"
        return f"{scheme}://{user}{'@' if user else ''}{host}:{self.port}"

    def __enter__(self) -> FakeSmtp:
        self._thread.start()
        self._thread.run(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.run(self._close())
        self._thread.end()

    async def _open(self) -> None:
        at_once = self._tls if self._at_once else None
        self._server = await self._loop.create_server(self._client, "127.0.0.1", 0, ssl=at_once)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        self._server.close()
        for client in self._clients:
            if isinstance(client.transport, asyncio.WriteTransport):
                client.transport.abort()  # a closed one would wait for a reader that is gone
        mine = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not mine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _client(self) -> SMTP:
        client = SMTP(
            self,
            hostname="fake.example.com",
            loop=self._loop,
            tls_context=None if self._at_once else self._tls,
            enable_SMTPUTF8=self._smtputf8,
            authenticator=self._authenticate,
            auth_require_tls=self._tls is not None and not self._at_once,
        )
        self._clients.append(client)
        return client

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any
    ) -> AuthResult:
        self.heard.append("AUTH")
        assert isinstance(given, LoginPassword)
        right = self._login == (given.login.decode(), given.password.decode())
        return AuthResult(success=right, handled=False, auth_data=given.login.decode())

    # What aiosmtpd calls.

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.heard.append(f"MAIL {address}")
        if self._login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._answer(server, "MAIL")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.heard.append(f"RCPT {address}")
        answer = await self._answer(server, "RCPT", address)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.heard.append("DATA")
        to = envelope.rcpt_tos[0]
        fault = self._fault("DATA", to)
        if fault is None or not fault.reply:
            self._take(session, envelope)
        return await self._fail(server, fault)

    async def handle_NOOP(  # noqa: N802
        self, server: SMTP, _session: Session, _envelope: Envelope, _arg: str
    ) -> str:
        self.heard.append("NOOP")
        return await self._answer(server, "NOOP")

    async def handle_QUIT(  # noqa: N802
        self, server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        self.heard.append("QUIT")
        return (await self._answer(server, "QUIT")).replace("250 OK", "221 Bye")

    def _take(self, session: Session, envelope: Envelope) -> None:
        assert envelope.mail_from is not None
        assert isinstance(envelope.content, bytes)
        self.letters.append(
            Letter(
                sender=envelope.mail_from,
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.content,
                encrypted=self._at_once or session.ssl is not None,
                user=str(session.auth_data or ""),
            )
        )

    async def _answer(self, server: SMTP, step: Step, to: str = "") -> str:
        return await self._fail(server, self._fault(step, to))

    def _fault(self, step: Step, to: str) -> Fault | None:
        for fault in self.faults:
            if fault.at == step and fault.to in ("", to):
                self.faults.remove(fault)
                return fault
        return None

    async def _fail(self, server: SMTP, fault: Fault | None) -> str:
        if fault is None:
            return "250 OK"
        await asyncio.sleep(fault.wait)
        while fault.endless:
            await server.push("250-still at it")
            await asyncio.sleep(0.02)
        if fault.drop:
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            raise ConnectionResetError
        return fault.reply or "250 OK"
