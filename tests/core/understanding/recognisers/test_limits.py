"""A limit belongs to the wish that stands just before it."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.understanding.recognisers.limits import limits

E, M, A = Right.ERASURE, Right.MARKETING_OBJECTION, Right.ACCESS


@pytest.mark.parametrize(
    ("text", "right", "limited"),
    [
        (
            "erase all and stop the mails but keep the sms",
            M,
            "stop the mails but keep the sms",
        ),
        (
            "poistakaa tilini mutta jättäkää kanta-asiakkuus ja lähettäkää kopio",
            E,
            "poistakaa tilini mutta jättäkää kanta-asiakkuus",
        ),
        (
            "radera allt utom fakturorna och sluta skicka reklam",
            E,
            "radera allt utom fakturorna",
        ),
        ("send me a copy, not the invoices, and delete it", A, "send me a copy, not the invoices"),
        ("Erase it. Keep the bills. Keep the box.", E, "Erase it. Keep the bills. Keep the box."),
    ],
)
def test_it_is_kept_with_that_wish_alone(text: str, right: Right, limited: str) -> None:
    assert limits(text) == {right: limited}


@pytest.mark.parametrize(
    "text",
    [
        "delete my data and send me a copy",
        "keep the invoices",
        "delete my account, thank you, and keep the sms",
        "delete it but keep the bills. " * 30,
    ],
)
def test_where_that_is_not_plain_it_is_left_to_whoever_reads_all(text: str) -> None:
    assert limits(text) == {}
