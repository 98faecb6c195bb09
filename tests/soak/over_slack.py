"""Slack: over sockets, one of each replica's, or over HTTP.

An event is tried again until it is acknowledged; a press or a form is not: people are shown that it
failed, and press again. Staff press a card's button and submit two forms, or one and its preview.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any, Self

from tests.fakes.replica import Replica, until
from tests.fakes.slack import Delivery, FakeSlack, Message, Trouble, User, View, plain
from tests.soak.chat import PRESSED, Chat, Told
from tests.soak.doorway import Doorway
from tests.soak.scripts import Wording
from tests.soak.way import LAG, PATIENCE, PAUSE, Deed, InVain, Sent

_DESK = "GDESK"
_STAFF = {"Aino": "UAINO", "Mika": "UMIKA"}
_FORM, _SEND = "desk_form", "desk_send"
_WAITING = "…"
_READING = 0.3  # seconds that staff take to read a form
# Slack tries again at once, after one minute and after five, and then gives up. Kills come every
# few seconds here, so the times between are shorter; and as one event may meet several kills in a
# row, there are as many as fill the patience of those who wait for an answer.
_AGAIN = 0.5
_RETRIES = [0.0, *[_AGAIN] * round(PATIENCE / _AGAIN)]


class _Acked(threading.Event):
    """Set when a delivery is over, which it tells."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self._tell = tell

    def set(self) -> None:
        super().set()
        self._tell()


class _Slack(FakeSlack):
    """The workspace, which tells of what the app says and changes, and of what it acknowledges."""

    def __init__(self, told: Callable[[Message], None], acked: Callable[[], None]) -> None:
        super().__init__()
        self._told = told
        self._acked = acked
        self.retry_pauses = _RETRIES

    def say(self, *args: Any, **more: Any) -> Message:
        message = super().say(*args, **more)
        self._told(message)
        return message

    def whisper(self, *args: Any, **more: Any) -> Message:
        message = super().whisper(*args, **more)
        self._told(message)
        return message

    def change(self, message: Message, *args: Any, **more: Any) -> None:
        super().change(message, *args, **more)
        self._told(message)

    def send(self, delivery: Delivery) -> Delivery:
        by = delivery.event.get("user") or delivery.body.get("user")
        if by != self.bot.id:  # what the app is told of its own words is no event of people's
            delivery.over = _Acked(self._acked)
        return super().send(delivery)


class OverSlack(Chat):
    """The workspace, its people, and staff in their channel; over HTTP if told so."""

    spacing = 4.0  # Slack takes one message a second in a channel

    def __init__(self, seed: int, wording: Wording, *, http: bool) -> None:
        super().__init__(wording)
        self._fake = _Slack(self._told, lambda: self.on_acknowledgement())
        self._fake.fail("chat.postMessage", wait=LAG / 2, lasting=True)
        self._doorway = Doorway("/slack/events", seed) if http else None
        self._staff = {name: self._fake.user(known, name) for name, known in _STAFF.items()}
        self._desk = self._fake.channel(_DESK, "tietosuoja", list(self._staff.values()))
        self._customers: dict[str, User] = {}
        self._people: dict[str, str] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._stack.enter_context(self._fake)
        if self._doorway is not None:
            self._stack.enter_context(self._doorway)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def replica(self, folder: Path, **settings: str) -> Replica:
        slack = {
            "SELOSTE_SLACK__BOT_TOKEN": self._fake.bot_token,
            "SELOSTE_SLACK__APP_TOKEN": self._fake.app_token,
            "SELOSTE_SLACK__SIGNING_SECRET": self._fake.signing_secret,
            "SELOSTE_SLACK__API_URL": self._fake.api_url,
            "SELOSTE_SLACK__MODE": "http" if self._doorway else "socket",
            "SELOSTE_SLACK__STAFF_CHANNEL": _DESK,
            "SELOSTE_SLACK__OWN_TEAMS": f'["{self._fake.team}"]',
        }
        return Replica(folder, None, **slack, **settings)

    def connect(self, replicas: Sequence[Replica]) -> None:
        if self._doorway is not None:
            self._doorway.lead_to(replicas)
            self._fake.deliver_to(self._doorway.url)
        else:
            until(lambda: self._fake.connections == len(replicas), PATIENCE)

    def send(self, sent: Sent, random: Random) -> bool:  # noqa: ARG002
        """Send. Between tries Slack keeps no order: nothing else is written before it is taken."""
        user = self._customer(sent.person)
        if sent.choice:
            action = next(
                button.action_id
                for message in reversed(self._fake.said(user))
                for button in message.buttons
                if message.ts == sent.place and button.value == sent.choice
            )
            press = self._fake.press_forged(user, user.id, sent.place, action, sent.choice)
            return press.wait(PATIENCE)
        # A word that begins with a slash would be a command of Slack's own.
        text = f" {sent.text}" if sent.text.startswith("/") else sent.text
        with self._fake.lock:
            self._fake.write(user, text)
            written = self._fake.deliveries[-1]
        if not written.over.wait(PATIENCE) or not written.acked:
            raise InVain(f"{sent.id} was not acknowledged in {PATIENCE:.0f} s")
        return True

    def repeat(self) -> None:
        self._fake.repeat_last()

    def turned_away(self) -> Callable[[], bool]:
        if self._doorway is not None:
            doorway, before = self._doorway, self._doorway.turned_away
            return lambda: doorway.turned_away > before
        return lambda: any(tried.trouble for sent in self._fake.pending for tried in sent.tries)

    def person_of(self, account: str) -> str:
        return self._people[account.partition(":")[2]]

    # Staff

    def fills_in(self, deed: Deed) -> bool | None:
        user = self._staff[deed.staff]
        while self._fake.view(user) is not None:
            self._fake.close_view(user)
        shown = deed.shown
        action = f"desk:{deed.action}"
        carried = shown.buttons[deed.action]
        press = self._fake.press_forged(user, self._desk, shown.place, action, carried)
        if not press.wait(PATIENCE):
            return None
        end = time.monotonic() + PRESSED
        while time.monotonic() < end:
            view = self._fake.view(user)
            if view is None or plain(view) == _WAITING:
                time.sleep(PAUSE)
                continue
            time.sleep(_READING)
            ended = self._submitted(view, deed, user)
            if ended is not None:
                return ended
            if view.callback_id not in (_FORM, _SEND):
                return None
        return None

    def _submitted(self, view: View, deed: Deed, user: User) -> bool | None:
        """Do what a view asks for: whether the deed was taken; None when it is not at an end."""
        if view.callback_id not in (_FORM, _SEND):
            return self.ended_by(plain(view), deed)
        wanted = {"method": deed.method, "extent": deed.extent, "text": deed.text}
        try:
            if view.callback_id == _FORM:
                self._fake.fill(user, {name: said for name, said in wanted.items() if said})
            answer = self._fake.submit(user)
        except (Trouble, AssertionError):  # it failed, or another view has taken its place
            return None
        match answer.get("response_action"):
            case "clear":
                return True
            case "errors":
                return self.ended_by(" ".join(answer["errors"].values()), deed)
        return None

    # What is seen

    def _customer(self, person: str) -> User:
        if person not in self._customers:
            known = f"UC{person.partition('-')[2]}"
            # The workspace vouches for no guest: they prove their address by a code.
            user = self._fake.user(
                known, person, f"{known.casefold()}@example.com", restricted=True
            )
            self._people[user.id] = person
            self._customers[person] = user
        return self._customers[person]

    def _told(self, message: Message) -> None:
        text, carried = plain(message), [button.value for button in message.buttons]
        person = self._fake.channels[message.channel].person
        if message.edited:
            self.sees(message.ts, text, carried)
            return
        if person in self._people:
            self.hears(self._people[person], text, carried, message.ts)
        elif message.to:
            number, _, said = text.partition(":")
            if self.understood(said) is Told.REFUSED:
                self.is_denied(number)
        elif message.thread_ts:
            if self.is_card(message.thread_ts):
                self.reads_below(message.thread_ts, text)
        else:
            self.sees(message.ts, text, carried)
        self.on_delivery()
