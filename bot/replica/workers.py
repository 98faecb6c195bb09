"""The tasks of a replica that use the database: intake, handling, the daily tasks.

Each runs on the event loop and does its storage work in a thread; none dies of a fault.
"""

from __future__ import annotations

import threading
import time
from asyncio import Event, Future, get_running_loop
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

import structlog
from anyio import CapacityLimiter, move_on_after, sleep, to_thread

from bot.core.envelopes import InboundEvent
from bot.delivery.wakeup import POLL, Wakeup, pause_until, seconds_until
from bot.errors import StorageError, loggable
from bot.replica.metrics import Metrics
from bot.replica.outage import Outage
from bot.service.handling import MOST_TOGETHER, Handler
from bot.service.intake import Intake
from bot.service.schedule import Schedule

_LOG = structlog.get_logger()
_STORAGE_PAUSE = 1.0
_DAILY_TASKS_EVERY = 600.0
_REFUSING = 5.0  # seconds for which a replica that turned events away is not ready
_STUCK = 30.0  # seconds without an event that was handled, while some wait
_MOST_AT_ONCE = 200
T = TypeVar("T")

Waiting = tuple[InboundEvent, "Future[None]"]


class IntakeQueue:
    """Keeps events; those that come at the same time share one commit."""

    def __init__(self, intake: Intake, metrics: Metrics) -> None:
        self._intake = intake
        self._metrics = metrics
        self._waiting: deque[Waiting] = deque()
        self._arrived = Event()
        self._stopped = False
        self._refused_at = -_REFUSING
        self._one_thread = CapacityLimiter(1)

    async def keep(self, inbound: InboundEvent) -> None:
        """Return once the event is on disk. Raises StorageError."""
        kept: Future[None] = get_running_loop().create_future()
        self._waiting.append((inbound, kept))
        self._arrived.set()
        await kept
        _log_kept(inbound)

    async def keep_all(self, events: Sequence[InboundEvent], cursor: tuple[str, str]) -> None:
        """Keep events with how far their source has been read. Raises StorageError."""
        new = await to_thread.run_sync(self._intake.receive, events, cursor)
        self._metrics.received(new)
        for inbound in events:
            _log_kept(inbound)

    def refusing(self) -> bool:
        """Tell whether events were turned away a moment ago, as on a full disk."""
        return time.monotonic() - self._refused_at < _REFUSING

    def stop(self) -> None:
        """Have `run` return once what has come by then is kept."""
        self._stopped = True
        self._arrived.set()

    async def run(self) -> None:
        """Keep events until stopped."""
        while not self._stopped or self._waiting:
            await self._arrived.wait()
            if not self._stopped:
                self._arrived.clear()
            while self._waiting:
                await self._keep_batch()

    async def _keep_batch(self) -> None:
        number = min(len(self._waiting), _MOST_AT_ONCE)
        batch = [self._waiting.popleft() for _ in range(number)]
        events = [inbound for inbound, _ in batch]
        try:
            new = await to_thread.run_sync(self._intake.receive, events, limiter=self._one_thread)
        except Exception as error:
            fault = error if isinstance(error, StorageError) else StorageError("not kept")
            self._refused_at = time.monotonic()
            for _, kept in batch:
                if not kept.done():  # nobody waits for it any more
                    kept.set_exception(fault)
            _LOG.warning("events were turned away", number=len(batch), error=loggable(error))
            return
        for _, kept in batch:
            if not kept.done():
                kept.set_result(None)
        self._metrics.received(new)


def _log_kept(inbound: InboundEvent) -> None:
    _LOG.info(
        "an event was kept",
        channel=inbound.channel,
        kind=inbound.kind,
        event_id=inbound.correlation,
    )


class EventHandler:
    """Handles events, one after the other, until stopped."""

    def __init__(
        self,
        handler: Handler,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        parallel: bool,
        poll: float = POLL,
        outage: Outage | None = None,
    ) -> None:
        self._handler = handler
        self._metrics = metrics
        self._clock = clock
        self._parallel = parallel
        self._poll = poll
        self._outage = outage or Outage()
        self._woken = Wakeup()
        self._stopped = threading.Event()
        self._one_thread = CapacityLimiter(1)
        self._progressed = time.monotonic()

    def is_stuck(self) -> bool:
        """Return whether events are waiting, but none could be handled for a long time."""
        return time.monotonic() - self._progressed > _STUCK

    def wake(self) -> None:
        """Wake up, as an event was stored. May be called from any thread."""
        self._woken.set()

    def stop(self) -> None:
        """Have `run` return after the event that is being handled."""
        self._stopped.set()
        self._woken.set()

    async def run(self) -> None:
        """Handle events until stopped; whatever fails, go on after a pause."""
        self._woken.bind()
        woken = True
        while not self._stopped.is_set():
            pause = await tried(partial(self._in_thread, woken), self._outage)
            if pause is None:
                woken = False
                continue
            if not self._stopped.is_set():
                woken = await self._woken.wait(pause)

    async def _in_thread(self, woken: bool) -> float:
        return await to_thread.run_sync(
            self._handle_due, woken, abandon_on_cancel=True, limiter=self._one_thread
        )

    def _handle_due(self, woken: bool) -> float:
        """Handle all that is due; return after how many seconds to look again.

        A handler that was woken tries at once, and so does one that may have left something due.
        """
        at_once = woken
        while not self._stopped.is_set():
            if at_once and (number := self._handle_some()):
                at_once = self._may_leave(number)
                continue
            due = self._handler.next_at()
            if wait := seconds_until(due, self._clock(), self._poll):
                self._progressed = time.monotonic()
                return wait
            if at_once or not (number := self._handle_some()):  # another handler has it
                return pause_until(due, self._clock(), self._poll)
            at_once = self._may_leave(number)
        return 0.0

    def _may_leave(self, number: int) -> bool:
        """Tell whether a look that took so many events probably left some.

        To ask when the next one is due takes the longer the more of them wait.
        """
        return self._parallel or number == MOST_TOGETHER

    def _handle_some(self) -> int:
        begun, failures = time.perf_counter(), list[float]()
        number = self._handler.handle_next(failed=lambda: failures.append(begun))
        if number and not failures:  # what failed is counted when it succeeds
            self._metrics.handled(time.perf_counter() - begun)
            self._progressed = time.monotonic()
        return number


class DailyTasks:
    """Runs and logs the daily tasks; checks every ten minutes whether they are due."""

    def __init__(self, *works: Callable[[], int], outage: Outage | None = None) -> None:
        self._works = works
        self._outage = outage or Outage()
        self._stopped = Event()

    def stop(self) -> None:
        """Have `run` return."""
        self._stopped.set()

    async def run(self) -> None:
        """Look until stopped; what failed is tried again soon."""
        left = list(self._works)
        while not self._stopped.is_set():
            left = [work for work in left if await self._tried(work) is None]
            if not left:
                with move_on_after(_DAILY_TASKS_EVERY):
                    await self._stopped.wait()
                left = list(self._works)

    async def _tried(self, work: Callable[[], int]) -> int | None:
        return await tried(partial(_in_thread, work), self._outage)


def scrubbed(schedule: Schedule) -> int:
    """Have what was deleted before leave the files of the database, if nobody reads just now."""
    try:
        schedule.scrub()
    except StorageError as error:  # somebody reads: the next time does it
        _LOG.info("deleted rows are still in the files of the database", error=str(error))
    return 0


async def _in_thread(work: Callable[[], int]) -> int:
    return await to_thread.run_sync(work, abandon_on_cancel=True)


async def tried(work: Callable[[], Awaitable[T]], outage: Outage) -> T | None:
    """Do a piece of work; None when it failed, as without a database, after a pause."""
    try:
        done = await work()
    except StorageError as error:
        outage.noticed(error)
    except Exception as error:  # a worker that dies would leave events lying
        _LOG.error("a worker failed and goes on", error=type(error).__name__)
    else:
        outage.over()
        return done
    await sleep(_STORAGE_PAUSE)
    return None
