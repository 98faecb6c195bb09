"""The law's clock of one ticket (Art. 12(3)): received, extended, suspended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.tickets.deadlines import Deadline, deadline
from bot.core.tickets.public_holidays import FINLAND, Place


class Ground(StrEnum):
    """The only legal grounds on which the clock stands still (EDPB 01/2022, 157-159)."""

    IDENTITY_DOUBT = "identity_doubt"
    CLARIFICATION = "clarification"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """The law's clock of one ticket; dates are local. `place` is whose holidays move its end."""

    received: date
    extended: bool = False
    still_days: int = 0
    suspended_on: date | None = None
    ground: Ground | None = None
    place: Place = FINLAND

    def first_end(self, today: date) -> Deadline:
        """Return the end of the first month; while suspended it moves along with today."""
        return self._end(1, today)

    def end(self, today: date) -> Deadline:
        """Return the end that counts: one month, or three when extended (Art. 12(3))."""
        return self._end(3 if self.extended else 1, today)

    def stood_still(self, today: date) -> int:
        """Return on how many days the clock has stood still; a wrong date takes none away."""
        if self.suspended_on is None:
            return self.still_days
        return self.still_days + max((today - self.suspended_on).days, 0)

    def _end(self, months: int, today: date) -> Deadline:
        still = self.stood_still(today)
        return deadline(self.received, months=months, still_days=still, place=self.place)
