"""A service warms up beside its work, so that the first to ask need not wait."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from bot.replica import run
from bot.replica.run import take_steps


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "_FIRST", 0.0)


def steps(taken: list[int], stopped: threading.Event, last: int = 5) -> Iterator[None]:
    for number in range(5):
        taken.append(number)
        if number == last:
            stopped.set()
        yield


def test_all_steps_are_taken_and_the_end_is_logged() -> None:
    taken: list[int] = []
    with capture_logs() as logs:
        take_steps(steps(taken, stopped := threading.Event()), stopped)
    assert taken == [0, 1, 2, 3, 4]
    assert [entry["event"] for entry in logs] == ["warmed up"]


def test_a_stop_does_not_wait_for_the_steps_that_are_left() -> None:
    taken: list[int] = []
    take_steps(steps(taken, stopped := threading.Event(), last=1), stopped)
    assert taken == [0, 1]
    take_steps(steps(taken, stopped), stopped)
    assert taken == [0, 1]


def test_a_fault_is_told_and_stops_nothing() -> None:
    def failing() -> Iterator[None]:
        yield
        raise OSError("no room for /a/secret")

    with capture_logs() as logs:
        take_steps(failing(), threading.Event())
    assert [(entry["event"], entry["error"]) for entry in logs] == [("not warmed up", "OSError")]
