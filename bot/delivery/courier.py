"""Carries out what stands in the outbox: claims, sends at the same time, settles in batches."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue
from typing import Protocol

import structlog

from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.delivery.backoff import pause
from bot.errors import Gone, Refused, StorageError, TryLater

_LOG = structlog.get_logger()
_IDLE = 0.25  # seconds between looks for what another replica has posted
_GATHERING = 0.02  # seconds between looks when there is much to do
_STORAGE_PAUSE = 1.0
_DESK = ":desk"

Sender = Callable[[ClaimedEffect], None]


class Exchange(Protocol):
    """The outbox as a courier sees it."""

    def settle_and_claim(
        self, owner: str, done: Sequence[DeliveryOutcome], most: int
    ) -> list[ClaimedEffect]:
        """Settle what was done and claim new parcels."""

    def renew_leases(self, parcels: Sequence[ClaimedEffect]) -> None:
        """Hold claims for longer."""

    def release_leases(self, parcels: Sequence[ClaimedEffect]) -> None:
        """Give claims back."""


def carry(
    parcel: ClaimedEffect, senders: Mapping[str, Sender], clock: Callable[[], datetime]
) -> DeliveryOutcome:
    """Send one parcel by the sender of its channel; return what came of it. Never raises."""
    channel = parcel.destination.partition(":")[0]
    if channel not in senders:
        return DeliveryOutcome(effect=parcel, error=f"channel {channel} is not set up")
    settled = _sent(parcel, senders[channel], clock)
    if not settled.sent:
        _LOG.warning(
            "not delivered" if settled.again_at is None else "not delivered yet",
            channel=channel,
            kind=parcel.kind,
            attempt=parcel.attempt,
            error=settled.error,
        )
    return settled


def _sent(parcel: ClaimedEffect, sender: Sender, clock: Callable[[], datetime]) -> DeliveryOutcome:
    try:
        sender(parcel)
    except Refused as error:
        return DeliveryOutcome(effect=parcel, gone=isinstance(error, Gone), error=str(error))
    except Exception as error:  # a sender's own fault must not stop the others
        return _again(parcel, error, clock())
    return DeliveryOutcome(effect=parcel, sent=True)


def carry_all(
    exchange: Exchange, senders: Mapping[str, Sender], clock: Callable[[], datetime]
) -> int:
    """Carry all that is due, one after the other, in this thread; return how many were sent."""
    done: list[DeliveryOutcome] = []
    sent = 0
    while parcels := exchange.settle_and_claim("here", done, 1):
        done = [carry(parcel, senders, clock) for parcel in parcels]
        sent += sum(settlement.sent for settlement in done)
    return sent


def _again(parcel: ClaimedEffect, error: Exception, now: datetime) -> DeliveryOutcome:
    """Postpone by what the platform asks for, else by the schedule; at its end, give up."""
    told = str(error) if isinstance(error, TryLater) else type(error).__name__
    wait = pause(parcel.attempt, at_desk=parcel.destination.endswith(_DESK))
    if isinstance(error, TryLater) and error.after is not None and wait is not None:
        wait = max(timedelta(seconds=error.after), timedelta())
    return DeliveryOutcome(effect=parcel, again_at=None if wait is None else now + wait, error=told)


class Courier:
    """One replica's courier: `slots` parcels at once, each claim held while its sender works."""

    def __init__(
        self,
        exchange: Exchange,
        senders: Mapping[str, Sender],
        *,
        owner: str,
        clock: Callable[[], datetime],
        lease: timedelta,
        slots: int = 8,
    ) -> None:
        self._exchange = exchange
        self._senders = senders
        self._owner = owner
        self._clock = clock
        self._lease = lease
        self._slots = slots
        self._work: SimpleQueue[ClaimedEffect] = SimpleQueue()
        self._done: SimpleQueue[DeliveryOutcome] = SimpleQueue()
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._stop_by = 0.0
        self._renewed = clock()
        self._flying: dict[int, ClaimedEffect] = {}
        self.settled: Callable[[DeliveryOutcome], None] = lambda _settlement: None

    def wake(self) -> None:
        """Look at once: something was posted."""
        self._woken.set()

    def stop(self, grace: float = 7.0) -> None:
        """Claim nothing more; `run` returns when all is settled, or after `grace` seconds."""
        self._stop_by = time.monotonic() + grace
        self._stopped.set()
        self._woken.set()

    def run(self) -> None:
        """Carry until stopped; what is still being sent `grace` after that is given back."""
        for number in range(self._slots):
            threading.Thread(target=self._send_all, name=f"send-{number}", daemon=True).start()
        unsettled: list[DeliveryOutcome] = []
        while not self._finished(unsettled):
            unsettled += self._gathered()
            try:
                claimed = self._turn(unsettled)
                self._hold()
            except Exception as error:  # a courier that dies would stop every channel
                # What was sent stays unsettled until the database is back.
                told = str(error) if isinstance(error, StorageError) else type(error).__name__
                _LOG.warning("delivery waits for the database", error=told)
                self._stopped.wait(_STORAGE_PAUSE)
                continue
            unsettled = []
            for parcel in claimed:
                self._flying[parcel.position] = parcel
                self._work.put(parcel)
            self._await_work()
        if self._flying:
            self._exchange.release_leases(list(self._flying.values()))

    def _await_work(self) -> None:
        """Wait until something was posted or sent; what comes close together shares a commit."""
        looked = time.monotonic()
        self._woken.wait(_IDLE)
        self._stopped.wait(max(0.0, looked + _GATHERING - time.monotonic()))
        self._woken.clear()

    def _finished(self, unsettled: Sequence[DeliveryOutcome]) -> bool:
        if not self._stopped.is_set():
            return False
        nothing_left = not self._flying and not unsettled
        return nothing_left or time.monotonic() > self._stop_by

    def _hold(self) -> None:
        """Renew the claims of what is being sent, well before their lease ends."""
        now = self._clock()
        if self._flying and now - self._renewed > self._lease / 3:
            self._exchange.renew_leases(list(self._flying.values()))
            self._renewed = now

    def _send_all(self) -> None:
        while True:
            parcel = self._work.get()
            self._done.put(carry(parcel, self._senders, self._clock))
            self._woken.set()

    def _turn(self, unsettled: Sequence[DeliveryOutcome]) -> list[ClaimedEffect]:
        free = 0 if self._stopped.is_set() else self._slots - len(self._flying)
        if not unsettled and not free:
            return []
        claimed = self._exchange.settle_and_claim(self._owner, unsettled, free)
        for settlement in unsettled:
            self.settled(settlement)
        return claimed

    def _gathered(self) -> list[DeliveryOutcome]:
        found: list[DeliveryOutcome] = []
        while True:
            try:
                settlement = self._done.get_nowait()
            except Empty:
                return found
            self._flying.pop(settlement.effect.position, None)
            found.append(settlement)
