"""Texts are compared without what cannot be seen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.understanding.words.text import (
    LONGEST,
    clauses,
    normal_form,
    sentences,
    strip_invisible,
)

# What breaks careless code: characters that cannot be seen or written, that grow or join when
# compared, that end a line, and a few that are harmless.
ODD = "\x00\x1f\u200b\u200d\u202e\ud800\udfff\ue000\u0301\u2028\r\n\t İßﬁ .!?,;_-aA1🙂"
texts = st.text(st.sampled_from(ODD), max_size=30)
few = settings(max_examples=20, database=None)


def test_control_zero_width_and_surrogate_characters_vanish() -> None:
    assert strip_invisible("pois\u200bta\x00kaa\ud800 tietoni\u202e") == "poistakaa tietoni"


def test_lines_tabs_and_emoji_stay() -> None:
    assert strip_invisible("a\n\tb \U0001f642") == "a\n\tb \U0001f642"


def test_what_looks_the_same_is_the_same() -> None:
    assert strip_invisible("a\u0308iti") == "äiti"


@pytest.mark.parametrize("letter", ["a", "\u200b"], ids=["plain", "invisible"])
def test_a_long_text_is_cut(letter: str) -> None:
    text = letter + "a" * 100_000
    assert strip_invisible(text) == ("a" * LONGEST)[: LONGEST - (letter != "a")]
    assert strip_invisible("abc", 2) == "ab"


def test_case_punctuation_and_spaces_make_no_difference() -> None:
    assert normal_form("  Poistakaa,\n TIETONI_!!! ") == "poistakaa tietoni"


@pytest.mark.parametrize(
    ("text", "said"),
    [("STRASSE straße", "strasse strasse"), ("Äiti ÄITI", "äiti äiti"), ("?!...", ""), ("", "")],
)
def test_a_normal_form_folds_case(text: str, said: str) -> None:
    assert normal_form(text) == said


@few
@given(texts)
def test_the_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    assert normal_form(normal_form(text)) == normal_form(text)


@few
@given(texts)
def test_what_is_visible_can_be_written(text: str) -> None:
    strip_invisible(text).encode("utf-8")


@few
@given(texts)
def test_sentences_and_clauses_say_something(text: str) -> None:
    assert all(normal_form(part) for part in [*sentences(text), *clauses(text)])


def test_sentences_end_at_full_stops_and_lines() -> None:
    text = "Hei! Poistakaa tietoni. T-2026.1 on auki?\n\n...\nMatti"
    assert sentences(text) == ["Hei!", "Poistakaa tietoni.", "T-2026.1 on auki?", "Matti"]


@pytest.mark.parametrize(
    "joint", [", ", "; ", " ja ", " sekä ", " and ", " och ", " samt ", " JA "]
)
def test_clauses_end_at_commas_and_conjunctions(joint: str) -> None:
    assert clauses(f"poista tiedot{joint}lähetä kopio. Kiitos") == [
        "poista tiedot",
        "lähetä kopio.",
        "Kiitos",
    ]


def test_a_comma_within_a_number_joins_nothing() -> None:
    assert clauses("maksoin 1,50 euroa") == ["maksoin 1,50 euroa"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029"])
def test_a_separator_of_lines_becomes_a_line_break(separator: str) -> None:
    assert strip_invisible(f"kyllä{separator}kiitos") == "kyllä\nkiitos"
