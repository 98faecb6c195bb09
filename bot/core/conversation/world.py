"""What a step knows besides the dialogue, all looked up beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from bot.core.contacts import OnFile
from bot.core.knowledge import Knowledge
from bot.core.tickets.code_budget import SentCodes
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OPEN, Person, Ticket


class NewIds(Protocol):
    """New ids and codes for a step: drawn on first use, and the same from then on."""

    @property
    def id(self) -> str:
        """The id of a new ticket or inquiry."""

    @property
    def ticket_number(self) -> str:
        """The number of a new ticket for people, such as T-2026-0042."""

    @property
    def inquiry_number(self) -> str:
        """The number of a new inquiry for people, such as Q-2026-0007."""

    @property
    def code(self) -> str:
        """A one-time code of eight digits."""


class CodeHistory(Protocol):
    """The history of codes, looked up on demand."""

    def sent_to(self, email: str) -> SentCodes:
        """When codes were sent to an address, and on behalf of this person."""

    def knows(self, word: str) -> bool:
        """Whether a letter with a code that was sent lately holds this word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a step knows besides the dialogue.

    `tickets` are the person's own, oldest first: all that are open, and the last that have ended.
    `on_file` is what the contact register says of the contacts that were looked up; `codes` is what
    was done with codes before. `open_inquiries` counts the questions and reports of this person
    that wait for staff, when it is asked; `waiting_inquiries` are these, oldest first. `vouched`
    is the address that the organisation's own workspace vouches for.
    """

    knowledge: Knowledge
    now: datetime
    received_at: datetime
    person: Person
    tickets: tuple[Ticket, ...]
    new: NewIds
    code_key: bytes
    on_file: OnFile
    codes: CodeHistory
    open_inquiries: Callable[[], int]
    waiting_inquiries: Callable[[], Sequence[Inquiry]] = tuple
    shares_phone: bool = False
    vouched: str = ""

    @property
    def rules(self) -> Rules:
        return self.knowledge.rules

    @property
    def today(self) -> date:
        """The local date."""
        return self.rules.today(self.now)

    @property
    def open_tickets(self) -> list[Ticket]:
        return [ticket for ticket in self.tickets if ticket.state in OPEN]

    def open_report(self) -> Inquiry | None:
        """Return the last of the person's reports that wait for staff."""
        waiting = reversed(self.waiting_inquiries())
        return next((one for one in waiting if one.kind is InquiryKind.INCIDENT), None)

    def ticket(self, id: str) -> Ticket | None:
        """Return a ticket of this person; None when it is nobody's, or another one's."""
        return next((ticket for ticket in self.tickets if ticket.id == id), None)

    def changed(self, tickets: Iterable[Ticket]) -> World:
        """Return the world with changed tickets in it."""
        changed = {ticket.id: ticket for ticket in tickets}
        return replace(self, tickets=tuple(changed.get(t.id, t) for t in self.tickets))
