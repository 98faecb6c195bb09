"""Each right asks for few fields, and plain words fill them."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.conversation import request_fields
from bot.core.conversation.request_fields import DETAILS, EMAIL, FIELDS, NAME, Field


def test_every_right_has_its_fields() -> None:
    assert set(FIELDS) == set(Right)


def test_fields_are_asked_for_in_their_order_until_all_are_given() -> None:
    given: dict[str, str] = {}
    asked = []
    while field := request_fields.next_field(Right.ERASURE, given):
        asked.append(field.name)
        given[field.name] = ""
    assert asked == [NAME, EMAIL, DETAILS]


@pytest.mark.parametrize("right", Right)
def test_nobody_needs_an_address_to_have_a_right(right: Right) -> None:
    assert all(field.optional for field in FIELDS[right] if field.name == EMAIL)


@pytest.mark.parametrize("right", Right)
def test_whoever_gives_no_address_gives_a_name(right: Right) -> None:
    given = {EMAIL: ""}
    asked = request_fields.next_field(right, given)
    assert asked == Field(NAME)
    assert request_fields.next_field(right, {**given, NAME: "Matti"}) == FIELDS[right][-1]


def test_a_correction_cannot_be_made_without_knowing_it() -> None:
    assert not FIELDS[Right.RECTIFICATION][-1].optional


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        (NAME, "Matti", None),
        (NAME, "x" * 121, "field.too_long"),
        (NAME, "12 34", "field.name.invalid"),
        (NAME, "ok", "field.name.invalid"),
        (NAME, "Kyllä.", "field.name.invalid"),
        (NAME, "{{ 7*7 }} {% if x %}", "field.name.invalid"),
        (NAME, "matti@example.com", "field.name.invalid"),
        (NAME, "https://example.com", "field.name.invalid"),
        (EMAIL, "se on matti@example.com.", None),
        (EMAIL, "matti(at)example.com", "field.email.invalid"),
        (EMAIL, "", "field.email.invalid"),
        (EMAIL, "******-****@example.com", "field.email.invalid"),
        (EMAIL, "**** **** ****@example.com", "field.email.invalid"),
        (EMAIL, "******-****, matti@example.com", None),
        (DETAILS, "kaikki", None),
        (DETAILS, "x" * 2001, "field.too_long"),
    ],
)
def test_what_is_wrong_with_a_value_is_said(name: str, text: str, problem: str | None) -> None:
    assert request_fields.problem(name, text) == problem


@pytest.mark.parametrize(
    "text",
    [
        *("Matti", "Åsa-Märta von Öljy", "O'Brien", "D’Angelo", "Jo", "Li", "Ng", "U Nu", "Y"),
        *("Martin Luther King Jr.", "John Smith 3rd", "X Æ A-12", "Nguyễn Thị Minh Khai", "Kai"),
        *("李小龍", "محمد", "Иван Иванов", "Ok Taec-yeon", "Aino (os. Virtanen)", "Ó Súilleabháin"),
    ],
)
def test_names_of_all_kinds_are_names(text: str) -> None:
    assert request_fields.problem(NAME, text) is None


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        (EMAIL, "My address is <Matti@EXAMPLE.com>", "matti@example.com"),
        (EMAIL, "no address", ""),
        (NAME, "  Matti \n Meikäläinen ", "Matti Meikäläinen"),
        (DETAILS, "  kaikki  laskut\n", "kaikki  laskut"),
    ],
)
def test_a_value_is_kept_in_its_canonical_form(name: str, text: str, kept: str) -> None:
    assert request_fields.clean(name, text) == kept
