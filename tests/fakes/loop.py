"""An event loop in a thread of its own, for a server that a test talks to from outside."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from threading import Thread
from typing import Any

from aiohttp import web

_TURNS = 5  # a transport closes a turn of the loop after it is told to, TLS needs some more


class LoopThread:
    """Runs until `end`, which leaves no task and no transport behind."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Do a piece of work on the loop, and wait for it."""
        asyncio.run_coroutine_threadsafe(work, self.loop).result(10)

    def end(self) -> None:
        self.run(_ended())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()


async def _ended() -> None:
    mine = asyncio.current_task()
    late = [task for task in asyncio.all_tasks() if task is not mine]
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    for _ in range(_TURNS):
        await asyncio.sleep(0.002)


async def cleaned(runner: web.AppRunner) -> None:
    """End a web server and its connections, those of clients that were killed too."""
    server = runner.server
    transports = [one.transport for one in server.connections] if server else []
    await runner.cleanup()
    for transport in filter(None, transports):
        transport.abort()  # one that still has something to say to nobody would stay open
