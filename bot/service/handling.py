"""The next event of the inbox, handled in one transaction: retried, then a dead letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError
from structlog.contextvars import bound_contextvars

from bot.core.effects import Alarm, AlarmReason
from bot.core.events import (
    AskedInPublic,
    Event,
    FromCustomer,
    StaffActed,
    StaffAnswered,
    TaskDue,
)
from bot.errors import StorageError
from bot.service.customer import CustomerService
from bot.service.intake import KINDS
from bot.service.routing import EffectRouter
from bot.service.schedule import Schedule
from bot.service.staff import StaffService
from bot.storage.codec import from_json
from bot.storage.inbox import PendingEvent
from bot.storage.store import Conflict, Store
from bot.storage.unit import Unit

_LOG = structlog.get_logger()
_BATCH = 8  # events that share a commit where one would wait for the other anyway


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

    def handle_next(self) -> bool:
        """Handle the oldest event that waits, in one transaction; False when none does.

        Where only one transaction can write, the next few events share its commit; if one of them
        fails, the others are handled again without it. Raises StorageError when the database
        cannot be used; events not handled then stay in the inbox.
        """
        try:
            return self._store.retrying(self._handle_batch)
        except _HandlingFailed as failed:
            self._retry_later(failed)
            return True

    def _handle_batch(self, unit: Unit) -> bool:
        most = 1 if self._store.parallel else _BATCH
        handled = 0
        while handled < most and self._handle_one(unit):
            handled += 1
        return handled > 0

    def _handle_one(self, unit: Unit) -> bool:
        now = self._clock()
        received = unit.inbox.next(now)
        if received is None:
            return False
        unit.correlation = received.correlation
        try:
            with bound_contextvars(event_id=received.correlation):
                attempt = received.attempts + 1
                _LOG.info("handling an event", kind=received.kind, attempt=attempt)
                event = from_json(KINDS[received.kind], unit.inbox.opened(received))
                self._handle(unit, event, received, now)
        except (Conflict, StorageError, SQLAlchemyError):
            raise
        except Exception as error:  # one bad event must not hold up the others
            # The text of an exception may quote the message, so only its type is kept.
            raise _HandlingFailed(received, type(error).__name__) from None
        unit.inbox.handled(received, now)
        return True

    def _handle(self, unit: Unit, event: Event, received: PendingEvent, now: datetime) -> None:
        match event:
            case FromCustomer():
                self._customer.take(unit, event, received.received_at, now)
            case AskedInPublic():
                self._customer.answer_in_public(unit, event, now)
            case StaffActed():
                self._staff.decide(unit, event, received.channel, now)
            case StaffAnswered():
                self._staff.answer_inquiry(unit, event, received.channel, now)
            case TaskDue():
                self._schedule.run(unit, event, now)

    def _retry_later(self, failed: _HandlingFailed) -> None:
        """Schedule the next attempt; after the last, make it a dead letter and alarm staff."""
        now = self._clock()
        received = failed.received
        _LOG.error(
            "an event could not be handled",
            event_id=received.correlation,
            position=received.position,
            attempt=received.attempts + 1,
            fault=str(failed),
        )
        with self._store.transaction() as unit:
            if received.attempts < len(self._pauses):
                unit.inbox.postpone(received, now + self._pauses[received.attempts])
                return
            if not unit.inbox.mark_dead(received, now):
                return
            alarm = Alarm(trouble=AlarmReason.DEAD_EVENT, reference=str(received.position))
            self._router.enqueue(unit, [alarm], now)


class _HandlingFailed(Exception):
    """An event could not be handled: which one, and the type of the exception."""

    def __init__(self, received: PendingEvent, fault: str) -> None:
        super().__init__(fault)
        self.received = received
