"""Where a transcript is played: straight into the service, or over Telegram or Slack.

The servers of `tests.fakes` stand for the platforms; the clients are the real ones. What a person
sees there must read as the transcript has it.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any, Self
from uuid import uuid4

import anyio
import httpx

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.bootstrap.process import replica
from bot.channels.render import plain
from bot.channels.slack import words
from bot.content.wording import worded
from bot.core.catalog import Language
from bot.core.effects import Effect, Say, ToStaff
from bot.core.envelopes import ClaimedEffect
from bot.core.events import Chose, CustomerEvent, FromCustomer, Said
from bot.core.messages import Button
from bot.core.tickets.ticket import Person
from bot.delivery.courier import Sender, carry_all
from bot.service.routing import MAIL
from tests.fakes import slack as fake_slack
from tests.fakes import telegram as fake_telegram
from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram

# Who, in which language, what they read, and the buttons below it.
Hear = Callable[[str, str, str, list[str]], None]
DESK, _STRAIGHT = "test", "straight"


class Stage(ABC):
    """A place where people write to the assistant, each by a name."""

    def __init__(self) -> None:
        self.app: Assistant | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self.app = None

    def settings(self) -> Mapping[str, Any]:
        """Return what the configuration needs besides."""
        return {}

    def open(self, app: Assistant) -> None:
        """Begin, with the assistant that is to answer."""
        self.app = app

    def as_played_here(self, transcript: str) -> str:
        """Return a transcript in the words that this stage has for the same."""
        return transcript

    @abstractmethod
    def write(self, who: str, text: str) -> None:
        """Write something, and have it kept and handled."""

    @abstractmethod
    def press(self, who: str, label: str) -> None:
        """Press the newest button of that name."""

    @abstractmethod
    def again(self) -> None:
        """Have the last event delivered a second time, as platforms do."""

    @abstractmethod
    def senders(self, hear: Hear) -> Mapping[str, Sender]:
        """Return the senders of the stage's channel; `hear` is told what people read."""

    def deliver(self, hear: Hear, tell: Callable[[ToStaff], None]) -> None:
        """Carry out what stands in the outbox."""

        async def send_desk(_claimed: ClaimedEffect, effect: Effect) -> None:
            if isinstance(effect, ToStaff):
                tell(effect)

        self._carry({DESK: send_desk, **self.senders(hear), MAIL: self._app.mail})

    def _carry(self, senders: Mapping[str, Sender]) -> None:
        anyio.run(carry_all, self._app.router, senders, self._app.clock)

    @property
    def _app(self) -> Assistant:
        assert self.app is not None
        return self.app

    def _text(self, key: str, language: Language, **values: str | int) -> str:
        return self._app.content.texts.render(key, language, values)

    def _handle(self) -> None:
        while self._app.handler.handle_next():
            pass


class Straight(Stage):
    """No platform at all."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[str, tuple[Button, ...]] = {}
        self._last: tuple[str, FromCustomer] | None = None

    def write(self, who: str, text: str) -> None:
        self._take(who, Said(text=text))

    def press(self, who: str, label: str) -> None:
        tokens = [b.token for b in reversed(self._buttons.get(who, ())) if b.label == label]
        assert tokens, f"{who} sees no button {label!r}, only {self._buttons.get(who, ())}"
        self._take(who, Chose(token=tokens[0]))

    def again(self) -> None:
        assert self._last is not None
        take(self._app, self._app.intake.inbound(*self._last))

    def senders(self, hear: Hear) -> Mapping[str, Sender]:
        async def send(_claimed: ClaimedEffect, say: Effect) -> None:
            if isinstance(say, Say):
                message = worded(say, self._app.content)
                who = say.to.account
                self._buttons[who] = (*self._buttons.get(who, ()), *message.buttons)
                hear(who, say.language, plain(message), [b.label for b in message.buttons])

        return {_STRAIGHT: send}

    def _take(self, who: str, event: CustomerEvent) -> None:
        came = FromCustomer(person=Person(channel=_STRAIGHT, account=who), event=event)
        self._last = uuid4().hex, came
        take(self._app, self._app.intake.inbound(*self._last))


class OnPlatform(Stage):
    """A platform: the real client against a server on loopback."""

    _listening = False

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def open(self, app: Assistant) -> None:
        super().open(app)
        self._own: Mapping[str, Sender] = {}
        self._replica = self._stack.enter_context(
            replica(app, senders=self._noted, working=False, listening=self._listening)
        )
        self._begin()

    def _noted(self, own: Mapping[str, Sender]) -> Mapping[str, Sender]:
        self._own = own
        return own

    def _carry(self, senders: Mapping[str, Sender]) -> None:
        self._replica.call(carry_all, self._app.router, senders, self._app.clock)

    @abstractmethod
    def _begin(self) -> None:
        """Connect the platform."""

    @abstractmethod
    def _read(self, say: Say) -> tuple[str, str, list[str]]:
        """Return who was told what, with which buttons, by the last message they got."""

    def senders(self, hear: Hear) -> Mapping[str, Sender]:
        def heard(sender: Sender) -> Sender:
            async def send(claimed: ClaimedEffect, say: Effect) -> None:
                await sender(claimed, say)
                if isinstance(say, Say):
                    who, text, labels = self._read(say)
                    hear(who, say.language, text, labels)

            return send

        return {name: heard(sender) for name, sender in self._own.items() if name != MAIL}


class OnTelegram(OnPlatform):
    """Private chats on Telegram."""

    def __enter__(self) -> Self:
        self._server = self._stack.enter_context(FakeTelegram())
        self._people: dict[str, fake_telegram.User] = {}
        self._ids = iter(range(100, 1000))
        return self

    def settings(self) -> Mapping[str, Any]:
        url = self._server.base_url.removesuffix("/bot")
        return {"telegram": {"token": self._server.token, "api_url": url}}

    def _begin(self) -> None:
        """Updates are fetched when there are some."""

    def write(self, who: str, text: str) -> None:
        self._server.write(self._person(who), text)
        self._fetch()

    def press(self, who: str, label: str) -> None:
        self._server.press(self._person(who), label)
        self._fetch()

    def again(self) -> None:
        self._server.repeat_last()
        self._fetch()

    def _person(self, who: str) -> fake_telegram.User:
        if who not in self._people:
            user = self._people[who] = self._server.user(next(self._ids), who)
            # Nobody can write before Start; in the transcripts they have pressed it long ago.
            self._server.start(user)
            self._forget_updates()
        return self._people[who]

    def _forget_updates(self) -> None:
        url = f"{self._server.base_url}{self._server.token}/getUpdates"
        last = httpx.get(url, params={"offset": -1}).json()["result"][-1]["update_id"]
        httpx.get(url, params={"offset": last + 1})

    def _fetch(self) -> None:
        assert self._replica.telegram is not None
        while self._replica.call(self._replica.telegram.fetch):
            self._handle()

    def _read(self, say: Say) -> tuple[str, str, list[str]]:
        name = next(n for n, user in self._people.items() if str(user.id) == say.to.account)
        message = self._server.messages(self._people[name])[-1]
        # Telegram alone can give a verified number: its button is not in the transcripts.
        phones = {self._text("choice.phone", one) for one in type(say.language)}
        labels = [button.label for row in message.rows for button in row]
        return name, fake_telegram.plain(message), [one for one in labels if one not in phones]


class OnSlack(OnPlatform):
    """Direct messages in Slack, where commands are written without a slash."""

    _listening = True

    def __enter__(self) -> Self:
        self._server = self._stack.enter_context(FakeSlack())
        self._people: dict[str, fake_slack.User] = {}
        return self

    def settings(self) -> Mapping[str, Any]:
        server = self._server
        return {
            "slack": {
                "bot_token": server.bot_token,
                "app_token": server.app_token,
                "api_url": server.api_url,
            }
        }

    def _begin(self) -> None:
        self._server.wait(lambda: self._server.connections)

    def as_played_here(self, transcript: str) -> str:
        spoken = words(self._text, self._app.rules.languages)
        written = transcript.replace("/fi /en /sv", spoken["languages"])
        written = re.sub(r"(?m)^(\w+> )/en$", r"\1in English", written)
        written = re.sub(r"(?m)^(\w+> )/sv$", r"\1på svenska", written)
        return re.sub(r"(?<![\w/])/(status|help|cancel|human|privacy)\b", r"\1", written)

    def write(self, who: str, text: str) -> None:
        # Behind a space, Slack lets a slash through.
        self._server.write(self._person(who), f" {text}" if text.startswith("/") else text)
        self._acked(self._server.deliveries[-1])

    def press(self, who: str, label: str) -> None:
        self._acked(self._server.press(self._person(who), label))

    def again(self) -> None:
        self._acked(self._server.repeat_last())

    def _acked(self, delivery: fake_slack.Delivery) -> None:
        assert delivery.wait(), "the event was not acknowledged"
        self._handle()

    def _person(self, who: str) -> fake_slack.User:
        if who not in self._people:
            self._people[who] = self._server.user(f"U{who.upper()}", who)
        return self._people[who]

    def _read(self, say: Say) -> tuple[str, str, list[str]]:
        user = say.to.account.partition(":")[2]
        name = next(n for n, one in self._people.items() if one.id == user)
        message = self._server.said(self._people[name])[-1]
        return name, fake_slack.plain(message), list(message.labels)
