"""How an inquiry or incident report reads: on its card, when it changes, and in reminders."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.desk.wording import Wording
from bot.core.effects import RemindOfInquiry
from bot.core.tickets.inquiries import Inquiry, InquiryKind


def title(asked: Inquiry, wording: Wording) -> str:
    """Return the title of a card."""
    return wording.label(f"{_kind(asked)}_title", number=asked.number)


def line(asked: Inquiry, wording: Wording) -> str:
    """Return what a list says of one that waits: what it is, and since which day."""
    day = wording.rules.today(asked.asked_at).isoformat()
    return f"{title(asked, wording)} · {wording.label('day', day=day)}"


def found(asked: Inquiry, wording: Wording) -> Mapping[str, str]:
    """Return the rows of a card by what labels them; once it is answered, only who did that."""
    if asked.closed_at:
        return {"answered": wording.name(asked.answered_by)}
    language = wording.desk(f"spoken.{asked.language}")
    if asked.notify_until is None:
        return {"question": asked.question, "language": language}
    until = wording.label("notify_until_why", until=wording.iso(asked.notify_until))
    return {"notify_until": until, "report": asked.question, "language": language}


def changed(asked: Inquiry, wording: Wording, *, new: bool = True) -> str:
    """Return the line that tells of a new one, of what was added, or of what became of it."""
    standing = "asked" if new or asked.kind is InquiryKind.QUESTION else "added"
    if asked.closed_at:
        standing = "answered" if asked.answered_by else "lapsed"
    until = wording.iso(asked.notify_until) if asked.notify_until else ""
    return wording.desk(f"{_kind(asked)}.{standing}", number=asked.number, until=until)


def reminder(one: RemindOfInquiry, wording: Wording) -> str:
    """Return the line that reminds of one."""
    if one.until is None:
        return wording.desk("inquiry.reminder", number=one.number, days=one.days)
    late, until = one.until < wording.clock(), wording.iso(one.until)
    return wording.desk("incident.reminder", number=one.number, until=until, late=late)


def _kind(asked: Inquiry) -> str:
    return "incident" if asked.kind is InquiryKind.INCIDENT else "inquiry"
