"""Carries out the effects in the outbox: claims, sends at the same time, settles in batches."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog
from anyio import CancelScope, CapacityLimiter, create_task_group, sleep, to_thread
from anyio.abc import TaskGroup
from structlog.contextvars import bound_contextvars

from bot.core.effects import Effect
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.delivery.backoff import pause
from bot.delivery.wakeup import POLL, Wakeup, pause_until, seconds_until
from bot.errors import Gone, Refused, ShutOut, TryLater, loggable

_LOG = structlog.get_logger()
_GATHERING = 0.02  # seconds between looks when there is much to do
_STORAGE_PAUSE = 1.0
_LONGEST_SEND = 75.0
_DESK = ":desk"
T = TypeVar("T")

Sender = Callable[[ClaimedEffect, Effect], Awaitable[None]]
Settled = Callable[[DeliveryOutcome], None]


class Exchange(Protocol):
    """The outbox as a courier sees it. Its methods block."""

    def settle_and_claim(
        self,
        owner: str,
        done: Sequence[DeliveryOutcome],
        most: int,
        channels: Collection[str] | None,
    ) -> list[ClaimedEffect]:
        """Settle the outcomes, and claim more effects of these channels."""

    def next_at(self, channels: Collection[str] | None) -> datetime | None:
        """Return the time from which there is something to claim; None: nothing waits."""

    def renew_leases(self, batch: Sequence[ClaimedEffect]) -> None:
        """Hold claims for longer."""

    def release_leases(self, batch: Sequence[ClaimedEffect]) -> None:
        """Give claims back."""


async def carry(
    claimed: ClaimedEffect, senders: Mapping[str, Sender], clock: Callable[[], datetime]
) -> DeliveryOutcome:
    """Send a claimed effect by the sender of its channel; return what came of it.

    Never raises: what was sent and is not settled would be sent again.
    """
    channel = claimed.channel
    if channel not in senders:
        return DeliveryOutcome(effect=claimed, error=f"channel {channel} is not set up")
    with bound_contextvars(event_id=claimed.correlation):
        settled = await _sent(claimed, senders[channel], clock)
        with suppress(Exception):
            _log(settled, channel)
    return settled


def _log(settled: DeliveryOutcome, channel: str) -> None:
    what = {"channel": channel, "kind": settled.effect.kind, "attempt": settled.effect.attempt}
    if settled.sent:
        _LOG.info("delivered", **what)
        return
    said = "not delivered" if settled.again_at is None else "not delivered yet"
    _LOG.warning(said, **what, error=settled.error)


async def _sent(
    claimed: ClaimedEffect, sender: Sender, clock: Callable[[], datetime]
) -> DeliveryOutcome:
    try:
        if claimed.effect is None:
            raise TryLater("an effect that this version of seloste does not know")
        async with asyncio.timeout(_LONGEST_SEND):
            await sender(claimed, claimed.effect)
    except Refused as error:
        gone = isinstance(error, Gone)
        return DeliveryOutcome(effect=claimed, refused=True, gone=gone, error=str(error))
    except Exception as error:  # a bug in one sender must not stop the others
        return _again(claimed, error, clock())
    return DeliveryOutcome(effect=claimed, sent=True)


async def carry_all(
    exchange: Exchange, senders: Mapping[str, Sender], clock: Callable[[], datetime]
) -> int:
    """Carry all that is due, one after the other; return how many were sent.

    For a process that does nothing else meanwhile: it blocks while the outbox is used.
    """
    done: list[DeliveryOutcome] = []
    sent = 0
    while batch := exchange.settle_and_claim("here", done, 1, senders.keys()):
        done = [await carry(claimed, senders, clock) for claimed in batch]
        sent += sum(outcome.sent for outcome in done)
    return sent


def _again(claimed: ClaimedEffect, error: Exception, now: datetime) -> DeliveryOutcome:
    """Postpone by what the platform asks for, else by the schedule; at its end, it is dead."""
    told = loggable(error)
    wait = pause(claimed.attempt, at_desk=claimed.destination.endswith(_DESK))
    if isinstance(error, TryLater) and error.after is not None and wait is not None:
        wait = max(timedelta(seconds=error.after), timedelta())
    again_at = None if wait is None else now + wait
    shut_out = isinstance(error, ShutOut)
    return DeliveryOutcome(effect=claimed, shut_out=shut_out, again_at=again_at, error=told)


class Courier:
    """One replica's courier: `slots` effects at once, each claim held while its sender works.

    Sends are tasks of the event loop in which `run` is called; the outbox is used in a thread.
    """

    def __init__(
        self,
        exchange: Exchange,
        senders: Mapping[str, Sender],
        *,
        owner: str,
        clock: Callable[[], datetime],
        lease: timedelta,
        slots: int = 8,
        settled: Settled = lambda _outcome: None,
        poll: float = POLL,
    ) -> None:
        self._exchange = exchange
        self._senders = senders
        self._owner = owner
        self._clock = clock
        self._lease = lease
        self._slots = slots
        self._on_settled = settled
        self._poll = poll
        self._woken = Wakeup()
        self._one_thread = CapacityLimiter(1)
        self._stop_by: float | None = None
        self._renewed = clock()
        self._done: list[DeliveryOutcome] = []
        self._in_flight: dict[int, ClaimedEffect] = {}

    def wake(self) -> None:
        """Wake up, as something was enqueued. May be called from any thread."""
        self._woken.set()

    def stop(self, grace: float = 6.0) -> None:
        """Claim nothing more; `run` returns when all is settled, or after `grace` seconds."""
        self._stop_by = time.monotonic() + grace
        self._woken.set()

    async def run(self) -> None:
        """Carry until stopped; what is still being sent `grace` after that is given back."""
        self._woken.bind()
        try:
            async with create_task_group() as sends:
                await self._carry_until_stopped(sends)
                sends.cancel_scope.cancel()
        finally:
            with CancelScope(shield=True):
                await self._give_back()

    async def _carry_until_stopped(self, sends: TaskGroup) -> None:
        woken = True
        while not self._finished():
            try:
                pause = await self._look(sends, woken=woken)
            except Exception as error:  # a courier that dies would stop every channel
                # What was sent stays unsettled until the database is back.
                with suppress(Exception):
                    _LOG.warning("delivery waits for the database", error=loggable(error))
                await sleep(_STORAGE_PAUSE)
                continue
            if not self._finished():
                woken = await self._await_work(pause)

    async def _give_back(self) -> None:
        """Give back what was being sent; where that fails, its lease ends by itself."""
        held = list(self._in_flight.values())
        self._in_flight.clear()
        if held:
            with suppress(Exception):
                await self._in_thread(self._exchange.release_leases, held)

    async def _look(self, sends: TaskGroup, *, woken: bool) -> float:
        """Settle, claim and begin to send; return after how many seconds to look again.

        Unless it was woken, a look first reads, without a lock, whether anything is due.
        """
        await self._renew()
        free = 0 if self._stop_by else self._slots - len(self._in_flight)
        if not self._done:
            if not free:
                return self._poll
            if not woken and (wait := seconds_until(*await self._next_at(), self._poll)):
                return wait
        if not self._in_flight:
            self._renewed = self._clock()
        batch = await self._exchanged(free)
        for claimed in batch:
            self._in_flight[claimed.position] = claimed
            sends.start_soon(self._send, claimed)
        if len(batch) == free or self._woken.is_set():
            return self._poll  # the end of a send wakes it, or what was enqueued meanwhile
        return pause_until(*await self._next_at(), self._poll)

    async def _exchanged(self, free: int) -> list[ClaimedEffect]:
        done = list(self._done)
        batch = await self._in_thread(
            self._exchange.settle_and_claim, self._owner, done, free, self._senders.keys()
        )
        del self._done[: len(done)]
        for outcome in done:
            with suppress(Exception):  # a counter that fails must not lose what was claimed
                self._on_settled(outcome)
        return batch

    async def _next_at(self) -> tuple[datetime | None, datetime]:
        due = await self._in_thread(self._exchange.next_at, self._senders.keys())
        return due, self._clock()

    async def _send(self, claimed: ClaimedEffect) -> None:
        self._done.append(await carry(claimed, self._senders, self._clock))
        del self._in_flight[claimed.position]
        self._woken.set()

    async def _renew(self) -> None:
        """Renew the claims of what is being sent, well before their lease ends."""
        now = self._clock()
        if self._in_flight and now - self._renewed > self._lease / 3:
            await self._in_thread(self._exchange.renew_leases, list(self._in_flight.values()))
            self._renewed = now

    async def _await_work(self, pause: float) -> bool:
        """Wait until something was enqueued or sent; what comes close together shares a commit."""
        looked = time.monotonic()
        if self._in_flight:
            pause = min(pause, self._lease.total_seconds() / 3)
        if self._stop_by is not None:
            return await self._woken.wait(min(pause, max(0.0, self._stop_by - looked)))
        woken = await self._woken.wait(pause)
        await sleep(max(0.0, looked + _GATHERING - time.monotonic()))
        return woken

    def _finished(self) -> bool:
        if self._stop_by is None:
            return False
        nothing_left = not self._in_flight and not self._done
        return nothing_left or time.monotonic() > self._stop_by

    async def _in_thread(self, work: Callable[..., T], *args: object) -> T:
        """Use the outbox without holding up the event loop."""
        return await to_thread.run_sync(
            work, *args, abandon_on_cancel=True, limiter=self._one_thread
        )
