"""Cue words are found in all three languages, in spoken forms, and not in foreign words."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language
from bot.core.understanding.words.cues import cues, found, spoken_words, words_beside

FI, EN, SV = Language


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        ("Joo, kiitos", FI, "yes"),
        ("joooo", FI, "yes"),
        ("hyvä on", FI, "yes"),
        ("en halua", FI, "no"),
        ("looks good", EN, "right_words"),
        ("pleaseeee do", EN, "yes"),
        ("haven't received it", EN, "not_come"),
        ("jag ringer i morgon", SV, "later"),
        ("mejladressen blev fel", SV, "field_mail"),
    ],
)
def test_a_cue_is_found(text: str, language: Language, cue: str) -> None:
    assert cue in cues(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [("do it", EN), ("no niin", FI), ("en kopia", SV)],
)
def test_a_word_that_says_no_in_another_language_says_none_here(
    text: str, language: Language
) -> None:
    assert "no" not in cues(text, language)


def test_each_cue_comes_with_the_place_of_its_word() -> None:
    assert (1, "no") in set(found("please don't", EN))


def test_words_that_are_part_of_no_cue_stand_beside() -> None:
    assert words_beside("oh yes please, the banana", EN, {"yes"}) == ["oh", "the", "banana"]


def test_the_end_of_a_text_completes_no_cue() -> None:
    assert "yes" not in cues("hyvä", FI)


def test_a_drawn_out_word_is_written_with_two_letters() -> None:
    assert spoken_words("Jaaaa!!") == ["jaa"]
