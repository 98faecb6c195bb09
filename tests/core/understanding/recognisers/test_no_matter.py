"""A message that names no matter yet is known, and one that names any is left alone."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers import no_matter


@pytest.mark.parametrize(
    "text",
    [
        *("God dag, jag heter Göta Lindholm och är 84 år gammal.", "Jag är Nils Ek från Vasa"),
        *("Hyvää päivää, olen Aino Virtanen Porvoosta", "täällä Veikko, 79-vuotias"),
        *("Hi, my name is Pat Moran", "Good morning, I'm Ifeoma Okafor and I am 31 years old"),
    ],
)
def test_who_writes_is_no_matter(text: str) -> None:
    assert no_matter.introduces_only(text)


@pytest.mark.parametrize(
    "text",
    [
        *("I am Pat Moran, delete my data", "my name is wrong", "olen asiakas", "Sofie Ek"),
        *("Jag heter Nils Ek och vill se mina uppgifter", "my name is Pat Moran not Pat Morgan"),
    ],
)
def test_who_says_what_they_want_has_one(text: str) -> None:
    assert not no_matter.introduces_only(text)


@pytest.mark.parametrize(
    "text",
    [
        *("oh silly me. wrong firm", "wrong number sorry", "I'm in the wrong chat"),
        *("väärä firma, anteeksi", "hups, tulin väärään paikkaan", "oj fel företag"),
        *("I'm writing an essay, this isn't about me", "tämä ei koske minua"),
        *("det gäller inte mig", "that's not about me"),
    ],
)
def test_whoever_came_to_the_wrong_place_wants_nothing(text: str) -> None:
    assert no_matter.came_to_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        *("you have the wrong number for me, correct it", "väärä osoite", "fel adress"),
        *("you sent my invoice to the wrong company", "is this about me?", "wrong " * 15 + "firm"),
    ],
)
def test_what_is_wrong_with_the_data_is_a_matter(text: str) -> None:
    assert not no_matter.came_to_nothing(text)


@pytest.mark.parametrize(
    ("text", "named"),
    [("GDPR", True), ("Tietosuoja?", True), ("dataskydd", True), ("GDPR request", False)],
)
def test_a_word_for_the_field_is_no_matter(text: str, *, named: bool) -> None:
    assert no_matter.names_the_field(text) is named


@pytest.mark.parametrize(
    "text",
    [
        *("it was only a question", "no, I was just asking", "just a question really"),
        *("se oli vain kysymys", "kysyin vain", "ei, kunhan kyselin"),
        *("det var bara en fråga", "nej jag ville bara fråga", "bara en fråga tack"),
    ],
)
def test_who_only_asked_wants_nothing_done(text: str) -> None:
    assert no_matter.only_asked(text)


@pytest.mark.parametrize(
    "text", ["just a question: who sees my data", "kysymys", "jag har en fråga", "yes"]
)
def test_who_asks_now_does_not_say_so(text: str) -> None:
    assert not no_matter.only_asked(text)
