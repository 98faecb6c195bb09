"""Card rows on the copy of a person's data: its files, how it was delivered, when it was opened."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.desk.wording import Wording
from bot.core.tickets.copies import File
from bot.core.tickets.ticket import Ticket

_MEGABYTE, _KILOBYTE = 1_000_000, 1_000


def found(ticket: Ticket, wording: Wording) -> Mapping[str, str]:
    """Return the rows of a ticket's copy, by their labels."""
    files = ", ".join(map(described, ticket.files))
    return {"files": files, **delivered(ticket, wording)}


def delivered(ticket: Ticket, wording: Wording) -> Mapping[str, str]:
    """Return the row that a whole channel may see: how a copy was delivered, and when opened."""
    return {"delivery": _delivery(ticket, wording)}


def described(file: File) -> str:
    """Return the name of a file with its size."""
    return f"{file.name} ({_size(file.size)})"


def _size(size: int) -> str:
    if size >= _MEGABYTE:
        return f"{size / _MEGABYTE:.1f} MB"
    return f"{max(1, size // _KILOBYTE)} kB"


def _delivery(ticket: Ticket, wording: Wording) -> str:
    """Return how a copy was delivered, and when it was opened: nothing of what is in it."""
    if ticket.delivery is None:
        return ""
    return wording.label(
        "delivered",
        how=wording.desk(f"way.{ticket.delivery.way}"),
        at=wording.iso(ticket.delivery.at),
        until=wording.iso(ticket.delivery.until) if ticket.delivery.until else "",
        opened=", ".join(map(wording.moment, ticket.delivery.opened)),
    )
