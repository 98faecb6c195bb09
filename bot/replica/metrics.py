"""Prometheus metrics: counts and times, with no person and no text in any label."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.core.envelopes import DeliveryOutcome
from bot.errors import StorageError
from bot.service.codes import CodeTally
from bot.storage.store import Store

# A counter that fails stops nothing: what was to be counted is done all the same.
_COUNTING = suppress(Exception)


class Metrics:
    """The counters of this replica, and the queues as the database has them."""

    def __init__(self, store: Store, clock: Callable[[], datetime], codes: CodeTally) -> None:
        self.registry = CollectorRegistry()
        self._received = Counter("seloste_events_received", "Events kept", registry=self.registry)
        self._handling = Histogram(
            "seloste_handling_seconds",
            "Time to handle one event, with its commit",
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
            registry=self.registry,
        )
        self._deliveries = Counter(
            "seloste_deliveries",
            "Effects carried out, by channel and what came of them",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self._shut_out: set[str] = set()
        self._channels = Gauge(
            "seloste_channel_shut_out",
            "1 for a channel that no longer lets the assistant in",
            ["channel"],
            registry=self.registry,
        )
        self._restarts = Counter(
            "seloste_task_restarts",
            "Tasks that ended by themselves and were started again",
            ["task"],
            registry=self.registry,
        )
        self.registry.register(_Queues(store, clock))
        self.registry.register(_Codes(codes))

    def received(self, number: int) -> None:
        """Count events that were kept."""
        with _COUNTING:
            self._received.inc(number)

    def handled(self, seconds: float) -> None:
        """Count an event that was handled, and how long it took."""
        with _COUNTING:
            self._handling.observe(seconds)

    def settled(self, outcome: DeliveryOutcome) -> None:
        """Count what came of an effect."""
        channel = outcome.effect.channel
        result = "sent" if outcome.sent else "retried" if outcome.again_at else "dead"
        if outcome.sent:
            self._shut_out.discard(channel)
        elif outcome.shut_out:
            self._shut_out.add(channel)
        with _COUNTING:
            self._deliveries.labels(channel, result).inc()
            self._channels.labels(channel).set(channel in self._shut_out)

    def told_shut_out(self, channel: str) -> None:
        """Note what a platform tells by itself: it lets the assistant in no longer."""
        self._shut_out.add(channel)
        with _COUNTING:
            self._channels.labels(channel).set(1)

    def shut_out(self) -> frozenset[str]:
        """Return the channels that let the assistant in no longer, until they take something."""
        return frozenset(self._shut_out)

    def restarted(self, task: str) -> None:
        """Count a task of the replica that was started again."""
        with _COUNTING:
            self._restarts.labels(task).inc()


class _Codes(Collector):
    """What happened with codes: sent, held back by a limit, given right or wrong, disowned."""

    def __init__(self, codes: CodeTally) -> None:
        self._codes = codes

    def collect(self) -> Iterator[Metric]:
        """Return how often each happened in this replica."""
        counted = CounterMetricFamily(
            "seloste_codes", "One-time codes, by what happened", labels=["event"]
        )
        for event, number in self._codes.counts().items():
            counted.add_metric([event], number)
        yield counted


class _Queues(Collector):
    """How much waits, and for how long; read when asked."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def describe(self) -> Iterator[Metric]:
        """Name nothing beforehand: that would read the database at start."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Return depth and age of inbox and outbox, and the dead letters."""
        try:
            with self._store.beside() as unit:
                queues = {"inbox": unit.inbox.waiting(), "outbox": unit.outbox.waiting()}
                dead, aside = unit.outbox.dead_count(), unit.inbox.dead_count()
        except StorageError:
            yield GaugeMetricFamily("seloste_database_up", "The database answers", value=0)
            return
        yield GaugeMetricFamily("seloste_database_up", "The database answers", value=1)
        depth = GaugeMetricFamily("seloste_queue_depth", "What waits", labels=["queue"])
        age = GaugeMetricFamily(
            "seloste_queue_oldest_seconds", "Age of the oldest that waits", labels=["queue"]
        )
        for name, (number, oldest) in queues.items():
            depth.add_metric([name], number)
            waited = (self._clock() - oldest).total_seconds() if oldest else 0.0
            age.add_metric([name], max(waited, 0.0))
        yield depth
        yield age
        yield GaugeMetricFamily("seloste_dead_effects", "Effects that are dead letters", value=dead)
        yield GaugeMetricFamily("seloste_dead_events", "Events that are dead letters", value=aside)
