"""What an organisation decides, and what holds when it decides nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.catalog import Right
from bot.core.tickets.identity import DEFAULT_POLICY, CodeRules
from bot.core.tickets.rules import Rules


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 6, 21, 59, tzinfo=UTC), date(2026, 11, 6)),
        (datetime(2026, 11, 6, 22, 0, tzinfo=UTC), date(2026, 11, 7)),
        (datetime(2026, 7, 6, 20, 59, tzinfo=UTC), date(2026, 7, 6)),  # summer time
        (datetime(2026, 7, 6, 21, 0, tzinfo=UTC), date(2026, 7, 7)),
    ],
)
def test_a_day_begins_at_midnight_in_helsinki(moment: datetime, day: date) -> None:
    assert Rules().today(moment) == day


def test_a_day_begins_at_midnight_where_the_organisation_is() -> None:
    rules = Rules(timezone=ZoneInfo("America/New_York"))
    assert rules.today(datetime(2026, 11, 6, 3, 0, tzinfo=UTC)) == date(2026, 11, 5)


def test_an_organisation_that_decides_nothing_is_careful() -> None:
    rules = Rules()
    assert rules.policy == DEFAULT_POLICY
    assert rules.four_eyes == {Right.ERASURE}
    assert rules.codes == CodeRules()
    assert rules.lapse_after == timedelta(days=60)
