"""A card in the desk's language: rows of label and value, for any channel to lay out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.channels.desk import (
    copy_card,
    due_card,
    inquiry_card,
    recipient_card,
    reminding,
    task_card,
    writer,
)
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.form import NewRequest, Subject
from bot.channels.desk.masking import masked, masked_contacts, masked_name
from bot.channels.desk.wording import Wording
from bot.core.contacts import Contact
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
from bot.core.tickets import suppression
from bot.core.tickets.identity import Evidence
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import ENDED, Action, Denial, Extent, Note, Ticket

Row = tuple[str, str]


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
    if isinstance(subject, NewRequest):
        return wording.desk("button.open")
    return inquiry_card.title(subject, wording)


def face(subject: Subject, wording: Wording) -> list[Row]:
    """Return the rows of a card that a whole channel sees: the person is masked.

    Once a ticket has ended, nothing on it tells of the person.
    """
    if isinstance(subject, NewRequest):
        return []
    if isinstance(subject, Inquiry):
        return rows(replace(subject, question=masked_contacts(subject.question)), wording)
    found = _request(subject, wording)
    del found["right"]  # the title says it
    found |= copy_card.delivered(subject, wording)
    if subject.state in ENDED:
        return _labelled(found, wording)
    found |= writer.found(subject, wording, masked_name)
    below = {"identity": _identity(subject, wording)} | _reach(subject, wording)
    below |= recipient_card.found(subject, wording, reasons=False)
    below |= task_card.found(subject, wording, masked_contacts)
    contacts = _contacts(subject, wording, masked)
    return [*_labelled(found, wording), *contacts, *_labelled(below, wording)]


def rows(subject: Subject, wording: Wording) -> list[Row]:
    """Return all that staff see: request, person, evidence, due date and why; or the question."""
    if isinstance(subject, NewRequest):
        return []
    if isinstance(subject, Inquiry):
        return _labelled(inquiry_card.found(subject, wording), wording)
    named = _request(subject, wording) | dict(writer.found(subject, wording, str))
    asked = {
        "identity": _identity(subject, wording),
        **_reach(subject, wording),
        "form": wording.label("form_unfinished") if subject.unfinished else "",
        "wrote": subject.opening,
        "details": subject.details,
        "question": subject.question,
        **copy_card.found(subject, wording),
        **recipient_card.found(subject, wording, reasons=True),
        **task_card.found(subject, wording, str),
        "notice": subject.notice,
    }
    notes = ((_written(note, wording), quoted(note.text)) for note in subject.notes)
    contacts = _contacts(subject, wording, lambda contact: contact.value)
    return [*_labelled(named, wording), *contacts, *_labelled(asked, wording), *notes]


def _written(note: Note, wording: Wording) -> str:
    """Return what was written, when, and by whom where colleagues write to each other."""
    by = f", {wording.name(note.by)}" if note.action is Action.NOTE else ""
    return f"{wording.action(note.action)} {wording.moment(note.at)}{by}"


def quoted(text: str) -> str:
    """Return a text that stands on a card; one of several lines is marked on each of them.

    So no line of what somebody wrote can pass for a row of the card. Blanks are single, so that a
    line be broken where its writer wants it.
    """
    lines = [" ".join(line.split()) for line in text.strip().splitlines()]
    return "".join(f"\n▌ {line}" for line in lines) if len(lines) > 1 else "".join(lines)


def _request(ticket: Ticket, wording: Wording) -> dict[str, str]:
    return {
        "right": wording.text(f"right.{ticket.right}"),
        "state": _state(ticket, wording),
        "due": due_card.due(ticket.clock, wording),
        "language": wording.desk(f"spoken.{ticket.language}"),
        "owner": wording.owner(ticket.owner),
        "suppressed": ", ".join(wording.label(one.kind) for one in suppression.in_force(ticket)),
    }


def _labelled(found: Mapping[str, str], wording: Wording) -> list[Row]:
    return [(wording.label(name), quoted(value)) for name, value in found.items() if value]


def _contacts(ticket: Ticket, wording: Wording, shown: Callable[[Contact], str]) -> list[Row]:
    """Return a row for each contact that the ticket names, and one for where it came from."""
    named = [
        (wording.label(c.kind), _contact(c, shown(c), ticket, wording)) for c in ticket.contacts
    ]
    if ticket.source:
        how = wording.label("source_why", how=wording.desk(f"source.{ticket.source}"))
        return [*named, (wording.label("source"), how)]
    account = wording.label("account_proved", channel=wording.channel(ticket.person.channel))
    return [*named, (wording.label("account"), account)]


def _contact(contact: Contact, shown: str, ticket: Ticket, wording: Wording) -> str:
    """Return whether a contact is proved, how, and whether it is on file."""
    proofs = [piece for piece in ticket.evidence if piece.contact == contact]
    if not proofs:
        same = any(contact in piece.same_person for piece in ticket.evidence)
        return wording.label("unproved", contact=shown, same_person=same)
    return wording.label(
        "proved",
        contact=shown,
        how=_how(proofs[-1], wording),
        on_file=any(piece.on_file for piece in proofs),
        known=on_file(contact, proofs, wording),
        unknown=wording.label(f"{contact.kind}_not_on_file"),
    )


def on_file(contact: Contact, proofs: Iterable[Evidence], wording: Wording) -> str:
    """Return that a contact is on file, and of how many persons; what was shown of it says so."""
    several = any(piece.shared for piece in proofs)
    kind = contact.kind
    return wording.label(f"{kind}_on_file_of_several" if several else f"{kind}_on_file")


def _identity(ticket: Ticket, wording: Wording) -> str:
    """Return who vouched and how, or that nothing was shown; contacts have their own rows."""
    if not ticket.evidence:
        return wording.label("no_evidence")
    return "; ".join(
        _how(piece, wording)
        if piece.is_bound
        else wording.label("unnamed", how=_how(piece, wording))
        for piece in ticket.evidence
        if piece.contact is None
    )


def _reach(ticket: Ticket, wording: Wording) -> dict[str, str]:
    """Return where an answer reaches the person when it can go to the conversation alone."""
    if ticket.state in ENDED or ticket.address_is_proved:
        return {}
    if ticket.source:
        return {"reach": wording.label("reach_offline")}
    return {"reach": wording.label("reach_unproved" if ticket.person.email else "reach_no_email")}


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


def more(number: int, wording: Wording) -> list[str]:
    """Return the line that says how much a list leaves out, if anything."""
    return [wording.desk("form.more", number=number)] if number > 0 else []


def told(told: ToStaff, wording: Wording, subject: Subject | None = None) -> list[str]:
    """Return what a desk is told, in lines: a change of a subject, a denial, a reminder, an alarm.

    A change of something that no longer exists is not mentioned.
    """
    number = told.number
    match told:
        case ShowTicket() if isinstance(subject, Ticket):
            return [wording.desk("changed", number=number, state=subject.state)]
        case ShowInquiry(new=new) if isinstance(subject, Inquiry):
            return [inquiry_card.changed(subject, wording, new=new)]
        case ReportDenial(denial=denial, first=first, did=did):
            return [denied(denial, wording, wording.name(first), did)]
        case Remind() | RemindOfInquiry():
            return [reminding.line(told, wording)]
        case Digest(reminders=reminders, more=left):
            head = wording.desk("digest", number=len(reminders) + left)
            return [head, *reminding.by_owner(reminders, wording), *more(left, wording)]
        case Alarm(what=what) if what:
            return [_undelivered(told, wording)]
        case Alarm(trouble=trouble, reference=reference):
            return [wording.desk(f"alarm.{trouble}", reference=reference, number=number)]
    return []


def damaged(numbers: Iterable[str], wording: Wording) -> list[str]:
    """Return a line for each ticket or inquiry that cannot be opened."""
    return [wording.desk("alarm.damaged", number=number, reference="") for number in numbers]


def _undelivered(alarm: Alarm, wording: Wording) -> str:
    return wording.desk(
        "alarm.undelivered",
        what=wording.desk(f"undelivered.{alarm.what}"),
        number=alarm.number,
        to=alarm.to,
        why=wording.desk(f"why.{alarm.why}"),
        reference=alarm.reference,
    )


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
    if ticket.extent is Extent.PARTLY:
        return f"{state} ({wording.desk(f'extent.{ticket.extent}')})"
    still = ticket.clock.suspended_on is not None
    return f"{state} ({wording.label('stands_still')})" if still else state


def _how(piece: Evidence, wording: Wording) -> str:
    return f"{wording.desk(f'method.{piece.method}')} {wording.moment(piece.at)}"
