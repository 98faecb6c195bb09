"""An action of staff on a ticket, and the letter that tells the customer about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.buttons import AnswerStaff, SendCopy
from bot.core.catalog import Catalog, Kind, Notice
from bot.core.conversation import answers, objection
from bot.core.effects import (
    Choice,
    Effect,
    Part,
    Quote,
    Say,
    ShowInquiry,
    ShowTicket,
    StaffWords,
    Text,
    Value,
)
from bot.core.events import StaffActed, StaffAnswered
from bot.core.knowledge import Knowledge
from bot.core.tickets import (
    chat_copy,
    copies,
    inquiries,
    recipients,
    suppression,
    templates,
    transitions,
)
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Way
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Denial, Extent, Ticket
from bot.core.tickets.transitions import Change

_COMPLAINT = "topic.complaint"
# The forms whose words are meant for the customer; why a ticket is reopened stays with staff.
_WITH_WORDS = frozenset(
    {Action.ASK, Action.SUSPEND, Action.EXTEND, Action.REFUSE, Action.DELIVER, Action.FULFIL}
)
# What the person has done, or need not know; of what is still wanting, staff ask them.
_SILENT = frozenset(
    {
        *(Action.UNVERIFY, Action.DETACH, Action.ATTACH, Action.COLLECT, Action.EXPIRE),
        *(Action.NOTIFY, Action.CORRECT_CONTACTS),
        *(Action.TAKE, Action.HAND_OVER, Action.NOTE, Action.ADD_TASK, Action.END_TASK),
    }
)
_AS = {Action.TELL_CODE: Action.VERIFY}
_PAGE: Mapping[str, Value] = {
    "days": copies.LIFETIME.days,
    "openings": copies.MOST_OPENINGS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a staff action led to."""

    ticket: Ticket
    record: Record
    effects: tuple[Effect, ...]


def decide(ticket: Ticket, event: StaffActed, now: datetime, known: Knowledge) -> Decision | Denial:
    """Carry out a staff action, or say why not; the customer is told in a letter."""
    change = transitions.apply(ticket, event.command, event.actor, now, known.rules)
    if isinstance(change, Denial):
        return change
    after = change.ticket
    told = letter(change, event.command, now, known)
    told = replace(told, parts=(*told.parts, *objection.told(ticket, after)))
    seen = ShowTicket(ticket=after.id, number=after.number)
    if not told.parts:
        return Decision(ticket=after, record=change.record, effects=(seen,))
    # What cannot be said where the person wrote goes as a letter only to an address they proved.
    say = Say(
        to=after.person if after.address_is_proved else replace(after.person, email=""),
        language=after.language,
        parts=told.parts,
        choices=told.choices,
        number=after.number,
    )
    return Decision(ticket=after, record=change.record, effects=(say, seen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What staff's answer to an inquiry led to."""

    inquiry: Inquiry
    record: Record
    effects: tuple[Effect, ...]


def reply(inquiry: Inquiry, event: StaffAnswered, now: datetime) -> Reply | Denial:
    """Answer a question that was passed to staff; the person reads it as staff's words."""
    done = inquiries.answered(inquiry, event.text, event.actor, event.version, now)
    if isinstance(done, Denial):
        return done
    after, record = done
    key = "letter.incident" if after.kind is InquiryKind.INCIDENT else "letter.reply"
    say = Say(
        to=after.person,
        language=after.language,
        parts=(
            Text(key=key, values={"number": after.number}),
            StaffWords(text=after.answer),
        ),
        number=after.number,
    )
    seen = ShowInquiry(inquiry=after.id, number=after.number)
    return Reply(inquiry=after, record=record, effects=(say, seen))


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What the customer reads of a change; without parts, they are not told."""

    parts: tuple[Part, ...] = ()
    choices: tuple[Choice, ...] = ()


def letter(change: Change, command: Command, now: datetime, known: Knowledge) -> Letter:
    """Return what the customer will read; also the preview that staff see beforehand.

    Who made the request for somebody else reads for whom: they may have made several.
    """
    told, concerned = _letter(change, command, now, known), change.ticket.on_behalf
    if not told.parts or concerned is None or not concerned.name:
        return told
    first, *rest = told.parts
    whom = Text(key="letter.on_behalf", values={"concerned": concerned.name})
    return replace(told, parts=(first, whom, *rest))


def _letter(change: Change, command: Command, now: datetime, known: Knowledge) -> Letter:
    after, action, text = change.ticket, command.action, command.text.strip()
    today = known.rules.today(now)
    due = after.clock.end(today).due
    values: dict[str, Value] = {
        "number": after.number,
        "right": after.right,
        "due": due.isoformat(),
        "late": due < today,
        "in_force": bool(suppression.in_force(after)),  # nothing is left to be carried out
    }
    key = f"letter.{_AS.get(action, action)}"
    words = _words(after, command, values)
    route = (Text(key="letter.refuse_route"), *_complaint(known.catalog, known.notice))
    answer = (Choice(button=AnswerStaff(after.id), key="choice.answer", values=values),)
    match action:
        case Action.VERIFY | Action.TELL_CODE if change.record.before == change.record.after:
            return Letter()
        case Action.DELIVER:
            values |= {"link": _link(after, command, known.rules), **_PAGE}
            return _delivery(after, command, Text(key=f"{key}.{command.way}", values=values), known)
        case _ if action in _SILENT:
            return Letter()
        case Action.ASK:
            return Letter(parts=(Text(key=key, values=values), *words), choices=answer)
        case Action.SUSPEND:
            key = f"{key}.{command.ground}"
            return Letter(parts=(Text(key=key, values=values), *words), choices=answer)
        case Action.FULFIL if after.extent is Extent.PARTLY:  # refused in part: Art. 12(4)
            return Letter(parts=(Text(key=f"{key}_partly", values=values), *words, *route))
        case Action.FULFIL if text or command.template:
            key = f"{key}_with_words"
        case Action.REFUSE | Action.LAPSE:  # Art. 12(4)
            return Letter(parts=(Text(key=key, values=values), *words, *route))
    return Letter(parts=(Text(key=key, values=values), *words))


def reasons(ticket: Ticket, known: Knowledge) -> tuple[Part, ...]:
    """Return what the person was told when their request was refused, in whole or in part."""
    action = Action.FULFIL if ticket.extent is Extent.PARTLY else Action.REFUSE
    key = "letter.fulfil_partly" if action is Action.FULFIL else "letter.refuse"
    # Before it was opened again, other reasons may have been given.
    given = (n.text for n in ticket.notes if n.action is action and n.at == ticket.closed_at)
    command = Command(action=action, text=next(given, ""), template=ticket.template)
    values: dict[str, Value] = {"number": ticket.number, "right": ticket.right}
    route = (Text(key="letter.refuse_route"), *_complaint(known.catalog, known.notice))
    return (Text(key=key, values=values), *_words(ticket, command, values), *route)


def _words(ticket: Ticket, command: Command, values: Mapping[str, Value]) -> tuple[Part, ...]:
    """Return what staff say: a ready-made reply, words of their own, what was excused."""
    action, text = command.action, command.text.strip()
    said: tuple[Part, ...] = ()
    if command.template:
        key = templates.key(action, ticket.extent, command.template)
        said = (Text(key=key, values=values),)
    if text and action in _WITH_WORDS:
        said = (*said, StaffWords(text=text))
    return (*said, *_excuses(ticket)) if action is Action.FULFIL else said


def _delivery(ticket: Ticket, command: Command, text: Text, known: Knowledge) -> Letter:
    """Return how the person gets the copy; where they may have it in the chat, they choose."""
    words = (StaffWords(text=command.text.strip()),) if command.text.strip() else ()
    by_us = command.way in copies.BY_THE_ASSISTANT
    if not (by_us and chat_copy.is_offered(ticket, known.rules)):
        return Letter(parts=(text, *words))
    offer = Text(key="letter.deliver_here", values={"number": ticket.number})
    parts = (text, offer) if command.way is Way.PAGE else (text,)
    choice = Choice(button=SendCopy(ticket.id), key="choice.copy_here")
    return Letter(parts=parts, choices=(choice,))


def _excuses(ticket: Ticket) -> tuple[Part, ...]:
    """Return what the person reads of recipients and systems where nothing was changed."""
    left = recipients.excused(ticket)
    if not left:
        return ()
    lines = [f"{tick.name}: {tick.excuse}" for tick in left]
    return (Text(key="letter.excused"), StaffWords(text="\n".join(lines)))


def _link(ticket: Ticket, command: Command, rules: Rules) -> str:
    """Return the address of the page; in a preview, without what nobody can guess of it."""
    token = command.token or "…"
    return f"{rules.public_url}/deliver/{ticket.id}/{token}"


def _complaint(catalog: Catalog, notice: Notice) -> tuple[Part, ...]:
    intent = catalog.find(_COMPLAINT)
    if intent is None or intent.kind is not Kind.QUESTION:
        return ()
    return tuple(Quote(passage=passage) for passage in answers.quoted(intent, notice))
