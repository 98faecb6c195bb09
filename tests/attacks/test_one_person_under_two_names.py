"""One person under two entries of [[staff]] would be both pairs of eyes; so it is refused."""

from __future__ import annotations

import pytest

from bot.preflight import Severity
from tests.preflight.test_configured import AINO, MIKA, said


@pytest.mark.parametrize(
    ("first", "second", "key"),
    [
        ({}, {"slack": "UAINO"}, "slack"),
        ({}, {"telegram": 11}, "telegram"),
        ({}, {"name": "Aino"}, "name"),
        ({}, {"name": "  AINO "}, "name"),
        ({"name": "Aino  Lehto"}, {"name": "aino lehto"}, "name"),
        ({}, {"slack": "uaino"}, "slack"),
    ],
)
def test_two_entries_that_share_anything_are_refused(
    first: dict[str, object], second: dict[str, object], key: str
) -> None:
    refused = said(Severity.FAULT, staff=[{**AINO, **first}, {**MIKA, **second}])
    assert f"no. 1 and 2 have the same {key}; one person is one entry" in refused
