"""End to end in one replica: received, handled, delivered and settled, by its real threads."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from statistics import fmean
from uuid import uuid4

import anyio

from bot.bootstrap import Assistant
from bot.bootstrap.process import replica
from bot.core.envelopes import DeliveryOutcome
from bot.replica.replica import Replica
from tests.bench.bare import bare_rate
from tests.bench.rig import engine_of, senders
from tests.bench.traffic import traffic

_IN_FLIGHT = 200  # messages received and not yet answered: a busy hour, not an endless backlog
_SETTLING = 20.0


@dataclass(frozen=True)
class Handled:
    """What one replica answered: how many, how many a second, and its processor time for each."""

    messages: int
    rate: float
    cpu: float

    @property
    def busy(self) -> float:
        """How much of one core the replica used, 0 to 1 and more."""
        return self.rate * self.cpu


@dataclass(frozen=True)
class Flow:
    """What one replica did, and what its database could do in the same minute."""

    handled: Handled
    bare: float
    bare_parallel: float | None
    handlers: int

    @property
    def ratio(self) -> float:
        """Messages a second to bare commits a second, one after the other."""
        return self.handled.rate / self.bare


class _Counter:
    """Counts answers that are settled; lets as many messages in as went out."""

    def __init__(self) -> None:
        self.answered = 0
        self.room = asyncio.Semaphore(_IN_FLIGHT)
        self.failed: list[str] = []

    def settled(self, settlement: DeliveryOutcome) -> None:
        if not settlement.sent:
            self.failed.append(settlement.error)
        if settlement.effect.kind == "say":
            self.answered += 1
            self.room.release()


def measured(app: Assistant, *, seconds: float, bare_seconds: float, warm_up: float = 2.0) -> Flow:
    """Return the rate of one replica between two measurements of bare commits."""
    engine = engine_of(app.store)
    handlers = app.settings.delivery.handlers if app.store.parallel else 1
    together = handlers if app.store.parallel else 0

    def bare() -> tuple[float, float | None]:
        parallel = bare_rate(engine, bare_seconds, together) if together else None
        return bare_rate(engine, bare_seconds), parallel

    before, before_parallel = bare()
    handled = end_to_end(app, seconds=seconds, warm_up=warm_up)
    after, after_parallel = bare()
    parallel = [rate for rate in (before_parallel, after_parallel) if rate is not None]
    return Flow(
        handled=handled,
        bare=fmean((before, after)),
        bare_parallel=fmean(parallel) if parallel else None,
        handlers=handlers,
    )


def end_to_end(app: Assistant, *, seconds: float, warm_up: float) -> Handled:
    """Return what is answered once warm, with as many messages under way as a busy hour has."""
    counter = _Counter()
    with replica(app, senders=lambda _own: senders(), settled=counter.settled) as running:
        sent = running.call(_feed, app, running, counter, warm_up)
        before, begun, worked = counter.answered, time.perf_counter(), time.process_time()
        sent += running.call(_feed, app, running, counter, seconds)
        counted, took = counter.answered - before, time.perf_counter() - begun
        worked = time.process_time() - worked
        _settle(app, counter, sent)
    return Handled(messages=counted, rate=counted / took, cpu=worked / max(counted, 1))


async def _feed(app: Assistant, running: Replica, counter: _Counter, seconds: float) -> int:
    """Hand messages to the intake for a while, as a channel of the replica does; return how many.

    A task for each on the replica's own event loop, because that is where a channel stands.
    """
    number = 0
    tasks: set[asyncio.Task[None]] = set()
    with anyio.move_on_after(seconds):
        for sent in traffic(uuid4().hex[:8]):
            await counter.room.acquire()
            task = asyncio.create_task(running.intake.keep(app.intake.inbound(sent.id, sent.event)))
            tasks.add(task)
            task.add_done_callback(tasks.discard)
            number += 1
    await asyncio.gather(*tasks)
    return number


def _settle(app: Assistant, counter: _Counter, sent: int) -> None:
    """Wait for the last answers. A benchmark that loses messages measures nothing."""
    end = time.perf_counter() + _SETTLING
    while time.perf_counter() < end and (counter.answered < sent or _waits(app)):
        time.sleep(0.05)
    if counter.answered != sent or counter.failed:
        raise AssertionError(f"{sent} sent, {counter.answered} answered, {counter.failed[:3]}")


def _waits(app: Assistant) -> bool:
    with app.store.reading() as unit:
        return bool(unit.inbox.waiting()[0] or unit.outbox.waiting()[0])
