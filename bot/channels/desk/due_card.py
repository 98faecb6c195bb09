"""Card row on the due date, with the reasons for it."""

from __future__ import annotations

from bot.channels.desk.wording import Wording
from bot.core.tickets.deadlines import DayOff, Deadline


def due(end: Deadline, wording: Wording) -> str:
    """Return a due day with the days that lead to it."""
    return wording.label(
        "due_why",
        due=end.due.isoformat(),
        received=end.received.isoformat(),
        nominal=end.nominal_end.isoformat(),
        moved=", ".join(_day_off(off, wording) for off in end.moved_because),
    )


def _day_off(off: DayOff, wording: Wording) -> str:
    weekend = off.name in ("saturday", "sunday")
    name = wording.label(off.name if weekend else "holiday")
    return wording.label("day_off", day=off.day.isoformat(), name=name)
