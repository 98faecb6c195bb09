"""The terminal: both sides of a conversation, customer and staff, for trying things out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot.channels import render
from bot.channels.desk import card, flow, leave, listing
from bot.channels.desk.flow import Preview, Refused, Situation
from bot.channels.desk.form import Form, NewRequest, opening
from bot.channels.desk.offers import possible
from bot.channels.desk.port import Case, Desk
from bot.channels.terminal_form import FormPrompt
from bot.channels.terminal_tables import card_table, history_table, list_table
from bot.core.effects import Say, ToStaff
from bot.core.envelopes import InboundEvent
from bot.core.events import (
    Chose,
    CustomerEvent,
    Event,
    FromCustomer,
    Said,
    StaffActed,
    StaffAnswered,
    StaffOpened,
)
from bot.core.messages import Button, Message
from bot.core.tickets.absence import away
from bot.core.tickets.filters import ALL, Filter, Words, narrowed, words_of
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.register import apart
from bot.core.tickets.ticket import Action, Person, Ticket
from bot.core.understanding.words.text import strip_invisible

CHANNEL = "terminal"
_COMMANDS = frozenset({"/staff", "/customer", "/mail", "/quit"})
_WITH_A_PATH = 2  # words before the path of a file
# Commands of which only the first word was typed, or not all that follows it.
_INCOMPLETE = frozenset({"show", "find", "attach", ANSWER, "attest", *map(str, Action)})
_VERBS = {"attest": Action.VERIFY, **{str(a): a for a in Action if a is not Action.ATTACH}}
_WELCOME = """Ask about the privacy notice in Finnish, English or Swedish, or say: erase my data.
On file is matti.meikalainen@example.com; any other address is not.
Type a number to press a button. Commands of this terminal:
  /mail    read the letters sent so far (the codes are there)
  /staff   change to the staff's side      /quit   leave"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """Functions that carry on the conversation in this thread, before the next line is read.

    `take` stores an event and handles it, `deliver` carries out the effects in the outbox,
    `letters` returns the letters so far.
    """

    take: Callable[[InboundEvent], None]
    deliver: Callable[[Callable[[Say, Message], None], Callable[[ToStaff], None]], int]
    letters: Callable[[], Sequence[Path]]


class Terminal:
    """One conversation in a terminal. `read` gives a line, or None at the end."""

    def __init__(
        self, desk: Desk, hands: Hands, console: Console, read: Callable[[str], str | None]
    ) -> None:
        self._desk = desk
        self._wording = desk.wording
        self._hands = hands
        self._console = console
        self._read = read
        self._form = FormPrompt(desk, console, self._answer)
        self._person = Person(channel=CHANNEL, account=f"you-{uuid4().hex[:8]}")
        self._buttons: tuple[Button, ...] = ()
        self._staff = ""
        self._next = ""  # a command that was typed in the place of an answer

    def run(self) -> None:
        """Talk until /quit or the end of the input."""
        self._console.print(Panel(_WELCOME, title="[bold]Seloste[/bold]", expand=False))
        self._customer("/start")
        while (line := self._next or self._read(f"{self._staff}> ")) is not None:
            self._next = ""
            if line.strip() == "/quit":
                break
            self._line(line)

    def _answer(self, question: str) -> str | None:
        """Read an answer to a form; None where a command leaves it, which is carried out next."""
        line = None if self._next else self._read(question)
        if line is None or line.strip().partition(" ")[0] not in _COMMANDS:
            return line
        self._next = line
        return None

    def _line(self, line: str) -> None:
        word, _, rest = line.strip().partition(" ")
        if word == "/staff":
            self._take_desk(rest)
        elif word == "/customer":
            self._staff = ""
        elif word == "/mail":
            self._show_letters()
        elif self._staff:
            self._command(line.split())
        else:
            self._customer(line)

    # The customer

    def _customer(self, line: str) -> None:
        said = line.strip()
        event: CustomerEvent = Said(text=line)
        if said.isdecimal() and len(said) < 3 and 1 <= int(said) <= len(self._buttons):
            event = Chose(token=self._buttons[int(said) - 1].token)
        self._take(FromCustomer(person=self._person, event=event))

    def _take(self, event: Event) -> None:
        self._hands.take(self._desk.inbound(uuid4().hex, event, CHANNEL))
        self._hands.deliver(self._hear, self._notice)

    def _hear(self, say: Say, message: Message) -> None:
        if say.to.account != self._person.account:
            return
        self._buttons = message.buttons
        title = self._wording.label("reads") if self._staff else None
        panel = Panel(render.terminal(message), title=title, border_style="green", expand=False)
        self._console.print(panel)

    def _notice(self, told: ToStaff) -> None:
        case = self._desk.case_numbered(told.number) if told.number else None
        for line in card.told(told, self._wording, case.subject if case else None):
            self._console.print(f"[magenta]● {escape(strip_invisible(line))}[/magenta]")

    def _show_letters(self) -> None:
        letters = self._hands.letters()
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
        names = list(self._desk.actors())
        known = [n for n in names if n.casefold() == name.strip().casefold()]
        if name and not known:
            self._form.tell("no_such_staff", name=name, known=", ".join(names))
            return
        first, self._staff = not self._staff, (known or names)[0]
        self._form.tell("you_are", name=self._staff)
        if first:
            self._commands()
        self._list(ended=False)

    def _command(self, words: Sequence[str]) -> None:
        match [word.casefold() for word in words]:
            case [] | ["list", *_]:
                self._listed(words[1:])
            case ["find", *_] if len(words) > 1:
                found = listing.sought(self._desk, " ".join(words[1:]))
                self._console.print(list_table(found, self._wording))
            case ["show", number]:
                self._on(number, Inquiry if number.startswith("q") else Ticket, self._card)
            case ["away", *day]:
                actor = self._desk.actors()[self._staff]
                self._form.show(leave.said(self._desk, actor, " ".join(day), CHANNEL), "magenta")
            case ["open"]:
                self._fill_in(opening(), Case(subject=NewRequest(), history=()), ())
            case ["attach", number, *_] if len(words) > _WITH_A_PATH:
                path = Path(" ".join(words[2:])).expanduser()
                self._on(number, Ticket, lambda case: self._attach(case, path))
            case [verb, number, *_] if verb == ANSWER:
                self._on(number, Inquiry, lambda case: self._act(case, verb, words[2:]))
            case [verb, number, *_] if verb in _VERBS:
                self._on(number, Ticket, lambda case: self._act(case, _VERBS[verb], words[2:]))
            case ["help"]:
                self._commands()
            case unknown:
                known = unknown[0] in _INCOMPLETE
                self._form.tell("no_number" if known else "no_command", command=unknown[0])

    def _on(self, number: str, kind: type[Ticket | Inquiry], do: Callable[[Case], None]) -> None:
        case = self._desk.case_numbered(number)
        if case is None or not isinstance(case.subject, kind):
            self._form.tell("no_ticket", number=number.upper())
        else:
            do(case)

    def _listed(self, named: Sequence[str]) -> None:
        filters, ended = words_of(named), list(named) == ["all"]
        if ended or filters is not None:
            self._list(ended=ended, filters=filters or frozenset())
        else:
            self._form.show(self._wording.desk("list.unknown", known=", ".join(ALL)), "yellow")

    def _list(self, *, ended: bool, filters: Words = frozenset()) -> None:
        me, today = self._desk.actors()[self._staff].key, self._wording.today()
        gone = away(self._desk.absences(), today)
        found = narrowed(self._desk.tickets(ended=ended), filters, me, today, gone)
        ours, unproved = (found, ()) if ended or Filter.UNPROVED in filters else apart(found)
        self._console.print(list_table(ours, self._wording, gone))
        if unproved:
            self._form.show(self._wording.desk("form.unproved", number=len(unproved)), "dim")
        for inquiry in () if filters else self._desk.inquiries():
            self._console.print(
                f"{inquiry.number}: {escape(strip_invisible(card.quoted(inquiry.question)))}"
            )
        for line in card.damaged(self._desk.damaged(ended=ended), self._wording):
            self._console.print(f"[red]{escape(line)}[/red]")

    def _card(self, case: Case) -> None:
        self._console.print(card_table(case, self._wording))
        self._console.print(history_table(case, self._wording))
        actor, rules = self._desk.actors()[self._staff], self._desk.rules
        can = possible(case.subject, actor, self._desk.now(), rules)
        actions = ", ".join(can) or self._wording.label("nothing")
        self._form.tell("can", name=self._staff, actions=actions)

    def _act(self, case: Case, action: str, rest: Sequence[str]) -> None:
        form = Form(action=action, subject=case.subject.id, version=case.subject.version)
        self._fill_in(form, case, rest)

    def _attach(self, case: Case, path: Path) -> None:
        actor = self._desk.actors()[self._staff]
        at = Situation(case.subject, actor, self._desk.now(), self._desk.known)
        try:
            event = self._form.attached(path, at)
        except OSError as error:
            self._form.show(f"{path.name}: {error.strerror}", "red")
            return
        if isinstance(event, Refused):
            self._form.show(card.refusal(event.why, self._wording, case.history), "red")
        elif event:
            self._take(event)

    def _fill_in(self, form: Form, case: Case, rest: Sequence[str]) -> None:
        actor = self._desk.actors()[self._staff]
        at = Situation(case.subject, actor, self._desk.now(), self._desk.known)
        step = self._form.filled(flow.begin(form, at), rest, at)
        worded = isinstance(step, Preview) and _is_shown(step)
        if isinstance(step, Preview) and worded and not self._form.agreed(step, at.subject.number):
            return
        event = flow.send(step.form, at) if isinstance(step, Preview) else step
        if isinstance(event, StaffActed | StaffAnswered | StaffOpened):
            self._take(event)
        elif isinstance(event, Refused):
            self._form.show(card.refusal(event.why, self._wording, case.history), "red")

    def _commands(self) -> None:
        self._console.print(self._wording.desk("commands"), markup=False)


def _is_shown(step: Preview) -> bool:
    """Tell whether a form is shown before it is sent: what was typed may hold a slip."""
    return step.form.takes_words() or step.form.action == Action.CORRECT_CONTACTS
