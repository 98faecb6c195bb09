"""Mail out: to a mail server or, without one, to files in a folder, which `chat` shows.

One function builds the letters of both, and nothing that could add a header gets past it.
"""

from __future__ import annotations

import hashlib
import ipaddress
import os
import re
import smtplib
import socket
import ssl
import tempfile
import unicodedata
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from pathlib import Path
from threading import Lock, Timer
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit
from uuid import uuid4

from email_validator import EmailNotValidError, validate_email

from bot.core.understanding.text import strip_invisible
from bot.errors import DeliveryError, Refused, TryLater

_PORTS = {"smtp": 587, "smtps": 465}
_LOOPBACK = (ipaddress.ip_network("127.0.0.0/8"), ipaddress.ip_network("::1/128"))
_CONVERSATION = 3  # how many times the timeout all steps together may take
_BREAKS_A_HEADER = frozenset({"Cc", "Cs", "Zl", "Zp"})
# The email package decodes an encoded word, line breaks included, and writes them out as they are.
_ENCODED_WORD = re.compile(r"=\?[^?]*\?[^?]*\?")
# Login wanted, too weak, failed, not encrypted: faults of our settings, wherever they come up.
_OURS = frozenset({530, 534, 535, 538})
_TOO_LARGE = 552


class Post(Protocol):
    """Where letters are handed over. Both methods may block, and raise only DeliveryError."""

    def send(self, to: str, subject: str, text: str, html: str = "", *, key: str = "") -> None:
        """Hand over one letter to one recipient.

        The key names the letter for ever and everywhere, and holds no personal data: sent again
        with the same key, a letter has the same Message-ID. Without a key each one is new.
        """

    def probe(self) -> None:
        """Try all that a letter needs but the letter."""


class MailFolder:
    """A local outbox: one .eml file a letter, readable by the owner only, and one letter a key."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender
        self._lock = Lock()

    def send(self, to: str, subject: str, text: str, html: str = "", *, key: str = "") -> None:
        """Write one letter to one recipient, whole or not at all."""
        letter = _letter(self._sender, to, subject, text, html, key)
        with self._lock, _writing():
            self._make()
            name = hashlib.sha256(letter["Message-ID"].encode()).hexdigest()[:16]
            if not any(self._folder.glob(f"*-{name}.eml")):
                number = len(self.letters()) + 1
                _write(self._folder / f"{number:04d}-{name}.eml", letter.as_bytes())

    def probe(self) -> None:
        """Raise TryLater when nothing can be written to the folder."""
        with _writing():
            self._make()
            _write(self._folder / "probe", b"")
            (self._folder / "probe").unlink(missing_ok=True)

    def letters(self) -> list[Path]:
        """Return the letters, oldest first."""
        return sorted(self._folder.glob("*.eml"))

    def _make(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)


class SmtpServer:
    """A mail server, with a conversation of its own for each letter.

    The URL is `smtp://user:password@host:port` (STARTTLS, port 587) or `smtps://...` (TLS from the
    start, port 465); user and password may be left out, and are percent-encoded. No letter, address
    or password leaves this machine but encrypted, to a server whose certificate is valid. A server
    on loopback is spoken to in plain text; when a TLS context is given, STARTTLS is used there too
    if offered.

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
        if not _address(sender).addr_spec.isascii():
            raise ValueError("the sender is no e-mail address in ASCII")
        self._place = _place(url)
        self._sender = sender
        self._timeout = timeout
        self._given_context = tls_context
        self._context = tls_context or ssl.create_default_context()

    def send(self, to: str, subject: str, text: str, html: str = "", *, key: str = "") -> None:
        """Hand over one letter; the server has taken it when this returns.

        Raises TryLater or Refused. After TryLater the server may have taken it all the same.
        """
        letter = _letter(self._sender, to, subject, text, html, key)
        with self._conversation() as server:
            _hand_over(server, letter)

    def probe(self) -> None:
        """Connect, encrypt, log in and ask for a sign of life. Raises TryLater."""
        with self._conversation() as server:
            code, reply = server.noop()
            if code != 250:
                raise smtplib.SMTPResponseException(code, reply)

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        """Give a server that is ready for a letter; its faults come out as DeliveryError."""
        try:
            with _ended(self._connected(), self._timeout * _CONVERSATION) as server:
                self._encrypt(server)
                if self._place.user:
                    _log_in(server, self._place.user, self._place.password)
                yield server
        except (smtplib.SMTPException, OSError) as error:
            raise _fault(error) from None

    def _connected(self) -> smtplib.SMTP:
        place = self._place
        # Else smtplib asks the DNS for this machine's name, without a time limit, and tells it.
        name = _address(self._sender).domain
        if place.tls_at_once:
            return smtplib.SMTP_SSL(
                place.host, place.port, name, timeout=self._timeout, context=self._context
            )
        return smtplib.SMTP(place.host, place.port, name, timeout=self._timeout)

    def _encrypt(self, server: smtplib.SMTP) -> None:
        if self._place.tls_at_once:
            return
        server.ehlo_or_helo_if_needed()
        offered = server.has_extn("starttls")
        # A local server seldom has a certificate for "localhost", and nobody listens in between.
        if is_loopback(self._place.host) and not (self._given_context and offered):
            return
        if not offered:
            raise TryLater("the mail server offers no TLS (STARTTLS): nothing was sent")
        server.starttls(context=self._context)


def is_loopback(host: str) -> bool:
    """Tell whether a host, by its name alone, is this machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _LOOPBACK)


def _letter(sender: str, to: str, subject: str, text: str, html: str, key: str) -> EmailMessage:
    """Build a letter: the one place where headers are made of what others wrote."""
    try:
        origin = _address(sender)
    except ValueError:
        raise TryLater("the sender is no e-mail address; correct it in the settings") from None
    try:
        recipient = _address(to)
    except ValueError:
        raise Refused("the recipient is no single e-mail address") from None
    if _breaks_a_header(subject):
        raise Refused("the subject does not fit into one line")
    # Only an address outside ASCII needs headers in UTF-8 (RFC 6532).
    ascii_only = (origin.addr_spec + recipient.addr_spec).isascii()
    letter = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    letter["From"] = origin
    letter["To"] = recipient
    letter["Subject"] = subject
    letter["Date"] = datetime.now(UTC)
    letter["Message-ID"] = f"<{_name(key)}@{origin.domain}>"
    letter["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    letter["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # the same for Exchange
    # Quoted-printable is ASCII: no server need take more.
    letter.set_content(_clean(text), cte="quoted-printable")
    if html:
        letter.add_alternative(_clean(html), subtype="html", cte="quoted-printable")
    return letter


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32] if key else uuid4().hex


def _clean(text: str) -> str:
    return strip_invisible(text, len(text))


def _breaks_a_header(text: str) -> bool:
    broken = any(unicodedata.category(char) in _BREAKS_A_HEADER for char in text)
    return broken or _ENCODED_WORD.search(text) is not None


def _address(text: str) -> Address:
    """Return one address, its domain in ASCII. Raises ValueError for anything else."""
    try:
        # Whether a domain is reached is for the server to say: it may be an internal one.
        valid = validate_email(text, check_deliverability=False, globally_deliverable=False)
    except EmailNotValidError:
        raise ValueError("no e-mail address") from None
    if _breaks_a_header(valid.local_part):
        raise ValueError("no e-mail address")
    return Address(username=valid.local_part, domain=valid.ascii_domain)


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        name = type(error).__name__
        raise TryLater(f"the folder for letters cannot be written ({name})") from None


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


@contextmanager
def _ended(server: smtplib.SMTP, limit: float) -> Iterator[smtplib.SMTP]:
    """Give a connected server, hang up after so many seconds, and part from it in the end."""
    watch = Timer(limit, _hang_up, (server,))
    watch.daemon = True
    watch.start()
    try:
        yield server
    finally:
        # The letter is taken or not by now: a bad farewell changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()
        watch.cancel()
        server.close()


def _hang_up(server: smtplib.SMTP) -> None:
    """End a conversation from another thread: whoever waits for an answer gets none."""
    with suppress(OSError):
        if server.sock is not None:
            # Not SSLSocket's own: it would take the encryption off under the other thread.
            socket.socket.shutdown(server.sock, socket.SHUT_RDWR)


def _log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    if (user + password).isascii():
        server.login(user, password)
        return
    # smtplib sends ASCII only; RFC 4616 has UTF-8.
    server.ehlo_or_helo_if_needed()
    answer = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, reply = server.docmd("AUTH", f"PLAIN {answer}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, reply)


def _hand_over(server: smtplib.SMTP, letter: EmailMessage) -> None:
    sender, recipient = (letter[name].addresses[0].addr_spec for name in ("From", "To"))
    options = []
    if not recipient.isascii():
        server.ehlo_or_helo_if_needed()
        if not server.has_extn("smtputf8"):
            raise Refused("the mail server takes no addresses outside ASCII (SMTPUTF8)")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
    server.sendmail(sender, [recipient], letter.as_bytes(), options)


def _fault(error: smtplib.SMTPException | OSError) -> DeliveryError:
    """Say what a fault means for the letter; replies may hold addresses and are not repeated."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=refusals):
            ((code, _),) = refusals.values()
            return _answer(code)
        case smtplib.SMTPDataError(smtp_code=code):
            return _answer(code)
        case smtplib.SMTPSenderRefused(smtp_code=code) if code == _TOO_LARGE:
            return _answer(code)
        case smtplib.SMTPSenderRefused(smtp_code=code):
            return TryLater(f"the mail server does not take our sender's address (SMTP {code})")
        case smtplib.SMTPAuthenticationError(smtp_code=code):
            return TryLater(f"the mail server does not take our user and password (SMTP {code})")
        case smtplib.SMTPResponseException(smtp_code=code):
            return TryLater(f"the mail server is not ready (SMTP {code})")
        case smtplib.SMTPNotSupportedError():
            return TryLater("the mail server offers no login, but a user is set")
        case ssl.SSLCertVerificationError(verify_message=why):
            return TryLater(f"the certificate of the mail server is not valid: {why}")
        case ssl.SSLError(reason=why):
            return TryLater(f"the mail server does not speak TLS as we do ({why})")
        case _:
            return TryLater(f"the mail server cannot be spoken to ({type(error).__name__})")


def _answer(code: int) -> DeliveryError:
    """Return what the answer to a recipient or to a letter means."""
    if code in _OURS:
        return TryLater(f"the mail server wants another login than ours (SMTP {code})")
    if 500 <= code < 600:
        return Refused(f"the mail server refuses the letter (SMTP {code})")
    return TryLater(f"the mail server does not take the letter now (SMTP {code})")
