"""A typing mistake becomes the word that was meant, and a word that was meant stays."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from bot.core.understanding.models.spelling import Spelling
from tests.core.understanding.factories import model

KNOWN = "poistakaa tietoni haluan kopion erase please copy send your my data datan datat omat"


def spelling(words: str = KNOWN) -> Spelling:
    made = model()
    pairs = ("=haluan kopion",)  # pairs of words and pieces of words are in a vocabulary, too
    names = [*(f"={word}" for word in words.split()), *pairs, "pois"]
    return Spelling(replace(made, vocabulary={name: place for place, name in enumerate(names)}))


REPAIRED = {
    "a letter instead of another": ("poistakas tietoni", "poistakaa tietoni"),
    "a letter too few": ("poistaka tietoni", "poistakaa tietoni"),
    "a letter too many": ("poistakaaa tietoni", "poistakaa tietoni"),
    "two letters that changed places": ("tieotni", "tietoni"),
    "two letters that changed places in a short word": ("cpoy", "copy"),
    "a space too early": ("er ase please", "er ase please"),
    "a space that slipped to the left": ("eras eplease", "erase please"),
    "a space that slipped to the right": ("haluank opion", "haluan kopion"),
    "case and punctuation": ("POISTAKAS, tietoni!", "poistakaa tietoni"),
}
KEPT = {
    "a known word": "poistakaa",
    "another short word": "cope sent",
    "a word of three letters": "mny",
    "a number in a word": "c0py tieton1",
    "two mistakes in a word": "poistxkxa",
    "a word with two known neighbours": "datax",
    "a pair of known words": "my data",
}


@pytest.mark.parametrize(("typed", "meant"), REPAIRED.values(), ids=list(REPAIRED))
def test_a_slip_is_repaired(typed: str, meant: str) -> None:
    assert spelling().repaired(typed) == meant


@pytest.mark.parametrize("typed", KEPT.values(), ids=list(KEPT))
def test_what_is_no_slip_stays(typed: str) -> None:
    assert spelling().repaired(typed) == typed


def test_a_long_word_with_two_neighbours_stays() -> None:
    two = spelling("tietojani tietojeni")
    assert two.repaired("tietojxni") == "tietojxni"
    assert two.repaired("tietojaxi") == "tietojani"


WORDS = st.text(alphabet="aäbcå", min_size=6, max_size=9)


@given(st.sets(WORDS, max_size=6), WORDS)
def test_what_is_repaired_is_what_a_comparison_with_all_words_repairs(
    known: set[str], typed: str
) -> None:
    near = [word for word in known if OSA.distance(typed, word) <= 1]
    meant = near[0] if len(near) == 1 else typed
    assert spelling(" ".join(known)).repaired(typed) == (typed if typed in known else meant)


def test_a_space_is_not_moved_where_two_readings_are_known() -> None:
    both = spelling("tiet oni tieto ni")
    assert both.repaired("tiet oni") == "tiet oni"
    two = spelling("ab cde abcd e")
    assert two.repaired("abc de") == "abc de"


def test_only_the_first_sixty_words_are_looked_at() -> None:
    typed = " ".join(["poistakas"] * 61)
    assert spelling().repaired(typed) == " ".join(["poistakaa"] * 60 + ["poistakas"])


def test_nothing_is_made_of_nothing() -> None:
    assert spelling().repaired(" ... ") == ""
