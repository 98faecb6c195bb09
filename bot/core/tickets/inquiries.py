"""Inquiries passed to staff: questions that the notice does not answer, and incident reports."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bot.core.catalog import Language
from bot.core.tickets.record import Record
from bot.core.tickets.ticket import STAFF, Actor, Denial, Person

ANSWER = "reply"
_TO_NOTIFY = timedelta(hours=72)
_SAME_INCIDENT = timedelta(days=1)
_MOST_ADDED, _LONGEST = 10, 20_000  # messages; characters of all of them


class InquiryKind(StrEnum):
    """The kind of an inquiry. The value is the kind of the intent that led to it."""

    QUESTION = "question"
    INCIDENT = "incident"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One question or report to staff, with a number for people (`Q-2026-0007`). Sealed at rest."""

    id: str
    number: str
    language: Language
    person: Person
    question: str
    asked_at: datetime
    kind: InquiryKind = InquiryKind.QUESTION
    version: int = 1
    answer: str = ""
    answered_by: str = ""
    closed_at: datetime | None = None

    @property
    def notify_until(self) -> datetime | None:
        """When the 72 hours end in which a breach is notified (Art. 33(1)); None of a question.

        They run from when staff become aware of it, which is not before this receipt. A period in
        hours is not moved by weekends (Regulation 1182/71, Art. 3(4)).
        """
        if self.kind is not InquiryKind.INCIDENT:
            return None
        # In UTC: hours that pass, also in a night in which the clocks change.
        return self.asked_at.astimezone(UTC) + _TO_NOTIFY


def lapsed(inquiry: Inquiry, now: datetime) -> tuple[Inquiry, Record]:
    """Close an inquiry that nobody has answered for very long; its question goes at once."""
    after = replace(inquiry, version=inquiry.version + 1, question="", closed_at=now)
    return after, _record(inquiry, now, "lapse", "system", "open", "lapsed")


def opened(inquiry: Inquiry) -> Record:
    """Return the audit record of a new inquiry."""
    action = "report" if inquiry.kind is InquiryKind.INCIDENT else "pass"
    return _record(inquiry, inquiry.asked_at, action, "customer", "", "open")


def added(inquiry: Inquiry, text: str, now: datetime) -> tuple[Inquiry, Record] | None:
    """Add one more message to a report that is open; None where it is another matter.

    Within a day it is taken for the same incident, whose 72 hours run already. Nobody adds without
    end: each addition is a line at the desk.
    """
    longer = f"{inquiry.question}\n{text}"
    open_still = inquiry.kind is InquiryKind.INCIDENT and inquiry.closed_at is None
    if not open_still or now - inquiry.asked_at >= _SAME_INCIDENT:
        return None
    if inquiry.version > _MOST_ADDED or len(longer) > _LONGEST:
        return None
    after = replace(inquiry, version=inquiry.version + 1, question=longer)
    return after, _record(inquiry, now, "add", "customer", "open", "open")


def check(inquiry: Inquiry, actor: Actor, version: int | None = None) -> Denial | None:
    """Return why somebody may not begin an answer; None when they may. See `transitions.check`."""
    if inquiry.closed_at is not None or version not in (None, inquiry.version):
        return Denial.STALE
    return None if STAFF & actor.roles else Denial.NOT_YOUR_ROLE


def answered(
    inquiry: Inquiry, text: str, actor: Actor, version: int | None, now: datetime
) -> tuple[Inquiry, Record] | Denial:
    """Answer an inquiry, or say why not; of two answers at once the second is stale."""
    denial = check(inquiry, actor, version)
    if denial is None and not text.strip():
        denial = Denial.REASON_MISSING
    if denial:
        return denial
    done = replace(
        inquiry,
        version=inquiry.version + 1,
        answer=text.strip(),
        answered_by=actor.key,
        closed_at=now,
    )
    return done, _record(inquiry, now, ANSWER, actor.key, "open", "answered")


def _record(
    inquiry: Inquiry, at: datetime, action: str, actor: str, before: str, after: str
) -> Record:
    return Record(
        ticket=inquiry.id,
        number=inquiry.number,
        at=at,
        action=action,
        actor=actor,
        before=before,
        after=after,
    )
