"""Every connection to the database is at work: health and metrics answer all the same."""

from __future__ import annotations

from contextlib import ExitStack

from prometheus_client import generate_latest

from bot.bootstrap import Assistant
from bot.bootstrap.web import database_problem
from bot.replica.metrics import Metrics

MOST = 15  # connections that SQLAlchemy keeps, or adds while they are asked for


def test_health_and_metrics_wait_for_no_connection_of_the_work(app: Assistant) -> None:
    metrics = Metrics(app.store, app.clock, app.codes)
    with ExitStack() as busy:
        for _ in range(MOST):
            busy.enter_context(app.store.reading())
        assert database_problem(app.store) is None
        assert "seloste_database_up 1.0" in generate_latest(metrics.registry).decode()
