"""The desk's workload in numbers; it names nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.core.catalog import Right
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import State


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """Open tickets of one right in one state that are due on the same day."""

    right: Right
    state: State
    due: date
    tickets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """Open tickets by right and state, late ones, and the next due date in each state.

    `nearest` is in seconds, below zero when late; a state without open tickets is not in it.
    `unanswered` are questions and reports that wait for staff, the oldest for `waited` seconds.
    """

    open: Mapping[tuple[Right, State], int]
    overdue: Mapping[State, int]
    nearest: Mapping[State, float]
    unanswered: int
    waited: float


def workload(
    days: list[DueDay], unanswered: int, oldest: datetime | None, now: datetime, rules: Rules
) -> Workload:
    """Add up what is due on which day. A ticket is due until its local day has ended."""
    today = rules.today(now)
    opened: dict[tuple[Right, State], int] = {}
    overdue: dict[State, int] = {}
    nearest: dict[State, float] = {}
    for one in days:
        kind = one.right, one.state
        opened[kind] = opened.get(kind, 0) + one.tickets
        late = one.tickets if one.due < today else 0
        overdue[one.state] = overdue.get(one.state, 0) + late
        left = (_end_of(one.due, rules) - now).total_seconds()
        nearest[one.state] = min(left, nearest.get(one.state, left))
    return Workload(
        open=opened,
        overdue=overdue,
        nearest=nearest,
        unanswered=unanswered,
        waited=max((now - oldest).total_seconds(), 0.0) if oldest else 0.0,
    )


def _end_of(day: date, rules: Rules) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=rules.timezone)
