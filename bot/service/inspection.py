"""The daily check for damage: rows that cannot be opened are reported to staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

import structlog

from bot.core.effects import Alarm, AlarmReason
from bot.core.tickets.rules import Rules
from bot.errors import StorageError
from bot.service.routing import EffectRouter
from bot.storage.damage import Damage, damage, page_damage
from bot.storage.store import Store
from bot.storage.unit import Unit

_LOG = structlog.get_logger()
_MOST_NAMED = 20  # in a day; a whole table may be damaged


class Inspection:
    """Opens all that is stored, at the start of a replica and then once a day."""

    def __init__(
        self, store: Store, rules: Rules, router: EffectRouter, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._rules = rules
        self._router = router
        self._clock = clock
        self._looked_on: date | None = None

    def look(self) -> int:
        """Look for damage unless that was done today; alarm staff, and return how much there is."""
        now = self._clock()
        today = self._rules.today(now)
        if self._looked_on == today:
            return 0
        self._looked_on = today
        try:
            found = self._found()
        except StorageError as error:  # the replica is not ready then, and says so
            _LOG.error("the database could not be looked over", error=str(error))
            return 0
        for one in found[:_MOST_NAMED]:
            _LOG.error("something stored is damaged", what=one.what)
            self._alarm(one, today, now)
        return len(found)

    def _found(self) -> Sequence[Damage]:
        with self._store.snapshot() as unit:
            pages = page_damage(unit)
            return [*([pages] if pages else []), *damage(unit)]

    def _alarm(self, found: Damage, today: date, now: datetime) -> None:
        """Alarm staff, once a day of the same, however many replicas have found it."""
        what = Alarm(trouble=AlarmReason.DAMAGED, reference=found.what, number=found.number)

        def alarm(unit: Unit) -> None:
            if unit.meta.first_of_day(f"damaged:{found.what}", today):
                self._router.alarm(unit, what, now)

        self._store.retrying(alarm)
