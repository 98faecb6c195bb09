"""Recipients of the data: each is notified of a change, or excused (Art. 19)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.core.catalog import Right

if TYPE_CHECKING:
    from bot.core.tickets.ticket import Ticket

# Each recipient is told of a rectification, an erasure and a restriction (Art. 19).
CONCERNED = frozenset({Right.RECTIFICATION, Right.ERASURE, Right.RESTRICTION})
REST = "rest"  # in the place of one: all that are left
LONGEST_KEY = 20
_APART = re.compile(r"[^a-z0-9]+")


class Kind(StrEnum):
    """A system of the organisation's own, or somebody to whom it discloses data."""

    SYSTEM = "system"
    RECIPIENT = "recipient"


class Outcome(StrEnum):
    """What became of a change there."""

    DONE = "done"
    EXCUSED = "excused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A place where data lies, by the name that people know it by; `owner` sees to it there."""

    name: str
    kind: Kind = Kind.RECIPIENT
    owner: str = ""

    @property
    def key(self) -> str:
        """Its name as buttons and forms carry it."""
        return key_of(self.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """That a change was passed on to a recipient; or, with an `excuse`, why it was not."""

    recipient: str
    name: str
    at: datetime
    by: str
    excuse: str = ""


def key_of(name: str) -> str:
    """Return a name in small letters, digits and dashes; empty when it has none of those."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _APART.sub("-", plain).strip("-")[:LONGEST_KEY].strip("-")


def wanted(ticket: Ticket, known: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Return those of the organisation's recipients that are not ticked on a ticket yet."""
    ticked = {tick.recipient for tick in ticket.ticks}
    concerned = ticket.right in CONCERNED
    return tuple(one for one in known if concerned and one.key not in ticked)


def chosen(ticket: Ticket, said: str, known: Iterable[Recipient]) -> tuple[Recipient, ...]:
    """Return whom a key or a name means; none where there is nobody of that name."""
    if said == REST:
        return wanted(ticket, known)
    key = key_of(said)
    return tuple(one for one in known if one.key == key)


def excused(ticket: Ticket) -> tuple[Tick, ...]:
    """Return what was not passed on, with the reasons."""
    return tuple(tick for tick in ticket.ticks if tick.excuse)


def ticked(
    ticket: Ticket, whom: Iterable[Recipient], excuse: str, by: str, now: datetime
) -> Ticket:
    """Tick recipients off; what was said of them before is said no more."""
    made = tuple(
        Tick(recipient=one.key, name=one.name, at=now, by=by, excuse=excuse) for one in whom
    )
    anew = {tick.recipient for tick in made}
    kept = tuple(tick for tick in ticket.ticks if tick.recipient not in anew)
    return replace(ticket, ticks=(*kept, *made))
