"""The forms that staff fill in before an action is carried out, the same in every channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from bot.core.catalog import Language, Right
from bot.core.events import StaffActed, StaffAnswered, StaffOpened
from bot.core.tickets import identity
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command, needs_words
from bot.core.tickets.copies import File, Way
from bot.core.tickets.identity import Method
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.recipients import Outcome
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.source import Source
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.ticket import Action, Actor, Extent, Ticket

DETAILS = "details"
OPEN = "open"
_FILE = TypeAdapter(File)


class Blank(StrEnum):
    """What a form asks for."""

    RIGHT = "right"
    SOURCE = "source"
    RECEIVED = "received"
    LANGUAGE = "language"
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    CODE = "code"
    METHOD = "method"
    RELATION = "relation"
    AUTHORITY = "authority"
    GROUND = "ground"
    EXTENT = "extent"
    TEMPLATE = "template"
    WAY = "way"
    TO = "to"
    FILE = "file"
    RECIPIENT = "recipient"
    DOER = "doer"
    DUE = "due"
    TASK = "task"
    OUTCOME = "outcome"
    TEXT = "text"


_BLANKS: Mapping[str, tuple[Blank, ...]] = {
    Action.CORRECT_CONTACTS: (Blank.EMAIL, Blank.PHONE),
    Action.VERIFY: (Blank.METHOD,),
    Action.REPRESENT: (Blank.RELATION, Blank.TEXT),
    Action.AUTHORISE: (Blank.AUTHORITY, Blank.TEXT),
    Action.SUSPEND: (Blank.GROUND, Blank.TEXT),
    Action.ASK: (Blank.TEXT,),
    Action.REFUSE: (Blank.TEMPLATE, Blank.TEXT),
    Action.EXTEND: (Blank.TEXT,),
    Action.REOPEN: (Blank.TEXT,),
    Action.NOTIFY: (Blank.RECIPIENT, Blank.OUTCOME, Blank.TEXT),
    Action.ATTACH: (Blank.FILE,),
    Action.DETACH: (),
    Action.DELIVER: (Blank.WAY, Blank.TEXT),
    Action.FULFIL: (Blank.EXTENT, Blank.TEMPLATE, Blank.TEXT),
    Action.TELL_CODE: (Blank.CODE,),
    Action.TAKE: (),
    Action.HAND_OVER: (Blank.TO,),
    Action.NOTE: (Blank.TEXT,),
    Action.ADD_TASK: (Blank.DOER, Blank.DUE, Blank.TEXT),
    Action.END_TASK: (Blank.TASK,),
    ANSWER: (Blank.TEXT,),
    OPEN: (
        *(Blank.RIGHT, Blank.SOURCE, Blank.RECEIVED, Blank.LANGUAGE),
        *(Blank.NAME, Blank.EMAIL, Blank.PHONE, Blank.TEXT),
    ),
}
# What can be left out of a form, and how that is said.
OPTIONAL = frozenset({Blank.NAME, Blank.EMAIL, Blank.PHONE})
NONE_GIVEN = "-"
CHOICES: Mapping[Blank, Sequence[str]] = {
    Blank.RIGHT: list(Right),
    Blank.SOURCE: list(Source),
    Blank.LANGUAGE: list(Language),
    Blank.METHOD: [method for method in Method if method in identity.ATTESTED],
    Blank.RELATION: list(Relation),
    Blank.AUTHORITY: list(AuthorityProof),
    Blank.GROUND: list(Ground),
    Blank.EXTENT: list(Extent),
    Blank.WAY: list(Way),
    Blank.TO: (),  # whoever is on the staff, as the recipients are the configuration's: `choosing`
    Blank.RECIPIENT: (),
    Blank.DOER: (),
    Blank.TASK: (),  # those that are left on a ticket
    Blank.OUTCOME: list(Outcome),
    Blank.TEMPLATE: (),  # the law's and the organisation's own
}
# Which words a form asks for, where they are no plain words to the customer.
_WORDS_WANTED: Mapping[str, str] = {
    OPEN: "wish",
    Action.REOPEN: "reason",
    Action.AUTHORISE: "shown",
    Action.REPRESENT: "concerned",
    Action.NOTE: "note",
    Action.ADD_TASK: "task_words",
    Action.DELIVER: "delivered",
    Action.NOTIFY: "excuse",
}


@dataclass(frozen=True, slots=True)
class NewRequest:
    """The subject of the form that opens a ticket, which does not exist yet."""

    id: str = str(UUID(int=0))
    number: str = "T-…"
    version: int = 0


Subject = Ticket | Inquiry | NewRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """An unfinished form of one member of staff (an actor's key), on a ticket or an inquiry.

    The form that opens a ticket has no real subject yet. `file` describes a stored file in the form
    of `written`; nobody fills it in by hand.
    """

    action: str
    subject: str
    version: int
    actor: str = ""
    method: str = ""
    relation: str = ""
    authority: str = ""
    ground: str = ""
    extent: str = ""
    text: str = ""
    right: str = ""
    source: str = ""
    received: str = ""
    language: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    code: str = ""
    way: str = ""
    to: str = ""
    template: str = ""
    file: str = ""
    recipient: str = ""
    doer: str = ""
    due: str = ""
    task: str = ""
    outcome: str = ""

    def blank(self) -> Blank | None:
        """Return the next blank that has to be filled in; None when nothing is wanting."""
        wanted = (blank for blank in self.blanks() if blank is not Blank.TEMPLATE)
        empty = (blank for blank in wanted if not getattr(self, blank))
        return next((one for one in empty if one is not Blank.TEXT or self.needs_words()), None)

    def takes_words(self) -> bool:
        """Tell whether words can be written now: all else is filled in, and they have a place."""
        if self.action == Action.NOTIFY and not self.needs_words():
            return False
        return Blank.TEXT in self.blanks() and self.blank() in (None, Blank.TEXT)

    def needs_words(self) -> bool:
        """Tell whether the form cannot be sent without words, as things stand."""
        if self.action not in list(Action):
            return True
        extent = Extent(self.extent) if self.extent else None
        way = Way(self.way) if self.way else None
        outcome = Outcome(self.outcome) if self.outcome else None
        return needs_words(Action(self.action), extent, way, outcome, self.template or None)

    def asked(self) -> Blank | None:
        """Return the blank that words can be written into now; None while a choice is open."""
        blank = self.blank() or (Blank.TEXT if self.takes_words() else None)
        return None if blank in CHOICES else blank

    def words_wanted(self) -> str:
        """Return which words are asked for: the name of a text in [desk.form]."""
        blank = self.asked()
        if blank and blank is not Blank.TEXT:
            return self.name_of(blank)
        if self.action == Action.FULFIL:
            return "partly" if self.extent == Extent.PARTLY else "done"
        return _WORDS_WANTED.get(self.action, "words")

    def name_of(self, blank: Blank) -> str:
        """Return the name of the text that asks for a blank; what is corrected is there already."""
        return f"right_{blank}" if self.action == Action.CORRECT_CONTACTS else blank

    def blanks(self) -> tuple[Blank, ...]:
        """Return all that the form asks for."""
        return _BLANKS.get(self.action, ())

    def filled(self, blank: Blank, value: str) -> Form | None:
        """Return the form with a blank filled in; None when it asks for no such thing."""
        known = CHOICES.get(blank)
        if blank not in self.blanks() or (known and value not in known):
            return None
        changed: dict[str, Any] = {blank: value}
        return replace(self, **changed)

    def given(self, blank: Blank) -> str:
        """Return what was filled in; empty where the one who fills it in has said: nothing."""
        value: str = getattr(self, blank)
        return "" if blank in OPTIONAL and value.strip() == NONE_GIVEN else value.strip()

    @staticmethod
    def written(file: File) -> str:
        """Return what describes a file in a form."""
        return _FILE.dump_json(file).decode()

    def kept_file(self) -> File | None:
        """Return the file that the form attaches."""
        return _FILE.validate_json(self.file) if self.file else None

    def request(self) -> StaffRequest:
        """Return the request for which a ticket is opened. Raises ValueError."""
        return StaffRequest(
            right=Right(self.right),
            source=Source(self.source),
            received=_day("received", self.received),
            language=Language(self.language),
            name=self.given(Blank.NAME),
            email=self.given(Blank.EMAIL),
            phone=self.given(Blank.PHONE),
            words=self.text,
        )

    def event(self, actor: Actor, now: datetime) -> StaffActed | StaffAnswered | StaffOpened:
        """Return the event of the form. Raises ValueError when it names nothing known."""
        if self.action == OPEN:
            return StaffOpened(actor=actor, request=self.request())
        if self.action == ANSWER:
            return StaffAnswered(
                inquiry=self.subject, actor=actor, text=self.text, version=self.version
            )
        command = Command(
            action=Action(self.action),
            version=self.version,
            text=self.text,
            code=self.code,
            email=self.given(Blank.EMAIL),
            phone=self.given(Blank.PHONE),
            ground=Ground(self.ground) if self.ground else None,
            extent=Extent(self.extent) if self.extent else None,
            relation=Relation(self.relation) if self.relation else None,
            authority=AuthorityProof(self.authority) if self.authority else None,
            way=Way(self.way) if self.way else None,
            to=self.to or self.doer,
            due=_day("due", self.due) if self.due else None,
            task=int(self.task) if self.task else 0,
            template=self.template or None,
            file=self.kept_file(),
            recipient=self.recipient,
            outcome=Outcome(self.outcome) if self.outcome else None,
            evidence=(
                identity.attestation(Method(self.method), actor.key, now) if self.method else None
            ),
        )
        return StaffActed(ticket=self.subject, actor=actor, command=command)


def opening() -> Form:
    """Return the form by which a ticket is opened."""
    new = NewRequest()
    return Form(action=OPEN, subject=new.id, version=new.version)


def _day(blank: str, written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{blank}: this takes a day such as 2026-11-20") from None
