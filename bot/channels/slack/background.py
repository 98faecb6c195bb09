"""Background work that does not fit within the three seconds that Slack waits for an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

import structlog

from bot.errors import loggable

_LOG = structlog.get_logger()


class BackgroundTasks:
    """Runs work in the background. None of it is durable: people can press again."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()  # asyncio itself keeps weak references only

    def start(self, work: Coroutine[object, object, None]) -> None:
        """Start a piece of work; an exception in it is logged."""
        task = asyncio.create_task(_logging_errors(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _logging_errors(work: Coroutine[object, object, None]) -> None:
    try:
        await work
    except Exception as error:  # nobody else would hear of it
        _LOG.warning("slack: something could not be shown", error=loggable(error))
