"""The terminal: the customer's side and the staff's side of a conversation, for trying it all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from bot.channels import render
from bot.channels.desk import card, form
from bot.channels.desk.form import Blank
from bot.core.conversation.replies import yes_or_no
from bot.core.effects import Say, ToStaff
from bot.core.events import (
    Chose,
    CustomerEvent,
    Event,
    FromCustomer,
    Said,
    StaffActed,
    StaffAnswered,
)
from bot.core.messages import Button, Message
from bot.core.tickets import transitions
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.ticket import Action, Actor, Denial, Person, Ticket
from bot.core.understanding.text import strip_invisible

CHANNEL = "terminal"
_VERBS = {"attest": Action.VERIFY, **{str(action): action for action in Action}}
_STYLE = {"awaiting_identity": "yellow", "awaiting_confirmation": "cyan", "confirmed": "green"}
_WELCOME = """Ask about the privacy notice in Finnish, English or Swedish, or say: erase my data.
On file is matti.meikalainen@example.com; any other address is not.
Type a number to press a button. Commands of this terminal:
  /mail    read the letters sent so far (the codes are there)
  /staff   change to the staff's side      /quit   leave"""


class House(card.Desk, Protocol):
    """What the terminal needs of the running assistant."""

    def take(self, event: Event) -> None:
        """Handle an event."""

    def preview(self, event: StaffActed | StaffAnswered) -> Message | Denial:
        """Return what the customer will read of a staff action, without doing it."""

    def deliver(self, hear: Callable[[Say, Message], None], tell: Callable[[ToStaff], None]) -> int:
        """Carry out what stands in the outbox."""

    def tickets(self, *, ended: bool) -> Sequence[Ticket]:
        """Return tickets by due date."""

    def inquiry(self, number: str) -> Inquiry | None:
        """Return one question that was passed to staff."""

    def inquiries(self) -> Sequence[Inquiry]:
        """Return the questions that wait for staff, oldest first."""

    def history(self, subject: str) -> Sequence[card.Happening]:
        """Return when, who, what, from and to of each audit row of a ticket or inquiry (by id)."""

    def letters(self) -> Sequence[Path]:
        """Return the letters in the local outbox."""

    def actors(self) -> Mapping[str, Actor]:
        """Return the staff by name."""


class Terminal:
    """One conversation in a terminal. `read` gives a line, or None at the end."""

    def __init__(self, house: House, console: Console, read: Callable[[str], str | None]) -> None:
        self._house = house
        self._console = console
        self._read = read
        self._person = Person(channel=CHANNEL, account=f"you-{uuid4().hex[:8]}")
        self._buttons: tuple[Button, ...] = ()
        self._staff = ""

    def run(self) -> None:
        """Talk until /quit or the end of the input."""
        self._console.print(Panel(_WELCOME, title="[bold]Seloste[/bold]", expand=False))
        self._customer("/start")
        while (line := self._read(f"{self._staff}> ")) is not None:
            if line.strip() == "/quit":
                break
            self._line(line)

    def _line(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if word == "/staff":
            self._take_desk(rest)
        elif word == "/customer":
            self._staff = ""
        elif word == "/mail":
            self._show_letters()
        elif self._staff:
            self._desk(line.split())
        else:
            self._customer(line)

    # The customer

    def _customer(self, line: str) -> None:
        said = line.strip()
        event: CustomerEvent = Said(text=line)
        if said.isdecimal() and len(said) < 3 and 1 <= int(said) <= len(self._buttons):
            event = Chose(token=self._buttons[int(said) - 1].token)
        self._house.take(FromCustomer(person=self._person, event=event))
        self._deliver()

    def _deliver(self) -> None:
        self._house.deliver(self._hear, self._notice)

    def _hear(self, say: Say, message: Message) -> None:
        if say.to.account != self._person.account:
            return
        self._buttons = message.buttons
        title = self._label("reads") if self._staff else None
        panel = Panel(render.terminal(message), title=title, border_style="green", expand=False)
        self._console.print(panel)

    def _notice(self, told: ToStaff) -> None:
        for line in card.told(told, self._house):
            self._console.print(f"[magenta]● {escape(strip_invisible(line))}[/magenta]")

    def _show_letters(self) -> None:
        letters = self._house.letters()
        if not letters:
            self._console.print("No letters yet.")
        for path in letters[-3:]:
            letter = message_from_bytes(path.read_bytes(), policy=default)
            body = letter.get_body(("plain",))
            text = f"To: {letter['To']}\n\n{body.get_content().strip() if body else ''}"
            title = escape(strip_invisible(str(letter["Subject"])))
            self._console.print(
                Panel(escape(strip_invisible(text)), title=title, border_style="blue")
            )

    # The staff

    def _take_desk(self, name: str) -> None:
        names = list(self._house.actors())
        known = [n for n in names if n.casefold() == name.strip().casefold()]
        if name and not known:
            self._tell("no_such_staff", name=name, known=", ".join(names))
            return
        self._staff = (known or names)[0]
        self._tell("you_are", name=self._staff)
        self._commands()
        self._list(ended=False)

    def _desk(self, words: Sequence[str]) -> None:
        match [word.casefold() for word in words]:
            case ["list"] | []:
                self._list(ended=False)
            case ["list", "all"]:
                self._list(ended=True)
            case ["show", number]:
                self._on_ticket(number, self._card)
            case [verb, number, *rest] if verb == ANSWER:
                self._on_inquiry(number, lambda inquiry: self._act(inquiry, verb, rest))
            case [verb, number, *rest] if verb in _VERBS:
                self._on_ticket(number, lambda ticket: self._act(ticket, _VERBS[verb], rest))
            case _:
                self._commands()

    def _on_ticket(self, number: str, do: Callable[[Ticket], None]) -> None:
        ticket = self._house.ticket(number)
        if ticket is None:
            self._tell("no_ticket", number=number.upper())
        else:
            do(ticket)

    def _on_inquiry(self, number: str, do: Callable[[Inquiry], None]) -> None:
        inquiry = self._house.inquiry(number)
        if inquiry is None:
            self._tell("no_ticket", number=number.upper())
        else:
            do(inquiry)

    def _list(self, *, ended: bool) -> None:
        self._console.print(list_table(self._house.tickets(ended=ended), self._house))
        for inquiry in self._house.inquiries():
            self._console.print(f"{inquiry.number}: {escape(strip_invisible(inquiry.question))}")

    def _card(self, ticket: Ticket) -> None:
        self._console.print(card_table(ticket, self._house))
        self._console.print(history_table(ticket, self._house))
        can = transitions.possible(ticket, self._house.actors()[self._staff])
        actions = ", ".join(can) or card.label(self._house, "nothing")
        self._tell("can", name=self._staff, actions=actions)

    def _act(self, subject: Ticket | Inquiry, action: str, rest: Sequence[str]) -> None:
        actor = self._house.actors()[self._staff]
        asked = form.Form(action=action, subject=subject.id, version=subject.version)
        for blank, known in form.CHOICES.items():
            if blank in asked.blanks():
                chosen = asked.filled(blank, rest[0] if rest else "")
                if chosen is None:
                    self._tell("which", known=", ".join(sorted(known)))
                    return
                asked = chosen
        # The dots stand for the words to come: nobody writes a reason for what cannot be done.
        wordy = Blank.TEXT in asked.blanks()
        asked = replace(asked, text="..." if wordy else "")
        if not self._previewed(asked.event(actor, self._house.now())):
            return
        if wordy:
            asked = replace(asked, text=self._read(f"{self._label('in_words')}: ") or "")
            shown = self._previewed(asked.event(actor, self._house.now()))
            if shown is None or not self._agreed(shown):
                return
        self._house.take(asked.event(actor, self._house.now()))
        self._deliver()

    def _previewed(self, event: StaffActed | StaffAnswered) -> Message | None:
        shown = self._house.preview(event)
        if isinstance(shown, Denial):
            self._deny(shown)
            return None
        return shown

    def _agreed(self, preview: Message) -> bool:
        self._console.print(
            Panel(render.terminal(preview), title=self._label("preview"), border_style="yellow")
        )
        return yes_or_no(self._read(f"{self._label('send')} ") or "") is True

    def _commands(self) -> None:
        text = self._house.text("desk.commands", self._house.language)
        self._console.print(text, markup=False)

    def _tell(self, name: str, /, **values: str) -> None:
        text = card.label(self._house, name, **values)
        self._console.print(f"[yellow]{escape(strip_invisible(text))}[/yellow]")

    def _label(self, name: str) -> str:
        return card.label(self._house, name)

    def _deny(self, denial: Denial) -> None:
        self._console.print(f"[red]{escape(card.denied(denial, self._house))}[/red]")


def card_table(ticket: Ticket, house: House) -> Table:
    """Return a ticket's card as a table."""
    table = Table(title=ticket.number, show_header=False)
    for name, value in card.rows(ticket, house):
        table.add_row(escape(name), escape(strip_invisible(value)))
    return table


def history_table(ticket: Ticket, house: House) -> Table:
    """Return what happened to a ticket, as the audit has it, as a table."""
    names = ("when", "who", "what", "from", "to")
    columns = [card.label(house, name) for name in names]
    table = Table(*columns, title=card.label(house, "history"))
    for line in card.history(house.history(ticket.id), house):
        table.add_row(*map(escape, line))
    return table


def list_table(found: Sequence[Ticket], house: House) -> Table:
    """Return tickets as a table, a line each; the overdue in red."""
    names = ("number", "right", "state", "due", "language")
    table = Table(*(card.label(house, name) for name in names))
    for ticket in found:
        style = "red" if card.overdue(ticket, house) else _STYLE.get(ticket.state, "dim")
        table.add_row(*card.summary(ticket, house), style=style)
    return table
