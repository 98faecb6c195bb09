"""A clock may go on for a day unseen, and not further, unless the machine ran for that long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.time_jump import SeenAt, Uptime, jumped
from tests.factories import NOW

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
SEEN = SeenAt(NOW, Uptime("boot-1", DAY))


def after(days: int, boot: str = "boot-1") -> Uptime:
    """Return the uptime so many days after SEEN."""
    return Uptime(boot, (days + 1) * DAY)


@pytest.mark.parametrize("sign", [1, -1])
def test_more_than_a_day_is_a_jump(sign: int) -> None:
    assert not jumped(SeenAt(NOW), NOW + sign * DAY)
    assert jumped(SeenAt(NOW), NOW + sign * (DAY + SECOND))


def test_the_first_time_that_is_seen_is_no_jump() -> None:
    assert not jumped(None, NOW)


def test_a_service_that_stood_still_while_its_machine_ran_saw_no_jump() -> None:
    assert not jumped(SEEN, NOW + 5 * DAY, after(5))
    assert not jumped(SEEN, NOW + 6 * DAY, after(5))
    assert jumped(SEEN, NOW + 6 * DAY + SECOND, after(5))


def test_a_clock_that_stands_while_the_machine_runs_is_a_jump_too() -> None:
    assert jumped(SEEN, NOW, after(2))


def test_after_another_start_of_the_machine_nothing_says_how_long_it_was() -> None:
    assert jumped(SEEN, NOW + 5 * DAY, Uptime("boot-2", 5 * DAY))
    assert jumped(SEEN, NOW + 5 * DAY)
    assert jumped(SeenAt(NOW), NOW + 5 * DAY, after(5))
