"""What a desk in a chat channel needs of the running assistant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from bot.channels.desk import card
from bot.channels.desk.form import CHOICES, Form
from bot.core.events import Event, StaffActed, StaffAnswered
from bot.core.messages import Message
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Actor, Denial, Ticket

Subject = Ticket | Inquiry


class DeskHouse(card.Desk, Protocol):
    """Tickets and inquiries, staff, cards and drafts."""

    def arrival(self, event_id: str, event: Event, desk: str = "") -> Any:
        """Return an event as it is kept."""

    def preview(self, event: StaffActed | StaffAnswered) -> Message | Denial:
        """Return what the customer will read of a staff action, without doing it."""

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        """Return tickets by due date."""

    def inquiries(self) -> Sequence[Inquiry]:
        """Return the questions that wait for staff, oldest first."""

    def ticket_by_id(self, id: str) -> Ticket | None:
        """Return one ticket."""

    def inquiry_by_id(self, id: str) -> Inquiry | None:
        """Return one question that was passed to staff."""

    def history(self, subject: str) -> Sequence[card.Happening]:
        """Return when, who, what, from and to of each audit row."""

    def staff(self, platform: str) -> Mapping[str, Actor]:
        """Return the staff by their account on a platform."""

    def card_at(self, subject: str, desk: str) -> tuple[str, int] | None:
        """Return where a card stands, and how many lines of history below it; None: nowhere."""

    def keep_card(self, subject: str, desk: str, place: str, told: int) -> None:
        """Note where a card stands."""

    def draft(self, id: str) -> Form | None:
        """Return a form in the making."""

    def draft_at(self, place: str) -> tuple[str, Form] | None:
        """Return id and form of the draft that is asked for at a place."""

    def keep_draft(self, id: str, form: Form, place: str = "") -> None:
        """Keep a form in the making."""

    def drop_draft(self, id: str) -> bool:
        """Drop a form; False when it was gone already."""

    @property
    def buttons_key(self) -> bytes:
        """The key of the tags on the buttons of cards."""


def subject_of(house: DeskHouse, id: str) -> Subject | None:
    """Return the ticket or the inquiry of an id."""
    return house.ticket_by_id(id) or house.inquiry_by_id(id)


def refused(house: DeskHouse, form: Form, actor: Actor) -> str:
    """Return why a form leads nowhere as things stand now; empty when it can be carried out.

    What is not filled in yet is tried with something: nobody writes a reason for what cannot be
    done.
    """
    tried = form
    while blank := tried.blank():
        guess = CHOICES[blank][-1] if blank in CHOICES else "..."
        tried = tried.filled(blank, guess) or replace(tried, text=guess)
    try:
        shown = house.preview(tried.event(actor, house.now()))
    except ValueError:
        return text(house, "form.unknown")
    return denied(house, form.subject, shown) if isinstance(shown, Denial) else ""


def denied(house: DeskHouse, subject: str, denial: Denial) -> str:
    """Return why something was not done, and who was first where that is why."""
    history = house.history(subject)
    _, first, did, _, _ = history[-1] if history else (None, "", "", "", "")
    return card.denied(denial, house, first, did)


def title(house: DeskHouse, subject: Subject) -> str:
    """Return the title of a card."""
    if isinstance(subject, Ticket):
        return card.label(house, "title", number=subject.number, right=subject.right)
    return card.label(house, "inquiry_title", number=subject.number)


def face(house: DeskHouse, subject: Subject) -> list[card.Row]:
    """Return what stands on a card that a whole channel sees."""
    if isinstance(subject, Ticket):
        return card.face(subject, house)
    return card.inquiry_face(subject, house)


def more(house: DeskHouse, number: int) -> list[str]:
    """Return the line that stands for what a list leaves out, if it does."""
    return [text(house, "form.more", number=number)] if number > 0 else []


def heading(house: DeskHouse, form: Form, subject: Subject, *, silent: bool) -> str:
    """Return what stands above a preview."""
    key = "form.silent" if silent else "form.preview"
    return text(house, key, number=subject.number, name=button(house, form.action))


def button(house: DeskHouse, name: str) -> str:
    """Return the label of a button of the desk."""
    return text(house, f"button.{name}")


def text(house: DeskHouse, key: str, **values: str | int) -> str:
    """Return one of the desk's texts."""
    return house.text(f"desk.{key}", house.language, **values)
