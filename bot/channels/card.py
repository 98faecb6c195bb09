"""A ticket's card in the desk's language: rows of label and value, for any channel to lay out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.core.catalog import Language
from bot.core.deadlines import DayOff, Deadline
from bot.core.identity import Evidence, Method
from bot.core.messages import Alarm, AskStaff, Remind, TellStaff, ToStaff
from bot.core.tickets import Denial, Rules, Ticket

Row = tuple[str, str]
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

    def name(self, actor: str) -> str:
        """Return who stands behind an actor's key."""


def rows(ticket: Ticket, wording: Wording) -> list[Row]:
    """Return what staff see of a ticket: request, person, evidence, due date and why."""
    found = {
        "right": _desk(wording, f"right.{ticket.right}"),
        "state": _state(ticket, wording),
        "due": _due(ticket.clock.end(_today(wording)), wording),
        "name": ticket.person.name,
        "email": ticket.person.email,
        "details": ticket.details,
        "identity": "; ".join(_evidence(piece, wording) for piece in ticket.evidence)
        or label(wording, "no_evidence"),
        "question": ticket.question,
    }
    labelled = [(label(wording, name), value) for name, value in found.items() if value]
    return labelled + [
        (f"{_action(note.action, wording)} {_moment(note.at, wording)}", note.text)
        for note in ticket.notes
    ]


def history(happenings: Sequence[Happening], wording: Wording) -> Iterator[tuple[str, ...]]:
    """Return when, who, what, from and to of each happening, in words and local time."""
    for at, who, what, before, after in happenings:
        named = who if who not in ("customer", "system") else label(wording, who)
        states = (_desk(wording, f"desk.state.{s}") if s else "" for s in (before, after))
        yield (_moment(at, wording), named, _action(what, wording), *states)


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
        case AskStaff(number=number):
            ticket = wording.ticket(number)
            if ticket:
                yield _desk(wording, "desk.changed", number=number, state=ticket.state)
        case TellStaff(denial=denial, first=first):
            yield denied(denial, wording, wording.name(first))
        case Remind(number=number, days=days):
            yield _desk(wording, "desk.reminder", number=number, days=days)
        case Alarm(trouble=trouble, reference=reference):
            yield _desk(wording, f"desk.alarm.{trouble}", reference=reference)


def denied(denial: Denial, wording: Wording, first: str = "") -> str:
    """Return why an action was not carried out, and who was first where that is why."""
    text = _desk(wording, f"desk.denial.{denial}")
    was_first = first if denial is Denial.STALE else ""
    if was_first in ("customer", "system"):
        was_first = label(wording, was_first)
    return f"{text} ({label(wording, 'first', name=was_first)})" if was_first else text


def label(wording: Wording, name: str, /, **values: str | int) -> str:
    """Return one of the desk's own words."""
    return _desk(wording, f"desk.card.{name}", **values)


def _desk(wording: Wording, key: str, **values: str | int) -> str:
    return wording.text(key, wording.language, **values)


def _today(wording: Wording) -> date:
    return wording.rules.today(wording.now())


def _moment(at: datetime, wording: Wording) -> str:
    return f"{at.astimezone(wording.rules.timezone):%Y-%m-%d %H:%M}"


def _action(name: str, wording: Wording) -> str:
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
    if piece.method is not Method.EMAIL_CODE:
        return shown
    return f"{shown}, {label(wording, 'on_file' if piece.on_file else 'not_on_file')}"
