"""A replica looks when there is something to do, writes nothing when there is not, and tells."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext

import anyio
import pytest
from sqlalchemy import event
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.bootstrap import Assistant, assistant, store_of, utc_now
from bot.bootstrap.process import replica
from bot.bootstrap.web import health_pages, health_server, web_server
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.effects import Effect, Say
from bot.core.envelopes import ClaimedEffect, InboundEvent
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from bot.delivery.courier import Courier, Sender
from bot.delivery.wakeup import POLL
from bot.errors import TryLater
from bot.replica.metrics import Metrics
from bot.replica.replica import Replica, Worker
from bot.replica.workers import EventHandler, IntakeQueue
from bot.service.routing import Routes
from tests.bench.rig import engine_of
from tests.fakes.replica import until

SOON = POLL / 3  # seconds: so much sooner than a poll that only a wake-up explains it
MATTI = Person(channel="test", account="matti-account")


@pytest.fixture
def live(settings: Settings, known: Understanding) -> Iterator[Assistant]:
    """An assistant whose clock runs."""
    made = assistant(settings, known, routes=Routes(desks=("test",)))
    yield made
    made.store.close()


class Wire:
    """Takes what is said; fails as often as it is told to."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.sent: list[Effect] = []

    def __call__(self, _own: Mapping[str, Sender]) -> Mapping[str, Sender]:
        return {"test": self._send}

    async def _send(self, _claimed: ClaimedEffect, effect: Effect) -> None:
        if self.faults:
            raise self.faults.pop(0)
        self.sent.append(effect)


def said(app: Assistant, id: str) -> InboundEvent:
    return app.intake.inbound(id, FromCustomer(person=MATTI, event=Said(text="hei")))


def say() -> Say:
    return Say(to=MATTI, language=Settings().rules().languages[0], parts=())


@contextmanager
def statements(app: Assistant) -> Iterator[list[str]]:
    """Take down every statement meanwhile."""
    found: list[str] = []

    def hear(*given: object) -> None:
        found.append(str(given[2]))

    event.listen(engine_of(app.store), "before_cursor_execute", hear)
    try:
        yield found
    finally:
        event.remove(engine_of(app.store), "before_cursor_execute", hear)


@contextmanager
def running(worker: Worker) -> Iterator[None]:
    thread = threading.Thread(target=anyio.run, args=(worker.run,))
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join(10)
        assert not thread.is_alive()


def reads(statement: str) -> bool:
    return statement.startswith(("SELECT min", "SELECT pg_catalog", "BEGIN")) and not (
        "FOR UPDATE" in statement or "IMMEDIATE" in statement
    )


def looks(found: list[str]) -> int:
    return sum(statement.startswith("SELECT min") for statement in found)


def handler(app: Assistant, poll: float) -> EventHandler:
    metrics = Metrics(app.store, app.clock, app.codes)
    return EventHandler(app.handler, metrics, app.clock, parallel=app.store.parallel, poll=poll)


def courier(app: Assistant, poll: float, *faults: Exception) -> Courier:
    senders, lease = Wire(*faults)({}), app.settings.delivery.lease
    return Courier(app.router, senders, owner="me", clock=utc_now, lease=lease, poll=poll)


@pytest.mark.parametrize("make", [handler, courier])
def test_an_idle_worker_only_reads(live: Assistant, make: type[Worker]) -> None:
    worker = make(live, 0.02)  # type: ignore[call-arg]
    with statements(live) as found, running(worker):
        until(lambda: looks(found) >= 3)
        del found[:]
        until(lambda: looks(found) >= 10)
    assert [statement for statement in found if not reads(statement)] == []


def test_what_is_committed_is_handled_and_sent_without_a_poll(live: Assistant) -> None:
    wire = Wire()
    with replica(live, senders=wire):
        begun = time.monotonic()
        live.intake.receive([said(live, "1")])
        until(lambda: wire.sent)
        assert time.monotonic() - begun < SOON


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_what_another_process_commits_wakes_a_replica(
    live: Assistant, settings: Settings, known: Understanding
) -> None:
    other = assistant(settings, known, store_of(settings), routes=Routes(desks=("test",)))
    wire = Wire()
    with replica(live, senders=wire):
        other.intake.receive([said(other, "1")])
        until(lambda: wire.sent)
        for number in (2, 3):  # now that it listens, and all is quiet
            begun = time.monotonic()
            with other.store.transaction() as unit:
                other.router.enqueue(unit, [say()], utc_now())
            until(lambda number=number: len(wire.sent) == number)  # type: ignore[misc]
            assert time.monotonic() - begun < SOON
    other.store.close()


def test_what_is_to_be_tried_again_is_when_its_time_has_come(live: Assistant) -> None:
    wire = Wire(TryLater("429", after=0.5))
    with replica(live, senders=wire):
        begun = time.monotonic()
        live.intake.receive([said(live, "1")])
        until(lambda: wire.sent)
        assert 0.5 <= time.monotonic() - begun < SOON


def test_one_id_follows_a_message_through_every_line(live: Assistant) -> None:
    wire = Wire(TryLater("429", after=0.0))
    with capture_logs(processors=[merge_contextvars]) as log, replica(live, senders=wire) as made:
        first, other = said(live, "1"), said(live, "2")
        made.call(made.intake.keep, first)
        made.call(made.intake.keep, other)
        until(lambda: len(wire.sent) == 2)
        lines = [line["event"] for line in log if line.get("event_id") == first.correlation]
    assert first.correlation != other.correlation
    assert sorted(lines) == sorted(
        ["an event was kept", "handling an event", "not delivered yet", "delivered"]
    )
    assert MATTI.account not in repr(log)


def test_a_stop_is_over_in_time_while_something_is_being_sent(live: Assistant) -> None:
    begun = threading.Event()

    async def hang(_claimed: ClaimedEffect, _effect: Effect) -> None:
        begun.set()
        await anyio.sleep_forever()

    made = replica(live, senders=lambda _own: {"test": hang})
    with made:
        live.intake.receive([said(live, "1")])
        assert begun.wait(10)
        stopping = time.monotonic()
    assert time.monotonic() - stopping < 10
    (given_back,) = live.router.settle_and_claim("another", [], 1)
    assert given_back.attempt == 1


def test_connections_are_let_go_of_when_nothing_can_open_one_any_more(live: Assistant) -> None:
    """What a task opens after its client was closed would be closed by nobody."""
    metrics, told = Metrics(live.store, live.clock, live.codes), list[str]()
    intake = IntakeQueue(live.intake, metrics)
    pages = health_pages(live, intake, [], metrics)

    async def poll() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.01)  # its last request
            told.append("the poll ended")

    async def close() -> None:
        told.append("its client was closed")

    with Replica(
        intake=intake,
        courier=courier(live, POLL),
        workers={},
        subscribed=nullcontext(),
        server=web_server(live, intake, [], pages),
        health=health_server(live, pages, metrics),
        background={"poll": poll},
        once=[],
        restarts=metrics.restarted,
        closing=[close],
        telegram=None,
        slack=None,
    ) as made:
        made.call(asyncio.sleep, 0)
    assert told == ["the poll ended", "its client was closed"]
