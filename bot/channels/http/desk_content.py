"""The JSON that the desk receives over HTTP: names of kinds and fields are a contract."""

from __future__ import annotations

from bot.channels.desk import card
from bot.channels.desk.form import Subject
from bot.channels.desk.port import Desk
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
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Ticket


def desk_content(told: ToStaff, desk: Desk) -> dict[str, object]:
    """Return the content of a message to the desk, as clients know it."""
    case = desk.case_numbered(told.number) if told.number else None
    subject = case.subject if case else None
    lines = card.told(told, desk.wording, subject)
    content: dict[str, object] = {"desk": True, "kind": _kind(told), "text": "\n".join(lines)}
    if isinstance(told, ReportDenial):
        content["staff"] = desk.wording.name(told.actor)
    if isinstance(subject, Ticket) or isinstance(told, ShowInquiry):
        content |= subject_content(subject, desk)
    return content


def subject_content(subject: Subject | None, desk: Desk) -> dict[str, object]:
    """Return a ticket with its card, or a question, as clients know them."""
    if isinstance(subject, Ticket):
        return {
            "ticket": {
                "number": subject.number,
                "state": subject.state,
                "right": subject.right,
                "version": subject.version,
                "on_behalf": _on_behalf(subject),
                "card": [list(row) for row in card.rows(subject, desk.wording)],
            }
        }
    if not isinstance(subject, Inquiry):
        return {}
    return {
        "inquiry": {
            "number": subject.number,
            "version": subject.version,
            "kind": subject.kind,
            "notify_until": subject.notify_until.isoformat() if subject.notify_until else None,
            "question": subject.question,
            "answered": subject.closed_at is not None,
        }
    }


def _on_behalf(ticket: Ticket) -> dict[str, object] | None:
    """Return whom a ticket concerns that somebody else makes, and what showed that they may."""
    if ticket.on_behalf is None:
        return None
    return {
        "concerns": ticket.on_behalf.name,
        "relation": ticket.on_behalf.relation,
        "authority": [shown.proof for shown in ticket.authority],
    }


def _kind(told: ToStaff) -> str:
    """Return what clients know an effect for the desk by: these names are a contract."""
    match told:
        case ShowTicket():
            return "ticket"
        case ShowInquiry():
            return "inquiry"
        case ReportDenial():
            return "tellstaff"
        case Remind() | RemindOfInquiry() | Digest():
            return "remind"
        case Alarm():
            return "alarm"
