"""The disk is full, and so the log fails too, or a counter, or an alarm: the replica goes on."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
import structlog
from prometheus_client import Counter, Histogram

from bot.bootstrap import Assistant, assistant
from bot.bootstrap.process import replica
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.effects import Alarm, Effect, Say
from bot.core.envelopes import ClaimedEffect, InboundEvent
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from bot.delivery.courier import Sender
from bot.errors import Refused
from bot.replica import supervisor
from bot.replica.log import Unfailing
from bot.replica.replica import Replica
from bot.service.routing import EffectRouter, Routes
from tests.fakes.replica import free_port, until

_TASKS = ["intake", "courier", "handler 1", "daily tasks", "web", "health"]


def boom(*_: object, **__: object) -> Any:
    raise RuntimeError("no space left")


@contextmanager
def log_fails() -> Iterator[None]:
    before = structlog.get_config()
    structlog.configure(processors=[boom], wrapper_class=Unfailing)
    try:
        yield
    finally:
        structlog.configure(**before)


@contextmanager
def counters_fail() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Counter, "inc", boom)
        patch.setattr(Histogram, "observe", boom)
        yield


@contextmanager
def alarms_fail() -> Iterator[None]:
    enqueue = EffectRouter.enqueue

    def without_alarms(own: EffectRouter, unit: Any, effects: Any, now: Any) -> None:
        found = list(effects)
        if any(isinstance(effect, Alarm) for effect in found):
            boom()
        enqueue(own, unit, found, now)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EffectRouter, "enqueue", without_alarms)
        yield


class World:
    """A replica, and what its customers hear; nobody can write to the one who is unreachable."""

    def __init__(self, settings: Settings, known: Understanding) -> None:
        self.health = f"http://{settings.web.health_listen}"
        self.app: Assistant = assistant(settings, known, routes=Routes(desks=("desk",)))
        self.heard: list[str] = []
        self.alarms = 0
        self.events = 0
        self.made: Replica = replica(self.app, senders=self._senders)

    def _senders(self, _own: Mapping[str, Sender]) -> Mapping[str, Sender]:
        return {"test": self._send, "desk": self._send}

    async def _send(self, _claimed: ClaimedEffect, effect: Effect) -> None:
        if isinstance(effect, Say):
            if effect.to.account == "unreachable":
                raise Refused("no such chat")
            self.heard.append(effect.to.account)
        self.alarms += isinstance(effect, Alarm)

    def says(self, account: str) -> None:
        self.events += 1
        person = Person(channel="test", account=account)
        event = FromCustomer(person=person, event=Said(text="hei"))
        self.made.call(self.made.intake.keep, self.app.intake.inbound(str(self.events), event))

    def poison(self) -> None:
        self.events += 1
        broken = InboundEvent(
            channel="test",
            event_id=f"poison-{self.events}",
            person="somebody",
            kind="customer",
            payload="{}",
        )
        self.made.call(self.made.intake.keep, broken)

    def dead(self) -> int:
        with self.app.store.reading() as unit:
            return unit.inbox.dead_count() + unit.outbox.dead_count()


@pytest.fixture
def world(
    settings: Settings, known: Understanding, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    monkeypatch.setattr(supervisor, "_PAUSE", 0.1)
    described = settings.model_dump()
    described["web"]["health_listen"] = f"127.0.0.1:{free_port()}"
    described["delivery"]["again_seconds"] = [0.1]
    made = World(Settings.model_validate(described), known)
    with made.made:
        yield made
    made.app.store.close()


@pytest.mark.parametrize("fails", [log_fails, counters_fail, alarms_fail])
def test_everything_goes_on_and_nothing_is_done_twice(
    world: World, fails: Callable[[], Any]
) -> None:
    with fails():
        world.poison()
        world.says("unreachable")
        world.says("matti")
        until(lambda: world.heard == ["matti"])
        until(lambda: world.dead() == 2)  # the poison, and the answer that nobody can be given
        world.says("liisa")
        until(lambda: world.heard == ["matti", "liisa"])
    alarmed = 0 if fails is alarms_fail else 2
    until(lambda: world.alarms == alarmed)
    world.says("matti")
    until(lambda: world.heard == ["matti", "liisa", "matti"])
    time.sleep(0.3)
    assert world.heard == ["matti", "liisa", "matti"]


@pytest.mark.parametrize("task", _TASKS)
@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_task_that_a_fault_ends_is_started_again(
    settings: Settings, known: Understanding, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    monkeypatch.setattr(supervisor, "_PAUSE", 0.1)
    described = settings.model_dump()
    described["web"]["health_listen"] = f"127.0.0.1:{free_port()}"
    world = World(Settings.model_validate(described), known)
    ended: list[str] = []
    victim = _part(world.made, task)
    run = victim.serve if hasattr(victim, "serve") else victim.run

    async def fails_once() -> None:
        if not ended:
            ended.append(task)
            boom()
        await run()

    monkeypatch.setattr(victim, run.__name__, fails_once)
    with world.made:
        until(lambda: ended)
        world.says("matti")
        until(lambda: world.heard == ["matti"])
        metric = f'seloste_task_restarts_total{{task="{task}"}} 1.0'
        until(lambda: metric in _metrics(world))
    world.app.store.close()


def _metrics(world: World) -> str:
    try:
        return httpx.get(f"{world.health}/metrics").text
    except httpx.HTTPError:
        return ""


def _part(made: Replica, task: str) -> Any:
    if task == "web":
        return made._server
    if task == "health":
        return made._health._server
    return made._workers[task]


def test_the_whole_of_the_tasks_is_tested(world: World) -> None:
    workers = {name for name in world.made._workers if not name.startswith("handler")}
    assert workers | {"handler 1", "web", "health"} == set(_TASKS)
