"""The buttons of a card: action, subject and version, with a keyed tag against forgery.

A press without a valid tag was never offered, and is refused.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from uuid import UUID

from bot.channels.desk.form import Form, Subject

_TAG = 9  # bytes: a guess has one chance in 2^72, and is tried on the server only


def press(key: bytes, action: str, subject: Subject) -> str:
    """Return what a button of a card carries: at most 64 bytes, nothing personal."""
    packed = base64.urlsafe_b64encode(UUID(subject.id).bytes).decode().rstrip("=")
    said = f"{action}:{packed}:{subject.version}"
    return f"{said}:{_tag(key, said)}"


def pressed(key: bytes, data: str) -> Form | None:
    """Return the form that a press opens; None when it was never offered."""
    said, _, tag = data.rpartition(":")
    if not hmac.compare_digest(_tag(key, said).encode(), tag.encode(errors="replace")):
        return None
    action, packed, version = said.split(":")
    subject = str(UUID(bytes=base64.urlsafe_b64decode(packed + "==")))
    return Form(action=action, subject=subject, version=int(version))


def _tag(key: bytes, said: str) -> str:
    digest = hmac.new(key, said.encode(errors="replace"), hashlib.sha256).digest()[:_TAG]
    return base64.urlsafe_b64encode(digest).decode()
