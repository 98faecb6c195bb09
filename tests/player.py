"""Plays a conversation written as a transcript, and writes down what really happened.

    on file: matti@example.com          the company has this address
    clock: 2026-11-06 10:00             local time; `later: 20 minutes` moves it
    Matti> Poistakaa tietoni            Matti writes; {code} is the last code mailed
    Matti> [Kyllä]                      Matti presses the newest button of that name
    Matti> (again)                      the platform delivers the same event a second time
    Matti& ...                          like >, but answers are delivered only after the next line
    Aino: refuse T-2026-0001 | reason   a member of staff acts on a ticket

Everything else in a transcript is output: `Matti<`, `mail`, `desk:`.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default

from bot.bootstrap import App
from bot.channels.desk import card
from bot.channels.desk.form import Form
from bot.core.effects import ReportDenial, ShowInquiry, ShowTicket, ToStaff
from bot.core.tickets.inquiries import ANSWER
from bot.core.tickets.ticket import Action
from bot.service.queries import DeskHouse
from tests.conftest import Clock
from tests.stages import DESK, Stage

_INPUT = re.compile(r"(?P<who>\w+)(?P<how>[>&:]) ?(?P<what>.*)")
_SETTING = re.compile(r"(?P<name>on file|clock|later): (?P<value>.*)")
_PLAYED = ("#", "on file:", "clock:", "later:")
_INDENT = "    "


class Player:
    """One transcript being played against a running assistant."""

    def __init__(self, app: App, clock: Clock, stage: Stage) -> None:
        self._app = app
        self._stage = stage
        self._clock = clock
        self._written: list[str] = []
        self._events = 0
        self._code = ""
        self._letters = 0
        self._house = DeskHouse(app)
        self._staff = app.actors()

    def play(self, transcript: str) -> str:
        """Return the transcript as it really went."""
        for line in transcript.splitlines():
            if self._is_input(line):
                self._line(line)
        return "\n".join(self._written) + "\n"

    def _is_input(self, line: str) -> bool:
        if not line or line.startswith(_PLAYED):
            return True
        match = _INPUT.fullmatch(line)
        if match is None or match["who"] in ("desk", "mail"):
            return False
        return match["how"] in ">&" or match["who"] in self._staff

    def _line(self, line: str) -> None:
        if not line:
            return
        if self._written and self._written[-1].startswith((_INDENT, "desk: ")):
            self._written.append("")
        self._written.append(line)
        if setting := _SETTING.fullmatch(line):
            self._set(setting["name"], setting["value"])
        elif not line.startswith("#"):
            said = _INPUT.fullmatch(line)
            assert said is not None
            if said["how"] == ":":
                self._staff_acts(said["who"], said["what"])
            else:
                self._customer(said["who"], said["what"])
            if said["how"] != "&":
                self._deliver()

    def _set(self, name: str, value: str) -> None:
        if name == "on file":
            with self._app.store.transaction() as unit:
                unit.contacts.register([self._app.store.keys.contact(value)])
        elif name == "clock":
            local = datetime.strptime(value, "%Y-%m-%d %H:%M")  # noqa: DTZ007
            self._clock.now = local.replace(tzinfo=self._app.rules.timezone)
        else:
            number, unit_name = value.split()
            self._clock.forward(timedelta(**{unit_name: int(number)}))

    def _customer(self, who: str, what: str) -> None:
        if what == "(again)":
            self._stage.again()
        elif what.startswith("[") and what.endswith("]"):
            self._stage.press(who, what[1:-1])
        else:
            self._stage.write(who, what.replace("{code}", self._code))

    def _staff_acts(self, who: str, what: str) -> None:
        words, _, text = (part.strip() for part in what.partition("|"))
        verb, number, *rest = words.split()
        actor = self._staff[who]
        with self._app.store.reading() as unit:
            subject = (
                unit.inquiries.numbered(number) if verb == ANSWER else unit.tickets.numbered(number)
            )
        assert subject is not None, f"there is no {number}"
        filled = Form(
            action=Action.VERIFY if verb == "attest" else verb,
            subject=subject.id,
            version=subject.version,
            method=rest[0] if verb == "attest" else "",
            ground=rest[0] if verb == "suspend" else "",
            text=text,
        )
        self._events += 1
        event = filled.event(actor, self._clock())
        self._app.take(self._app.intake.arrival(f"event-{self._events}", event, DESK))

    def _deliver(self) -> None:
        self._stage.deliver(self._hear, self._tell)
        folder = self._app.settings.service.data_dir / "mail"
        for path in sorted(folder.glob("*.eml"))[self._letters :]:
            self._letters += 1
            letter = message_from_bytes(path.read_bytes(), policy=default)
            body = letter.get_body(("plain",))
            assert body is not None
            text = body.get_content().strip()
            self._code = (re.findall(r"\b\d{8}\b", text) or [self._code])[0]
            self._written.append(f"mail to {letter['To']}: {letter['Subject']}")
            self._indented(text)

    def _hear(self, who: str, language: str, text: str, labels: list[str]) -> None:
        self._written.append(f"{who}< ({language})")
        self._indented(text)
        if labels:
            self._indented(" ".join(f"[{label}]" for label in labels))

    def _tell(self, told: ToStaff) -> None:
        if isinstance(told, ReportDenial):
            self._written.append(f"desk: no, {told.denial}")
        if isinstance(told, ShowInquiry):
            self._written += [f"desk: {line}" for line in card.told(told, self._house)]
        if not isinstance(told, ShowTicket):
            return
        with self._app.store.reading() as unit:
            ticket = unit.tickets.numbered(told.number)
        assert ticket is not None
        due = ticket.clock.end(self._app.rules.today(self._clock())).due
        self._written.append(f"desk: {ticket.number} {ticket.right} {ticket.state}, due {due}")

    def _indented(self, text: str) -> None:
        shown = text.replace(self._code, "{code}") if self._code else text
        self._written += [f"{_INDENT}{line}" for line in shown.splitlines() if line]
