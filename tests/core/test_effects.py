"""What the core wants done."""

from __future__ import annotations

import pytest

from bot.core.effects import AlarmReason


@pytest.mark.parametrize(
    ("stored", "reason"),
    [
        ("dead_event", AlarmReason.DEAD_EVENT),
        ("set_aside", AlarmReason.DEAD_EVENT),
        ("undelivered", AlarmReason.DEAD_EFFECT),
    ],
)
def test_a_reason_is_known_by_its_older_name_too(stored: str, reason: AlarmReason) -> None:
    assert AlarmReason(stored) is reason


def test_no_other_reason_is_known() -> None:
    with pytest.raises(ValueError, match="boredom"):
        AlarmReason("boredom")
