"""What comes into the core."""

from __future__ import annotations

import pytest

from bot.core.events import Task


@pytest.mark.parametrize("stored", ["retention", "forget"])
def test_retention_is_known_by_its_older_name_too(stored: str) -> None:
    assert Task(stored) is Task.RETENTION


def test_no_other_task_is_known() -> None:
    with pytest.raises(ValueError, match="holiday"):
        Task("holiday")
