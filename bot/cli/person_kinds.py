"""The kinds of what is kept of a person: what finds, exports and forgets them walks one list."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import OFFLINE, Person, Ticket
from bot.storage.codec import to_json
from bot.storage.kept import Kept

# What, which, and from which account, as `find` shows them.
Row = tuple[str, str, str]


def _nothing(_kept: Kept) -> Iterable[str]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind: what of it `find` shows, what `export` writes, and why `forget` leaves some of it.

    `field` is where it stands in Kept. Without a reason to leave it, all of it is destroyed.
    """

    field: str
    name: str
    shown: Callable[[Kept], Sequence[Row]]
    written: Callable[[Kept], object]
    stays: Callable[[Kept], Iterable[str]] = _nothing


def _texts(field: str, name: str, row: Row, stays: str, which: Callable[[Kept, str], bool]) -> Kind:
    """Return a kind that is stored as JSON, by its key; `which` may have to stay."""

    def found(kept: Kept) -> Sequence[str]:
        texts: dict[object, str] = getattr(kept, field)
        return list(texts.values())

    return Kind(
        field=field,
        name=name,
        shown=lambda kept: [row] * len(found(kept)),
        written=lambda kept: [json.loads(text) for text in found(kept)],
        stays=lambda kept: [stays] if any(which(kept, text) for text in found(kept)) else [],
    )


def _on_its_way(field: str, name: str, row: Row) -> Kind:
    """Return a kind of which only dead letters are destroyed: the rest is handled, and wiped."""
    return _texts(
        field,
        name,
        row,
        f"{row[0]}: what still waits, until it is handled",
        lambda _kept, _text: True,
    )


def _fact(field: str, name: str, row: Row, stays: str) -> Kind:
    """Return a kind that holds of the person or not, and goes on to hold; perhaps since a time."""

    def written(kept: Kept) -> object:
        value: bool | datetime | None = getattr(kept, field)
        return value.isoformat() if isinstance(value, datetime) else value

    return Kind(
        field=field,
        name=name,
        shown=lambda kept: [row] if getattr(kept, field) else [],
        written=written,
        stays=lambda kept: [stays] if getattr(kept, field) else [],
    )


def _account(person: Person) -> str:
    """Return the account that can be looked up next; who is known by a letter alone has none."""
    return "" if person.channel == OFFLINE else f"{person.channel}:{person.account}"


def _tickets(kept: Kept) -> Sequence[Row]:
    def which(ticket: Ticket) -> str:
        doubt = ", not proved to be theirs" if ticket in kept.unproved else ""
        return f"{ticket.right}, {ticket.state}{doubt}"

    return [(one.number, which(one), _account(one.person)) for one in kept.tickets]


def _open_tickets(kept: Kept) -> Iterator[str]:
    for ticket in kept.open_tickets:
        yield f"{ticket.number} is open; refuse it or carry it out first"


def _without_codes(ticket: Ticket) -> Ticket:
    """Return a ticket without what codes and the link to a copy are compared with."""
    copy = ticket.delivery
    delivery = replace(copy, token="", challenge=None) if copy else None
    return replace(ticket, challenge=None, delivery=delivery)


def _inquiry(asked: Inquiry) -> Row:
    state = "answered" if asked.closed_at else "waits"
    return asked.number, f"{asked.kind} to staff, {state}", _account(asked.person)


def _waiting(kept: Kept) -> Iterator[str]:
    for inquiry in kept.inquiries:
        if not inquiry.closed_at:
            yield f"{inquiry.number} waits; answer it first"


def _codes(kept: Kept) -> Sequence[Row]:
    return [("codes", f"{len(kept.codes)} mailed within a week", "")] if kept.codes else []


KINDS: Sequence[Kind] = (
    Kind(
        field="tickets",
        name="tickets",
        shown=_tickets,
        written=lambda kept: [json.loads(to_json(_without_codes(one))) for one in kept.tickets],
        stays=_open_tickets,
    ),
    Kind(
        field="inquiries",
        name="inquiries",
        shown=lambda kept: list(map(_inquiry, kept.inquiries)),
        written=lambda kept: [json.loads(to_json(one)) for one in kept.inquiries],
        stays=_waiting,
    ),
    _texts(
        "dialogues",
        "conversations",
        ("conversation", "where it stands", ""),
        "a conversation about an open ticket",
        Kept.is_needed,
    ),
    _on_its_way("events", "events", ("event", "waits, or is a dead letter", "")),
    _on_its_way("effects", "messages", ("message", "waits, or is a dead letter", "")),
    _texts(
        "forms",
        "forms",
        ("form", "staff have begun it", ""),
        "a form about an open ticket",
        Kept.is_to_be_sent,
    ),
    Kind(
        field="codes",
        name="codes_mailed",
        shown=_codes,
        written=lambda kept: [at.isoformat() for at in kept.codes],
        stays=lambda kept: ["when codes were mailed, for a week"] if kept.codes else [],
    ),
    _fact(
        "disowned",
        "mailbox_wants_no_codes",
        ("mailbox", "wants no codes", ""),
        "that the mailbox wants no codes, until its retention ends",
    ),
    _fact(
        "on_file",
        "on_file",
        ("contact register", "on file, as a keyed hash", ""),
        "on file in the contact register; leave them out of its next import",
    ),
    _fact(
        "suppressed",
        "no_marketing_since",
        ("suppression", "no marketing is sent there", ""),
        "that no marketing is sent there, by a keyed hash alone",
    ),
)


def rows(kept: Kept) -> list[Row]:
    """Return what `find` shows, a line for each thing."""
    return [row for kind in KINDS for row in kind.shown(kept)]


def content(kept: Kept) -> dict[str, object]:
    """Return what `export` writes."""
    return {kind.name: kind.written(kept) for kind in KINDS}


def staying(kept: Kept) -> list[str]:
    """Return what `forget` leaves, each reason once."""
    return list(dict.fromkeys(told for kind in KINDS for told in kind.stays(kept)))
