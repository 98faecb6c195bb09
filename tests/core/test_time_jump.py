"""A clock may go on for a day unseen, and not further, in either direction."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.time_jump import jumped
from tests.factories import NOW


@pytest.mark.parametrize("sign", [1, -1])
def test_more_than_a_day_is_a_jump(sign: int) -> None:
    assert not jumped(NOW, NOW + sign * timedelta(days=1))
    assert jumped(NOW, NOW + sign * timedelta(days=1, seconds=1))


def test_the_first_time_that_is_seen_is_no_jump() -> None:
    assert not jumped(None, NOW)
