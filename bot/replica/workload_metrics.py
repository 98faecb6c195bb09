"""What Prometheus reads of the desk's work: counts and days, of nobody in particular."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.core.tickets.rules import Rules
from bot.core.tickets.workload import Workload, workload
from bot.errors import StorageError
from bot.storage.figures import due_days
from bot.storage.store import Store

_FRESH = timedelta(seconds=20)  # however often it is asked for, the database is asked this often


class WorkloadMetrics(Collector):
    """Open tickets by right and state, the late ones, the next due day, unanswered questions."""

    def __init__(self, store: Store, rules: Rules, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._rules = rules
        self._clock = clock
        self._read: tuple[datetime, Workload] | None = None

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: that would read the database at start."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Return the gauges; nothing while the database does not answer."""
        try:
            found = self._workload()
        except StorageError:
            return
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

    def _workload(self) -> Workload:
        now = self._clock()
        if self._read is None or not timedelta() <= now - self._read[0] < _FRESH:
            with self._store.beside() as unit:
                days = due_days(unit, self._rules.today(now))
                unanswered, oldest = unit.inquiries.waiting()
            self._read = now, workload(days, unanswered, oldest, now, self._rules)
        return self._read[1]
