"""Finnish identity codes and card numbers never get past the door."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.masking import Masked, mask

TODAY = date(2026, 11, 6)


@pytest.mark.parametrize("code", ["131052-308T", "131052-308t", "131052+308T", "131052U308T"])
def test_a_known_valid_code_is_masked_wherever_it_stands(code: str) -> None:
    for text in (code, f"({code})", f"hetu:{code},", f"a {code}\nb"):
        masked, found = mask(text, TODAY)
        assert code not in masked
        assert found == {Masked.IDENTITY_CODE}


@pytest.mark.parametrize("card", ["4111 1111 1111 1111", "4111111111111111", "5500-0000-0000-0004"])
def test_card_numbers_are_masked(card: str) -> None:
    text, found = mask(f"korttini {card}", TODAY)
    assert card not in text
    assert found == {Masked.CARD_NUMBER}


@pytest.mark.parametrize(
    "text",
    ["T-2026-0042", "12345678", "040 123 4567", "+358 20 754 5060", "131052-3081", "2026-11-06"],
)
def test_ticket_numbers_codes_and_phone_numbers_stay(text: str) -> None:
    assert mask(text, TODAY) == (text, frozenset())


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_more(text: str) -> None:
    once, _ = mask(text, TODAY)
    assert mask(once, TODAY) == (once, frozenset())
