"""Health and metrics pages, on their own listener that customer traffic cannot starve."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial
from typing import Generic, Self, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.replica.connections import Connections
from bot.replica.supervisor import Restarts, supervised
from bot.replica.web_server import WebServer

HEALTH_CONNECTIONS = 32
_LOOK = 2.0  # seconds in which the database must answer
_READ = 10.0  # seconds in which the metrics must be there
T = TypeVar("T")


class HealthPages:
    """`/healthz`, `/readyz` and `/metrics`, for one event loop. `health_problem` blocks."""

    def __init__(
        self, health_problem: Callable[[], str | None], registry: CollectorRegistry
    ) -> None:
        self._problem = _Shared(health_problem)
        self._metrics = _Shared(partial(generate_latest, registry))
        self.routes = [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            Route("/metrics", self._metrics_page),
        ]

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("alive\n")

    async def _readyz(self, _request: Request) -> Response:
        try:
            problem = await self._problem.result(_LOOK)
        except TimeoutError:
            problem = "the database does not answer"
        except Exception as error:  # whatever it is, the replica is not known to be well
            problem = f"the state of the replica is not known ({type(error).__name__})"
        return PlainTextResponse(f"{problem or 'ready'}\n", status_code=503 if problem else 200)

    async def _metrics_page(self, _request: Request) -> Response:
        try:
            page = await self._metrics.result(_READ)
        except TimeoutError:
            return PlainTextResponse("the metrics are not there in time\n", status_code=503)
        return Response(page, media_type=CONTENT_TYPE_LATEST)


class HealthServer:
    """Serves the pages in a separate thread, with its own event loop."""

    def __init__(self, pages: HealthPages, host: str, port: int, restarts: Restarts) -> None:
        app = Starlette(routes=pages.routes)
        self._server = WebServer(app, host, port, Connections(HEALTH_CONNECTIONS))
        self._restarts = restarts
        self._stack = ExitStack()
        self._portal: BlockingPortal
        self._served: Future[None]

    def __enter__(self) -> Self:
        """Begin to serve. Raises ConfigError when nothing can listen there."""
        self._server.bind()
        self._portal = self._stack.enter_context(start_blocking_portal(name="health"))
        self._served = self._portal.start_task_soon(
            supervised, "health", self._server.serve, self._restarts
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()
        self._served.cancel()
        self._stack.close()


class _Shared(Generic[T]):
    """Blocking work in a thread, once at a time: who comes meanwhile waits for the same result.

    A database that hangs must not take every thread.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._task: asyncio.Task[T] | None = None

    async def result(self, seconds: float) -> T:
        """Return the result. Raises TimeoutError when it takes too long."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(asyncio.to_thread(self._work))
        done, _ = await asyncio.wait({self._task}, timeout=seconds)
        if not done:
            raise TimeoutError
        return self._task.result()
