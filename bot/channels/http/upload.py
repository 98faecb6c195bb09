"""Uploads over HTTP: a signed request announces the file, the answer says where to send it.

So the server reads no large body from anybody who does not have the secret of staff. Where to send
it is sealed: a path stands in the log of every proxy on its way, and names of files name people.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.channels.desk import attaching, card
from bot.channels.desk.flow import Refused, Situation
from bot.channels.desk.port import Desk
from bot.channels.http import CHANNEL
from bot.core.envelopes import InboundEvent
from bot.core.tickets import copies
from bot.errors import UsageError

PATH = "/http/files/"
_LIFETIME = timedelta(minutes=15)
_NONCE = 12  # bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """What may be put at an address, by whom, for which ticket, and until when (Unix seconds)."""

    event_id: str
    staff: str
    ticket: str
    name: str
    size: int
    sha256: str
    until: int


@dataclass(frozen=True, slots=True)
class UploadAddress:
    """The answer to a request to attach a file: where it is to be put."""

    path: str

    def content(self) -> Mapping[str, object]:
        """Return it as it is answered."""
        return {"received": False, "upload": self.path}


def permitted(
    event_id: str, staff: str, name: str, size: int, sha256: str, at: Situation, desk: Desk
) -> UploadAddress:
    """Return where a file may be put. Raises UsageError when none can be attached now."""
    refused = attaching.check(at)
    if isinstance(refused, Refused):
        raise UsageError(card.refusal(refused.why, desk.wording))
    if not 0 < size <= copies.LARGEST:
        raise UsageError(f"size: a file has 1 to {copies.LARGEST} bytes")
    permit = Permit(
        event_id=event_id,
        staff=staff,
        ticket=at.subject.number,
        name=copies.clean_name(name),
        size=size,
        sha256=sha256.lower(),
        until=int((at.now + _LIFETIME).timestamp()),
    )
    nonce = os.urandom(_NONCE)
    said = _cipher(desk.buttons_key).encrypt(nonce, json.dumps(asdict(permit)).encode(), None)
    return UploadAddress(PATH + base64.urlsafe_b64encode(nonce + said).decode().rstrip("="))


def permit_of(token: str, key: bytes, now: datetime) -> Permit | None:
    """Return what may be put at an address; None when nothing may, or not any more."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode("ascii") + b"==")
        said = _cipher(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (ValueError, InvalidTag):
        return None
    permit = Permit(**json.loads(said))
    return permit if now.timestamp() <= permit.until else None


def attached(permit: Permit, content: bytes, desk: Desk) -> InboundEvent:
    """Keep a file that was put, and return the event that attaches it. Raises UsageError.

    Put twice, it is attached once: the file's id and the event's are those of the request.
    """
    if hashlib.sha256(content).hexdigest() != permit.sha256:
        raise UsageError("sha256: this is not the file that was announced")
    case, actor = desk.case_numbered(permit.ticket), desk.actors().get(permit.staff)
    if case is None or actor is None:
        raise UsageError("ticket: there is none of that number")
    at = Situation(case.subject, actor, desk.now(), desk.known)
    file = str(uuid5(NAMESPACE_URL, permit.event_id))
    event = attaching.attached(file, permit.name, content, at, desk)
    if isinstance(event, Refused):
        raise UsageError(card.refusal(event.why, desk.wording))
    return desk.inbound(permit.event_id, event, CHANNEL)


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key, b"seloste/upload", "sha256"))
