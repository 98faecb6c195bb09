"""One person under two entries of [[staff]] would be both pairs of eyes; so it is refused."""

from __future__ import annotations

from unicodedata import normalize

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
        ({"name": "Väinö"}, {"name": normalize("NFD", "Väinö")}, "name"),
        ({}, {"slack": "uaino"}, "slack"),
    ],
)
def test_two_entries_that_share_anything_are_refused(
    first: dict[str, object], second: dict[str, object], key: str
) -> None:
    refused = said(Severity.FAULT, staff=[{**AINO, **first}, {**MIKA, **second}])
    assert f"no. 1 and 2 have the same {key}; one person is one entry" in refused


TOKEN = "a token of one person, and no other"
HTTP = {
    "secret": "what signs for customers, and nobody else",
    "staff_secret": "what signs for staff, and nobody else",
    "deliver_url": "https://x.fi",
}


@pytest.mark.parametrize("second", [TOKEN, HTTP["secret"], HTTP["staff_secret"]])
def test_a_token_that_is_not_one_persons_alone_is_refused(second: str) -> None:
    staff = [{**AINO, "http_token": TOKEN}, {**MIKA, "http_token": second}]
    assert "each needs one that nobody else has" in said(Severity.FAULT, staff=staff, http=HTTP)


def test_a_token_of_ones_own_is_taken() -> None:
    staff = [{**AINO, "http_token": TOKEN}, {**MIKA, "http_token": TOKEN[::-1]}]
    assert said(Severity.FAULT, staff=staff, http=HTTP) == ""
