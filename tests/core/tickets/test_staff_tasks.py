"""Tasks of a ticket: what is left to do comes by its due day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.tickets import staff_tasks
from bot.core.tickets.staff_tasks import StaffTask
from tests.core.tickets.factories import AGENT, BOTH, DUE, NOW

TASK = StaffTask(number=1, text="Kysy", owner=BOTH.key, due=DUE, at=NOW, by=AGENT.key)


def test_what_is_left_is_next_due_first_and_without_what_is_done() -> None:
    sooner = replace(TASK, number=2, due=DUE - timedelta(days=1))
    done = replace(TASK, number=3, done_at=NOW, done_by=AGENT.key)
    assert staff_tasks.left([TASK, sooner, done]) == (sooner, TASK)
    assert staff_tasks.numbers([TASK, sooner, done]) == (2, 1)
