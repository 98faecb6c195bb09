"""Customers as an attack needs them: they ask, type codes and share numbers."""

from __future__ import annotations

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, letters, take
from bot.channels.desk import card
from bot.core.catalog import Language, Right
from bot.core.events import CustomerEvent, FromCustomer, Requested, Said, Shared, StaffActed
from bot.core.messages import Message
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action, Person, Ticket


class Customer:
    """Somebody with an account on a channel, and what the assistant told them."""

    def __init__(self, app: Assistant, account: str) -> None:
        self._app = app
        self._person = Person(channel="test", account=account)
        self._events = 0
        self.heard: list[Message] = []

    def asks(self, right: Right, name: str, email: str, details: str = "") -> None:
        """Fill in a whole request."""
        form = Requested(right=right, name=name, email=email, details=details, language=Language.EN)
        self._does(form)

    def says(self, text: str) -> None:
        self._does(Said(text=text))

    def shares(self, phone: str) -> None:
        """Share the number that the platform has verified as theirs."""
        self._does(Shared(phone=phone))

    def reads_code_at(self, mailbox: str) -> str:
        """Return the last code that was mailed to an address, read from its mailbox."""
        found = [path.read_text() for path in letters(self._app)]
        sent = [text for text in found if f"To: {mailbox}\n" in text]
        return sent[-1].split("code is ")[1][:8]

    @property
    def ticket(self) -> Ticket:
        """Their only ticket."""
        (ticket,) = self._app.queries.tickets_of(self._person)
        return ticket

    def _does(self, event: CustomerEvent) -> None:
        self._events += 1
        came = FromCustomer(person=self._person, event=event, shares_phone=True)
        event_id = f"{self._person.account}-{self._events}"
        take(self._app, self._app.intake.inbound(event_id, came))
        deliver(self._app, "test", lambda _say, message: self.heard.append(message), lambda _: None)


def staff_confirm(app: Assistant, ticket: Ticket) -> None:
    """Have an approver press *Confirm* on what they see."""
    command = Command(action=Action.CONFIRM, version=ticket.version)
    acted = StaffActed(ticket=ticket.id, actor=app.actors["Mika"], command=command)
    take(app, app.intake.inbound(f"confirm-{ticket.id}-{ticket.version}", acted, "test"))


def face(app: Assistant, ticket: Ticket) -> str:
    """Return the card as the whole staff channel sees it."""
    return "\n".join(f"{label}: {value}" for label, value in card.face(ticket, app.queries.wording))
