"""Events received and not yet handled: each once, by the platform's own id, in a person's order.

People take turns: an event is handled in the round that was going on when it came, or in the one
after the previous event of its person. So a thousand messages of one person delay nobody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    Connection,
    func,
    select,
    update,
)

from bot.core.envelopes import InboundEvent, correlation_id
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.crypto import Keys
from bot.storage.inbox_statements import (
    AHEAD,
    KNOWN,
    NEXT,
    NEXT_AT,
    STILL_FIRST,
    STILL_WAITS,
    keep,
    waits,
)
from bot.storage.wakeups import INBOX, Changes


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadEvent:
    """A dead letter of the inbox, as people see it in the list."""

    position: int
    channel: str
    kind: str
    received_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingEvent:
    """An event in the inbox, locked for the transaction that handles it."""

    position: int
    channel: str
    event_id: str
    kind: str
    attempts: int
    received_at: datetime
    sealed: bytes

    @property
    def correlation(self) -> str:
        """What the log calls this event, from its receipt to the last effect."""
        return correlation_id(self.channel, self.event_id)


class Inbox:
    """The inbox, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys, changes: Changes) -> None:
        self._db = connection
        self._keys = keys
        self._changes = changes

    def receive(self, events: Iterable[InboundEvent], now: datetime) -> int:
        """Keep events, sealed; return how many had not been received before."""
        kept = list(events)
        known = self._known_otherwise(kept)
        rows = [self._row(one, now) for one in kept if known.isdisjoint(_other_ids(one))]
        if not rows:
            return 0
        new = self._db.execute(keep(self._db.dialect.name), rows).rowcount
        if new:
            self._changes.add(INBOX, shared=True)
        return new

    def next_at(self) -> datetime | None:
        """Return from when on the next event may be handled, past or future; None: none waits."""
        moment: datetime | None = self._db.execute(NEXT_AT).scalar()
        return moment

    def next(self, now: datetime) -> PendingEvent | None:
        """Return the event whose turn it is, locked; None when nothing waits.

        An event whose person has an older one waiting is passed over, and so is one that
        another transaction is handling.
        """
        row = self._db.execute(NEXT, {"now": now}).first()
        return None if row is None else _pending(row)

    def ahead(self, now: datetime, most: int) -> list[PendingEvent]:
        """Return the events whose turn is next, each of another person; none is locked."""
        return [_pending(row) for row in self._db.execute(AHEAD, {"now": now, "most": most})]

    def still_next(self, events: Sequence[PendingEvent]) -> list[PendingEvent]:
        """Return those that still wait, untried since, with none of their person before them."""
        places = [received.position for received in events]
        found = self._db.execute(STILL_FIRST, {"places": places})
        tried = {row.position: row.attempts for row in found}
        return [one for one in events if tried.get(one.position) == one.attempts]

    def opened(self, received: PendingEvent) -> str:
        """Return what an event holds. Raises KeyFault when it cannot be opened."""
        place = _place(received.channel, received.event_id)
        return self._keys.unseal(received.sealed, place)

    def handled(self, events: Sequence[PendingEvent], now: datetime) -> None:
        """Note that events were handled, and wipe what they held; their ids are kept."""
        rows = [{**_as_tried(one), "handled_at": now, "sealed": None} for one in events]
        if rows:
            self._db.execute(STILL_WAITS, rows)

    def defer(self, received: PendingEvent, until: datetime) -> None:
        """Handle an event later: nothing was tried, so no attempt is counted."""
        self._set(received, run_at=until)

    def postpone(self, received: PendingEvent, until: datetime) -> None:
        """Try an event again later, unless another worker has tried it meanwhile."""
        self._set(received, run_at=until, attempts=received.attempts + 1)

    def mark_dead(self, received: PendingEvent, now: datetime) -> bool:
        """Make an event a dead letter: kept for a person to look at, and the rest go on.

        False when another worker has tried it meanwhile: then that one decides.
        """
        return self._set(received, dead_at=now, attempts=received.attempts + 1)

    def knows(self, channel: str, event_id: str) -> bool:
        """Tell whether an event has been received before."""
        rows = select(tables.inbox.c.position).filter_by(channel=channel, event_id=event_id)
        return self._db.execute(rows).first() is not None

    def waiting(self) -> tuple[int, datetime | None]:
        """Return how many events wait, and since when the oldest does."""
        table = tables.inbox
        rows = select(func.count(), func.min(table.c.received_at)).where(waits(table))
        number, oldest = self._db.execute(rows).one()
        return number, oldest

    def dead_count(self) -> int:
        """Return how many events are dead letters."""
        rows = select(func.count()).where(tables.inbox.c.dead_at.is_not(None))
        return self._db.execute(rows).scalar_one()

    def dead_events(self) -> list[DeadEvent]:
        """Return the dead letters, oldest first."""
        table = tables.inbox
        rows = select(table).where(table.c.dead_at.is_not(None)).order_by(table.c.position)
        return [
            DeadEvent(
                position=row.position,
                channel=row.channel,
                kind=row.kind,
                received_at=row.received_at,
                attempts=row.attempts,
            )
            for row in self._db.execute(rows)
        ]

    def retry(self, positions: Sequence[int], now: datetime) -> int:
        """Schedule dead events for another try (all when none is named); return how many."""
        table = tables.inbox
        rows = update(table).where(table.c.dead_at.is_not(None), table.c.sealed.is_not(None))
        if positions:
            rows = rows.where(table.c.position.in_(positions))
        self._changes.add(INBOX, shared=True)
        again = {"dead_at": None, "run_at": now, "attempts": 0, "turn": 0}
        return self._db.execute(rows.values(again)).rowcount

    def mark_older_dead(self, moment: datetime, now: datetime) -> int:
        """Make a dead letter of what waits since before a moment; return how many events."""
        table = tables.inbox
        rows = update(table).where(waits(table), table.c.received_at < moment)
        return self._db.execute(rows.values(dead_at=now)).rowcount

    def damaged(self) -> list[int]:
        """Return the positions of those that still hold something and cannot be opened."""
        table = tables.inbox
        rows = select(table.c.position).where(table.c.sealed.is_not(None))
        positions = set(self._db.execute(rows).scalars())
        return sorted(positions - {position for position, _, _ in self.contents()})

    def contents(self) -> Iterator[tuple[int, str, str]]:
        """Return position, person and payload of every event that still holds one."""
        table = tables.inbox
        rows = select(table).where(table.c.sealed.is_not(None)).order_by(table.c.position)
        with self._db.execute(rows.execution_options(yield_per=100)) as found:
            for row in found:
                place = _place(row.channel, row.event_id)
                with suppress(KeyFault):  # what cannot be opened holds nothing for anybody
                    payload = self._keys.unseal(row.sealed, place)
                    yield row.position, row.person, payload

    def wipe(self, position: int, now: datetime) -> None:
        """Wipe what an event holds, unhandled; its id is kept."""
        row = update(tables.inbox).filter_by(position=position)
        self._db.execute(row.values(handled_at=now, dead_at=None, sealed=None))

    def _known_otherwise(self, events: Iterable[InboundEvent]) -> set[tuple[str, str]]:
        """Return under which other ids events were kept: plain ones, or those of an old key."""
        others: dict[str, list[str]] = defaultdict(list)
        for channel, other in chain.from_iterable(map(_other_ids, events)):
            others[channel].append(other)
        return {
            (channel, other)
            for channel, ids in others.items()
            for other in self._db.execute(KNOWN, {"on": channel, "ids": ids}).scalars()
        }

    def _row(self, inbound: InboundEvent, now: datetime) -> dict[str, Any]:
        place = _place(inbound.channel, inbound.event_id)
        return {
            "channel": inbound.channel,
            "event_id": inbound.event_id,
            "person": inbound.person,
            "whose": inbound.person,
            "moment": now,
            "kind": inbound.kind,
            "sealed": self._keys.seal(inbound.payload, place),
            "received_at": now,
            "run_at": now,
            "attempts": 0,
        }

    def _set(self, received: PendingEvent, **values: object) -> bool:
        changed = self._db.execute(STILL_WAITS, {**_as_tried(received), **values})
        return bool(changed.rowcount)


def _as_tried(received: PendingEvent) -> dict[str, Any]:
    return {"at": received.position, "tried": received.attempts}


def _place(channel: str, event_id: str) -> str:
    return f"inbox/{channel}/{event_id}"


def _other_ids(inbound: InboundEvent) -> set[tuple[str, str]]:
    return {(inbound.channel, other) for other in inbound.also_known_as}


def _pending(row: Any) -> PendingEvent:
    return PendingEvent(
        position=row.position,
        channel=row.channel,
        event_id=row.event_id,
        kind=row.kind,
        attempts=row.attempts,
        received_at=row.received_at,
        sealed=row.sealed,
    )
