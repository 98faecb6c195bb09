"""A sentence that holds a no, a condition, a question or another wish agrees to nothing."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language
from bot.core.understanding.safeguards import (
    asks,
    may_agree,
    says_no,
    says_yes,
    sets_condition,
)

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I don't want it deleted", EN),
        ("please stop the erasure of my data", EN),
        ("cancel the deletion of my data", EN),
        ("ei poisteta", FI),
        ("Ta inte bort mina uppgifter, jag vill bara se dem", SV),
        ("ja vill it", SV),
    ],
)
def test_a_no_is_heard(text: str, language: Language) -> None:
    assert says_no(text, language)
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("no mistakes, send it", EN),
        ("I can't argue with that, send it", EN),
        ("no niin, lähetä", FI),
        ("ei korjattavaa, lähetä", FI),
        ("inget att ändra, skicka", SV),
        ("do it", EN),
    ],
)
def test_a_no_that_takes_nothing_back_is_none(text: str, language: Language) -> None:
    assert not says_no(text, language)
    assert may_agree(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes but keep the invoices", EN),
        ("kyllä, kunhan laskut jäävät", FI),
        ("ja, så länge fakturorna blir kvar", SV),
    ],
)
def test_a_condition_is_heard(text: str, language: Language) -> None:
    assert sets_condition(text, language)
    assert not may_agree(text, language)


@pytest.mark.parametrize(
    "text",
    [
        "kauanko tässä kestää",
        "poistuvatko kaikki tiedot",
        "skickar ni brev hem",
        "mommo undrar det",
    ],
)
def test_a_question_without_its_mark_is_heard(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("haluan lopettaa", FI),
        ("kyllä, tosin yhdet tiedot ovat toisen", FI),
        ("I'm done with this", EN),
        ("täytyy mennä", FI),
        ("sorry, gotta run", EN),
        ("måste nu gå", SV),
        ("send it, always excepting the deliveries", EN),
        ("ja, dock ska faktureringen löpa på", SV),
    ],
)
def test_an_end_and_a_reservation_agree_to_nothing(text: str, language: Language) -> None:
    assert not may_agree(text, language)


def test_politeness_is_no_condition() -> None:
    assert may_agree("yes please, if you would be so kind", EN)


@pytest.mark.parametrize("text", ["yes?", "what happens then", "voinko perua", "får jag det"])
def test_a_question_is_heard(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("yes, and when does it happen?", EN),
        ("kyllä, milloin se tapahtuu?", FI),
        ("ja, när sker det?", SV),
    ],
)
def test_a_question_beside_a_yes_agrees_to_nothing(text: str, language: Language) -> None:
    assert not may_agree(text, language)


@pytest.mark.parametrize("text", ["would you please do it", "do it", "yes"])
def test_a_polite_order_asks_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text", ["maybe", "yes, tomorrow", "yes but a human please", "yes, talk to a human"]
)
def test_doubt_delay_and_another_wish_agree_to_nothing(text: str) -> None:
    assert not may_agree(text, EN)


def test_a_yes_is_heard() -> None:
    assert says_yes("submit", EN)
    assert not says_yes("pager gone", EN)
