"""Staff set each other tasks on a ticket and tick them off: nothing else changes by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.tickets import staff_tasks, task_changes
from bot.core.tickets.command import Command
from bot.core.tickets.ticket import OPEN, STAFF, Action, Actor, Denial, State
from tests.core.tickets.factories import (
    AGENT,
    APPROVER,
    BOTH,
    DUE,
    NOW,
    act,
    changed,
    denied,
    done,
    in_state,
    opened,
    with_task,
)

TODAY = NOW.date()
END = Command(action=Action.END_TASK, task=1)


def test_a_task_has_words_an_owner_and_a_day_and_is_ticked_off_once() -> None:
    before = with_task(opened())
    [task] = before.tasks
    assert (task.number, task.text, task.owner) == (1, "Kysy palkanlaskennasta", BOTH.key)
    assert (task.due, task.by, task.done_at) == (DUE, AGENT.key, None)
    later = NOW + timedelta(days=1)
    after = done(with_task(before), END, APPROVER, later)
    first, second = after.tasks
    assert first == replace(task, done_at=later, done_by=APPROVER.key)
    assert (second.number, second.done_at) == (2, None)
    assert denied(after, END, APPROVER) is Denial.TASK_UNKNOWN


@pytest.mark.parametrize("state", sorted(OPEN))
def test_nothing_else_of_the_ticket_changes(state: State) -> None:
    before = in_state(state)
    after = done(with_task(before), END, BOTH)
    assert replace(after, tasks=(), version=before.version) == before


def test_no_words_of_a_task_are_in_the_audit() -> None:
    command = act(Action.ADD_TASK, "Kysy palkanlaskennasta")
    set_, ended = changed(opened(), command, AGENT), changed(with_task(opened()), END, AGENT)
    assert "palkan" not in repr(set_.record) + repr(ended.record)
    facts = set_.record.facts
    assert (facts["task"], facts["task_due"], facts["task_owner"]) == ("1", str(DUE), BOTH.key)
    assert ended.record.facts["task"] == "1"
    assert "task" not in changed(opened(), act(Action.NOTE), AGENT).record.facts


def test_a_task_is_for_somebody_on_the_staff_and_says_what_to_do_by_when() -> None:
    add = act(Action.ADD_TASK)
    stranger = Actor(key="staff:somebody", roles=STAFF)
    assert denied(opened(), replace(add, to=stranger.key), AGENT) is Denial.NOT_ON_STAFF
    assert denied(opened(), replace(add, due=None), AGENT) is Denial.DAY_UNCLEAR
    assert denied(opened(), replace(add, text=" "), AGENT) is Denial.REASON_MISSING
    assert denied(opened(), replace(add, due=TODAY - timedelta(days=1)), AGENT) is Denial.DUE_PAST


@pytest.mark.parametrize(
    ("due", "why"),
    [
        (None, None),
        (TODAY, None),
        (TODAY + task_changes.LONGEST, None),
        (TODAY + task_changes.LONGEST + timedelta(days=1), Denial.DUE_PAST),
        (TODAY - timedelta(days=1), Denial.DUE_PAST),
    ],
)
def test_a_due_day_is_today_or_later_within_a_year(due: date | None, why: Denial | None) -> None:
    assert task_changes.due_denied(due, TODAY) is why


def test_a_due_day_is_written_as_people_write_it() -> None:
    assert task_changes.due_in_words_denied("20.11.2026", TODAY) is None
    assert task_changes.due_in_words_denied("5.11.2026", TODAY) is Denial.DUE_PAST
    assert task_changes.due_in_words_denied("perjantaina", TODAY) is Denial.DAY_UNCLEAR


def test_a_ticket_bears_no_more_tasks_than_its_card_does() -> None:
    ticket = opened()
    for _ in range(staff_tasks.MOST):
        ticket = with_task(ticket)
    assert denied(ticket, act(Action.ADD_TASK), AGENT) is Denial.TOO_MANY_TASKS


def test_on_a_ticket_that_has_ended_no_task_is_set_or_ticked_off() -> None:
    ended = done(with_task(in_state(State.CONFIRMED)), act(Action.REFUSE), APPROVER)
    assert denied(ended, END, AGENT) is Denial.NOT_IN_THIS_STATE
    assert denied(ended, act(Action.ADD_TASK), AGENT) is Denial.NOT_IN_THIS_STATE
