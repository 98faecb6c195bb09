"""The port through which desks use the running assistant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.channels.assistant import Assistant
from bot.channels.desk.card import Happening
from bot.channels.desk.form import Form, Subject
from bot.channels.desk.register_file import Format
from bot.channels.desk.wording import Wording
from bot.core.catalog import Language
from bot.core.knowledge import Knowledge
from bot.core.tickets.absence import Absences
from bot.core.tickets.copies import File
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.month_report import Month
from bot.core.tickets.record import Observed
from bot.core.tickets.register import Sought
from bot.core.tickets.ticket import Actor, Denial, Ticket


@dataclass(frozen=True, slots=True)
class CardPosition:
    """Where a card is, as its desk names the place, and how much history is below it."""

    place: str
    history_shown: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A ticket or an inquiry with its history, and its card on the desk that was asked for."""

    subject: Subject
    history: Sequence[Happening]
    card: CardPosition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An unfinished form, with its subject as it is now."""

    id: str
    form: Form
    case: Case


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was made for one member of staff, and how many tickets it tells of."""

    name: str
    content: bytes
    tickets: int = 1
    ended: int = 0  # of a month: those that ended in it


@dataclass(frozen=True, slots=True)
class PrivateText:
    """What one member of staff is told in private: it is or holds a secret."""

    text: str


class Documents(Protocol):
    """Makes documents for who asks at a place, which the audit chain notes. To make one blocks."""

    def case(self, number: str, actor: Actor, place: str) -> Document | None:
        """Return the record of a ticket as a PDF; None where no ticket has the number."""

    def report(
        self, month: Month, actor: Actor, place: str, language: Language | None = None
    ) -> Document:
        """Return the figures of a month as an HTML page, by default in the desk's language."""

    def register(
        self, sought: Sought, form: Format, actor: Actor, place: str, *, personal: bool
    ) -> Document:
        """Return the register of the tickets that are sought, with personal data or without."""

    def calendar_link(self, actor: Actor, place: str, *, new: bool) -> str:
        """Return the secret link to the calendar of due dates; a `new` one ends those before."""


class Desk(Assistant, Protocol):
    """Tickets and inquiries, staff, cards and drafts. Each method is one transaction at most."""

    @property
    def wording(self) -> Wording:
        """The desk's words."""

    @property
    def known(self) -> Knowledge:
        """What the organisation has decided, and the notice that letters quote."""

    @property
    def buttons_key(self) -> bytes:
        """The key of the tags on the buttons of cards."""

    @property
    def documents(self) -> Documents:
        """What makes files for staff."""

    def actors(self) -> Mapping[str, Actor]:
        """Return the staff by name."""

    def staff(self, platform: str) -> Mapping[str, Actor]:
        """Return the staff by their account on a platform."""

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        """Return tickets by due date."""

    def sought(self, sought: Sought) -> Sequence[Ticket]:
        """Return the tickets that are sought, by due date."""

    def damaged(self, *, ended: bool) -> Sequence[str]:
        """Return the numbers of tickets and inquiries that cannot be opened, and so not listed."""

    def inquiries(self) -> Sequence[Inquiry]:
        """Return the questions that wait for staff, oldest first."""

    def case(self, id: str, desk: str = "") -> Case | None:
        """Return a ticket or an inquiry by its id, with its card on a desk."""

    def case_numbered(self, number: str, desk: str = "") -> Case | None:
        """Return a ticket or an inquiry by its number for people."""

    def absences(self) -> Absences:
        """Return who on the staff is or was away, and until when."""

    def keep_absence(self, actor: Actor, back: date, desk: str) -> None:
        """Note that a member of staff is away until a day; today: that they are back."""

    def note_access(
        self,
        what: Observed,
        actor: Actor,
        desk: str,
        subject: Subject | None = None,
        *,
        facts: Mapping[str, str] | None = None,
    ) -> None:
        """Note in the audit chain what a member of staff was shown or denied."""

    def keep_file(
        self, id: str, ticket: str, name: str, content: bytes, actor: Actor
    ) -> File | Denial:
        """Keep a file that is to be attached, or tell why it is not taken."""

    def keep_card(self, subject: str, desk: str, position: CardPosition) -> None:
        """Store where a card is."""

    def draft(self, id: str) -> Draft | None:
        """Return an unfinished form; None when it was sent or cancelled."""

    def draft_at(self, place: str) -> Draft | None:
        """Return the draft for which words are asked at a place."""

    def keep_draft(self, id: str, form: Form, place: str = "") -> None:
        """Store an unfinished form."""

    def drop_draft(self, id: str) -> bool:
        """Drop a form; False when it was gone already."""
