"""An organisation with its desk in the fake Slack, and the assistant at work in this process."""

from __future__ import annotations

import copy
import itertools
import re
import socket
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, Protocol, Self

from bot.bootstrap import Assistant
from bot.channels.render import plain as rendered
from bot.channels.slack import words
from bot.content.loaded import Understanding
from bot.content.wording import worded
from bot.core.catalog import Language, Right
from bot.core.effects import Part, Say
from bot.core.events import FromCustomer, Requested
from bot.core.tickets.ticket import Person, Ticket
from bot.service.queries import Queries
from bot.storage.store import Store
from tests.fakes.slack.fake import FakeSlack
from tests.fakes.slack.forms import Filled
from tests.fakes.slack.model import Delivery, Json, Message, User, View
from tests.fakes.slack.texts import plain
from tests.fakes.slack.working import Described, Inside, Process
from tests.fakes.smtp import FakeSmtp
from tests.register import put_on_file

_NUMBER = re.compile(r"T-\d{4}-\d{4}")
STAFF = {"Aino": ["agent", "approver"], "Mika": ["approver"], "Sari": ["agent"]}
LABELS: Mapping[str, str] = {
    "verify": "Varmista henkilöllisyys",
    "ask": "Kysy asiakkaalta",
    "confirm": "Hyväksy",
    "represent": "Merkitse koskemaan toista",
    "authorise": "Tarkista edustusoikeus",
    "refuse": "Hylkää",
    "extend": "Pidennä määräaikaa",
    "suspend": "Keskeytä määräaika",
    "resume": "Käynnistä määräaika",
    "tell_code": "Anna koodi",
    "correct_contacts": "Korjaa yhteystiedot",
    "attach": "Liitä tiedosto",
    "detach": "Poista tiedostot",
    "deliver": "Toimita jäljennös",
    "notify": "Kuittaa vastaanottajat",
    "fulfil": "Merkitse toteutetuksi",
    "reopen": "Avaa uudelleen",
    "take": "Ota hoitaaksesi",
    "hand_over": "Siirrä toiselle",
    "note": "Lisää muistiinpano",
    "add_task": "Anna tehtävä",
    "end_task": "Kuittaa tehtävä",
    "reply": "Vastaa",
    "details": "Näytä tiedot",
}


def numbered(answer: Message) -> str:
    """Return the number of the ticket that an answer names."""
    return str(_NUMBER.findall(plain(answer))[0])


class Work(Protocol):
    """The assistant at work."""

    store: Store
    app: Assistant
    house: Queries
    port: int

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...


class Office:
    """People, their desk, their mail and the assistant, in Socket Mode or over HTTP."""

    work: Inside

    def __init__(
        self,
        folder: Path,
        known: Understanding,
        *,
        mode: str = "socket",
        **sections: Any,
    ) -> None:
        self._folder = folder
        self._known = known
        self._mode = mode
        self._sections = sections
        self._stack = ExitStack()
        self._numbers = itertools.count(1)

    def _at_work(self) -> Work:
        return Inside(self._described(), self._folder, self._known)

    def __enter__(self) -> Self:
        self.slack = self._stack.enter_context(FakeSlack())
        self.smtp = self._stack.enter_context(FakeSmtp())
        self.slack.subscribed |= {"app_mention", "member_left_channel", "channel_shared"}
        self.slack.subscribed |= {"member_joined_channel", "channel_unshared"}
        self.slack.scopes.add("app_mentions:read")
        self.aino, self.mika, self.sari = (
            self.slack.user(f"U{name.upper()}", name, f"{name.lower()}@ideafix.fi")
            for name in STAFF
        )
        self.desk = self.slack.channel("GDESK", "tietosuoja", [self.aino, self.mika, self.sari])
        work = self._at_work()
        self.url = f"http://127.0.0.1:{work.port}/slack/events"
        self.work = self._stack.enter_context(work)  # type: ignore[assignment]
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def connect(self) -> None:
        """Wait until the assistant can be reached."""
        if self._mode == "http":
            self.slack.wait(self._is_open)
            self.slack.deliver_to(self.url)
        else:
            self.slack.wait(lambda: self.slack.connections)

    def _is_open(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.work.port)) == 0

    def _described(self) -> Described:
        return {
            **self._sections,
            "mail": {"smtp_url": self.smtp.url(), "address": "privacy@example.com"},
            "staff": [
                {"name": name, "roles": roles, "slack": f"U{name.upper()}"}
                for name, roles in STAFF.items()
            ],
            "slack": {
                "bot_token": self.slack.bot_token,
                "app_token": self.slack.app_token,
                "signing_secret": self.slack.signing_secret,
                "api_url": self.slack.api_url,
                "mode": self._mode,
                "staff_channel": "GDESK",
                "own_teams": [self.slack.team],
            },
        }

    def settle(self) -> None:
        """Wait until all that happened has been handled, and all that follows has been sent."""
        self.slack.wait(lambda: not self.slack.pending and self._is_idle())

    def _is_idle(self) -> bool:
        with self.work.store.reading() as unit:
            return not unit.inbox.waiting()[0] and not unit.outbox.waiting()[0]

    # Customers

    def customer(self, name: str = "Matti", **more: Any) -> User:
        """Return a new person, a guest unless told otherwise."""
        number = next(self._numbers)
        details = {"email": f"person{number}@example.com", "restricted": True, **more}
        return self.slack.user(f"UC{number}", name, **details)

    def hears(self, who: User, act: Callable[[], object]) -> Message:
        """Do something, and return what the bot then says to a person."""
        before = len(self.slack.said(who))
        act()
        self.slack.wait(lambda: len(self.slack.said(who)) > before)
        return self.slack.said(who)[-1]

    def says(self, who: User, *texts: str, **more: Any) -> Message:
        """Write one text after the other; return the answer to the last."""
        assert texts
        for text in texts:
            answer = self.hears(who, partial(self.slack.write, who, text, **more))
        return answer

    def presses(self, who: User, label: str) -> Message:
        """Press a button in the conversation; return the answer."""
        return self.hears(who, lambda: self.slack.press(who, label, who))

    def code(self, number: str) -> str:
        """Return the newest code that was mailed for a ticket."""

        def mailed() -> list[str]:
            bodies = [letter.body("plain") for letter in self.smtp.letters]
            return [c for body in bodies if number in body for c in re.findall(r"\b\d{8}\b", body)]

        return self.slack.wait(mailed)[-1]

    def request(
        self,
        who: User,
        name: str = "Matti Meikäläinen",
        email: str = "",
        details: str = "ohita",
    ) -> str:
        """Ask for erasure in Finnish up to the code; return the ticket's number."""
        words = ("Poistakaa tietoni", "kyllä", name, email or who.email, details, "kyllä")
        number = numbered(self.says(who, *words))
        self.card(number)
        return number

    def opened(self, who: User, right: Right = Right.ERASURE) -> str:
        """Open a ticket for a person at once, and see its card; return its number."""
        number = self.opened_unseen(who, right)
        self.card(number)
        return number

    def opened_unseen(self, who: User, right: Right = Right.ERASURE) -> str:
        """Open a ticket for a person at once, as a form would; return its number."""
        form = Requested(
            right=right,
            name="Matti Meikäläinen",
            email=who.email,
            details="",
            language=Language.FI,
        )
        came = FromCustomer(person=self.person(who), event=form)
        inbound = self.work.house.inbound(f"opened by {who.id} {right}", came)
        before = {ticket.number for ticket in self.work.house.tickets(ended=True)}
        self.work.app.intake.receive([inbound])

        def told() -> list[str]:
            # What they are told of another ticket may come in between.
            said = " ".join(map(plain, self.slack.said(who)))
            return [number for number in _NUMBER.findall(said) if number not in before]

        return self.slack.wait(told)[0]

    def person(self, who: User) -> Person:
        return Person(channel="slack", account=f"{who.team}:{who.id}")

    def on_file(self, *emails: str) -> None:
        """Put persons on file, each with one address."""
        put_on_file(self.work.store, *((email,) for email in emails))

    # The desk

    def cards(self, number: str) -> list[Message]:
        """Return the cards of a ticket as they now stand."""
        with self.slack.lock:  # only what is wanted is copied: this is asked again and again
            posted = [m for m in self.slack.posted if m.channel == self.desk.id and m.blocks]
            cards = [m for m in posted if not m.thread_ts and m.text.startswith(number)]
            return copy.deepcopy([m for m in cards if m.labels])

    def card(self, number: str, state: str = "") -> Message:
        """Return a ticket's card, once it shows the ticket as it is, and a state."""

        def shown() -> Message | None:
            version = f":{self.ticket(number).version}:"
            named = [m for m in self.cards(number) if version in m.buttons[0].value]
            return named[-1] if named and state in plain(named[-1]) else None

        found = self.slack.wait(shown)
        assert found is not None
        return found

    def opens(self, staff: User, action: str, number: str, card: Message | None = None) -> View:
        """Press a button on a ticket's card; return the form when it shows more than dots."""
        self.presses_card(staff, LABELS[action], card or self.card(number))
        return self.shown(staff)

    def presses_card(self, staff: User, label: str, card: Message) -> None:
        """Close what is open, and press a button of a card."""
        with self.slack.lock:
            self.slack.views.pop(staff.id, None)
        self.acked(self.slack.press(staff, label, self.desk, card))

    def shown(self, staff: User, text: str = "") -> View:
        """Return the view that somebody sees, once it shows more than dots, and a text."""

        def ready() -> View | None:
            view = self.slack.view(staff)
            return view if view and plain(view) != "…" and text in plain(view) else None

        found = self.slack.wait(ready)
        assert found is not None
        return found

    def previews(
        self, staff: User, action: str, number: str, fields: Mapping[str, Filled] | None = None
    ) -> View:
        """Fill in a form up to its preview."""
        view = self.opens(staff, action, number)
        if fields:
            self.slack.fill(staff, fields)
            self.slack.submit(staff)
            view = self.shown(staff)
        return view

    def acts(self, staff: User, action: str, number: str, **fields: Filled) -> Json:
        """Carry out an action through its forms; return Slack's orders at the last."""
        version = self.ticket(number).version
        self.previews(staff, action, number, fields)
        orders = self.slack.submit(staff)
        self.slack.wait(lambda: self.ticket(number).version > version)
        return orders

    def whispers(self, staff: User) -> list[str]:
        return [plain(message) for message in self.slack.ephemerals(staff)]

    # What is so

    def ticket(self, number: str) -> Ticket:
        case = self.work.house.case_numbered(number)
        assert case is not None
        assert isinstance(case.subject, Ticket)
        return case.subject

    def history(self, number: str) -> list[tuple[str, str]]:
        """Return who did what, by the audit."""
        case = self.work.house.case_numbered(number)
        return [(one.who, one.what) for one in case.history] if case else []

    def standing(self, number: str) -> tuple[object, ...]:
        """Return all of a ticket that anybody could have changed, with its history."""
        now = self.ticket(number)
        return now.version, now.state, now.evidence, now.challenge, *self.history(number)

    def words(self, key: str, language: str = "fi", **values: str | int) -> str:
        here = words(self.work.house.text, self.work.house.rules.languages)
        return self.work.house.text(key, Language(language), **{**here, **values})

    def letter(self, language: str, *parts: Part) -> str:
        """Return parts in words, as plain text."""
        say = Say(to=Person(channel="slack", account=""), language=Language(language), parts=parts)
        return rendered(worded(say, self.work.app.content))

    def acked(self, delivery: Delivery) -> Delivery:
        assert delivery.wait(), "it was not acknowledged"
        return delivery


class OfficeOutside(Office):
    """The same, with the assistant as a process of its own."""

    work: Process  # type: ignore[assignment]

    def _at_work(self) -> Work:
        return Process(self._described(), self._folder, self._known)
