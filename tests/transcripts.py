"""Conversations written as transcripts: how they are read, and how what happened is written down.

    on file: matti@example.com          the company has this address
    clock: 2026-11-06 10:00             local time; `later: 20 minutes` moves it
    passing: 5 hours                    the same, and what falls due by then is done
    Matti> Poistakaa tietoni            Matti writes; {code} is the last code mailed, which may be
                                        {code in pairs}, {code in words} or {code with an O};
                                        {word} is the word in that letter
    Matti> [Kyllä]                      Matti presses the newest button of that name
    Matti> (again)                      the platform delivers the same event a second time
    Matti& ...                          like >, but answers are delivered only after the next line
    Aino: refuse T-2026-0001 | reason   a member of staff acts on a ticket

Everything else in a transcript is output: `Matti<`, `mail`, `desk:`.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.core.events import StaffActed, StaffAnswered
from bot.core.tickets import identity
from bot.core.tickets.clock import Ground
from bot.core.tickets.command import Command
from bot.core.tickets.copies import Way
from bot.core.tickets.identity import Method
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.ticket import Action, Actor, Extent, Ticket

SCENARIOS = sorted((Path(__file__).parent / "scenarios").rglob("*.txt"))
_INPUT = re.compile(r"(?P<who>\w+)(?P<how>[>&:]) ?(?P<what>.*)")
_SETTING = re.compile(r"(?P<name>on file|clock|later|passing): (?P<value>.*)")
_PLAYED = ("#", "on file:", "clock:", "later:", "passing:")
_INDENT = "    "
_DIGITS = "zero one two three four five six seven eight nine".split()


@dataclass(frozen=True)
class StaffLine:
    """What a member of staff does: `suspend T-2026-0001 clarification | Mikä?`."""

    who: str
    verb: str
    number: str
    option: str
    text: str

    @classmethod
    def read(cls, who: str, what: str) -> StaffLine:
        words, _, text = (part.strip() for part in what.partition("|"))
        verb, number, *rest = words.split()
        return cls(who, verb, number, rest[0] if rest else "", text)

    @property
    def on_inquiry(self) -> bool:
        return self.verb == ANSWER

    def event(
        self, subject: Ticket | Inquiry, actor: Actor, now: datetime
    ) -> StaffActed | StaffAnswered:
        if isinstance(subject, Inquiry):
            return StaffAnswered(
                inquiry=subject.id, actor=actor, text=self.text, version=subject.version
            )
        attests = self.verb == "attest"
        method = Method(self.option) if attests else None
        command = Command(
            action=Action.VERIFY if attests else Action(self.verb),
            version=subject.version,
            text=self.text,
            ground=Ground(self.option) if self.verb == Action.SUSPEND else None,
            relation=Relation(self.option) if self.verb == Action.REPRESENT else None,
            authority=AuthorityProof(self.option) if self.verb == Action.AUTHORISE else None,
            extent=Extent(self.option) if self.verb == Action.FULFIL and self.option else None,
            way=Way(self.option) if self.verb == Action.DELIVER else None,
            evidence=identity.attestation(method, actor.key, now) if method else None,
        )
        return StaffActed(ticket=subject.id, actor=actor, command=command)


class Transcript:
    """What happened, written down."""

    def __init__(self) -> None:
        self.code = ""
        self.word = ""
        self._lines: list[str] = []

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"

    def filled_in(self, text: str) -> str:
        """Return what somebody writes, with the code and the word of the last letter in it."""
        pairs = " ".join(re.findall("..", self.code))
        written = text.replace("{code in pairs}", pairs)
        words = " ".join(_DIGITS[int(digit)] for digit in self.code)
        written = written.replace("{code in words}", words)
        written = written.replace("{code with an O}", f"O{self.code[1:]}")
        return written.replace("{code}", self.code).replace("{word}", self.word)

    def played(self, line: str) -> None:
        """Write down an input."""
        if self._lines and self._lines[-1].startswith((_INDENT, "desk: ")):
            self._lines.append("")
        self._lines.append(line)

    def heard(self, who: str, language: str, text: str, labels: Collection[str]) -> None:
        """Write down what somebody was told, with the buttons below it."""
        self._lines.append(f"{who}< ({language})")
        self._indented(text)
        if labels:
            self._indented(" ".join(f"[{label}]" for label in labels))

    def desk(self, line: str) -> None:
        """Write down what the desk was told."""
        self._lines.append(f"desk: {line}")

    def ticket(self, ticket: Ticket, today: date) -> None:
        """Write down that the desk was shown a ticket."""
        due = ticket.clock.end(today).due
        self.desk(f"{ticket.number} {ticket.right} {ticket.state}, due {due}")

    def mailed(self, to: str, subject: str, text: str) -> None:
        """Write down a letter; code and word in it are from now on the last ones."""
        self.code = (re.findall(r"\b\d{8}\b", text) or [self.code])[0]
        self.word = (re.findall(r"\b[A-Z]{4}-[A-Z]{4}\b", text) or [self.word])[0]
        self._lines.append(f"mail to {to}: {subject}")
        self._indented(text)

    def _indented(self, text: str) -> None:
        shown = text.replace(self.code, "{code}") if self.code else text
        shown = shown.replace(self.word, "{word}") if self.word else shown
        self._lines += [f"{_INDENT}{line}" for line in shown.splitlines() if line]


class Player(ABC):
    """Plays the inputs of a transcript, and writes down what really happens."""

    def __init__(self, staff: Collection[str], timezone: ZoneInfo) -> None:
        self.transcript = Transcript()
        self._staff = staff
        self._timezone = timezone

    def play(self, written: str) -> str:
        """Return the transcript as it really went."""
        for line in written.splitlines():
            if line and self._is_input(line):
                self.transcript.played(line)
                self._play(line)
        return str(self.transcript)

    def _is_input(self, line: str) -> bool:
        if line.startswith(_PLAYED):
            return True
        match = _INPUT.fullmatch(line)
        if match is None or match["who"] in ("desk", "mail"):
            return False
        return match["how"] in ">&" or match["who"] in self._staff

    def _play(self, line: str) -> None:
        if setting := _SETTING.fullmatch(line):
            self._set(setting["name"], setting["value"])
        elif not line.startswith("#"):
            said = _INPUT.fullmatch(line)
            assert said is not None
            if said["how"] == ":":
                self.staff_acts(StaffLine.read(said["who"], said["what"]))
            else:
                self._customer(said["who"], said["what"])
            if said["how"] != "&":
                self.deliver()

    def _set(self, name: str, value: str) -> None:
        if name == "on file":
            self.register(value)
        elif name == "clock":
            local = datetime.strptime(value, "%Y-%m-%d %H:%M")  # noqa: DTZ007
            self.move_clock_to(local.replace(tzinfo=self._timezone))
        else:
            number, unit = value.split()
            self.move_clock_by(timedelta(**{unit: int(number)}))
            if name == "passing":
                self.fall_due()
                self.deliver()

    def _customer(self, who: str, what: str) -> None:
        if what == "(again)":
            self.again()
        elif what.startswith("[") and what.endswith("]"):
            self.press(who, what[1:-1])
        else:
            self.write(who, self.transcript.filled_in(what))

    @abstractmethod
    def register(self, address: str) -> None:
        """Put an address on file."""

    @abstractmethod
    def move_clock_to(self, moment: datetime) -> None:
        """Set the clock."""

    @abstractmethod
    def move_clock_by(self, time: timedelta) -> None:
        """Let time pass."""

    @abstractmethod
    def fall_due(self) -> None:
        """Have done what falls due by the clock."""

    @abstractmethod
    def write(self, who: str, text: str) -> None:
        """Have somebody write something."""

    @abstractmethod
    def press(self, who: str, label: str) -> None:
        """Have somebody press the newest button of that name."""

    @abstractmethod
    def again(self) -> None:
        """Have the last event delivered a second time, as platforms do."""

    @abstractmethod
    def staff_acts(self, line: StaffLine) -> None:
        """Have a member of staff act."""

    @abstractmethod
    def deliver(self) -> None:
        """Carry out what is to be done, and write down what comes of it."""
