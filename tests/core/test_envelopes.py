"""What follows one message through the log."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from bot.core.envelopes import ClaimedEffect, InboundEvent, correlation_id, token_after

CHANCE = UUID("12345678-1234-4234-8234-123456789012")


def effect(token: str) -> ClaimedEffect:
    return ClaimedEffect(
        position=1,
        token=token,
        kind="say",
        destination="test:a",
        payload="{}",
        owner="me",
        attempt=1,
        created_at=datetime(2026, 11, 6, tzinfo=UTC),
    )


def test_an_effect_bears_the_id_of_the_event_that_it_follows() -> None:
    event = InboundEvent(channel="test", event_id="7", person="p", kind="customer", payload="x")
    assert event.correlation == correlation_id("test", "7") != correlation_id("test", "8")
    assert effect(token_after(event.correlation, CHANCE)).correlation == event.correlation


def test_who_delivers_an_effect_is_the_first_part_of_its_destination() -> None:
    assert effect(str(CHANCE)).channel == "test"


@pytest.mark.parametrize("token", [token_after("", CHANCE), str(CHANCE)], ids=["none", "older"])
def test_an_effect_that_follows_no_event_has_an_id_of_its_own(token: str) -> None:
    assert effect(token).correlation


def test_no_id_can_be_taken_for_a_code() -> None:
    assert all(correlation_id("test", str(number)).isalpha() for number in range(50))
    assert effect(token_after("", CHANCE)).correlation.isalpha()


@pytest.mark.parametrize("correlation", ["", correlation_id("test", "7")])
def test_a_token_fits_its_column(correlation: str) -> None:
    assert len(token_after(correlation, CHANCE)) <= 36


def test_the_payload_of_an_effect_is_not_shown() -> None:
    assert "{}" not in repr(effect("a-b"))
