"""Work that Slack does not wait for, since it wants its answer within three seconds."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import structlog

from bot.errors import SelosteError

_LOG = structlog.get_logger()


class BackgroundTasks:
    """Does work beside the answers. A fault is logged: whoever waits for it can press again."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work and go on."""
        task = asyncio.create_task(_done(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _done(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:  # nobody else would hear of it
        # The text of a fault that is not ours may quote what people wrote.
        told = str(error) if isinstance(error, SelosteError) else type(error).__name__
        _LOG.warning("slack: something could not be shown", error=told)
