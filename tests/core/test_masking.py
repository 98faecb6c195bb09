"""Finnish identity codes and card numbers never get past the door."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.masking import Masked, mask

TODAY = date(2026, 11, 6)
CODE = "131052-308T"


def identity_code(day: str, sign: str, number: int = 123) -> str:
    """A code with the right check character: the rest of the division by 31."""
    return f"{day}{sign}{number}" + "0123456789ABCDEFHJKLMNPRSTUVWXY"[int(f"{day}{number}") % 31]


def card_number(length: int) -> str:
    """A number with the right check digit: every second digit doubled, a multiple of ten in all."""
    digits = [4, *(n % 10 for n in range(length - 2))]
    doubled = (sum(divmod(2 * n, 10)) if i % 2 == 0 else n for i, n in enumerate(digits[::-1]))
    return "".join(map(str, [*digits, -sum(doubled) % 10]))


@pytest.mark.parametrize("text", [CODE, f"({CODE})", f"hetu:{CODE},", f"a {CODE}\nb", f"«{CODE}»"])
def test_a_code_is_masked_wherever_it_stands(text: str) -> None:
    assert mask(text, TODAY) == (
        text.replace(CODE, "******-****"),
        frozenset({Masked.IDENTITY_CODE}),
    )


@pytest.mark.parametrize("sign", "+-YXWVUABCDEFyxwvuabcdef")
def test_a_code_of_any_century_is_masked_in_capitals_and_small_letters(sign: str) -> None:
    code = identity_code("010124", sign)
    assert mask(code, TODAY)[0] == "******-****"
    assert mask(code.lower(), TODAY)[0] == "******-****"


def test_a_temporary_code_is_masked() -> None:
    assert mask(identity_code("131052", "-", 900), TODAY)[0] == "******-****"


def test_nobody_was_born_after_today() -> None:
    newborn, unborn = identity_code("061126", "A"), identity_code("071126", "A")
    assert mask(newborn, TODAY)[0] == "******-****"
    assert mask(unborn, TODAY) == (unborn, frozenset())


@pytest.mark.parametrize(
    "code", ["131052-3081", "320152-308T", "131052308T", "x131052-308T", "131052-308T1"]
)
def test_what_only_looks_like_a_code_stays(code: str) -> None:
    assert mask(code, TODAY) == (code, frozenset())


@pytest.mark.parametrize("card", ["4111 1111 1111 1111", "4111111111111111", "5500-0000-0000-0004"])
def test_card_numbers_are_masked(card: str) -> None:
    masked = (f"korttini on **** **** ****, kiitos {1}", frozenset({Masked.CARD_NUMBER}))
    assert mask(f"korttini on {card}, kiitos {1}", TODAY) == masked


@pytest.mark.parametrize("length", range(11, 22))
def test_a_card_number_has_13_to_19_digits(length: int) -> None:
    text, found = mask(card_number(length), TODAY)
    assert (text == "**** **** ****") is (13 <= length <= 19)
    assert bool(found) is (13 <= length <= 19)


@pytest.mark.parametrize(
    "text",
    [
        "T-2026-0042",
        "12345678",
        "040 123 4567",
        "+358 20 754 5060",
        "2026-11-06",
        "4111111111111112",
        "x4111111111111111",
    ],
)
def test_ticket_numbers_codes_and_phone_numbers_stay(text: str) -> None:
    assert mask(text, TODAY) == (text, frozenset())


def test_both_are_masked_in_one_message_and_both_are_told() -> None:
    text, found = mask(f"{CODE} ja {card_number(16)} ja {CODE}", TODAY)
    assert text == "******-**** ja **** **** **** ja ******-****"
    assert found == {Masked.IDENTITY_CODE, Masked.CARD_NUMBER}


pieces = st.lists(
    st.sampled_from([CODE, card_number(16), " ", "-", "1", "a", "*", "ä"]), max_size=9
)


@settings(max_examples=20, database=None)
@given(pieces)
def test_masking_twice_changes_nothing_more(parts: list[str]) -> None:
    once, _ = mask("".join(parts), TODAY)
    assert mask(once, TODAY) == (once, frozenset())
