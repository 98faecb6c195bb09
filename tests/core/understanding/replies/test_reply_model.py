"""The model scores a reply by its words and signs."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest

from bot.core.catalog import Language
from bot.core.understanding.asked import Asked, Meaning, Stage
from bot.core.understanding.models.weights import packed
from bot.core.understanding.replies.reply_model import SHARPNESS, SIGN, ReplyModel

MODEL = ReplyModel(
    vocabulary={"=yes": 0, "=no": 1, "#offer": 2},
    rarity=np.ones(3, np.float32),
    meanings=(Meaning.AGREE, Meaning.REFUSE),
    weights=packed(np.array([[1, 0], [0, 1], [0, 1]]), np.array([0.5, 0.0])),
)
OFFER = Asked(stage=Stage.OFFER)


def test_words_and_signs_are_weighed() -> None:
    likely = MODEL.log_probabilities("yes", OFFER, Language.EN)
    apart = SHARPNESS * (1.5 - SIGN)
    assert likely[Meaning.AGREE] - likely[Meaning.REFUSE] == pytest.approx(apart, rel=1e-4)


def test_all_meanings_together_are_certain() -> None:
    likely = MODEL.log_probabilities("yes", OFFER, Language.EN)
    assert sum(map(exp, likely.values())) == pytest.approx(1)


def test_a_word_is_known_when_it_stands_in_a_reply_of_the_phrases() -> None:
    assert (MODEL.knows("yes"), MODEL.knows("xyzzy")) == (True, False)


def test_of_unknown_words_the_bias_is_left() -> None:
    likely = MODEL.log_probabilities("xyzzy", Asked(stage=Stage.NAME), Language.EN)
    assert likely[Meaning.AGREE] - likely[Meaning.REFUSE] == pytest.approx(SHARPNESS * 0.5)
