"""What is on record, the same for every desk."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import letters, take
from bot.channels.desk import card
from bot.channels.desk.choosing import named
from bot.channels.desk.form import CHOICES, Blank
from bot.core.catalog import Language
from bot.core.events import StaffActed
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import Action, Ticket
from bot.service.queries import Queries
from tests.fakes.replica import until
from tests.register import put_on_file

QUESTION = "Onko teillä tietosuojavastaavan sijainen lomien aikana?"
STAFF = [
    {"name": "Aino", "roles": ["agent", "approver"]},
    {"name": "Mika", "roles": ["approver"]},
    {"name": "Sari", "roles": ["agent"]},
]


class OnRecord:
    """What is on record, the same for every desk."""

    _app: Assistant

    @property
    def _queries(self) -> Queries:
        return self._app.queries

    def ask_elsewhere(self, who: str, number: str, text: str) -> None:
        case = self._queries.case_numbered(number)
        assert case is not None
        command = Command(action=Action.ASK, version=case.subject.version, text=text)
        actor = self._queries.actors()[who]
        event = StaffActed(ticket=case.subject.id, actor=actor, command=command)
        take(self._app, self._queries.inbound(f"{who} {number}", event, "elsewhere"))
        until(lambda: self._version(number) > case.subject.version)

    def history(self, number: str) -> list[tuple[str, str]]:
        case = self._queries.case_numbered(number)
        return [(one.who, one.what) for one in case.history] if case else []

    def ticket(self, number: str) -> Ticket:
        case = self._queries.case_numbered(number)
        assert case is not None
        assert isinstance(case.subject, Ticket)
        return case.subject

    def text(self, key: str, **values: str | int) -> str:
        return self._queries.text(key, Language.FI, **values)

    def owner(self, number: str) -> str:
        wording = self._queries.wording
        rows = dict(card.face(self.ticket(number), wording))
        return rows.get(wording.label("owner"), "")

    def label(self, field: str, value: str, number: str = "") -> str:
        """Return what a choice of a form is called; members of staff by their names."""
        if field in ("to", "doer") or Blank(field) not in CHOICES:
            return value
        subject = self.ticket(number) if number else None
        return named(Blank(field), value, subject, self._queries.wording)

    def mailed(self) -> list[str]:
        found = [
            message_from_bytes(path.read_bytes(), policy=default) for path in letters(self._app)
        ]
        bodies = [letter.get_body(("plain",)) for letter in found]
        return [body.get_content() for body in bodies if body]

    def put_on_file(self, email: str) -> None:
        put_on_file(self._app.store, (email,))

    def opened_by(self, act: Callable[[], object]) -> str:
        """Do what opens a ticket; return its number."""
        before = self._stored()
        act()
        until(lambda: self._stored() > before)
        [number] = self._stored() - before
        return number

    def _stored(self) -> set[str]:
        return {ticket.number for ticket in self._queries.tickets(ended=True)}

    def tasks(self, number: str) -> str:
        """Return the tasks of a ticket, as its card has them."""
        wording = self._queries.wording
        rows = dict(card.face(self.ticket(number), wording))
        return rows.get(wording.label("tasks"), "")

    def _version(self, number: str) -> int:
        case = self._queries.case_numbered(number)
        return case.subject.version if case else 0
