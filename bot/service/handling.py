"""Handles the next event of the inbox in one transaction: retried, then a dead letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

import structlog
from sqlalchemy.exc import IntegrityError
from structlog.contextvars import bound_contextvars

from bot.core.effects import Alarm, AlarmReason
from bot.core.events import (
    AskedInPublic,
    Event,
    FromCustomer,
    StaffActed,
    StaffAnswered,
    StaffOpened,
    TaskDue,
)
from bot.errors import StorageError
from bot.service.customer import Ahead, CustomerService
from bot.service.intake import KINDS
from bot.service.routing import EffectRouter
from bot.service.schedule import Schedule
from bot.service.staff import StaffService
from bot.storage.codec import from_json
from bot.storage.inbox import PendingEvent
from bot.storage.store import Store, concerns_all
from bot.storage.unit import Unit

_LOG = structlog.get_logger()
MOST_TOGETHER = 8  # events that share a commit where one would wait for the other anyway


class Handler:
    """Handles the events of every channel, of the desks and of the clock.

    An event that fails is retried after each of these `pauses`, then becomes a dead letter.
    """

    def __init__(
        self,
        store: Store,
        customer: CustomerService,
        staff: StaffService,
        schedule: Schedule,
        router: EffectRouter,
        clock: Callable[[], datetime],
        pauses: Sequence[timedelta],
    ) -> None:
        self._store = store
        self._customer = customer
        self._staff = staff
        self._schedule = schedule
        self._router = router
        self._clock = clock
        self._pauses = pauses

    def next_at(self) -> datetime | None:
        """Return from when on an event may be handled, past or future; None: none waits."""
        with self._store.reading() as unit:
            return unit.inbox.next_at()

    def handle_next(self, failed: Callable[[], None] = lambda: None) -> int:
        """Handle the event whose turn it is, in one transaction; return 0 when none waits.

        `failed` is called when it could not be handled and is to be tried again, or is given up.

        Where only one transaction can write, the next few events share its commit, and are read
        and understood before it begins: meanwhile nobody waits for it. Returned is their number. If
        one of them fails, the others are handled again without it. Raises StorageError when the
        database cannot be used; events not handled then stay in the inbox.
        """
        try:
            if self._store.parallel:
                return self._store.retrying(self._handle_one)
            ahead = self._read_ahead()
            if ahead:
                self._store.retrying(partial(self._handle_all, ahead))
            return len(ahead)
        except _HandlingFailed as failure:
            self._retry_later(failure)
            failed()
            return 1

    def _read_ahead(self) -> list[_ReadEvent]:
        read: list[_ReadEvent] = []
        with self._store.reading() as unit:
            for received in unit.inbox.ahead(self._clock(), MOST_TOGETHER):
                try:
                    read.append(self._read(unit, received))
                except _HandlingFailed:
                    if not read:
                        raise
                    break  # those before it are handled first
        return read

    def _handle_all(self, ahead: Sequence[_ReadEvent], unit: Unit) -> None:
        # Each is of another person, so that none of them changes whose turn it is.
        still = unit.inbox.still_next([read.received for read in ahead])
        handled = [
            read.received for read in ahead if read.received in still and self._handle(unit, read)
        ]
        unit.inbox.handled(handled, self._clock())

    def _handle_one(self, unit: Unit) -> bool:
        received = unit.inbox.next(self._clock())
        if received is None:
            return False
        # Only the row of this event is locked while it is understood.
        if self._handle(unit, self._read(unit, received)):
            unit.inbox.handled([received], self._clock())
        return True

    def _read(self, unit: Unit, received: PendingEvent) -> _ReadEvent:
        with _failing(unit, received):
            event = from_json(KINDS[received.kind], unit.inbox.opened(received))
        with _failing(unit, received, event):
            ahead = self._customer.look_ahead(unit, event, self._clock())
            return _ReadEvent(received=received, event=event, ahead=ahead)

    def _handle(self, unit: Unit, read: _ReadEvent) -> bool:
        """Handle an event; False where its turn comes later, since its person sent many."""
        received, now = read.received, self._clock()
        unit.correlation = received.correlation
        failing = _failing(unit, received, read.event)
        with bound_contextvars(event_id=received.correlation), failing:
            ahead = read.ahead
            if ahead.until is not None and isinstance(read.event, FromCustomer):
                self._customer.ask_to_wait(unit, read.event, ahead.dialogue, now)
                unit.inbox.defer(received, ahead.until)
                return False
            attempt = received.attempts + 1
            _LOG.info("handling an event", kind=received.kind, attempt=attempt)
            self._take(unit, read, now)
            return True

    def _take(self, unit: Unit, read: _ReadEvent, now: datetime) -> None:
        received, event, ahead = read.received, read.event, read.ahead
        match event:
            case FromCustomer():
                self._customer.take(unit, event, received.received_at, now, ahead)
            case AskedInPublic():
                self._customer.answer_in_public(unit, event, now, ahead)
            case StaffActed():
                self._staff.decide(unit, event, received.channel, now)
            case StaffAnswered():
                self._staff.answer_inquiry(unit, event, received.channel, now)
            case StaffOpened():
                self._staff.open_request(unit, event, received.channel, now)
            case TaskDue():
                self._schedule.run(unit, event, now)

    def _retry_later(self, failed: _HandlingFailed) -> None:
        """Schedule the next attempt; after the last, make it a dead letter and say so.

        Staff are alarmed, and who wrote it is told: silence would look like an answer to come.
        """
        received, now = failed.received, self._clock()
        if self._postpone(received, now) and isinstance(failed.event, FromCustomer):
            self._tell(failed.event, now)
        _LOG.error(
            "an event could not be handled",
            event_id=received.correlation,
            position=received.position,
            attempt=received.attempts + 1,
            fault=str(failed),
        )

    def _postpone(self, received: PendingEvent, now: datetime) -> bool:
        """Schedule the next attempt of an event, or give it up; return whether it is given up."""

        def postpone(unit: Unit) -> bool:
            if received.attempts < len(self._pauses):
                unit.inbox.postpone(received, now + self._pauses[received.attempts])
            elif unit.inbox.mark_dead(received, now):
                alarm = Alarm(trouble=AlarmReason.DEAD_EVENT, reference=str(received.position))
                self._router.alarm(unit, alarm, now)
                return True
            return False

        return self._store.retrying(postpone)

    def _tell(self, came: FromCustomer, now: datetime) -> None:
        """Tell who wrote it, unless what is damaged tells how they are spoken to."""
        with suppress(StorageError):
            self._store.retrying(lambda unit: self._customer.tell_of_fault(unit, came, now))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ReadEvent:
    """An event of the inbox that was opened, and what is known of it before it is handled."""

    received: PendingEvent
    event: Event
    ahead: Ahead


@contextmanager
def _failing(unit: Unit, received: PendingEvent, event: Event | None = None) -> Iterator[None]:
    """Raise what goes wrong with one event as its own fault: it must not hold up the others.

    What concerns the whole database is raised as it is. Two rows with one key are a race; when that
    is lost again, it is none.
    """
    try:
        yield
    except Exception as error:
        if concerns_all(error) and not (unit.contended and isinstance(error, IntegrityError)):
            raise
        # The text of an exception may quote the message, so only its type is kept.
        raise _HandlingFailed(received, event, type(error).__name__) from None


class _HandlingFailed(Exception):
    """An event could not be handled: which one, what it holds if known, what was raised."""

    def __init__(self, received: PendingEvent, event: Event | None, fault: str) -> None:
        super().__init__(fault)
        self.received, self.event = received, event
