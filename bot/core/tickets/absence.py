"""Who on the staff is away until which day: their tickets are meanwhile everybody's."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from bot.core.tickets.staff_request import day_of
from bot.core.tickets.ticket import Denial

LONGEST = timedelta(days=366)
OVER = "-"  # in the place of a day: one is back

# By actors' keys the day on which each is back. Whose day has come needs no act to be back.
Absences = Mapping[str, date]


def away(absences: Absences, today: date) -> frozenset[str]:
    """Return who is away today (actors' keys)."""
    return frozenset(actor for actor, back in absences.items() if back > today)


def back_on(text: str, today: date) -> date | Denial:
    """Return the day on which somebody is back by what they wrote: today, if they are back."""
    if text.strip() == OVER:
        return today
    back = day_of(text, today)
    if back is None:
        return Denial.RETURN_UNCLEAR
    return back if today < back <= today + LONGEST else Denial.RETURN_NOT_AHEAD
