"""Prometheus metrics of the desk's work and of questions: counts, about nobody in particular."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.core.catalog import Language
from bot.core.question_counts import AskedTopic
from bot.core.tickets.rules import Rules
from bot.core.tickets.workload import Workload, workload
from bot.errors import StorageError
from bot.storage.figures import due_days
from bot.storage.store import Store

_FRESH = timedelta(seconds=20)  # however often it is asked for, the database is asked this often


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was read of the database, and when."""

    at: datetime
    workload: Workload
    asked: Mapping[Language, Mapping[AskedTopic, int]]


class WorkloadMetrics(Collector):
    """Open tickets by right and state, the late ones, the next due day, unanswered questions.

    And the questions of the day, by topic.
    """

    def __init__(self, store: Store, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._rules = rules
        self._clock = clock
        self._last: _Read | None = None

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: that would read the database at start."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Return the gauges; nothing while the database does not answer."""
        try:
            read = self._read()
        except StorageError:
            return
        yield from _of_desk(read.workload)
        yield _of_questions(read.asked)

    def _read(self) -> _Read:
        now = self._clock()
        if self._last is None or not timedelta() <= now - self._last.at < _FRESH:
            today = self._rules.today(now)
            with self._store.beside() as unit:
                days = due_days(unit, today)
                unanswered, oldest = unit.inquiries.waiting()
                asked = unit.question_counts.between(today, today)
            found = workload(days, unanswered, oldest, now, self._rules)
            self._last = _Read(at=now, workload=found, asked=asked)
        return self._last


def _of_desk(found: Workload) -> Iterator[Metric]:
    opened = GaugeMetricFamily(
        "seloste_tickets_open", "Open tickets, by right and state", labels=["right", "state"]
    )
    for (right, state), number in sorted(found.open.items()):
        opened.add_metric([right, state], number)
    overdue = GaugeMetricFamily(
        "seloste_tickets_overdue", "Open tickets past their due day", labels=["state"]
    )
    for state, late in sorted(found.overdue.items()):
        overdue.add_metric([state], late)
    nearest = GaugeMetricFamily(
        "seloste_tickets_nearest_due_seconds",
        "Time to the end of the nearest due day; below zero when it has passed",
        labels=["state"],
    )
    for state, left in sorted(found.nearest.items()):
        nearest.add_metric([state], left)
    yield from (opened, overdue, nearest)
    yield GaugeMetricFamily(
        "seloste_inquiries_unanswered",
        "Questions and reports that wait for staff",
        value=found.unanswered,
    )
    yield GaugeMetricFamily(
        "seloste_inquiries_oldest_seconds",
        "For how long the oldest of them has waited",
        value=found.waited,
    )


def _of_questions(asked: Mapping[Language, Mapping[AskedTopic, int]]) -> Metric:
    """Return today's questions; the gauge begins at zero each day."""
    today = GaugeMetricFamily(
        "seloste_questions_today",
        "Questions of the local day, by topic, language and what came of them",
        labels=["topic", "language", "result"],
    )
    for language, counts in asked.items():
        for one, number in counts.items():
            today.add_metric([one.topic, language, one.result], number)
    return today
