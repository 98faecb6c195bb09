"""One running process of the assistant: started and stopped, its tasks on one event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

import structlog
from anyio import TASK_STATUS_IGNORED, Event, create_task_group, current_time, move_on_after, sleep
from anyio.abc import TaskStatus
from anyio.from_thread import BlockingPortal, start_blocking_portal

from bot.delivery.courier import Courier
from bot.errors import loggable
from bot.replica.health import HealthServer
from bot.replica.supervisor import Restarts, Work, supervised
from bot.replica.web_server import WebServer
from bot.replica.workers import IntakeQueue

if TYPE_CHECKING:
    from bot.channels.slack.channel import Slack
    from bot.channels.telegram.channel import Telegram

_LOG = structlog.get_logger()
_GRACE = 7.0  # of the ten seconds in which a stop is to be over
_CLOSING = 1.0
_LAST_REQUESTS = 0.5  # seconds for what is being answered when the stop comes
_PAUSE = 10.0
T = TypeVar("T")


class Worker(Protocol):
    """A task that runs until it is told to stop, and then finishes its work."""

    async def run(self) -> None:
        """Work until stopped. Survives whatever goes wrong."""

    def stop(self) -> None:
        """Have `run` return soon."""


class Replica:
    """Takes events in, handles them and delivers what follows, between `start` and `stop`.

    The `workers` are stopped in their own time, and get seven seconds for it. What runs in the
    `background` (polls, sockets) is cancelled. Either is started again when it ends by itself;
    `restarts` is told. `once` are tasks of the background that end when they are done. `closing`
    lets go of connections. While it runs, its workers are `subscribed` to what is committed.
    """

    def __init__(
        self,
        *,
        intake: IntakeQueue,
        courier: Courier,
        workers: Mapping[str, Worker],
        subscribed: AbstractContextManager[None],
        server: WebServer,
        health: HealthServer,
        background: Mapping[str, Work],
        once: Sequence[Work],
        restarts: Restarts,
        closing: Sequence[Work],
        telegram: Telegram | None,
        slack: Slack | None,
    ) -> None:
        self.intake = intake
        self.courier = courier
        self.telegram = telegram
        self.slack = slack
        self._workers = workers
        self._subscribed = subscribed
        self._server = server
        self._health = health
        self._background = background
        self._once = once
        self._restarts = restarts
        self._closing = closing
        self._stack = ExitStack()
        self._portal: BlockingPortal
        self._ended: Future[None]
        self._stopping: Event
        self._served: Event

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start the event loop, in its own thread, and everything on it.

        Raises ConfigError when it cannot listen where it should.
        """
        with ExitStack() as stack:
            self._server.bind()
            stack.enter_context(self._health)
            stack.enter_context(self._subscribed)
            self._portal = stack.enter_context(start_blocking_portal(name="event-loop"))
            self._ended, _ = self._portal.start_task(self._run)
            self._stack = stack.pop_all()

    def stop(self) -> None:
        """Take nothing more on; finish, or give back, what is held."""
        self._portal.start_task_soon(self._stopping.set)
        self._ended.result()
        self._stack.close()

    def call(self, work: Callable[..., Awaitable[T]], *args: object) -> T:
        """Do a piece of work on the event loop, and wait for it."""
        return self._portal.call(work, *args)

    def when_ended(self, tell: Callable[[], None]) -> None:
        """Have `tell` called when the replica has ended, stopped or not."""
        self._ended.add_done_callback(lambda _ended: tell())

    async def _run(self, *, task_status: TaskStatus[None] = TASK_STATUS_IGNORED) -> None:
        self._stopping, self._served = Event(), Event()
        # Plain tasks: they close their connections when cancelled, which a cancel scope forbids.
        lasting = {"web": self._serve, **self._background}
        background = [
            *(asyncio.create_task(self._supervised(name, run)) for name, run in lasting.items()),
            *(asyncio.create_task(work()) for work in self._once),
        ]
        async with create_task_group() as workers:
            for name, worker in self._workers.items():
                workers.start_soon(self._supervised, name, worker.run)
            task_status.started()
            await self._stopping.wait()
            self._server.stop()
            for worker in self._workers.values():
                worker.stop()
            workers.cancel_scope.deadline = current_time() + _GRACE
        with move_on_after(_LAST_REQUESTS):
            await self._served.wait()
        for task in background:
            task.cancel()
        await asyncio.wait(background, timeout=_CLOSING)
        # Last: a connection that a task opens after its client was closed is closed by nobody.
        await self._close()

    async def _supervised(self, name: str, work: Work) -> None:
        await supervised(name, work, self._restarts, self._stopping.is_set)

    async def _serve(self) -> None:
        await self._server.serve()
        if self._stopping.is_set():
            self._served.set()

    async def _close(self) -> None:
        for close in self._closing:
            try:
                with move_on_after(_CLOSING):
                    await close()
            except Exception as error:  # the others are to be closed all the same
                _LOG.info("a connection was not closed", error=loggable(error))


async def until_done(work: Work) -> None:
    """Do a piece of work; when it fails, again after a while."""
    while True:
        try:
            return await work()
        except Exception as error:  # without menus the rest works
            _LOG.warning("a platform could not be set up yet", error=loggable(error))
        await sleep(_PAUSE)
