"""Access control over HTTP: one secret for customers, one for staff, a personal token for each.

A system that writes for customers cannot act as staff. Nor can a system that writes for all staff
act as two of them: where a right needs four eyes, each of them presents a personal token.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from bot.channels.http.signature import is_signed
from bot.errors import UsageError


class NotAllowed(UsageError):
    """The event was signed, but not by who may bring it."""


class Signer(Enum):
    """For whom an event was signed."""

    CUSTOMERS = auto()
    STAFF = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The secrets, and the tokens of members of staff by their name."""

    secret: str
    staff_secret: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)

    def signer(self, body: bytes, headers: Mapping[str, str], now: datetime) -> Signer | None:
        """Return for whom a body was signed in the last five minutes; None: for nobody."""
        if self.secret and is_signed(self.secret, body, headers, now):
            return Signer.CUSTOMERS
        if self.staff_secret and is_signed(self.staff_secret, body, headers, now):
            return Signer.STAFF
        return None

    def require(self, signer: Signer, *, staff: bool) -> None:
        """Raise NotAllowed when such an event is not the signer's to bring."""
        if staff and signer is not Signer.STAFF:
            raise NotAllowed("staff: this takes a signature with [http] staff_secret")
        if not staff and signer is not Signer.CUSTOMERS:
            raise NotAllowed("person: this takes a signature with [http] secret")

    def require_token(self, name: str, given: str, *, four_eyes: bool) -> None:
        """Raise NotAllowed unless a member of staff has shown the token that they need."""
        own = self.tokens.get(name, "")
        if not own and four_eyes:
            raise NotAllowed("token: this right needs four eyes: each needs [[staff]] http_token")
        if own and not hmac.compare_digest(given.encode(errors="replace"), own.encode()):
            raise NotAllowed("token: it is missing or not that of this member of staff")
