"""Card row on the due date, with the reasons for it."""

from __future__ import annotations

from bot.channels.desk.wording import Wording
from bot.core.tickets.clock import Clock
from bot.core.tickets.deadlines import DayOff


def due(clock: Clock, wording: Wording) -> str:
    """Return a due day with what leads to it."""
    today = wording.today()
    end = clock.end(today)
    return wording.label(
        "due_why",
        due=end.due.isoformat(),
        received=end.received.isoformat(),
        extended=clock.extended,
        still=clock.stood_still(today),
        nominal=end.nominal_end.isoformat(),
        moved=", ".join(_day_off(off, wording) for off in end.moved_because),
    )


def _day_off(off: DayOff, wording: Wording) -> str:
    weekend = off.name in ("saturday", "sunday")
    name = wording.label(off.name if weekend else "holiday")
    return wording.label("day_off", day=off.day.isoformat(), name=name)
