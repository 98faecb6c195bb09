"""A detail is passed over only in so many words: what is skipped, staff do not read."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.replies.passed_over import (
    covers_all,
    passes_over,
    says_all,
    wants_all,
)

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en jaksa kirjoittaa mitään, mennään eteenpäin", FI),
        ("ei kai mitään", FI),
        ("I'd rather not say, next question", EN),
        ("I leave that to your judgement, skip it", EN),
        ("nej, int vad jag vet", SV),
        ("jag vet inte så noga, gå vidare", SV),
    ],
)
def test_who_says_so_passes_it_over(text: str, language: Language) -> None:
    assert passes_over(text, Right.RESTRICTION, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("the vest", EN),
        ("nothing but order 4471", EN),
        ("nothing else if the invoices stay", EN),
        ("I no longer act for the firm at all", EN),
        (
            "skip my own orders and take all those that my late mother made with the same card",
            EN,
        ),
        ("en tiedä, mutta kuitit jäävät", FI),
    ],
)
def test_what_may_be_a_detail_is_kept(text: str, language: Language) -> None:
    assert not passes_over(text, Right.RESTRICTION, language)


@pytest.mark.parametrize("text", ["kaikki", "all of it", "alla uppgifter"])
def test_all_of_it_adds_nothing_where_data_are_seen_or_erased(text: str) -> None:
    assert wants_all(text, Right.ERASURE)
    assert not wants_all(text, Right.RESTRICTION)
    assert passes_over(text, Right.ERASURE, FI)


@pytest.mark.parametrize(
    ("text", "language"),
    [("joo", FI), ("kyllä, kaikkia", FI), ("yes please", EN), ("yes, all", EN), ("ja tack", SV)],
)
def test_a_yes_is_one_to_all_where_that_is_asked(text: str, language: Language) -> None:
    assert covers_all(text, Right.ERASURE, language)
    assert not covers_all(text, Right.RECTIFICATION, language)
    assert not covers_all(text, Right.MARKETING_OBJECTION, language)


def test_a_request_that_is_to_be_sent_as_it_is_has_no_more_details() -> None:
    assert covers_all("send it please", Right.MARKETING_OBJECTION, EN)
    assert not covers_all("send it to my office", Right.MARKETING_OBJECTION, EN)
    assert not covers_all("send it please", Right.RECTIFICATION, EN)


@pytest.mark.parametrize("text", ["joo, tilaukset", "joo paitsi laskut", "laskut"])
def test_a_yes_with_more_in_it_is_a_detail(text: str) -> None:
    assert not covers_all(text, Right.ERASURE, FI)


def test_all_is_said_in_one_word_and_not_beside_another() -> None:
    assert all(map(says_all, ("kaikki", "Allt!", "all", "everything")))
    assert not any(map(says_all, ("kaikki ok", "allt är rätt", "all right", "yes")))
