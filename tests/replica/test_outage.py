"""When the database is away every worker says so, and when it is back that is said once."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from bot.errors import StorageError
from bot.replica import workers
from bot.replica.outage import Outage


def test_the_end_of_an_outage_is_said_once_and_how_long_it_was() -> None:
    seconds = iter([10.0, 52.4])
    outage = Outage(now=lambda: next(seconds))
    with capture_logs() as lines:
        outage.over()
        outage.noticed(StorageError("gone"))
        outage.noticed(StorageError("gone"))
        outage.over()
        outage.over()
    assert [(line["event"], line.get("away_seconds")) for line in lines] == [
        ("waiting for the database", None),
        ("waiting for the database", None),
        ("the database is back", 42),
    ]


def test_a_worker_says_so_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_STORAGE_PAUSE", 0.0)
    outage = Outage()

    async def fails() -> int:
        raise StorageError("gone")

    async def works() -> int:
        return 7

    async def both() -> list[int | None]:
        return [await workers.tried(fails, outage), await workers.tried(works, outage)]

    with capture_logs() as lines:
        assert asyncio.run(both()) == [None, 7]
    assert [line["event"] for line in lines] == ["waiting for the database", "the database is back"]
