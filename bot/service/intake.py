"""Stores inbound events, unique by their idempotency key, before they are acknowledged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from bot.core.envelopes import InboundEvent
from bot.core.events import (
    AskedInPublic,
    Event,
    FromCustomer,
    StaffActed,
    StaffAnswered,
    StaffOpened,
    TaskDue,
)
from bot.core.sanitise import sanitise
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person
from bot.storage.codec import to_json
from bot.storage.store import Store
from bot.storage.unit import Unit

CLOCK = "clock"
KINDS: Mapping[str, type[Event]] = {
    "customer": FromCustomer,
    "public": AskedInPublic,
    "staff": StaffActed,
    "reply": StaffAnswered,
    "opened": StaffOpened,
    "time": TaskDue,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


class Intake:
    """Turns events into inbox rows and stores them."""

    def __init__(self, store: Store, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._rules = rules
        self._clock = clock

    def inbound(self, event_id: str, event: Event, desk: str = "") -> InboundEvent:
        """Return an event of a person, of a group or of staff at a `desk`, as it is stored.

        Personal codes are masked in all that people wrote.
        """
        match event:
            case FromCustomer(person=person) | AskedInPublic(place=person):
                channel, key = person.channel, self.key(person)
            case StaffActed(ticket=id):
                channel, key = desk, f"ticket:{id}"
            case StaffAnswered(inquiry=id):
                channel, key = desk, f"inquiry:{id}"
            case StaffOpened(actor=actor):
                channel, key = desk, f"opened:{actor.key}"
            case TaskDue(person=whose) if whose:
                channel, key = CLOCK, whose  # in order with what they write
            case TaskDue():
                # One queue for all of them, so that many do not hold up what people write.
                channel, key = CLOCK, f"{CLOCK}:"
        today = self._rules.today(self._clock())
        # A platform's id may name who wrote; and it may have been kept as it is, by older versions.
        keyed, *older = self._store.keys.events_of(event_id)
        of_people = not isinstance(event, TaskDue)
        return InboundEvent(
            channel=channel,
            event_id=keyed if of_people else event_id,
            person=key,
            kind=_NAMES[type(event)],
            payload=to_json(sanitise(event, today)),
            also_known_as=(event_id, *older) if of_people else (),
        )

    def receive(self, events: Iterable[InboundEvent], cursor: tuple[str, str] | None = None) -> int:
        """Store events; return how many are new. After this they may be acknowledged.

        `cursor` (name, value) is stored with them: how far a source has been read.
        """
        kept = list(events)

        def keep(unit: Unit) -> int:
            if cursor:
                unit.meta.set(*cursor)
            for inbound in kept:
                if inbound.draft:
                    unit.drafts.drop(inbound.draft)
            return unit.inbox.receive(kept, self._clock())

        return self._store.retrying(keep)

    def key(self, person: Person) -> str:
        """Return the hash under which a person's conversation and tickets are stored."""
        return self._store.keys.person(person)
