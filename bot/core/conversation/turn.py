"""One event being worked on: what is known, and what it has led to so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from bot.core.catalog import Catalog, Language, Notice, Right
from bot.core.conversation.answers import Answer
from bot.core.effects import Choice, Effect, Part, Say, ShowTicket, Text
from bot.core.tickets import transitions
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.record import Record
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_CUSTOMER, Denial, Person, Ticket
from bot.core.tickets.transitions import Command
from bot.core.understanding.matching import Matcher

# Buttons that answer what was asked last: they carry its number, and are old after that.
NUMBERED = frozenset({"yes", "no", "skip", "change", "vouched", "pass"})
# What buttons are called, before a colon if there is one. The button that shows a section of the
# notice is called by the section's id, so no section may have one of these.
BUTTONS = NUMBERED | frozenset(
    "none restart private share_phone intent fi resend correct phone answer withdraw really".split()
)


class Stage(StrEnum):
    """Where a form stands."""

    IDLE = "idle"
    OFFERED = "offered"
    FILLING = "filling"
    SUMMARY = "summary"
    ANSWERING = "answering"
    WITHDRAWING = "withdrawing"
    CORRECTING = "correcting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Where a conversation stands. Holds nothing of plain questions but the one that can be passed.

    `question` is the last one, if the notice did not answer it: until the next message it can be
    passed to staff. `asked` numbers the questions put with buttons, so that a button of an earlier
    one is known as old; `asked_at` is when the rights were asked for: the law's clock starts there,
    not at the end of the form.
    """

    language: Language
    greeted: bool = False
    stage: Stage = Stage.IDLE
    rights: tuple[Right, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    asking: str = ""
    ticket: str = ""
    asked: int = 0
    asked_at: datetime | None = None
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What the shell makes anew for each event: it may be used or not."""

    ticket_id: str
    number: str
    code: str
    inquiry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a step needs besides the dialogue: knowledge, decisions, the moment.

    `on_file` are those of the addresses and numbers at hand that the company has on file;
    `codes_sent` is when codes went to each address within the last hour, for whomever;
    `open_inquiries` is how many questions of this person wait for staff.
    """

    now: datetime
    received_at: datetime
    person: Person
    catalog: Catalog
    notice: Notice
    matcher: Matcher
    rules: Rules
    code_key: bytes
    fresh: Fresh
    on_file: frozenset[str] = frozenset()
    codes_sent: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    open_inquiries: int = 0
    shares_phone: bool = False
    vouched: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one event led to: the new dialogue, changed tickets, audit records and effects."""

    dialogue: Dialogue
    tickets: tuple[Ticket, ...] = ()
    inquiry: Inquiry | None = None
    records: tuple[Record, ...] = ()
    effects: tuple[Effect, ...] = ()


class Turn:
    """One event being worked on; collects what it leads to.

    `owned` are the person's tickets by id, as they now are; `question` is the one that could be
    passed to staff before this event.
    """

    def __init__(self, dialogue: Dialogue, owned: tuple[Ticket, ...], context: Context) -> None:
        self.question, self.dialogue = dialogue.question, replace(dialogue, question="")
        self.owned = {ticket.id: ticket for ticket in owned}
        self.context = context
        self.parts: list[Part] = []
        self.choices: list[Choice] = []
        self.changed: dict[str, Ticket] = {}
        self.inquiry: Inquiry | None = None
        self.records: list[Record] = []
        self.effects: list[Effect] = []

    def result(self) -> Step:
        """Return what the event has led to."""
        parts = tuple(self.parts)
        if not self.dialogue.greeted:
            # AI Act Art. 50(1): told at the first interaction at the latest.
            parts = (Text(key="machine"), *parts)
        say = Say(
            to=self.context.person,
            language=self.dialogue.language,
            parts=parts,
            choices=self._numbered(),
        )
        return Step(
            dialogue=replace(self.dialogue, greeted=True),
            tickets=tuple(self.changed.values()),
            inquiry=self.inquiry,
            records=tuple(self.records),
            effects=(say, *self.effects),
        )

    def _numbered(self) -> tuple[Choice, ...]:
        """Bind the buttons that answer a question to this question."""
        if any(choice.token in NUMBERED for choice in self.choices):
            self.dialogue = replace(self.dialogue, asked=self.dialogue.asked + 1)
        number = self.dialogue.asked
        return tuple(
            replace(choice, token=f"{choice.token}:{number}")
            if choice.token in NUMBERED
            else choice
            for choice in self.choices
        )

    def stop(self, key: str) -> None:
        """Leave what was under way, and say so."""
        self.leave()
        self.say(key)

    def leave(self) -> None:
        """Leave what was under way."""
        self.dialogue = replace(
            self.dialogue,
            stage=Stage.IDLE,
            rights=(),
            fields={},
            asking="",
            ticket="",
            asked_at=None,
        )

    def act(self, ticket: Ticket, command: Command) -> bool:
        """Have the customer act on a ticket; False when the table does not allow it."""
        change = transitions.apply(
            self.owned[ticket.id], command, THE_CUSTOMER, self.context.now, self.context.rules
        )
        if isinstance(change, Denial):
            return False
        self.keep(change.ticket, change.record)
        return True

    def keep(self, ticket: Ticket, record: Record | None = None) -> None:
        """Keep a changed ticket; with a record, the desk is shown it too."""
        self.owned[ticket.id] = ticket
        self.changed[ticket.id] = ticket
        if record:
            self.records.append(record)
            self.effects.append(ShowTicket(ticket=ticket.id, number=ticket.number))

    def say(self, key: str, **values: str | int | bool) -> None:
        """Say a text."""
        self.parts.append(Text(key=key, values=values))

    def add(self, answer: Answer) -> None:
        """Say an answer, with its buttons."""
        parts, choices = answer
        self.parts += parts
        self.choices += choices

    def today(self) -> date:
        """Return the local date."""
        return self.context.rules.today(self.context.now)
