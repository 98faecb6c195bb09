"""Legal deadlines: periods in months under Regulation 1182/71, with a place's public holidays."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.tickets.public_holidays import FINLAND, Place, public_holidays

REMINDER_DAYS = (14, 7, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """When a period ends, and the days that moved its end (empty when nothing moved it)."""

    received: date
    nominal_end: date
    due: date
    moved_because: tuple[DayOff, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day on which no period ends: `name` is saturday, sunday or the name of the holiday."""

    day: date
    name: str


def deadline(
    received: date, *, months: int = 1, still_days: int = 0, place: Place = FINLAND
) -> Deadline:
    """Return the end of a period of months that began with `received`.

    The day of receipt is not counted (Art. 3(1)); the period ends on the day with the same number,
    or on the last day of a shorter month (Art. 3(2)(c)); an end on a Saturday, Sunday or public
    holiday moves to the next working day (Art. 3(4)). `still_days` are the days on which the
    clock stood still; they are added before the end is moved, so that no day counts twice.
    """
    nominal = _add_months(received, months) + timedelta(days=still_days)
    moved: list[DayOff] = []
    due = nominal
    while name := _day_off(due, place):
        moved.append(DayOff(day=due, name=name))
        due += timedelta(days=1)
    return Deadline(received=received, nominal_end=nominal, due=due, moved_because=tuple(moved))


def reminder_due(due: date, today: date) -> bool:
    """Tell whether staff are reminded today: 14, 7, 3 and 1 days before, and daily when overdue."""
    left = (due - today).days
    return left < 0 or left in REMINDER_DAYS


def _add_months(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _day_off(day: date, place: Place) -> str | None:
    if name := public_holidays(day.year, place).get(day):
        return name
    if day.weekday() >= calendar.SATURDAY:
        return "saturday" if day.weekday() == calendar.SATURDAY else "sunday"
    return None
