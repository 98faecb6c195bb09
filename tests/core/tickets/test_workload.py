"""The desk's work in numbers: what is open, late, due next, unanswered."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.catalog import Right
from bot.core.tickets.ticket import State
from bot.core.tickets.workload import DueDay, workload
from tests.factories import NOW, RULES

TODAY = date(2026, 11, 6)  # NOW is ten o'clock in Helsinki


def due(days: int, *, tickets: int = 1, state: State = State.CONFIRMED) -> DueDay:
    day = TODAY + timedelta(days=days)
    return DueDay(right=Right.ACCESS, state=state, due=day, tickets=tickets)


def test_it_is_added_up_by_right_and_state() -> None:
    found = workload(
        [due(0), due(9, tickets=3), due(-1, tickets=2, state=State.AWAITING_IDENTITY)],
        0,
        None,
        NOW,
        RULES,
    )
    assert found.open == {
        (Right.ACCESS, State.CONFIRMED): 4,
        (Right.ACCESS, State.AWAITING_IDENTITY): 2,
    }
    assert found.overdue == {State.CONFIRMED: 0, State.AWAITING_IDENTITY: 2}


def test_a_ticket_is_due_until_its_local_day_has_ended() -> None:
    assert workload([due(0), due(2)], 0, None, NOW, RULES).nearest == {State.CONFIRMED: 14 * 3600.0}
    assert workload([due(-1)], 0, None, NOW, RULES).nearest == {State.CONFIRMED: -10 * 3600.0}


def test_the_oldest_question_says_for_how_long_people_wait() -> None:
    found = workload([], 2, NOW - timedelta(hours=5), NOW, RULES)
    assert (found.unanswered, found.waited) == (2, 5 * 3600.0)
    assert workload([], 0, None, NOW, RULES).waited == 0.0
    assert workload([], 1, NOW + timedelta(hours=1), NOW, RULES).waited == 0.0
