"""Signatures of the HTTP channel, in both directions: Standard Webhooks, or the older format.

Standard Webhooks (https://www.standardwebhooks.com): `webhook-id`, `webhook-timestamp` and
`webhook-signature`, which is `v1,` and the base64 HMAC-SHA256 of `<id>.<timestamp>.<body>`; there
may be several, with spaces between. The older format: `X-Seloste-Timestamp` and
`X-Seloste-Signature`, which is `v1=` and the hex HMAC-SHA256 of `v1:<timestamp>:<body>`. What comes
in may be signed by either; what goes out is signed by both.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta

ID, TIME, SIGNATURES = "webhook-id", "webhook-timestamp", "webhook-signature"
TIMESTAMP, SIGNATURE = "X-Seloste-Timestamp", "X-Seloste-Signature"
_PREFIX = "whsec_"  # of a secret that is the base64 of its bytes
_OLDEST = timedelta(minutes=5)
_LONGEST_STAMP = 12


def signed(secret: str, id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the headers that sign a body; the id is the same over all attempts."""
    stamp = str(int(now.timestamp()))
    return {
        ID: id,
        TIME: stamp,
        SIGNATURES: _standard(secret, id, stamp, body),
        TIMESTAMP: stamp,
        SIGNATURE: _older(secret, stamp, body),
    }


def is_signed(secret: str, body: bytes, headers: Mapping[str, str], now: datetime) -> bool:
    """Tell whether a body carries a right signature of the last five minutes."""
    if SIGNATURES in headers:
        message_id, stamp = headers.get(ID, ""), headers.get(TIME, "")
        given, right = headers[SIGNATURES].split(" "), _standard(secret, message_id, stamp, body)
    else:
        stamp = headers.get(TIMESTAMP, "")
        given, right = [headers.get(SIGNATURE, "")], _older(secret, stamp, body)
    return _is_fresh(stamp, now) and any(_same(one, right) for one in given)


def _is_fresh(stamp: str, now: datetime) -> bool:
    if not stamp.isdecimal() or not stamp.isascii() or len(stamp) > _LONGEST_STAMP:
        return False
    return abs(now.timestamp() - int(stamp)) <= _OLDEST.total_seconds()


def _same(given: str, right: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), right.encode())


def _standard(secret: str, id: str, stamp: str, body: bytes) -> str:
    signs = f"{id}.{stamp}.".encode(errors="replace") + body
    digest = hmac.new(_key(secret), signs, hashlib.sha256).digest()
    return f"v1,{b64encode(digest).decode()}"


def _older(secret: str, stamp: str, body: bytes) -> str:
    signs = f"v1:{stamp}:".encode(errors="replace") + body
    return "v1=" + hmac.new(secret.encode(), signs, hashlib.sha256).hexdigest()


def _key(secret: str) -> bytes:
    """Return the bytes of a secret, as Standard Webhooks has them where it is written its way."""
    if secret.startswith(_PREFIX):
        try:
            return b64decode(secret.removeprefix(_PREFIX) + "==")
        except ValueError:
            pass
    return secret.encode()
