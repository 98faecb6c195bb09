"""Staff are away until the day that they named, and back on it by themselves."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.core.tickets.absence import away, back_on
from bot.core.tickets.ticket import Denial

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("days_left", "who"), [(2, {"mika"}), (1, {"mika"}), (0, set()), (-9, set())]
)
def test_who_is_away_is_back_on_the_day_by_themselves(days_left: int, who: set[str]) -> None:
    assert away({"mika": TODAY + timedelta(days=days_left)}, TODAY) == who


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("7.12.2026", date(2026, 12, 7)),
        ("2026-12-07", date(2026, 12, 7)),
        (" - ", TODAY),
        ("today", Denial.RETURN_NOT_AHEAD),
        ("1.1.2020", Denial.RETURN_NOT_AHEAD),
        ("1.1.2029", Denial.RETURN_NOT_AHEAD),
        ("on Monday", Denial.RETURN_UNCLEAR),
    ],
)
def test_the_day_of_return_is_a_day_to_come(said: str, back: date | Denial) -> None:
    assert back_on(said, TODAY) == back
