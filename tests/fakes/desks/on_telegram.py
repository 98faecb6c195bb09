"""A desk in a group on Telegram, in the verbs of the desk contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from bot.channels.desk.form import CHOICES, Blank
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from tests.channels.desk_contract import Outcome
from tests.fakes import telegram as fake_telegram
from tests.fakes.desks.on_record import QUESTION, OnRecord
from tests.fakes.telegram.office import Office as TelegramOffice
from tests.fakes.telegram.office import People


class TelegramDesk(OnRecord):
    """A group on Telegram."""

    def __init__(self, folder: Path, known: Understanding, **sections: object) -> None:
        self._sections = sections
        self._stack = ExitStack()
        self._folder = folder
        self._known = known
        self._customers: dict[str, fake_telegram.User] = {}
        self._previews: dict[str, fake_telegram.Message] = {}

    def __enter__(self) -> Self:
        self._fake = self._stack.enter_context(People())
        office = TelegramOffice(self._folder, self._known, self._fake, more=self._sections)
        self._office = self._stack.enter_context(office)
        self._app = self._office.app
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open_ticket(self, right: Right = Right.ERASURE) -> str:
        customer = self._fake.customer()
        number = self._office.asks(customer, right).number
        self._customers[number] = customer
        return number

    def pass_question(self) -> str:
        customer = self._fake.customer()
        asked = self._office.says(customer, QUESTION)
        self._office.press(customer, asked, self.text("choice.pass"))
        told = fake_telegram.plain(self._office.last(customer))
        number = str(re.findall(r"Q-\d{4}-\d{4}", told)[0])
        self._customers[number] = customer
        return number

    def begin(self, who: str, number: str, action: str, **fields: str) -> Outcome:
        user, card = self._user(who), self._office.card(number)
        told = self._office.press(user, card, self._office.button(action))
        return self._filled(who, told, fields, number)

    def _filled(
        self, who: str, told: fake_telegram.Said, fields: Mapping[str, str], number: str = ""
    ) -> Outcome:
        user = self._user(who)
        offered: fake_telegram.Message | None = None  # a preview takes its place
        for field, value in fields.items():
            shown = self._office.newest()
            if told.text:
                break
            if Blank(field) not in CHOICES:
                if self._office.button("words") in shown.labels:  # they need not be, but can
                    told = self._office.press(user, shown, self._office.button("words"))
                    shown = self._office.newest()
                before = shown
                shown = self._office.words(user, shown, value)
                assert shown != before
                if not shown.labels and shown.kind != "force_reply":
                    return Outcome(refusal=fake_telegram.plain(shown))
            else:
                label = self.label(field, value, number)
                messages = reversed(self._fake.messages(self._fake.desk))
                above = next((one for one in messages if label in one.labels), shown)
                told = self._office.press(user, above, label)
                offered = above if field == "template" else None
        if told.text:
            return Outcome(refusal=told.text)
        preview = self._office.newest_of(offered or self._office.newest())
        self._previews[who] = preview
        return Outcome(preview=fake_telegram.plain(preview).partition("\n\n")[2])

    def open_for(self, who: str, **fields: str) -> str:
        self._writes(who, "/open")
        outcome = self._filled(who, fake_telegram.Said("", alert=False), fields)
        assert outcome.preview, outcome.refusal
        return self.opened_by(lambda: self.send(who))

    def attach(self, who: str, number: str, name: str, content: bytes) -> None:
        prompt = self._office.begins(self._user(who), number, "attach")
        self._fake.document(self._user(who), name, content, self._fake.desk, prompt)
        self._office.settle()
        self._office.sends(self._user(who), self._office.newest())

    def away(self, who: str, back: str) -> str:
        return self._writes(who, f"/away {back}")

    def listed(self, who: str, *filters: str) -> str:
        return self._writes(who, f"/tickets {' '.join(filters)}")

    def find(self, who: str, words: str) -> str:
        return self._writes(who, f"/find {words}")

    place = "telegram_group"

    def document(self, who: str, said: str) -> tuple[str, Mapping[str, bytes]]:
        """Ask for a document; return what the group is told, and what comes in private."""
        before = self._sent_to(who)
        told = self._writes(who, f"/{said}")
        return told, {file: self._fake.files[file].content for file in self._sent_to(who) - before}

    def names(self, files: Mapping[str, bytes]) -> list[str]:
        return [self._fake.files[file].name for file in files]

    def reachable(self, who: str, *, now: bool) -> None:
        """Let somebody have begun a private chat, or not."""
        started = self._fake.started
        (started.add if now else started.discard)(self._user(who).id)

    def in_private(self, who: str) -> str:
        """Return what somebody was told last in private."""
        message = self._fake.messages(self._user(who))[-1]
        assert not message.protected, "what is in it could not be copied"
        return fake_telegram.plain(message)

    def files_for_all(self) -> int:
        """Return how many files stand in the group."""
        return sum("document" in m.extra for m in self._fake.messages(self._fake.desk))

    def seen_by_all(self) -> str:
        """Return all that stands in the group."""
        return "\n".join(str(m) for m in self._fake.messages(self._fake.desk))

    def _sent_to(self, who: str) -> set[str]:
        extras = (m.extra for m in self._fake.messages(self._user(who)))
        return {str(extra["document"]["file_id"]) for extra in extras if "document" in extra}

    def _writes(self, who: str, text: str) -> str:
        self._fake.write(self._user(who), text, self._fake.desk)
        self._office.settle()
        return fake_telegram.plain(self._office.newest())

    def send(self, who: str) -> str:
        before = len(self._fake.messages(self._fake.desk))
        told = self._office.press(self._user(who), self._previews[who], self._office.button("send"))
        later = self._fake.messages(self._fake.desk)[before:]
        return "\n".join([told.text, *map(fake_telegram.plain, later)])

    def cancel(self, who: str) -> None:
        preview = self._previews.pop(who)
        self._office.press(self._user(who), preview, self._office.button("cancel"))

    def send_twice(self, who: str) -> None:
        button = self._previews[who].button(self._office.button("send"))
        assert button is not None
        for _ in range(2):
            message = self._previews[who].message_id
            self._fake.press_data(self._user(who), self._fake.desk, message, button.data)
        self._fake.repeat_last()
        self._office.settle()

    def talk(self, who: str, number: str, text: str) -> None:
        self._fake.privacy = False
        card = self._office.card(number)
        self._fake.write(self._user(who), text, self._fake.desk)
        self._fake.write(self._user(who), text, self._fake.desk, reply_to=card)
        self._office.settle()
        self._fake.privacy = True

    def heard(self, number: str) -> list[str]:
        self._office.settle()
        return [fake_telegram.plain(m) for m in self._fake.messages(self._customers[number])]

    def _user(self, who: str) -> fake_telegram.User:
        if who == "Vieras":
            return self._fake.stranger
        return next(user for user in self._fake.people.values() if user.name == who)
