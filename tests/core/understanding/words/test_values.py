"""Codes, addresses, languages and rights are found in what people write around them."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.words.values import (
    address_in,
    addresses_in,
    code_in,
    is_like_code,
    language_in,
    right_in,
    two_addresses,
    wanted_addresses,
)

FI, EN, SV = Language


@pytest.mark.parametrize(
    "text",
    [
        "83350671",
        "the code is 83350671, thanks",
        "8335 0671",
        "83 35 06 71",
        "8-3-3-5-0-6-7-1",
        "code:83350671",
        "eight three three five oh six seven one",
        "kahdeksan kolme kolme viisi nolla kuusi seitsemän yksi",
        "åtta tre tre fem noll sex sju ett",
        "kahdeksankolme kolmeviisi nollakuusi seitsemänyksi",
    ],
)
def test_a_code_is_found_as_people_write_it(text: str) -> None:
    assert code_in(text) == "83350671"


@pytest.mark.parametrize("text", ["0401234567", "83350671 or 11223344", "none", "one two three"])
def test_other_digits_are_no_code(text: str) -> None:
    assert code_in(text) == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("laura@example.com", "laura@example.com"),
        ("mailto:laura@example.com", "laura@example.com"),
        ("it is <Laura@Example.com>.", "Laura@Example.com".lower()),
        ("laura@example.com?", "laura@example.com"),
        ("kurt at haggblomtrans punkt example punkt fi", "kurt@haggblomtrans.example.fi"),
        (
            "my old one was laura@old.example.com, now laura@new.example.com",
            "laura@new.example.com",
        ),
        ("laura.niemi(at)example.com", "laura.niemi@example.com"),
        ("laura [at] example.com", "laura@example.com"),
        ("no it's o s h e a at example dot com", "oshea@example.com"),
        ("laura@nordvind", ""),
        ("I have none", ""),
    ],
)
def test_an_address_is_found_and_the_last_one_counts(text: str, address: str) -> None:
    assert address_in(text) == address


def test_an_address_that_is_written_twice_is_one() -> None:
    assert addresses_in("a@example.com a@example.com") == ["a@example.com"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("suomeksi kiitos", "fi"), ("Deutsch?", "de"), ("finska eller svenska", ""), ("moi", "")],
)
def test_a_language_is_found_where_one_is_named(text: str, code: str) -> None:
    assert language_in(text) == code


@pytest.mark.parametrize(
    ("text", "asked", "right", "language"),
    [
        ("ei poistoa, haluan korjata osoitteen", Right.ERASURE, Right.RECTIFICATION, FI),
        ("don't delete it, just show me", Right.ERASURE, Right.ACCESS, EN),
        ("sluta med reklamen också", Right.ERASURE, Right.MARKETING_OBJECTION, SV),
        ("yes please", Right.ERASURE, None, EN),
        ("delete it", Right.ERASURE, None, EN),
    ],
)
def test_the_right_that_is_wished_for_is_another_than_the_one_on_offer(
    text: str, asked: Right, right: Right | None, language: Language
) -> None:
    assert right_in(text, asked, language) is right


def test_of_two_addresses_with_an_or_neither_is_guessed() -> None:
    two = ("a@example.com", "b@example.com")
    assert two_addresses("a@example.com or b@example.com") == two
    assert two_addresses("a@example.com eller kanske b@example.com") == two
    assert two_addresses("not a@example.com but b@example.com") == ()
    assert two_addresses("a@example.com or none") == ()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a@new.example men skriv inte till b@old.example", "a@new.example"),
        ("skriv inte till b@old.example", ""),
        ("use a@new.example, don't write to b@old.example", "a@new.example"),
        ("a@new.example, not b@old.example", "a@new.example"),
        ("a@new.example instead of b@old.example", "a@new.example"),
        ("send to a@new.example and not to my husband's b@old.example", "a@new.example"),
        ("uusi on a@new.example, vanha oli b@old.example", "a@new.example"),
        ("käytä a@new.example äläkä b@old.example", "a@new.example"),
        ("älkää lähettäkö b@old.example vaan a@new.example", "a@new.example"),
        ("en halua että kirjoitatte osoitteeseen b@old.example", ""),
        ("a@new.example. b@old.example ei enää toimi", "a@new.example"),
        ("b@old.example is no longer in use", ""),
        ("b@old.example är fel", ""),
        ("inte b@old.example utan a@new.example", "a@new.example"),
        ("don't use anything but a@new.example", "a@new.example"),
        ("ei se on a@new.example", "a@new.example"),
        ("Please do not hesitate to write to a@new.example", "a@new.example"),
        ("a@new.example is my address", "a@new.example"),
        ("not nils snabel a example punkt com", "nils@example.com"),
    ],
)
def test_no_letter_goes_to_an_address_that_is_shunned(text: str, address: str) -> None:
    assert address_in(text) == address


def test_of_two_addresses_neither_of_which_is_shunned_both_are_wanted() -> None:
    assert wanted_addresses("a@x.example and b@y.example") == ["a@x.example", "b@y.example"]


@pytest.mark.parametrize(
    "text",
    [
        "118822",
        "se uudempi on 504 993",
        "3-3-0-1-8-6 varsågo",
        "kaksi viisi viisi nolla yksi kolme",
    ],
)
def test_digits_of_another_length_may_be_a_code(text: str) -> None:
    assert is_like_code(text)


@pytest.mark.parametrize(
    "text", ["bought in 2019", "330871 or 330817?", "12345@x.example", "two letters in one day"]
)
def test_other_digits_are_none(text: str) -> None:
    assert not is_like_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "petra@storgard.example men skriv INTE dit",
        "anna@old.example, but never write there",
        "anna@old.example, älkää lähettäkö sinne",
    ],
)
def test_an_address_to_which_nobody_is_to_write_is_none(text: str) -> None:
    assert address_in(text) == ""


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("just delete it without the copy", EN, None),
        ("poistakaa vaan ilman kopiota", FI, None),
        ("radera bara utan kopia", SV, None),
        ("radera inte mina uppgifter utan skicka i stället en kopia", SV, Right.ACCESS),
    ],
)
def test_what_is_done_without_is_not_wished_for(
    text: str, language: Language, right: Right | None
) -> None:
    assert right_in(text, Right.ERASURE, language) is right
