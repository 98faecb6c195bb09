"""The bare commit rate: what the database and its disk can do, without the assistant."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

_ROW = "INSERT INTO bench_commits (value) VALUES ('one small row')"


def bare_rate(engine: Engine, seconds: float, connections: int = 1) -> float:
    """Return commits of one small row a second, on connections as the engine makes them."""
    kind = "INTEGER" if engine.dialect.name == "sqlite" else "BIGSERIAL"
    with engine.begin() as connection:
        connection.exec_driver_sql(
            f"CREATE TABLE IF NOT EXISTS bench_commits (id {kind} PRIMARY KEY, value TEXT)"
        )
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(_commits(engine, seconds)))
        for _ in range(connections)
    ]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - begun
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE bench_commits")
    return sum(counts) / took


def _commits(engine: Engine, seconds: float) -> int:
    """Commit through the driver itself: nothing of SQLAlchemy's work is in the figure."""
    lent = engine.raw_connection()
    driver: Any = lent.driver_connection
    commit = _sqlite(driver) if engine.dialect.name == "sqlite" else _postgresql(driver)
    number, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        commit()
        number += 1
    lent.invalidate()
    return number


def _sqlite(driver: Any) -> Callable[[], None]:
    def commit() -> None:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute(_ROW)
        driver.execute("COMMIT")

    return commit


def _postgresql(driver: Any) -> Callable[[], None]:
    driver.autocommit = True

    def commit() -> None:
        driver.execute(_ROW)

    return commit
