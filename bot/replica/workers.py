"""One running replica: takes events in, handles them, delivers effects, winds the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue

import structlog

from bot.core.envelopes import InboundEvent
from bot.delivery.courier import Courier
from bot.errors import StorageError
from bot.replica.metrics import Metrics
from bot.service.handling import Handler
from bot.service.intake import Intake as Inbound
from bot.service.schedule import Schedule

_LOG = structlog.get_logger()
_IDLE = 0.2  # seconds between looks for what another replica has received
_STORAGE_PAUSE = 1.0
_WIND = 600.0
_REFUSING = 5.0  # seconds for which a replica that turned events away is not ready
_MOST_AT_ONCE = 200
_GRACE = 7.0  # of the ten seconds in which a stop is to be over

Waiting = tuple[InboundEvent, "Future[None]"]


class Intake:
    """Keeps events; those that come at the same time share one commit."""

    def __init__(self, intake: Inbound, metrics: Metrics, arrived: Callable[[], None]) -> None:
        self._intake = intake
        self._metrics = metrics
        self._arrived = arrived
        self._waiting: SimpleQueue[Waiting] = SimpleQueue()
        self._refused_at = -_REFUSING

    def keep(self, arrival: InboundEvent) -> Future[None]:
        """Return what resolves once the event is on disk, or fails with StorageError."""
        kept: Future[None] = Future()
        kept.set_running_or_notify_cancel()  # whoever stops waiting for it does not undo it
        self._waiting.put((arrival, kept))
        return kept

    def refusing(self) -> bool:
        """Tell whether events were turned away a moment ago, as on a full disk."""
        return time.monotonic() - self._refused_at < _REFUSING

    def keep_now(self, arrivals: Sequence[InboundEvent], mark: tuple[str, str]) -> None:
        """Keep events with how far their source has been read. Raises StorageError."""
        self._metrics.received.inc(self._intake.receive(arrivals, mark))
        self._arrived()

    def run(self, stopped: threading.Event) -> None:
        """Keep events until stopped; what had come by then is kept too."""
        while not stopped.is_set() or not self._waiting.empty():
            batch = self._batch()
            if batch:
                self._keep(batch)

    def _batch(self) -> list[Waiting]:
        batch: list[Waiting] = []
        try:
            batch.append(self._waiting.get(timeout=_IDLE))
            while len(batch) < _MOST_AT_ONCE:
                batch.append(self._waiting.get_nowait())
        except Empty:
            pass
        return batch

    def _keep(self, batch: list[Waiting]) -> None:
        try:
            new = self._intake.receive(arrival for arrival, _ in batch)
        except Exception as error:
            fault = error if isinstance(error, StorageError) else StorageError("not kept")
            told = str(error) if fault is error else type(error).__name__
            _LOG.warning("events were turned away", number=len(batch), error=told)
            self._refused_at = time.monotonic()
            for _, kept in batch:
                kept.set_exception(fault)
            return
        for _, kept in batch:
            kept.set_result(None)
        self._metrics.received.inc(new)
        self._arrived()


class Runner:
    """The threads of a replica. `run` returns after `stop`, within ten seconds."""

    def __init__(
        self,
        intake: Inbound,
        handler: Handler,
        schedule: Schedule,
        courier: Courier,
        metrics: Metrics,
        *,
        handlers: int,
    ) -> None:
        self._handler = handler
        self._schedule = schedule
        self._courier = courier
        self._metrics = metrics
        self._stopped = threading.Event()
        self._arrived = threading.Event()
        self.intake = Intake(intake, metrics, self._arrived.set)
        works: list[tuple[str, Callable[[], None]]] = [
            ("intake", lambda: self.intake.run(self._stopped)),
            ("clock", self._wind),
            ("courier", courier.run),
            *((f"handler-{number}", self._handle) for number in range(handlers)),
        ]
        self._threads = [
            threading.Thread(target=work, name=name, daemon=True) for name, work in works
        ]

    def start(self) -> None:
        """Start all threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Take nothing more on, finish or give back what is held."""
        end = time.monotonic() + _GRACE
        self._stopped.set()
        self._arrived.set()
        self._courier.stop(grace=_GRACE - 1)
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def alive(self) -> bool:
        """Tell whether every thread is at work."""
        return all(thread.is_alive() for thread in self._threads)

    def _handle(self) -> None:
        while not self._stopped.is_set():
            begun = time.perf_counter()
            if self._tried(self._handler.handle_next):
                self._metrics.handling.observe(time.perf_counter() - begun)
                self._courier.wake()
            else:
                self._arrived.wait(_IDLE)
                self._arrived.clear()

    def _wind(self) -> None:
        wound = -_WIND
        while not self._stopped.wait(_IDLE):
            if time.monotonic() - wound >= _WIND and self._tried(
                lambda: self._schedule.enqueue_daily_tasks() >= 0
            ):
                wound = time.monotonic()
                self._arrived.set()

    def _tried(self, work: Callable[[], bool]) -> bool:
        """Do a piece of work; when it fails, as without a database, wait and say no."""
        try:
            return work()
        except StorageError as error:
            _LOG.warning("waiting for the database", error=str(error))
        except Exception as error:  # a worker that dies would leave events lying
            _LOG.error("a worker failed and goes on", error=type(error).__name__)
        self._stopped.wait(_STORAGE_PAUSE)
        return False
