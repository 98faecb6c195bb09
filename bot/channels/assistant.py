"""The port through which channels use the running assistant on behalf of customers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.catalog import Language, Notice
from bot.core.effects import Say
from bot.core.envelopes import InboundEvent
from bot.core.events import Event
from bot.core.messages import Message
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person, Ticket

# Returns once an event is on disk. Raises StorageError.
Keep = Callable[[InboundEvent], Awaitable[None]]


class Assistant(Protocol):
    """Words, a person's own tickets, events to be kept, and what a channel itself remembers."""

    @property
    def rules(self) -> Rules:
        """What the organisation has decided."""

    @property
    def notice(self) -> Notice:
        """The privacy notice."""

    def now(self) -> datetime:
        """Return the present moment."""

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text."""

    def worded(self, say: Say, words: Mapping[str, str] | None = None) -> Message:
        """Return what is to be said in the words of its language, and of its channel."""

    def inbound(self, event_id: str, event: Event, desk: str = "", draft: str = "") -> InboundEvent:
        """Return an event as it is stored.

        Staff act at a `desk`; the `draft` of what they filled in goes when the event is kept.
        """

    def tickets_of(self, person: Person) -> Sequence[Ticket]:
        """Return a person's tickets, oldest first."""

    def status(self, person: Person, language: Language | None) -> Message:
        """Return what a person is told of their tickets."""

    def note(self, name: str) -> str:
        """Return what a channel has noted under a name; empty when there is nothing."""

    def keep_note(self, name: str, value: str) -> None:
        """Store a value that a channel needs after a restart, or in another replica."""

    def acquire_lease(self, name: str, owner: str, lease: timedelta) -> bool:
        """Acquire or renew the lease on what one replica at a time may do.

        Returns False when another one holds it.
        """
