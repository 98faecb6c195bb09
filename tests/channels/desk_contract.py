"""What every desk promises to staff, whatever it looks like: the verbs in which it is tried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from bot.core.catalog import Right
from bot.core.tickets.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Outcome:
    """What somebody sees at the desk: a preview of what the customer will read, or a refusal."""

    preview: str = ""
    refusal: str = ""


class StaffDesk(Protocol):
    """A desk at work with a customer's side, over the real channel. People go by their names:
    Aino (agent, approver), Mika (approver), Sari (agent), and Vieras, who is not on the staff.
    """

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...

    def open_ticket(self, right: Right = Right.ERASURE) -> str:
        """Have a new customer ask for a right; return the ticket's number."""

    def open_for(self, who: str, **fields: str) -> str:
        """Have staff open a ticket for somebody by their form; return its number."""

    def pass_question(self) -> str:
        """Have a new customer pass a question to staff; return its number."""

    def begin(self, who: str, number: str, action: str, **fields: str) -> Outcome:
        """Fill in the form of an action, up to its preview or a refusal."""

    def attach(self, who: str, number: str, name: str, content: bytes) -> None:
        """Attach a file to a ticket, through its preview."""

    def away(self, who: str, back: str) -> str:
        """Have somebody say on which day they are back, or `-`; return what they are told."""

    def listed(self, who: str, *filters: str) -> str:
        """Return the register as somebody sees it, narrowed by filters."""

    def find(self, who: str, words: str) -> str:
        """Return what a number, a name, an address or a colleague's name finds."""

    def send(self, who: str) -> str:
        """Send the form that somebody has begun; return what they are told, if anything."""

    def ask_elsewhere(self, who: str, number: str, text: str) -> None:
        """Have somebody put a question to the customer at another desk meanwhile."""

    def cancel(self, who: str) -> None:
        """Leave the form that somebody has begun."""

    def send_twice(self, who: str) -> None:
        """Send the same form two times."""

    def talk(self, who: str, number: str, text: str) -> None:
        """Write something at the desk that answers no form."""

    def heard(self, number: str) -> list[str]:
        """Return what the customer of a ticket or question has been told so far."""

    def mailed(self) -> list[str]:
        """Return the letters so far, as plain text."""

    def put_on_file(self, email: str) -> None:
        """Put somebody on file with an address."""

    def history(self, number: str) -> list[tuple[str, str]]:
        """Return who did what to a ticket or question, by the audit."""

    def ticket(self, number: str) -> Ticket:
        """Return a ticket as it stands now."""

    def owner(self, number: str) -> str:
        """Return the name of who owns a ticket, as its card has it."""

    def tasks(self, number: str) -> str:
        """Return the tasks of a ticket, as its card has them."""

    def text(self, key: str, **values: str | int) -> str:
        """Return one of the desk's texts."""
