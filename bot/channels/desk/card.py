"""A card in the desk's language: rows of label and value, for any channel to lay out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.desk.flow import Obstacle, Subject
from bot.channels.desk.wording import Wording
from bot.core.catalog import Language
from bot.core.effects import (
    Alarm,
    Digest,
    Remind,
    RemindOfInquiry,
    ReportDenial,
    ShowInquiry,
    ShowTicket,
    ToStaff,
)
from bot.core.tickets.deadlines import DayOff, Deadline
from bot.core.tickets.identity import ATTESTED, Evidence
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import ENDED, Denial, Ticket

Row = tuple[str, str]
# Begins where a word does: tried at each letter of a long one, it would take quadratic time.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Not a ticket's number, nor an ISO date.
_LONG_NUMBER = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d\b)\+?\d(?:[ ()/-]{0,2}\d){5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One audit row of a ticket or inquiry; `who` is a name, or `customer` or `system`."""

    at: datetime
    who: str
    what: str
    before: str
    after: str


def title(subject: Subject, wording: Wording) -> str:
    """Return the title of a card."""
    if isinstance(subject, Ticket):
        return wording.label("title", number=subject.number, right=subject.right)
    return wording.label("inquiry_title", number=subject.number)


def face(subject: Subject, wording: Wording) -> list[Row]:
    """Return the rows of a card that a whole channel sees: the person is masked.

    Once a ticket has ended, nothing on it tells of the person.
    """
    if isinstance(subject, Inquiry):
        return rows(replace(subject, question=masked_contacts(subject.question)), wording)
    found = _request(subject, wording)
    del found["right"]  # the title says it
    if subject.state not in ENDED:
        found |= {
            "name": masked_name(subject.person.name),
            "email": masked_email(subject.person.email),
            "identity": _identity(subject, wording),
        }
    return _labelled(found, wording)


def rows(subject: Subject, wording: Wording) -> list[Row]:
    """Return all that staff see: request, person, evidence, due date and why; or the question."""
    if isinstance(subject, Inquiry):
        return _labelled(_question(subject, wording), wording)
    found = _request(subject, wording) | {
        "name": subject.person.name,
        "email": subject.person.email,
        "details": subject.details,
        "identity": _identity(subject, wording),
        "question": subject.question,
    }
    notes = [
        (f"{wording.action(note.action)} {wording.moment(note.at)}", note.text)
        for note in subject.notes
    ]
    return _labelled(found, wording) + notes


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


def _request(ticket: Ticket, wording: Wording) -> dict[str, str]:
    return {
        "right": wording.text(f"right.{ticket.right}"),
        "state": _state(ticket, wording),
        "due": _due(ticket.clock.end(wording.today()), wording),
        "language": _spoken(ticket.language, wording),
    }


def _question(asked: Inquiry, wording: Wording) -> dict[str, str]:
    if asked.closed_at:
        return {"answered": wording.name(asked.answered_by)}
    return {"question": asked.question, "language": _spoken(asked.language, wording)}


def _spoken(language: Language, wording: Wording) -> str:
    return wording.desk(f"spoken.{language}")


def _labelled(found: Mapping[str, str], wording: Wording) -> list[Row]:
    return [(wording.label(name), value) for name, value in found.items() if value]


def _identity(ticket: Ticket, wording: Wording) -> str:
    shown = "; ".join(_evidence(piece, wording) for piece in ticket.evidence)
    return shown or wording.label("no_evidence")


def history(happenings: Sequence[Happening], wording: Wording) -> Iterator[tuple[str, ...]]:
    """Return when, who, what, from and to of each happening, in words and local time."""
    for one in happenings:
        states = (wording.desk(f"state.{s}") if s else "" for s in (one.before, one.after))
        who = _doer(one.who, wording)
        yield (wording.moment(one.at), who, wording.action(one.what), *states)


def happened(happening: Happening, wording: Wording) -> str:
    """Return one happening as a line below a card."""
    at, who, what, before, after = next(history([happening], wording))
    moved = f" → {after}" if after not in (before, what) else ""
    return f"{at} {who}: {what}{moved}"


def summary(ticket: Ticket, wording: Wording) -> tuple[str, ...]:
    """Return number, right, state, due day and language: a line of a list of tickets."""
    due = ticket.clock.end(wording.today()).due.isoformat()
    right = wording.text(f"right.{ticket.right}")
    return ticket.number, right, wording.desk(f"state.{ticket.state}"), due, ticket.language


def more(number: int, wording: Wording) -> list[str]:
    """Return the line that says how much a list leaves out, if anything."""
    return [wording.desk("form.more", number=number)] if number > 0 else []


def overdue(ticket: Ticket, wording: Wording) -> bool:
    """Tell whether a ticket's due day has passed."""
    today = wording.today()
    return ticket.clock.end(today).due < today


def told(told: ToStaff, wording: Wording, subject: Subject | None = None) -> list[str]:
    """Return what a desk is told, in lines: a change of a subject, a denial, a reminder, an alarm.

    A change of something that no longer exists is not mentioned.
    """
    number = told.number
    match told:
        case ShowTicket() if isinstance(subject, Ticket):
            return [wording.desk("changed", number=number, state=subject.state)]
        case ShowInquiry() if isinstance(subject, Inquiry):
            return [wording.desk(f"inquiry.{_standing(subject)}", number=number)]
        case ReportDenial(denial=denial, first=first, did=did):
            return [denied(denial, wording, wording.name(first), did)]
        case Remind() | RemindOfInquiry():
            return [_reminder(told, wording)]
        case Digest(reminders=reminders, more=left):
            lines = [_reminder(one, wording) for one in reminders]
            head = wording.desk("digest", number=len(reminders) + left)
            return [head, *lines, *more(left, wording)]
        case Alarm(trouble=trouble, reference=reference):
            return [wording.desk(f"alarm.{trouble}", reference=reference, number=number)]
    return []


def _reminder(one: Remind | RemindOfInquiry, wording: Wording) -> str:
    key = "reminder" if isinstance(one, Remind) else "inquiry.reminder"
    return wording.desk(key, number=one.number, days=one.days)


def damaged(numbers: Iterable[str], wording: Wording) -> list[str]:
    """Return a line for each ticket or inquiry that cannot be opened."""
    return [wording.desk("alarm.damaged", number=number, reference="") for number in numbers]


def _standing(asked: Inquiry) -> str:
    if asked.closed_at is None:
        return "asked"
    return "answered" if asked.answered_by else "lapsed"


def refusal(why: Denial | Obstacle, wording: Wording, past: Sequence[Happening] = ()) -> str:
    """Return why a form does not go on; where somebody was first, who, by what has happened."""
    if isinstance(why, Denial):
        return denied(why, wording, past[-1].who, past[-1].what) if past else denied(why, wording)
    if why is Obstacle.TOO_LONG:
        return wording.text("field.too_long")
    return wording.desk(f"form.{why}")


def denied(denial: Denial, wording: Wording, first: str = "", did: str = "") -> str:
    """Return why an action was not carried out; where somebody was first, who, and with what."""
    text = wording.desk(f"denial.{denial}")
    if denial is not Denial.STALE or not first:
        return text
    done = wording.action(did) if did else ""
    return f"{text} ({wording.label('first', name=_doer(first, wording), did=done)})"


def _doer(who: str, wording: Wording) -> str:
    return wording.label(who) if who in ("customer", "system") else who


def _state(ticket: Ticket, wording: Wording) -> str:
    state = wording.desk(f"state.{ticket.state}")
    still = ticket.clock.suspended_on is not None
    return f"{state} ({wording.label('stands_still')})" if still else state


def _due(end: Deadline, wording: Wording) -> str:
    return wording.label(
        "due_why",
        due=end.due.isoformat(),
        received=end.received.isoformat(),
        nominal=end.nominal_end.isoformat(),
        moved=", ".join(_day_off(off, wording) for off in end.moved_because),
    )


def _day_off(off: DayOff, wording: Wording) -> str:
    weekend = off.name in ("saturday", "sunday")
    name = wording.label(off.name if weekend else "holiday")
    return wording.label("day_off", day=off.day.isoformat(), name=name)


def _evidence(piece: Evidence, wording: Wording) -> str:
    method = wording.desk(f"method.{piece.method}")
    shown = f"{method} {wording.moment(piece.at)}"
    if piece.method in ATTESTED:
        return shown
    return f"{shown}, {wording.label('on_file' if piece.on_file else 'not_on_file')}"
