"""A message that cannot be handled, whatever the fault: its person is told, and can go on."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bot.bootstrap import Assistant
from bot.channels.render import plain
from bot.core.effects import Alarm, AlarmReason
from bot.core.events import FromCustomer, Said
from bot.service.customer import CustomerService
from tests.conftest import Clock
from tests.test_service import Talk

KNOWN, UNLUCKY = "Kuinka kauan säilytätte tietojani?", "Mihin käytätte evästeitä?"


@pytest.fixture
def faulty(app: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """An assistant that fails on one message."""
    take = CustomerService.take

    def fails(self: CustomerService, unit: Any, came: FromCustomer, *more: Any) -> None:
        if came.event == Said(text=UNLUCKY):
            raise TypeError("unhashable type: 'dict'")
        take(self, unit, came, *more)

    monkeypatch.setattr(CustomerService, "take", fails)
    return app


def test_who_wrote_it_is_told_in_their_language_and_is_answered_again(
    faulty: Assistant, clock: Clock
) -> None:
    talk = Talk(faulty)
    talk.say(KNOWN, UNLUCKY)
    for pause in faulty.settings.delivery.again:
        assert len(talk.heard) == 1
        clock.forward(pause + timedelta(seconds=1))
        while faulty.handler.handle_next():
            pass
        talk.deliver()
    assert "meillä olevan vian vuoksi" in plain(talk.heard[-1])
    alarms = [said for said in talk.told if isinstance(said, Alarm)]
    assert [alarm.trouble for alarm in alarms] == [AlarmReason.DEAD_EVENT]
    assert "asiakassuhteen" in plain(talk.say(KNOWN))
