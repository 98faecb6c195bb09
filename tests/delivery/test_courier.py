"""What waits is sent in order; what failed to leave still waits."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.delivery.outbox import deliver
from bot.storage.store import Store

NOW = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)


def post(store: Store, *texts: str) -> None:
    with store.transaction() as unit:
        for text in texts:
            unit.post("say", text, NOW)


def test_all_that_waits_is_sent_once_in_order(store: Store) -> None:
    post(store, "a", "b")
    heard: list[str] = []
    assert deliver(store, {"say": heard.append}, NOW) == 2
    assert deliver(store, {"say": heard.append}, NOW) == 0
    assert heard == ["a", "b"]


def test_what_a_sender_could_not_send_waits_on(store: Store) -> None:
    post(store, "a", "b")

    def fail(text: str) -> None:
        if text == "b":
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011
        deliver(store, {"say": fail}, NOW)
    heard: list[str] = []
    deliver(store, {"say": heard.append}, NOW)
    assert heard == ["b"]


def test_a_sender_may_use_the_database(store: Store) -> None:
    post(store, "a")

    def read(_text: str) -> None:
        with store.transaction() as unit:
            unit.tickets()

    assert deliver(store, {"say": read}, NOW) == 1
