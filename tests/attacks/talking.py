"""A person who talks to a running assistant, message by message."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, letters, take
from bot.channels.render import plain
from bot.core.effects import Say, ToStaff
from bot.core.events import Chose, CustomerEvent, FromCustomer, Said
from bot.core.messages import Message
from bot.core.tickets.ticket import Person


@dataclass
class Talker:
    """A person, what they heard, and what the desk was told meanwhile."""

    app: Assistant
    name: str = "mallory"
    heard: list[Message] = field(default_factory=list)
    told: list[ToStaff] = field(default_factory=list)
    events: int = 0

    @property
    def person(self) -> Person:
        return Person(channel="test", account=self.name)

    def says(self, *texts: str) -> str:
        """Write messages, each after the answer to the one before; return the last answer."""
        for text in texts:
            self._takes(Said(text=text))
        return plain(self.heard[-1])

    def presses(self, label: str) -> str:
        """Press the newest button of this label; return the answer."""
        tokens = [
            b.token for said in reversed(self.heard) for b in said.buttons if b.label == label
        ]
        assert tokens, f"{self.name} sees no button {label!r}"
        self._takes(Chose(token=tokens[0]))
        return plain(self.heard[-1])

    def sends(self, *texts: str) -> None:
        """Write messages without waiting for an answer."""
        self.app.intake.receive(
            self.app.intake.inbound(self._id(), self._event(Said(text=text))) for text in texts
        )

    def code(self) -> str:
        """Return the code in the newest letter."""
        return letters(self.app)[-1].read_text().split("koodisi on ")[1][:8]

    def hears(self) -> None:
        """Read what was answered."""
        deliver(self.app, "test", self._hear, self.told.append)

    def _takes(self, event: CustomerEvent) -> None:
        take(self.app, self.app.intake.inbound(self._id(), self._event(event)))
        self.hears()

    def _event(self, event: CustomerEvent) -> FromCustomer:
        return FromCustomer(person=self.person, event=event)

    def _id(self) -> str:
        self.events += 1
        return f"{self.name}-{self.events}"

    def _hear(self, say: Say, message: Message) -> None:
        if say.to.account == self.name:
            self.heard.append(message)
