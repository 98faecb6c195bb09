"""Sends mail by SMTP, encrypted, with a connection for each letter."""

from __future__ import annotations

import ipaddress
import ssl
from asyncio import WriteTransport
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

import aiosmtplib
from anyio import fail_after, move_on_after, sleep

from bot.channels.mail.letter import Letter, address, email_message
from bot.errors import DeliveryError, Refused, TryLater

_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
_CONVERSATION = 3  # how many times the timeout all steps together may take
# Login wanted, too weak, failed, not encrypted: faults of our settings, wherever they come up.
_OURS = frozenset({530, 534, 535, 538})
_TOO_LARGE = 552


class SmtpServer:
    """A mail server.

    The URL is `smtp://user:password@host:port` (STARTTLS, port 587) or `smtps://...` (TLS from the
    start, port 465); user and password may be left out, and are percent-encoded. Letters,
    addresses and passwords leave this machine only encrypted, to a server whose certificate is
    valid. A server on loopback is spoken to in plain text; when a TLS context is given, STARTTLS is
    used there too if offered.

    A conversation ends when the server is silent for longer than the timeout, or when all its steps
    take longer than three times that. Raises ValueError for a malformed URL or sender.
    """

    def __init__(
        self,
        url: str,
        sender: str,
        timeout: float = 20.0,
        tls_context: ssl.SSLContext | None = None,
    ) -> None:
        if not address(sender).addr_spec.isascii():
            raise ValueError("the sender is no e-mail address in ASCII")
        self._place = _place(url)
        self._sender = sender
        self._timeout = timeout
        self._given_context = tls_context
        self._context = tls_context or ssl.create_default_context()

    async def send(self, letter: Letter, *, key: str = "") -> None:
        """Hand over one letter; the server has taken it when this returns.

        Raises TryLater or Refused. After TryLater the server may have taken it all the same.
        """
        message = email_message(self._sender, letter, key)
        async with self._conversation() as server:
            await _hand_over(server, message)

    async def probe(self) -> None:
        """Connect, encrypt, log in and ask for a sign of life. Raises TryLater."""
        async with self._conversation() as server:
            await server.noop()

    @asynccontextmanager
    async def _conversation(self) -> AsyncIterator[aiosmtplib.SMTP]:
        """Give a server that is ready for a letter; its faults come out as DeliveryError."""
        server = _Connection(
            hostname=self._place.host,
            port=self._place.port,
            # Else this machine's name is asked of the DNS, and told to the server.
            local_hostname=address(self._sender).domain,
            timeout=self._timeout,
            use_tls=self._place.tls_at_once,
            start_tls=False,
            tls_context=self._context,
        )
        try:
            with fail_after(self._timeout * _CONVERSATION):
                await server.connect()
                await self._encrypt(server)
                if self._place.user:
                    await server.login(self._place.user, self._place.password)
                yield server
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _fault(error) from None
        finally:
            await self._part(server)

    async def _part(self, server: aiosmtplib.SMTP) -> None:
        # The letter is accepted or not by now: a failed QUIT changes nothing.
        try:
            with suppress(aiosmtplib.SMTPException, OSError), move_on_after(self._timeout):
                if server.is_connected:
                    await server.quit()
        finally:  # also where a stop comes just then
            server.close()
            await sleep(0)  # for the loop to close the socket

    async def _encrypt(self, server: aiosmtplib.SMTP) -> None:
        if self._place.tls_at_once:
            return
        await _greet(server)
        offered = server.supports_extension("starttls")
        # A local server seldom has a certificate for "localhost", and nobody listens in between.
        if is_loopback(self._place.host) and not (self._given_context and offered):
            return
        if not offered:
            raise TryLater("the mail server offers no TLS (STARTTLS): nothing was sent")
        await server.starttls()


class _Connection(aiosmtplib.SMTP):
    """A connection that is closed at once, also when the library gives it up after a fault."""

    def close(self) -> None:
        transport = self.transport
        super().close()
        if isinstance(transport, WriteTransport):
            transport.abort()  # else TLS would wait for the server to close its side too


def is_loopback(host: str) -> bool:
    """Tell whether a host, by its name alone, is this machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _LOOPBACK)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the server is, and who we are to it."""

    host: str
    port: int
    tls_at_once: bool
    user: str
    password: str = field(repr=False)


def _place(url: str) -> _Place:
    """Read the URL of a mail server. Raises ValueError, in which nothing of the URL is shown."""
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
        user, password = (
            unquote(part or "", errors="strict") for part in (parts.username, parts.password)
        )
    except ValueError:  # its text may hold a piece of the password
        raise _malformed("host or port cannot be read") from None
    if parts.scheme not in _PORTS:
        raise _malformed("it begins with neither smtp:// nor smtps://")
    if not host or port == 0 or _has_more(url, parts):
        raise _malformed("it needs a host, and besides it only user, password and port")
    if bool(user) != bool(password):
        raise _malformed("user and password belong together")
    if not (user + password).isprintable():
        raise _malformed("user or password holds a control character")
    return _Place(host, port or _PORTS[parts.scheme], parts.scheme == "smtps", user, password)


def _has_more(url: str, parts: SplitResult) -> bool:
    blank = any(char.isspace() or not char.isprintable() for char in url)
    return blank or parts.path not in ("", "/") or bool(parts.query or parts.fragment)


def _malformed(why: str) -> ValueError:
    return ValueError(
        f"is no URL of a mail server: {why}; an example: smtps://user:password@mail.example.com"
        " (special characters in user and password percent-encoded: / is %2F, @ is %40)"
    )


async def _greet(server: aiosmtplib.SMTP) -> None:
    if server.is_ehlo_or_helo_needed:
        try:
            await server.ehlo()
        except aiosmtplib.SMTPHeloError:
            await server.helo()


async def _hand_over(server: aiosmtplib.SMTP, message: EmailMessage) -> None:
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    options = []
    if not recipient.isascii():
        await _greet(server)
        if not server.supports_extension("smtputf8"):
            raise Refused("the mail server takes no addresses outside ASCII (SMTPUTF8)")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    await server.sendmail(sender, [recipient], message.as_bytes(), mail_options=options)


def _fault(error: aiosmtplib.SMTPException | OSError) -> DeliveryError:
    """Return what a fault means for the letter; replies may hold addresses and are not repeated."""
    if isinstance(error.__cause__, ssl.SSLError):
        error = error.__cause__
    match error:
        case aiosmtplib.SMTPRecipientsRefused(recipients=[refusal]):
            return _answer(refusal.code)
        case aiosmtplib.SMTPResponseException():
            return _reply(error)
        case ssl.SSLCertVerificationError(verify_message=why):
            return TryLater(f"the certificate of the mail server is not valid: {why}")
        case ssl.SSLError(reason=why):
            return TryLater(f"the mail server does not speak TLS as we do ({why})")
        case _ if type(error) is aiosmtplib.SMTPException:
            return TryLater("the mail server offers no login, but a user is set")
        case _:
            return TryLater(f"the mail server cannot be spoken to ({type(error).__name__})")


def _reply(error: aiosmtplib.SMTPResponseException) -> DeliveryError:
    """Return what a reply of the server means, by the step at which it came."""
    code = error.code
    match error:
        case aiosmtplib.SMTPDataError():
            return _answer(code)
        case aiosmtplib.SMTPSenderRefused():
            if code == _TOO_LARGE:
                return _answer(code)
            return TryLater(f"the mail server does not take our sender's address (SMTP {code})")
        case aiosmtplib.SMTPAuthenticationError():
            return TryLater(f"the mail server does not take our user and password (SMTP {code})")
        case _:
            return TryLater(f"the mail server is not ready (SMTP {code})")


def _answer(code: int) -> DeliveryError:
    """Return what the answer to a recipient or to a letter means."""
    if code in _OURS:
        return TryLater(f"the mail server wants another login than ours (SMTP {code})")
    if 500 <= code < 600:
        return Refused(f"the mail server refuses the letter (SMTP {code})")
    return TryLater(f"the mail server does not take the letter now (SMTP {code})")
