"""A task that ends by itself is started again; one that was stopped or cancelled is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import anyio
import pytest
import structlog

from bot.replica import supervisor
from bot.replica.supervisor import supervised


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_PAUSE", 0.0)


class Task:
    """Ends otherwise each time that it is run; then it works on for ever."""

    def __init__(self, *ends: BaseException | None) -> None:
        self.ends = list(ends)
        self.works = anyio.Event()

    async def __call__(self) -> None:
        if not self.ends:
            self.works.set()
            await anyio.sleep_forever()
        if (end := self.ends.pop(0)) is not None:
            raise end


def run(task: Task, restarts: Callable[[str], None]) -> None:
    async def main() -> None:
        running = asyncio.create_task(supervised("poll", task, restarts))
        with anyio.fail_after(5):
            await task.works.wait()
        running.cancel()
        await asyncio.wait({running})
        assert running.cancelled()

    anyio.run(main)


def test_whatever_ends_a_task_it_is_started_again_and_counted() -> None:
    told: list[str] = []
    run(
        Task(
            ValueError("x"),
            None,
            asyncio.CancelledError(),
            ExceptionGroup("of a task group", [OSError("full")]),
        ),
        told.append,
    )
    assert told == ["poll"] * 4


def test_neither_a_failing_log_nor_a_failing_counter_ends_the_supervision() -> None:
    def boom(*_: object) -> Any:
        raise RuntimeError

    before = structlog.get_config()
    structlog.configure(processors=[boom], wrapper_class=structlog.BoundLogger)
    try:
        run(Task(ValueError("x"), ValueError("y")), boom)
    finally:
        structlog.configure(**before)


def test_a_task_that_was_stopped_is_not_started_again() -> None:
    task = Task(None)
    anyio.run(supervised, "poll", task, pytest.fail, lambda: True)
    assert task.ends == []
