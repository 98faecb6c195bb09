"""Digits are a code where one is awaited, and something else where that was asked for."""

from __future__ import annotations

import pytest

from bot.core.conversation.code_in import code_in, disowning_word_in, is_misread_code
from bot.core.conversation.dialogue import Correcting, Filling, Idle, State
from bot.core.conversation.request_fields import Field
from tests.core.conversation.worlds import CODE, Codes, a_request, a_ticket, a_world, coded

WORD = "BCDF-GHKL"
ADDRESSING = Filling(a_request(fields={"name": "Matti"}), Field("email", optional=True))


@pytest.mark.parametrize("text", [CODE, "7000 0001", "7000-0001"])
def test_eight_digits_are_a_code(text: str) -> None:
    assert code_in(text, Idle(), a_world()) == CODE


def test_within_a_sentence_they_are_one_where_one_is_awaited() -> None:
    assert code_in(f"koodi on {CODE}.", Idle(), a_world(coded(a_ticket()))) == CODE
    assert code_in(f"tilaus {CODE}", Idle(), a_world()) == ""


def test_two_numbers_are_no_code() -> None:
    assert code_in(f"{CODE} tai 70000002", Idle(), a_world(coded(a_ticket()))) == ""


@pytest.mark.parametrize("state", [ADDRESSING, Correcting("id-1")])
def test_digits_of_an_address_that_was_asked_for_are_none(state: State) -> None:
    assert code_in(f"{CODE}@example.com", state, a_world(coded(a_ticket()))) == ""
    assert code_in(CODE, state, a_world(coded(a_ticket()))) == CODE


def test_where_staff_asked_something_a_number_may_be_the_answer() -> None:
    asked = a_ticket(question="Mikä on asiakasnumerosi?")
    assert code_in(CODE, Idle(), a_world(asked)) == ""
    assert code_in(CODE, Idle(), a_world(coded(asked))) == CODE


def test_the_word_of_a_letter_is_known_alone_or_if_it_was_sent() -> None:
    assert disowning_word_in(f"{WORD}.", a_world()) == WORD
    assert disowning_word_in(f"sana on {WORD}", a_world()) == ""
    assert disowning_word_in(f"sana on {WORD}", a_world(codes=Codes(words=frozenset({WORD}))))


@pytest.mark.parametrize(
    "text", ["70 00 00 01", "no: 70 00 00 01", "seven zero zero zero zero zero zero one"]
)
def test_a_code_is_heard_as_people_read_it(text: str) -> None:
    assert code_in(text, Idle(), a_world(coded(a_ticket()))) == CODE


@pytest.mark.parametrize("text", ["1111", "I see O0000001", "bus ticket 5566778", "0445550190?"])
def test_other_digits_are_a_misread_code_where_one_is_awaited(text: str) -> None:
    assert is_misread_code(text, a_world(coded(a_ticket())))
    assert not is_misread_code(text, a_world())
    assert not is_misread_code(text, a_world(coded(a_ticket(question="Mikä on numerosi?"))))


@pytest.mark.parametrize("text", ["hello", "T-2026-0001", "a1@example.com 1234", "1111 or 2222"])
def test_what_may_be_something_else_is_none(text: str) -> None:
    assert not is_misread_code(text, a_world(coded(a_ticket())))
