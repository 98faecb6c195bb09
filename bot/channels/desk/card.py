"""A ticket's card in the desk's language: rows of label and value, for any channel to lay out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from bot.core.catalog import Language
from bot.core.effects import Alarm, Remind, ReportDenial, ShowInquiry, ShowTicket, ToStaff
from bot.core.tickets.deadlines import DayOff, Deadline
from bot.core.tickets.identity import ATTESTED, Evidence
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import ENDED, Denial, Ticket

Row = tuple[str, str]
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Not a ticket's number, nor an ISO date.
_LONG_NUMBER = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d\b)\+?\d(?:[ ()/-]{0,2}\d){5,}")
Happening = tuple[datetime, str, str, str, str]


class Wording(Protocol):
    """What a card needs of the running assistant."""

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text."""

    def now(self) -> datetime:
        """Return the present moment."""

    @property
    def language(self) -> Language:
        """The desk's language."""

    @property
    def rules(self) -> Rules:
        """What the organisation has decided."""


class Desk(Wording, Protocol):
    """What a desk needs besides."""

    def ticket(self, number: str) -> Ticket | None:
        """Return one ticket."""

    def inquiry(self, number: str) -> Inquiry | None:
        """Return one question that was passed to staff."""

    def name(self, actor: str) -> str:
        """Return who stands behind an actor's key."""


def face(ticket: Ticket, wording: Wording) -> list[Row]:
    """Return what stands on a card that a whole channel sees: the person is masked.

    Of a ticket that has ended nothing is left that tells of the person.
    """
    found = _request(ticket, wording)
    del found["right"]  # the title says it
    if ticket.state not in ENDED:
        found |= {
            "name": masked_name(ticket.person.name),
            "email": masked_email(ticket.person.email),
            "identity": _identity(ticket, wording),
        }
    return _labelled(found, wording)


def masked_name(name: str) -> str:
    """Return the initials of a name."""
    initials = (next(filter(str.isalpha, part), "") for part in name.split())
    return " ".join(f"{letter}." for letter in initials if letter)


def masked_email(email: str) -> str:
    """Return an address of which only the first letter and the domain can be read."""
    local, at, domain = email.rpartition("@")
    return f"{local[:1]}•••{at}{domain}" if at else ""


def masked_contacts(text: str) -> str:
    """Return a text in which addresses, and numbers long enough to be of a phone, are masked."""
    hidden = _ADDRESS.sub(lambda found: masked_email(found.group()), text)
    return _LONG_NUMBER.sub("•••", hidden)


def rows(ticket: Ticket, wording: Wording) -> list[Row]:
    """Return what staff see of a ticket: request, person, evidence, due date and why."""
    found = _request(ticket, wording) | {
        "name": ticket.person.name,
        "email": ticket.person.email,
        "details": ticket.details,
        "identity": _identity(ticket, wording),
        "question": ticket.question,
    }
    return _labelled(found, wording) + [
        (f"{action(note.action, wording)} {_moment(note.at, wording)}", note.text)
        for note in ticket.notes
    ]


def _request(ticket: Ticket, wording: Wording) -> dict[str, str]:
    return {
        "right": _desk(wording, f"right.{ticket.right}"),
        "state": _state(ticket, wording),
        "due": _due(ticket.clock.end(_today(wording)), wording),
        "language": _spoken(ticket.language, wording),
    }


def _spoken(language: Language, wording: Wording) -> str:
    return _desk(wording, f"desk.spoken.{language}")


def _labelled(found: Mapping[str, str], wording: Wording) -> list[Row]:
    return [(label(wording, name), value) for name, value in found.items() if value]


def _identity(ticket: Ticket, wording: Wording) -> str:
    shown = "; ".join(_evidence(piece, wording) for piece in ticket.evidence)
    return shown or label(wording, "no_evidence")


def inquiry_face(asked: Inquiry, wording: Desk) -> list[Row]:
    """Return what stands on a question's card: addresses and numbers in it are masked."""
    return inquiry_rows(replace(asked, question=masked_contacts(asked.question)), wording)


def inquiry_rows(asked: Inquiry, wording: Desk) -> list[Row]:
    """Return what staff see of a question that was passed to them, and of its answer."""
    found = {
        "question": "" if asked.closed_at else asked.question,
        "language": "" if asked.closed_at else _spoken(asked.language, wording),
        "answered": wording.name(asked.answered_by) if asked.closed_at else "",
    }
    return _labelled(found, wording)


def _standing(asked: Inquiry) -> str:
    if asked.closed_at is None:
        return "asked"
    return "answered" if asked.answered_by else "lapsed"


def history(happenings: Sequence[Happening], wording: Wording) -> Iterator[tuple[str, ...]]:
    """Return when, who, what, from and to of each happening, in words and local time."""
    for at, who, what, before, after in happenings:
        named = who if who not in ("customer", "system") else label(wording, who)
        states = (_desk(wording, f"desk.state.{s}") if s else "" for s in (before, after))
        yield (_moment(at, wording), named, action(what, wording), *states)


def happened(happening: Happening, wording: Wording) -> str:
    """Return one happening as a line below a card."""
    at, who, what, before, after = next(history([happening], wording))
    moved = f" → {after}" if after not in (before, what) else ""
    return f"{at} {who}: {what}{moved}"


def summary(ticket: Ticket, wording: Wording) -> tuple[str, ...]:
    """Return number, right, state, due day and language: a line of a list of tickets."""
    due = ticket.clock.end(_today(wording)).due.isoformat()
    right = _desk(wording, f"right.{ticket.right}")
    return ticket.number, right, _desk(wording, f"desk.state.{ticket.state}"), due, ticket.language


def overdue(ticket: Ticket, wording: Wording) -> bool:
    """Tell whether a ticket's due day has passed."""
    today = _today(wording)
    return ticket.clock.end(today).due < today


def told(told: ToStaff, wording: Desk) -> Iterator[str]:
    """Return what a desk is told, in a line: a change, a refusal to act, a reminder, an alarm."""
    match told:
        case ShowTicket(number=number):
            ticket = wording.ticket(number)
            if ticket:
                yield _desk(wording, "desk.changed", number=number, state=ticket.state)
        case ShowInquiry(number=number):
            asked = wording.inquiry(number)
            if asked:
                yield _desk(wording, f"desk.inquiry.{_standing(asked)}", number=number)
        case ReportDenial(denial=denial, first=first, did=did):
            yield denied(denial, wording, wording.name(first), did)
        case Remind(number=number, days=days) if wording.inquiry(number):
            yield _desk(wording, "desk.inquiry.reminder", number=number, days=-days)
        case Remind(number=number, days=days):
            yield _desk(wording, "desk.reminder", number=number, days=days)
        case Alarm(trouble=trouble, reference=reference, number=number):
            yield _desk(wording, f"desk.alarm.{trouble}", reference=reference, number=number)


def denied(denial: Denial, wording: Wording, first: str = "", did: str = "") -> str:
    """Return why an action was not carried out; where somebody was first, who, and with what."""
    text = _desk(wording, f"desk.denial.{denial}")
    if denial is not Denial.STALE or not first:
        return text
    done = action(did, wording) if did else ""
    name = label(wording, first) if first in ("customer", "system") else first
    return f"{text} ({label(wording, 'first', name=name, did=done)})"


def label(wording: Wording, name: str, /, **values: str | int) -> str:
    """Return one of the desk's own words."""
    return _desk(wording, f"desk.card.{name}", **values)


def _desk(wording: Wording, key: str, **values: str | int) -> str:
    return wording.text(key, wording.language, **values)


def _today(wording: Wording) -> date:
    return wording.rules.today(wording.now())


def _moment(at: datetime, wording: Wording) -> str:
    return f"{at.astimezone(wording.rules.timezone):%Y-%m-%d %H:%M}"


def action(name: str, wording: Wording) -> str:
    """Return what an action is called."""
    return _desk(wording, f"desk.action.{name}")


def _state(ticket: Ticket, wording: Wording) -> str:
    state = _desk(wording, f"desk.state.{ticket.state}")
    still = ticket.clock.suspended_on is not None
    return f"{state} ({label(wording, 'stands_still')})" if still else state


def _due(end: Deadline, wording: Wording) -> str:
    return label(
        wording,
        "due_why",
        due=end.due.isoformat(),
        received=end.received.isoformat(),
        nominal=end.nominal_end.isoformat(),
        moved=", ".join(_day_off(off, wording) for off in end.moved_because),
    )


def _day_off(off: DayOff, wording: Wording) -> str:
    weekend = off.name in ("saturday", "sunday")
    name = label(wording, off.name if weekend else "holiday")
    return label(wording, "day_off", day=off.day.isoformat(), name=name)


def _evidence(piece: Evidence, wording: Wording) -> str:
    method = _desk(wording, f"desk.method.{piece.method}")
    shown = f"{method} {_moment(piece.at, wording)}"
    if piece.method in ATTESTED:
        return shown
    return f"{shown}, {label(wording, 'on_file' if piece.on_file else 'not_on_file')}"
