"""A platform's token is revoked: staff hear of it at the other desk, and so does who watches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import anyio
import pytest
from prometheus_client import generate_latest

from bot.bootstrap import Assistant
from bot.core.catalog import Language
from bot.core.effects import Alarm, AlarmReason, Effect, Say
from bot.core.envelopes import ClaimedEffect, DeliveryOutcome
from bot.core.tickets.ticket import Person
from bot.delivery.courier import Sender, carry
from bot.errors import ShutOut
from bot.replica.metrics import Metrics
from bot.service.channel_alarms import ChannelAlarms
from tests.conftest import Clock


class Platform:
    """Takes messages while the token is good; the desk elsewhere takes them always."""

    def __init__(self) -> None:
        self.revoked = True
        self.alarms: list[Alarm] = []

    def senders(self) -> Mapping[str, Sender]:
        return {"slack": self._send, "test": self._tell}

    async def _send(self, _claimed: ClaimedEffect, _effect: Effect) -> None:
        if self.revoked:
            raise ShutOut("slack: token_revoked")

    async def _tell(self, _claimed: ClaimedEffect, effect: Effect) -> None:
        if isinstance(effect, Alarm):
            self.alarms.append(effect)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_the_other_desk_is_told_once_a_day_until_it_is_mended(app: Assistant, clock: Clock) -> None:
    platform, metrics = Platform(), Metrics(app.store, clock, app.codes)
    person = Person(channel="slack", account="T1:U1")
    with app.store.transaction() as unit:
        app.router.enqueue(unit, [Say(to=person, language=Language.FI, parts=())], clock())

    def carried() -> str:
        senders = platform.senders()
        done: list[DeliveryOutcome] = []
        while claimed := app.router.settle_and_claim("me", done, 1, senders.keys()):
            done = [anyio.run(carry, one, senders, clock) for one in claimed]
            for outcome in done:
                metrics.settled(outcome)
        ChannelAlarms(app.store, app.rules, app.router, clock).of_shut_out(metrics.shut_out)
        return generate_latest(metrics.registry).decode()

    for days in (1, 2):
        for _ in range(3):
            assert 'seloste_channel_shut_out{channel="slack"} 1.0' in carried()
        assert [(one.trouble, one.reference) for one in platform.alarms] == days * [
            (AlarmReason.CHANNEL_DOWN, "slack")
        ]
        clock.forward(timedelta(days=1))
    platform.revoked = False
    assert 'seloste_channel_shut_out{channel="slack"} 0.0' in carried()
    clock.forward(timedelta(days=1))
    carried()
    assert len(platform.alarms) == 2


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_what_the_platform_tells_by_itself_counts_until_it_takes_something(
    app: Assistant, clock: Clock
) -> None:
    """After an uninstallation nobody writes any more: nothing is sent, and nothing fails."""
    metrics = Metrics(app.store, clock, app.codes)
    metrics.told_shut_out("slack")
    assert metrics.shut_out() == {"slack"}
    assert (
        'seloste_channel_shut_out{channel="slack"} 1.0'
        in generate_latest(metrics.registry).decode()
    )
    taken = ClaimedEffect(
        position=1,
        token="",
        kind="say",
        destination="slack:U1",
        payload="",
        owner="me",
        attempt=1,
        created_at=clock(),
    )
    metrics.settled(DeliveryOutcome(effect=taken, sent=True))
    assert metrics.shut_out() == frozenset()
