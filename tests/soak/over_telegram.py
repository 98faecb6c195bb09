"""Telegram: by long polling, for which one replica at a time holds the lease, or by webhook.

An update waits at the platform until it is confirmed. Staff press what stands below a card, answer
prompts, look at previews and press Send, in a group in which everything else is said, too.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, Self

from bot.storage.store import Conflict, Store
from tests.fakes.replica import Replica
from tests.fakes.telegram import FakeTelegram, Fault, Message, User, plain
from tests.fakes.telegram.updates import Update, Updates
from tests.soak.chat import PRESSED, Chat, Told
from tests.soak.doorway import Doorway
from tests.soak.scripts import Wording
from tests.soak.way import LAG, PAUSE, Deed, Sent

_GROUP = -1001234567890
_FIRST_CUSTOMER = 1000
_STAFF = {"Aino": 11, "Mika": 12}
_SECRET = "a-secret-of-both-sides"
_POLLER = "telegram_poller"
_LOOK = 0.1  # seconds between looks at cards that may have changed


class _Watched(Updates):
    """The queue of updates, which tells when one is confirmed."""

    def __init__(self, confirmed: Callable[[], None]) -> None:
        super().__init__()
        self._confirmed = confirmed

    def batch(self, offset: int, limit: int) -> list[Update]:
        before = len(self.pending)
        found = super().batch(offset, limit)
        if len(self.pending) < before:
            self._confirmed()
        return found

    def drop(self, updates: Iterable[Update]) -> None:
        before = len(self.pending)
        super().drop(updates)
        if len(self.pending) < before:
            self._confirmed()


class _Telegram(FakeTelegram):
    """The platform, which tells of each message of the bot's as it appears."""

    def __init__(self, posted: Callable[[Message], None], *faults: Fault) -> None:
        super().__init__(*faults)
        self._posted = posted

    def post(self, chat_id: int, sender: User, text: str = "", **more: Any) -> Message:
        message = super().post(chat_id, sender, text, **more)
        if sender == self.bot:
            self._posted(message)
        return message


class OverTelegram(Chat):
    """The platform, its customers, and staff in their group; by `webhook` if told so."""

    # Telegram takes 20 messages a minute in a group: no more tickets than the desk can be told of.
    spacing = 10.0

    def __init__(self, seed: int, wording: Wording, *, webhook: bool) -> None:
        super().__init__(wording)
        # What was sent is answered late: time to be killed in between.
        late = Fault(method="sendMessage", code=200, wait=LAG / 2, lasting=True)
        self._fake = _Telegram(self._posted, late)
        self._fake.updates = _Watched(lambda: self.on_acknowledgement())
        self._doorway = Doorway("/telegram", seed) if webhook else None
        members = [(self._fake.user(known, name), "member") for name, known in _STAFF.items()]
        self._staff = {user.name: user for user, _ in members}
        self._group = self._fake.group(_GROUP, "Tietosuoja", members)
        self._customers: dict[str, User] = {}
        self._names: dict[int, str] = {}
        self._standing: list[Message] = []
        self._looked: dict[int, object] = {}
        self._closed = threading.Event()
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._fake)
        if self._doorway is not None:
            self._stack.enter_context(self._doorway)
        threading.Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._stack.close()

    def replica(self, folder: Path, **settings: str) -> Replica:
        telegram = {
            "SELOSTE_TELEGRAM__TOKEN": self._fake.token,
            "SELOSTE_TELEGRAM__API_URL": self._fake.base_url.removesuffix("/bot"),
            "SELOSTE_TELEGRAM__STAFF_CHAT_ID": str(_GROUP),
        }
        if self._doorway is not None:
            telegram |= {
                "SELOSTE_TELEGRAM__MODE": "webhook",
                "SELOSTE_TELEGRAM__WEBHOOK_URL": self._doorway.url,
                "SELOSTE_TELEGRAM__WEBHOOK_SECRET": _SECRET,
            }
        return Replica(folder, None, **telegram, **settings)

    def connect(self, replicas: Sequence[Replica]) -> None:
        if self._doorway is not None:
            self._doorway.lead_to(replicas)

    def killed(self, store: Store) -> None:
        """End the lease on polling.

        It would last for two polls, 50 seconds: many rounds of kills. When another one than the
        killed had it, two replicas poll for a moment, and nothing may come of that either.
        """
        while True:
            try:
                with store.transaction() as unit:
                    if unit.meta.get(_POLLER) is not None:
                        unit.meta.set(_POLLER, "nobody 0")
            except Conflict:  # somebody takes it just now
                continue
            return

    def send(self, sent: Sent, random: Random) -> bool:  # noqa: ARG002
        user = self._customer(sent.person)
        if sent.choice:
            self._fake.press_data(user, user, int(sent.place), sent.choice)
        else:
            self._fake.write(user, sent.text)
        return True

    def repeat(self) -> None:
        self._fake.repeat_last()

    def turned_away(self) -> Callable[[], bool]:
        if self._doorway is None:
            return lambda: self._fake.pending > 0
        doorway, before = self._doorway, self._doorway.turned_away
        return lambda: doorway.turned_away > before

    def person_of(self, account: str) -> str:
        return self._names[int(account)]

    # Staff

    def fills_in(self, deed: Deed) -> bool | None:
        user, card, after = self._staff[deed.staff], int(deed.shown.place), self._newest()
        told = self._press(user, card, deed.shown.buttons[deed.action])
        if told is not None:
            return self._ended(told, deed)
        below = card
        if deed.text:
            prompt = self._found(lambda message: _prompts(message, user), after, card)
            if prompt is None:
                return None
            said = self._fake.write(user, deed.text, self._group, reply_to=prompt)
            below = said.message_id
        chosen = {"method": deed.method, "extent": deed.extent}
        for step in [*(f"{blank}:{value}" for blank, value in chosen.items() if value), "send"]:
            told = self._stepped(step, user, after, below)
            if told is not None:
                return self._ended(told, deed)
        return True

    def _stepped(self, step: str, user: User, after: int, below: int) -> str | None:
        """Press a step's button of one's own form, as `_press` does: others' look the same."""
        foreign: set[int] = set()
        while True:
            form = self._found(
                lambda m: m.message_id not in foreign and _data(m, step), after, below
            )
            told = self._press(user, form.message_id, _data(form, step)) if form else ""
            if form is None or not told or self.understood(told) is not Told.FOREIGN:
                return told
            foreign.add(form.message_id)

    def _ended(self, told: str, deed: Deed) -> bool | None:
        return self.ended_by(told, deed) if told else None

    def _press(self, user: User, message: int, data: str) -> str | None:
        """Press something; return what is told, nothing where nothing comes; None: it goes on."""
        query = self._fake.press_data(user, self._group, message, data)
        end = time.monotonic() + PRESSED
        while time.monotonic() < end:
            said = self._fake.answers(query)
            if said is not None:
                return said.text or None
            time.sleep(PAUSE)
        return ""

    def _found(self, wanted: Callable[[Message], object], after: int, below: int) -> Message | None:
        """Return the newest message of that kind that replies to a message, once it is there."""
        end = time.monotonic() + PRESSED
        while time.monotonic() < end:
            with self._fake.lock:
                for message in self._since(after):
                    if message.reply_to == below and wanted(message):
                        return message
            time.sleep(PAUSE)
        return None

    def _since(self, after: int) -> Iterator[Message]:
        for message in reversed(self._fake.kept[_GROUP]):
            if message.message_id <= after:
                return
            if message.sender == self._fake.bot and not message.deleted:
                yield message

    def _newest(self) -> int:
        with self._fake.lock:
            kept = self._fake.kept[_GROUP]
            return kept[-1].message_id if kept else 0

    # What is seen

    def _customer(self, person: str) -> User:
        if person not in self._customers:
            user = self._fake.user(_FIRST_CUSTOMER + int(person.partition("-")[2]), person)
            with self._fake.lock:
                self._fake.started.add(user.id)
            self._names[user.id] = person
            self._customers[person] = user
        return self._customers[person]

    def _posted(self, message: Message) -> None:
        text, place = plain(message), str(message.message_id)
        carried = [button.data for button in message.buttons]
        if message.chat_id != _GROUP:
            self.hears(self._names[message.chat_id], text, carried, place)
        elif message.reply_to is None:
            self.sees(place, text, carried)
            if self.is_card(place):
                self._looked[message.message_id] = message.markup
                self._standing.append(message)
        elif self.is_card(str(message.reply_to)) and not message.kind:
            self.reads_below(str(message.reply_to), text)
        self.on_delivery()

    def _watch(self) -> None:
        """See which cards have changed."""
        while not self._closed.wait(_LOOK):
            with self._fake.lock:
                for message in self._standing:
                    if self._looked[message.message_id] is not message.markup:
                        self._looked[message.message_id] = message.markup
                        carried = [button.data for button in message.buttons]
                        self.sees(str(message.message_id), plain(message), carried)


def _prompts(message: Message, user: User) -> bool:
    """Tell whether a message asks somebody for words."""
    named = (entity.get("user", {}).get("id") for entity in message.entities)
    return message.kind == "force_reply" and user.id in named


def _data(message: Message, step: str) -> str:
    """Return what the button of a step carries below a form; nothing where there is none."""
    ends = (button.data for button in message.buttons if button.data.startswith("d:"))
    return next((data for data in ends if data.split(":", 2)[2] == step), "")
