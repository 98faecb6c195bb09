"""From words to scores."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.core.catalog import Language
from tests.core.understanding.factories import model

MODEL = model()


def test_a_known_word_speaks_for_its_intent_its_kind_and_its_language() -> None:
    intents, kinds = MODEL.intent_scores("Radera!")
    assert dict(zip(MODEL.intents, intents, strict=True))["request.erasure"] == pytest.approx(1)
    assert dict(zip(MODEL.kinds, kinds, strict=True))["request"] == pytest.approx(1)
    assert (float(intents.sum()), float(kinds.sum())) == pytest.approx((1, 1))
    assert list(MODEL.language_scores("Radera!")) == pytest.approx([0, 0, 1])
    assert list(Language)[2] is Language.SV


def test_what_is_said_counts_and_not_how_long_it_is() -> None:
    intents, _ = MODEL.intent_scores("copy delete")
    assert np.linalg.norm(intents) == pytest.approx(1, abs=1e-3)
    twice, _ = MODEL.intent_scores("copy copy copy")
    once, _ = MODEL.intent_scores("copy")
    assert list(twice) == list(once)


def test_saying_a_word_again_adds_less_than_saying_it_first() -> None:
    scores, _ = MODEL.intent_scores("copy copy delete")
    asked = dict(zip(MODEL.intents, map(float, scores), strict=True))
    share = asked["request.access"] / asked["request.erasure"]
    assert share == pytest.approx(1 + np.log(2), abs=1e-3)


def test_of_what_was_written_only_words_of_the_phrases_stay_in_memory() -> None:
    made = model()
    made.intent_scores("Radera Matti Meikäläinen, matti@example.com")
    made.language_scores("copy for Mary")
    assert set(made.met) == {"radera", "copy"}


def test_rare_words_count_more() -> None:
    rarity = MODEL.rarity.copy()
    rarity[MODEL.vocabulary["=copy"]] = 3
    scores, _ = replace(MODEL, rarity=rarity).intent_scores("copy delete")
    asked = dict(zip(MODEL.intents, map(float, scores), strict=True))
    assert asked["request.access"] == pytest.approx(3 * asked["request.erasure"], abs=1e-3)


def test_a_text_of_unknown_words_lies_where_the_boundaries_begin() -> None:
    biased = replace(
        MODEL,
        wanted=replace(MODEL.wanted, bias=MODEL.wanted.bias + 0.5),
        language=replace(MODEL.language, bias=MODEL.language.bias - 1),
    )
    assert set(biased.intent_scores("xyzzy")[0]) == {0.5}
    assert set(biased.language_scores("")) == {-1}


def test_words_are_known_whole_and_texts_by_any_feature() -> None:
    assert MODEL.knows("copy")
    assert not MODEL.knows("cop")
    assert MODEL.recognises("one copy, please")
    assert not MODEL.recognises("日本語のテキスト")
    assert not MODEL.recognises("")


def test_the_language_of_a_letter_shows_in_its_beginning() -> None:
    known = model()
    begun = "delete my data " * 40
    after = begun + "poista tietoni " * 40
    assert np.array_equal(known.language_scores(after), known.language_scores(begun))
