"""A desk in a channel in Slack, in the verbs of the desk contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from bot.channels.desk import documents
from bot.channels.desk.form import NONE_GIVEN
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from tests.channels.desk_contract import Outcome
from tests.fakes import slack as fake_slack
from tests.fakes.desks.on_record import QUESTION, OnRecord
from tests.fakes.slack.model import Delivery, Trouble
from tests.fakes.slack.office import LABELS
from tests.fakes.slack.office import Office as SlackOffice

BUTTONS = {
    "export": "desk.document.export",
    "export personal": "desk.document.export_personal",
    "calendar": "desk.document.calendar",
    "calendar new": "desk.document.calendar_new",
}


class SlackDesk(OnRecord):
    """A channel in Slack."""

    def __init__(self, folder: Path, known: Understanding, **sections: Any) -> None:
        self._office = SlackOffice(folder, known, **sections)
        self._customers: dict[str, fake_slack.User] = {}
        self._begun: dict[str, str] = {}

    def __enter__(self) -> Self:
        self._office.__enter__()
        self._slack = self._office.slack
        self._app = self._office.work.app
        tuuli = self._slack.user("UTUULI", "Vieras")
        self._slack.join(tuuli, self._office.desk)
        self._staff = {
            "Aino": self._office.aino,
            "Mika": self._office.mika,
            "Sari": self._office.sari,
            "Vieras": tuuli,
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._office.__exit__(*_)

    def open_ticket(self, right: Right = Right.ERASURE) -> str:
        customer = self._office.customer()
        number = self._office.opened(customer, right)
        self._customers[number] = customer
        return number

    def pass_question(self) -> str:
        customer = self._office.customer()
        self._office.says(customer, QUESTION)
        told = self._office.presses(customer, self.text("choice.pass"))
        number = str(re.findall(r"Q-\d{4}-\d{4}", fake_slack.plain(told))[0])
        self._slack.wait(lambda: self._office.cards(number))
        self._customers[number] = customer
        return number

    def begin(self, who: str, number: str, action: str, **fields: str) -> Outcome:
        staff = self._staff[who]
        tag = f":{self._version(number)}:"
        card = self._slack.wait(
            lambda: [m for m in self._office.cards(number) if tag in m.buttons[0].value]
        )[-1]
        self._begun[who] = number
        self._office.presses_card(staff, LABELS[action], card)
        return self._filled(staff, fields, number)

    def _filled(
        self, staff: fake_slack.User, fields: Mapping[str, str], number: str = ""
    ) -> Outcome:
        view = self._office.shown(staff)
        if fields and view.body["submit"]:
            named = {field: self.label(field, value, number) for field, value in fields.items()}
            try:
                self._slack.fill(staff, named)
                self._slack.submit(staff)
            except (AssertionError, Trouble):  # the form has given way to a refusal meanwhile
                assert self._office.shown(staff).body["submit"] is None
            view = self._office.shown(staff)
        if view.errors or view.body["submit"] is None:
            told = "\n".join(view.errors.values()) if view.errors else fake_slack.plain(view)
            return Outcome(refusal=told)
        return Outcome(preview=fake_slack.plain(view).partition("\n\n")[2])

    def open_for(self, who: str, **fields: str) -> str:
        staff = self._staff[who]
        self._at_home(staff)
        self._slack.views.pop(staff.id, None)
        self._office.acked(self._slack.press(staff, self.text("desk.button.open"), "home"))
        outcome = self._filled(staff, fields)
        assert outcome.preview, outcome.refusal
        return self.opened_by(lambda: self._slack.submit(staff))

    def attach(self, who: str, number: str, name: str, content: bytes) -> None:
        staff = self._staff[who]
        self._office.opens(staff, "attach", number)
        self._slack.fill(staff, {"file": self._slack.uploads(staff, name, content)})
        self._slack.submit(staff)
        self._office.shown(staff, name)
        version = self._version(number)
        self._slack.submit(staff)
        self._slack.wait(lambda: self._version(number) > version)

    def away(self, who: str, back: str) -> str:
        staff = self._staff[who]
        self._at_home(staff)
        whispers = len(self._office.whispers(staff))
        if back == NONE_GIVEN:
            self._office.acked(self._slack.press(staff, self.text("desk.away.back"), "home"))
        else:
            self._office.acked(self._slack.select(staff, "away:day", back, channel="home"))
        self._slack.wait(lambda: len(self._office.whispers(staff)) > whispers)
        return self._office.whispers(staff)[-1]

    def listed(self, who: str, *filters: str) -> str:
        staff = self._staff[who]
        self._at_home(staff)
        self._chosen(staff, self.text("desk.list.all"))
        names = [self.text(f"desk.filter.{one}") for one in filters]
        for number, name in enumerate(names, 1):
            shown = self._chosen(staff, name, *names[:number])
        return shown

    def find(self, who: str, words: str) -> str:
        staff = self._staff[who]
        self._at_home(staff)
        self._office.acked(self._slack.select(staff, "find:words", words, channel="home"))
        found = self.text("desk.list.found", number="").rstrip()
        return self._slack.wait(lambda: self._home_beginning(staff, found))

    def _home_beginning(self, staff: fake_slack.User, head: str) -> str:
        home = self._slack.home(staff)
        text = fake_slack.plain(home) if home else ""
        return text if text.startswith(head) else ""

    place = "slack"

    def document(self, who: str, said: str) -> tuple[str, Mapping[str, bytes]]:
        """Ask for a document; return what they alone are told, and what comes in private."""
        staff = self._staff[who]
        before, whispers = self._sent_to(staff), len(self._office.whispers(staff))
        said_before = len(self._slack.said(staff))
        self._office.acked(self._asked(who, said))
        if who == "Vieras":
            self._slack.wait(lambda: self._slack.home(staff))
        else:
            self._slack.wait(
                lambda: (
                    len(self._slack.said(staff)) > said_before
                    or len(self._office.whispers(staff)) > whispers
                )
            )
        sent = {file: self._slack.files[file].content for file in self._sent_to(staff) - before}
        return "\n".join(self._office.whispers(staff)[whispers:]), sent

    def _asked(self, who: str, said: str) -> Delivery:
        staff, (kind, _, words) = self._staff[who], said.partition(" ")
        self._at_home(staff)
        if who != "Vieras" and words.startswith("T-") and self._queries.case_numbered(words):
            self.find(who, words)
            return self._slack.press(staff, self.text("desk.document.case"), "home")
        if who != "Vieras" and kind == "report" and words in self._months():
            return self._slack.select(staff, "document:report", words, channel="home")
        home, label = self._slack.home(staff), BUTTONS.get(said)
        if home and label and self.text(label) in home.labels:
            return self._slack.press(staff, self.text(label), "home")
        self._slack.homes.pop(staff.id, None)
        return self._slack.press_forged(staff, self._office.desk, "1.1", f"document:{kind}", said)

    def _months(self) -> list[str]:
        return documents.months(self._queries)

    def names(self, files: Mapping[str, bytes]) -> list[str]:
        return [self._slack.files[file].name for file in files]

    def reachable(self, who: str, *, now: bool) -> None:
        """Let Slack open the direct message of somebody, or refuse it."""
        assert who in self._staff
        self._slack.faults.clear()
        if not now:
            self._slack.fail("conversations.open", error="cannot_dm_bot")

    def in_private(self, who: str) -> str:
        """Return what somebody was told last in private."""
        return fake_slack.plain(self._slack.said(self._staff[who])[-1])

    def files_for_all(self) -> int:
        """Return how many files stand in the channel."""
        desk = self._office.desk.id
        return sum(len(m.files) for m in self._slack.posted if m.channel == desk)

    def seen_by_all(self) -> str:
        """Return all that stands in the channel."""
        desk = self._office.desk.id
        return "\n".join(str(m) for m in self._slack.posted if m.channel == desk)

    def _sent_to(self, staff: fake_slack.User) -> set[str]:
        return {str(file["id"]) for m in self._slack.said(staff) for file in m.files}

    def _at_home(self, staff: fake_slack.User) -> None:
        self._settle()
        self._slack.homes.pop(staff.id, None)
        self._slack.open_home(staff)
        self._slack.wait(lambda: self._slack.home(staff))

    def _chosen(self, staff: fake_slack.User, label: str, *narrowed: str) -> str:
        """Press a filter; return the register once it is narrowed by those that are named."""
        self._office.acked(self._slack.press(staff, label, "home"))

        def shown() -> str:
            home = self._slack.home(staff)
            text = fake_slack.plain(home) if home else ""
            _, _, by = text.partition("\n")[0].partition(" · ")
            return text if set(filter(None, by.split(", "))) == set(narrowed) else ""

        return self._slack.wait(shown)

    def mailed(self) -> list[str]:
        return [letter.body("plain") for letter in self._office.smtp.letters]

    def send(self, who: str) -> str:
        staff, number = self._staff[who], self._begun[who]
        version = self._version(number)
        self._slack.submit(staff)
        if view := self._slack.view(staff):
            return fake_slack.plain(view)
        whispers = len(self._office.whispers(staff))
        self._slack.wait(
            lambda: self._version(number) > version or len(self._office.whispers(staff)) > whispers
        )
        return "\n".join(self._office.whispers(staff)[whispers:])

    def cancel(self, who: str) -> None:
        self._slack.close_view(self._staff[who])

    def send_twice(self, who: str) -> None:
        staff = self._staff[who]
        view = self._slack.view(staff)
        assert view is not None
        for delivery in [self._slack.submit_again(staff, view) for _ in range(2)]:
            self._office.acked(delivery)
        self._settle()

    def talk(self, who: str, number: str, text: str) -> None:
        self._slack.scopes.add("groups:history")
        self._slack.subscribed.add("message.groups")
        [card] = self._office.cards(number)
        self._slack.write(self._staff[who], text, self._office.desk)
        self._slack.write(self._staff[who], text, self._office.desk, thread_ts=card.ts)
        self._slack.wait(lambda: not self._slack.pending)
        self._slack.subscribed.discard("message.groups")

    def heard(self, number: str) -> list[str]:
        self._settle()
        return [fake_slack.plain(m) for m in self._slack.said(self._customers[number])]

    def _settle(self) -> None:
        def is_idle() -> bool:
            with self._office.work.store.reading() as unit:
                return not unit.inbox.waiting()[0] and not unit.outbox.waiting()[0]

        self._slack.wait(is_idle)
