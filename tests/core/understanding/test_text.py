"""Texts are compared without what cannot be seen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.core.understanding.text import normal_form, sentences, strip_invisible

anything = st.text(st.characters(), max_size=200)


def test_control_zero_width_and_surrogate_characters_vanish() -> None:
    assert strip_invisible("pois\u200bta\x00kaa\ud800 tietoni\u202e") == "poistakaa tietoni"


def test_case_punctuation_and_spaces_make_no_difference() -> None:
    assert normal_form("  Poistakaa   TIETONI!!! ") == normal_form("poistakaa tietoni")


def test_a_long_text_is_cut() -> None:
    assert len(strip_invisible("a" * 100_000)) == 4000


@given(anything)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@given(anything)
def test_what_is_visible_can_be_written(text: str) -> None:
    strip_invisible(text).encode("utf-8")


@given(anything)
def test_sentences_say_something(text: str) -> None:
    assert all(normal_form(sentence) for sentence in sentences(text))
