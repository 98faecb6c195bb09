"""Restarts tasks of the replica that end before it does, and logs that."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

import structlog
from anyio import sleep

_LOG = structlog.get_logger()
_PAUSE = 1.0  # seconds until a task that ended is started again

Work = Callable[[], Coroutine[Any, Any, None]]
Restarts = Callable[[str], None]


async def supervised(
    name: str, work: Work, restarts: Restarts, over: Callable[[], bool] = lambda: False
) -> None:
    """Run a task until it returns when it may be `over`, or is cancelled.

    `restarts` is told the name of a task that ended otherwise. Neither a failing log nor a failing
    counter keeps the task from being started again.
    """
    while True:
        fault = await _fault_of(work)
        if over():
            return
        with suppress(Exception):
            _LOG.error("a task ended and is started again", task=name, error=fault)
        with suppress(Exception):
            restarts(name)
        await sleep(_PAUSE)


async def _fault_of(work: Work) -> str:
    """Run a task; return how it ended. The text of an exception may quote a message."""
    try:
        await work()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is None or task.cancelling():
            raise
        return "CancelledError"  # from within: nobody has asked this task to end
    except Exception as error:  # whatever it is, the others rely on this task
        return _innermost(error)
    return "it returned"


def _innermost(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return type(error).__name__
