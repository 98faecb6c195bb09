"""Daily alarms about channels: effects that no channel sends, or a channel that is locked out."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime

from bot.core.effects import Alarm, AlarmReason
from bot.core.tickets.rules import Rules
from bot.service.routing import EffectRouter
from bot.storage.store import Store
from bot.storage.unit import Unit


class ChannelAlarms:
    """Alarms of channels, the same once a day, however many replicas find it."""

    def __init__(
        self, store: Store, rules: Rules, router: EffectRouter, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._rules = rules
        self._router = router
        self._clock = clock

    def of_shut_out(self, channels: Callable[[], Collection[str]]) -> int:
        """Alarm staff of channels that no longer let the assistant in; return how many."""
        found = channels()
        for channel in found:
            self._alarm(AlarmReason.CHANNEL_DOWN, channel)
        return len(found)

    def of_stranded(self, channels: Collection[str]) -> int:
        """Alarm staff of what waits for a channel that is none of these; return for how many."""
        with self._store.reading() as unit:
            waiting = unit.outbox.without_sender(channels)
        for channel in waiting:
            self._alarm(AlarmReason.NO_SENDER, channel)
        return len(waiting)

    def _alarm(self, trouble: AlarmReason, channel: str) -> None:
        now = self._clock()

        def alarm(unit: Unit) -> None:
            if unit.meta.first_of_day(f"{trouble}:{channel}", self._rules.today(now)):
                self._router.alarm(unit, Alarm(trouble=trouble, reference=channel), now)

        self._store.retrying(alarm)
