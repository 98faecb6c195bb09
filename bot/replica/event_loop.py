"""The edge of a replica: one event loop, in a thread, for the web server and the chat clients."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, TypeVar

import uvicorn

from bot.errors import TryLater

Result = TypeVar("Result")
_LONGEST_CALL = 50.0  # seconds
_STOPPING = 1.0


class Edge:
    """An event loop that threads hand work to."""

    _loop: asyncio.AbstractEventLoop

    def __init__(self) -> None:
        self._thread = threading.Thread(target=self._run, name="edge", daemon=True)

    def start(self) -> None:
        """Start the loop."""
        self._loop = asyncio.new_event_loop()
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, Result], seconds: float = _LONGEST_CALL) -> Result:
        """Do a piece of work on the loop and wait for it. Raises TryLater when that takes long."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise TryLater("no answer in time") from None

    def spawn(self, work: Coroutine[Any, Any, Any]) -> Future[Any]:
        """Begin work that goes on until it is done or the edge stops; return its end."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def stop(self) -> None:
        """End what was begun, and the loop."""
        ending = asyncio.run_coroutine_threadsafe(self._end(), self._loop)
        with suppress(TimeoutError):
            ending.result(_STOPPING)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_STOPPING)

    async def _end(self) -> None:
        """Cancel whatever runs, once, and give it time to let go of its connections."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others, timeout=_STOPPING / 2)
        await self._loop.shutdown_asyncgens()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        finally:
            self._loop.close()


class WebServer:
    """Uvicorn on the edge; the signals are ours."""

    def __init__(self, application: Any, host: str, port: int) -> None:
        config = uvicorn.Config(
            application,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)

    async def serve(self) -> None:
        """Serve until told to stop."""
        with suppress(SystemExit):
            await self._server.serve()

    def stop(self) -> None:
        """Take no more requests."""
        self._server.should_exit = True
