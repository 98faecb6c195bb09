"""Composes the e-mails with codes and letters; the one place that builds their headers.

Nothing that could add a header or a recipient gets past it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from uuid import uuid4

from bot.channels import render
from bot.core.buttons import AnswerStaff
from bot.core.catalog import Language
from bot.core.contacts import canonical_address
from bot.core.effects import Say, SendCode, Value
from bot.core.messages import Block, Message
from bot.core.understanding.words.text import strip_invisible
from bot.errors import Refused, TryLater

_BREAKS_A_HEADER = frozenset({"Cc", "Cs", "Zl", "Zp"})
# The email package decodes an encoded word, line breaks included, and writes them out as they are.
_ENCODED_WORD = re.compile(r"=\?[^?]*\?[^?]*\?")

Texts = Callable[[str, Language, Mapping[str, Value]], str]


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one recipient."""

    to: str
    subject: str
    text: str
    html: str = ""


def code_letter(sent: SendCode, minutes: int, texts: Texts) -> Letter:
    """Return the letter with a one-time code that is valid for so many minutes."""
    values: Mapping[str, Value] = {
        "number": sent.number,
        "code": sent.code,
        "minutes": minutes,
        "word": sent.word,
    }
    kind = "copy_code" if sent.copy else "code"
    text = texts(f"mail.{kind}_body", sent.language, values)
    html = render.letter(Message(blocks=(Block(kind="text", text=text),)), language=sent.language)
    return Letter(sent.email, texts(f"mail.{kind}_subject", sent.language, values), text, html)


def opened_letter(sent: SendCode, days: int, texts: Texts) -> Letter:
    """Return the letter about a request that staff opened; its code is valid for so many days."""
    values: Mapping[str, Value] = {
        "number": sent.number,
        "received": str(sent.received),
        "due": str(sent.due or ""),
        "code": sent.code,
        "days": days,
        "word": sent.word,
    }
    text = texts("mail.opened_body", sent.language, values)
    html = render.letter(Message(blocks=(Block(kind="text", text=text),)), language=sent.language)
    return Letter(sent.email, texts("mail.opened_subject", sent.language, values), text, html)


def ticket_letter(say: Say, message: Message, texts: Texts) -> Letter:
    """Return as a letter what could not be delivered where the person wrote."""
    values: Mapping[str, Value] = {"number": say.number}
    if any(isinstance(choice.button, AnswerStaff) for choice in say.choices):
        # A letter has no buttons.
        how = Block(kind="text", text=texts("mail.answer", say.language, values))
        message = replace(message, blocks=(*message.blocks, how))
    subject = texts("mail.letter_subject", say.language, values)
    html = render.letter(message, language=say.language)
    return Letter(say.to.email, subject, render.plain(message), html)


def email_message(sender: str, letter: Letter, key: str = "") -> EmailMessage:
    """Build a letter: the one place where headers are made of what others wrote.

    The key names the letter for ever and everywhere, and holds no personal data: sent again with
    the same key, a letter has the same Message-ID. Without a key each one is new. Raises
    DeliveryError for what does not fit into a header.
    """
    try:
        origin = address(sender)
    except ValueError:
        raise TryLater("the sender is no e-mail address; correct it in the settings") from None
    try:
        recipient = address(letter.to)
    except ValueError:
        raise Refused("the recipient is no single e-mail address") from None
    if _breaks_a_header(letter.subject):
        raise Refused("the subject does not fit into one line")
    # Only an address outside ASCII needs headers in UTF-8 (RFC 6532).
    ascii_only = (origin.addr_spec + recipient.addr_spec).isascii()
    message = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    message["From"] = origin
    message["To"] = recipient
    message["Subject"] = letter.subject
    message["Date"] = datetime.now(UTC)
    message["Message-ID"] = f"<{_name(key)}@{origin.domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine answers it
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"  # the same for Exchange
    # Quoted-printable is ASCII: no server need take more.
    message.set_content(_clean(letter.text), cte="quoted-printable")
    if letter.html:
        message.add_alternative(_clean(letter.html), subtype="html", cte="quoted-printable")
    return message


def _name(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:32] if key else uuid4().hex


def _clean(text: str) -> str:
    return strip_invisible(text, len(text))


def _breaks_a_header(text: str) -> bool:
    broken = any(unicodedata.category(char) in _BREAKS_A_HEADER for char in text)
    return broken or _ENCODED_WORD.search(text) is not None


def address(text: str) -> Address:
    """Return one address in its canonical form. Raises ValueError for anything else."""
    # Whether a domain is reached is for the server to say: it may be an internal one.
    local, at, domain = (canonical_address(text, internal=True) or "").rpartition("@")
    if not at or _breaks_a_header(local):
        raise ValueError("no e-mail address")
    return Address(username=local, domain=domain)
