"""The assistant at work on Telegram, in this process: its real parts, against a strict server.

Only the post is quicker than in the service: nothing waits for the platform's pace.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

from bot.bootstrap import assistant, utc_now
from bot.bootstrap.process import replica
from bot.channels.telegram import CHANNEL, GROUP
from bot.channels.telegram.channel import Telegram
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.effects import Effect, Say
from bot.core.envelopes import ClaimedEffect
from bot.core.events import FromCustomer, Requested
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.ticket import Person, Ticket
from bot.delivery.courier import Sender
from bot.service.routing import Routes
from bot.storage.wakeups import CHANNELS
from tests.fakes.replica import free_port
from tests.fakes.tables import put_tables
from tests.fakes.telegram import FakeTelegram, Message, Said, User
from tests.register import put_on_file

SECRET = "a-secret-of-both-sides"
STAFF = [
    {"name": "Aino", "roles": ["agent", "approver"], "telegram": 11},
    {"name": "Mika", "roles": ["approver"], "telegram": 12},
    {"name": "Sari", "roles": ["agent"], "telegram": 13},
    {"name": "Pekka", "roles": ["agent", "approver"], "telegram": 14},
]
SUPERGROUP = -1001234567890


class People(FakeTelegram):
    """A strict Telegram with staff in their group, a stranger among them, and customers."""

    def __init__(self, group: int = SUPERGROUP) -> None:
        super().__init__()
        self.aino, self.mika, self.sari, self.pekka = (
            self.user(each["telegram"], each["name"])  # type: ignore[arg-type]
            for each in STAFF
        )
        self.stranger = self.user(30, "Vieras")
        present = [(self.aino, "member"), (self.mika, "administrator"), (self.sari, "member")]
        self.desk = self.group(group, "Tietosuoja", [*present, (self.stranger, "member")])
        self._next = itertools.count(1000)

    def customer(self, language: str = "fi", phone: str = "") -> User:
        """Make a customer known, who has pressed Start some time ago."""
        number = next(self._next)
        user = self.user(number, f"Asiakas{number}", language, phone=phone)
        self.started.add(user.id)
        return user


class Office:
    """The assistant at work. With `listens` it polls, or is told by webhook; else it is fetched."""

    def __init__(
        self,
        folder: Path,
        known: Understanding,
        fake: People,
        *,
        listens: bool = True,
        languages: Sequence[str] = ("fi", "en", "sv"),
        more: Mapping[str, object] | None = None,
        **telegram: Any,
    ) -> None:
        self.fake = fake
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/telegram"
        if telegram.get("mode") == "webhook":
            telegram |= {"webhook_url": self.url, "webhook_secret": SECRET}
        at = {"token": fake.token, "api_url": fake.base_url.removesuffix("/bot")}
        settings = Settings.model_validate(
            {
                "service": {"data_dir": folder / "data", "languages": list(languages)},
                "web": {"listen": f"127.0.0.1:{self.port}", "health_listen": "127.0.0.1:0"},
                "telegram": {**at, "staff_chat_id": fake.desk.id, **telegram},
                "staff": STAFF,
                **(more or {}),
            }
        )
        self._ahead = timedelta()
        self.said: list[Say] = []
        routes = Routes(desks=(GROUP,))
        put_tables(settings.service.data_dir)
        self.app = assistant(settings, known, clock=self.now, routes=routes)
        self.house = self.app.queries
        self.replica = replica(self.app, senders=self._noting, listening=listens)

    @property
    def telegram(self) -> Telegram:
        assert self.replica.telegram is not None
        return self.replica.telegram

    @property
    def later(self) -> timedelta:
        """How far the clock is ahead."""
        return self._ahead

    @later.setter
    def later(self, by: timedelta) -> None:
        self._ahead = by
        self.app.store.wakeups.wake(CHANNELS)

    def now(self) -> datetime:
        return utc_now() + self._ahead

    def __enter__(self) -> Self:
        self.replica.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.replica.stop()
        self.app.store.close()

    def _noting(self, senders: Mapping[str, Sender]) -> Mapping[str, Sender]:
        def noting(sender: Sender) -> Sender:
            async def send(claimed: ClaimedEffect, effect: Effect) -> None:
                if isinstance(effect, Say):
                    self.said.append(effect)
                await sender(claimed, effect)

            return send

        return {name: noting(sender) for name, sender in senders.items()}

    def fetch(self) -> int:
        """Fetch updates once, in an office that does not listen by itself."""
        return self.replica.call(self.telegram.fetch)

    def settle(self, seconds: float = 30) -> None:
        """Wait until all that happened has been handled, and all that follows has been sent."""
        end = time.monotonic() + seconds
        while self.fake.pending or not self._is_idle():
            assert time.monotonic() < end, self.fake.transcript()[-3000:]
            time.sleep(0.005)

    def _is_idle(self) -> bool:
        with self.app.store.reading() as unit:
            return not unit.inbox.waiting()[0] and not unit.outbox.waiting()[0]

    # Customers

    def says(self, user: User, *texts: str) -> Message:
        """Have somebody write in their chat; return what the bot answered last."""
        for text in texts:
            self.fake.write(user, text)
            self.settle()
        return self.last(user)

    def last(self, user: User) -> Message:
        return self.fake.messages(user)[-1]

    def asks(
        self,
        user: User,
        right: Right = Right.ERASURE,
        name: str = "Liisa Lehto",
        email: str = "",
        details: str = "",
    ) -> Ticket:
        """Open a ticket for somebody at once, and wait for its card."""
        self.requests(user, right, name, email, details)
        self.settle()
        return self.tickets(user)[-1]

    def requests(
        self,
        user: User,
        right: Right = Right.ERASURE,
        name: str = "Liisa Lehto",
        email: str = "",
        details: str = "",
    ) -> None:
        """Have somebody's request kept, and go on at once."""
        asked = Requested(
            right=right,
            name=name,
            email=email or f"asiakas{user.id}@example.com",
            details=details,
            language=Language(user.language_code),
        )
        person = Person(channel=CHANNEL, account=str(user.id))
        event = FromCustomer(person=person, event=asked, shares_phone=True)
        inbound = self.app.intake.inbound(uuid4().hex, event)
        self.replica.call(self.replica.intake.keep, inbound)

    def tickets(self, user: User) -> Sequence[Ticket]:
        key = self.app.intake.key(Person(channel=CHANNEL, account=str(user.id)))
        with self.app.store.reading() as unit:
            return unit.tickets.of(key)

    def on_file(self, *contacts: str) -> None:
        """Put persons on file, each with one contact."""
        put_on_file(self.app.store, *((contact,) for contact in contacts))

    def letters(self, address: str) -> list[EmailMessage]:
        folder = self.app.settings.service.data_dir / "mail"
        found = (
            message_from_bytes(path.read_bytes(), policy=default)
            for path in sorted(folder.glob("*.eml"))
        )
        return [each for each in found if each["To"] == address]

    def code(self, address: str) -> str:
        """Return the code that was mailed last."""
        body = self.letters(address)[-1].get_body(("plain",))
        assert body is not None
        found: str = re.findall(r"\b\d{8}\b", body.get_content())[0]
        return found

    # Staff

    def card(self, number: str) -> Message:
        """Return the card of a ticket or question as it stands now."""
        found = [m for m in self.fake.messages(self.fake.desk) if m.text.startswith(f"{number} · ")]
        assert len(found) == 1, f"{len(found)} cards of {number}"
        return found[0]

    def press(self, user: User, message: Message, label: str) -> Said:
        """Have somebody press a button below a message; return what they are told for a moment."""
        button = message.button(label)
        assert button is not None, f"no button {label!r}, only {message.labels}"
        return self.press_data(user, message, button.data)

    def press_data(self, user: User, message: Message, data: str) -> Said:
        """Press whatever was below a message, or never was."""
        query = self.fake.press_data(user, message.chat_id, message.message_id, data)
        self.settle()
        self.fake.wait(lambda: self.fake.answers(query))
        said = self.fake.answers(query)
        assert said is not None
        return said

    def begins(self, user: User, number: str, action: str) -> Message:
        """Have somebody press an action on a card; return what they are asked, or shown."""
        before = self.newest()
        told = self.press(user, self.card(number), self.button(action))
        assert told == Said("", alert=False), told.text
        assert self.newest() != before, "nothing was asked or shown"
        return self.newest()

    def words(self, user: User, prompt: Message, text: str) -> Message:
        """Have somebody answer a prompt; return what they are shown."""
        self.fake.write(user, text, self.fake.desk, reply_to=prompt)
        self.settle()
        return self.newest()

    def sends(self, user: User, preview: Message) -> None:
        told = self.press(user, self.newest_of(preview), self.button("send"))
        assert told == Said("", alert=False), told.text

    def newest(self) -> Message:
        return self.fake.messages(self.fake.desk)[-1]

    def newest_of(self, message: Message) -> Message:
        """Return a message as it stands now."""
        found = self.fake.find(message.chat_id, message.message_id)
        assert found is not None
        return found

    def button(self, name: str) -> str:
        return self.text(f"desk.button.{name}")

    def text(self, key: str, **values: str | int) -> str:
        return self.house.text(key, Language.FI, **values)

    # What is on record

    def ticket(self, number: str) -> Ticket:
        case = self.house.case_numbered(number)
        assert case is not None
        assert isinstance(case.subject, Ticket)
        return case.subject

    def inquiry(self, number: str) -> Inquiry:
        case = self.house.case_numbered(number)
        assert case is not None
        assert isinstance(case.subject, Inquiry)
        return case.subject

    def acts(self, subject: Ticket | Inquiry) -> list[tuple[str, str]]:
        """Return who did what, by the audit chain."""
        case = self.house.case(subject.id)
        return [(one.who, one.what) for one in case.history] if case else []


def told_of(log: str, fake: FakeTelegram, *more: str) -> list[str]:
    """Return what a log tells of people: names, numbers, texts, the token, or anything else."""
    people = fake.people.values()
    secrets: Iterable[str] = (
        fake.token,
        *(user.name for user in people),
        *(user.phone for user in people),
        *(message.text for chat in fake.kept.values() for message in chat),
        *more,
    )
    return [secret for secret in secrets if len(secret) > 3 and secret in log]
