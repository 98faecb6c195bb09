"""What Prometheus reads of the desk's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from prometheus_client import CollectorRegistry

from bot.core.catalog import Language
from bot.core.question_counts import passed
from bot.core.tickets.ticket import State, Ticket
from bot.errors import StorageError
from bot.replica.workload_metrics import WorkloadMetrics
from bot.storage.store import Store
from tests.conftest import Clock
from tests.factories import LIISA, NOW, RULES, a_question, in_state, suspended


def keep(store: Store, *tickets: Ticket) -> None:
    with store.transaction() as unit:
        for n, ticket in enumerate(tickets, 1):
            one = replace(ticket, id=str(UUID(int=100 + n)), number=f"T-2026-{n:04d}")
            unit.tickets.save(one, store.keys.person(LIISA), NOW.date())


def read(metrics: WorkloadMetrics) -> Mapping[tuple[str, ...], float]:
    registry = CollectorRegistry()
    registry.register(metrics)
    return {
        (sample.name.removeprefix("seloste_"), *sample.labels.values()): sample.value
        for metric in registry.collect()
        for sample in metric.samples
    }


def test_open_tickets_are_counted_and_the_ended_are_not(store: Store) -> None:
    keep(store, in_state(State.CONFIRMED), in_state(State.CONFIRMED), in_state(State.REFUSED))
    with store.transaction() as unit:
        unit.inquiries.save(a_question(), "somebody")
    clock = Clock(NOW + timedelta(days=1))
    found = read(WorkloadMetrics(store, RULES, clock))
    assert found["tickets_open", "erasure", "confirmed"] == 2
    assert found["tickets_overdue", "confirmed"] == 0
    # Received on 6 November; 6 December is a Sunday, so the 7th is the last day.
    assert found["tickets_nearest_due_seconds", "confirmed"] == (30 * 24 + 14) * 3600
    assert (found["inquiries_unanswered",], found["inquiries_oldest_seconds",]) == (1, 86400)
    assert not [name for name in found if "refused" in name]


def test_a_ticket_whose_clock_stands_still_is_not_late(store: Store) -> None:
    keep(store, suspended(), in_state(State.CONFIRMED))
    found = read(WorkloadMetrics(store, RULES, Clock(NOW + timedelta(days=60))))
    assert found["tickets_overdue", "confirmed"] == 1
    assert found["tickets_nearest_due_seconds", "confirmed"] < 0
    assert found["tickets_overdue", "awaiting_identity"] == 0
    assert found["tickets_nearest_due_seconds", "awaiting_identity"] > 0


def test_the_database_is_asked_seldom(store: Store) -> None:
    clock = Clock(NOW)
    metrics = WorkloadMetrics(store, RULES, clock)
    assert "tickets_open" not in {name for name, *_ in read(metrics)}
    keep(store, in_state(State.CONFIRMED))
    assert "tickets_open" not in {name for name, *_ in read(metrics)}
    clock.forward(timedelta(seconds=30))
    assert read(metrics)["tickets_open", "erasure", "confirmed"] == 1


def test_without_a_database_nothing_is_said(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise StorageError("gone")

    monkeypatch.setattr(store, "beside", fail)
    assert read(WorkloadMetrics(store, RULES, Clock(NOW))) == {}


def test_questions_of_the_day_are_counted_by_topic_and_what_came_of_them(store: Store) -> None:
    (asked,) = passed("not_in_notice.dpo")
    with store.transaction() as unit:
        unit.question_counts.add(NOW.date(), Language.SV, asked)
        unit.question_counts.add(NOW.date(), Language.SV, asked)
        unit.question_counts.add(NOW.date() - timedelta(days=1), Language.SV, asked)
    found = read(WorkloadMetrics(store, RULES, Clock(NOW)))
    assert found["questions_today", "topic.dpo", "sv", "passed"] == 2
