"""A text as the linear model sees it."""

from __future__ import annotations

from bot.core.understanding.models.features import each, features, of_pairs, of_word


def test_words_pairs_and_pieces_of_words_are_counted() -> None:
    assert set(features("Ei, on!")) == {
        *(" e", "ei", "i ", " ei", "ei ", " ei "),
        *(" o", "on", "n ", " on", "on ", " on "),
        *("=ei", "=on", "=^ ei", "=ei on", "=on $"),
    }


def test_pieces_are_of_two_to_five_letters() -> None:
    sizes = {len(name) for name in features("tietosuojaseloste") if not name.startswith("=")}
    assert sizes == {2, 3, 4, 5}


def test_a_feature_is_counted_as_often_as_it_occurs() -> None:
    assert features("kuka kuka")["=kuka"] == 2
    assert features("kuka")["ku"] == 1


def test_a_word_is_no_piece_of_another_word() -> None:
    assert "=poista" not in features("poistakaa")


def test_case_and_punctuation_make_no_difference() -> None:
    assert features("POISTAKAA  tietoni!") == features("poistakaa tietoni")


def test_a_text_without_words_has_the_pair_of_its_ends_only() -> None:
    assert list(each("...")) == ["=^ $"]


def test_the_features_of_a_text_are_those_of_its_words_and_of_its_pairs() -> None:
    words = ["poistakaa", "tietoni"]
    apart = [*(feature for word in words for feature in of_word(word)), *of_pairs(words)]
    assert sorted(each("Poistakaa tietoni!")) == sorted(apart)
