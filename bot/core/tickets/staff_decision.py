"""The staff's side: an action on a ticket, and the letter that tells the customer of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.buttons import AnswerStaff
from bot.core.catalog import Catalog, Notice
from bot.core.conversation import answers
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
from bot.core.tickets import inquiries, transitions
from bot.core.tickets.identity import PROVES_ADDRESS
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Denial, State, Ticket

_COMPLAINT = "question.complaint"
# The forms whose words are meant for the customer; a note on anything else stays with staff.
_WITH_WORDS = frozenset({Action.ASK, Action.SUSPEND, Action.EXTEND, Action.REFUSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a staff action led to."""

    ticket: Ticket
    record: Record
    effects: tuple[Effect, ...]


def decide(
    ticket: Ticket,
    event: StaffActed,
    now: datetime,
    rules: Rules,
    catalog: Catalog,
    notice: Notice,
) -> Decision | Denial:
    """Carry out a staff action, or say why not; the customer is told in a letter."""
    change = transitions.apply(ticket, event.command, event.actor, now, rules)
    if isinstance(change, Denial):
        return change
    after = change.ticket
    parts, choices = letter(ticket, event, after, now, rules, catalog, notice)
    # What cannot be said where the person wrote goes as a letter only to an address they proved.
    proved = any(piece.method in PROVES_ADDRESS for piece in after.evidence)
    say = Say(
        to=after.person if proved else replace(after.person, email=""),
        language=after.language,
        parts=parts,
        choices=choices,
        number=after.number,
    )
    seen = ShowTicket(ticket=after.id, number=after.number)
    return Decision(ticket=after, record=change.record, effects=(say, seen) if parts else (seen,))


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
    say = Say(
        to=after.person,
        language=after.language,
        parts=(
            Text(key="letter.reply", values={"number": after.number}),
            StaffWords(text=after.answer),
        ),
        number=after.number,
    )
    seen = ShowInquiry(inquiry=after.id, number=after.number)
    return Reply(inquiry=after, record=record, effects=(say, seen))


def letter(
    before: Ticket,
    event: StaffActed,
    after: Ticket,
    now: datetime,
    rules: Rules,
    catalog: Catalog,
    notice: Notice,
) -> tuple[tuple[Part, ...], tuple[Choice, ...]]:
    """Return what the customer will read; also the preview that staff see beforehand."""
    action, text = event.command.action, event.command.text.strip()
    values: dict[str, Value] = {
        "number": after.number,
        "right": after.right,
        "due": after.clock.end(rules.today(now)).due.isoformat(),
        "late": after.clock.end(rules.today(now)).due < rules.today(now),
    }
    key = f"letter.{action}"
    told = text and action in _WITH_WORDS
    words: tuple[Part, ...] = (StaffWords(text=text),) if told else ()
    answer = (Choice(button=AnswerStaff(after.id), key="choice.answer", values=values),)
    match action:
        case Action.VERIFY if after.state is before.state:
            return (), ()
        case Action.REOPEN:  # the reason is for the record, not for the customer
            return (Text(key=key, values=values),), ()
        case Action.ASK:
            return (Text(key=key, values=values), *words), answer
        case Action.SUSPEND:
            return (Text(key=f"{key}.{event.command.ground}", values=values), *words), answer
        case Action.REFUSE | Action.LAPSE:
            quotes = _complaint(catalog, notice)
            route = Text(key="letter.refuse_route")  # Art. 12(4)
            return (Text(key=key, values=values), *words, route, *quotes), ()
        case Action.CONFIRM if after.state is State.CONFIRMED:
            return (Text(key=key, values=values), *words), ()
    return (Text(key=key, values=values), *words), ()


def _complaint(catalog: Catalog, notice: Notice) -> tuple[Part, ...]:
    intent = catalog.intents.get(_COMPLAINT)
    if intent is None:
        return ()
    return tuple(Quote(passage=passage) for passage in answers.quoted(intent, notice))
