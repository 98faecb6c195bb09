"""What the model of replies and the encoder say together."""

from __future__ import annotations

from collections.abc import Mapping
from math import exp, log

import numpy as np
import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Stage
from bot.core.understanding.models.encoder import Head, TextScores
from bot.core.understanding.replies.reply_scores import ReplyScores, joined
from tests.core.understanding.factories import Encodes

ASKED = Asked(stage=Stage.OFFER, right=Right.ERASURE)
M = Meaning


class Says:
    """A model that finds the same likely in every reply, and knows one word."""

    def __init__(self, shares: Mapping[Meaning, float]) -> None:
        self._shares = shares

    def log_probabilities(
        self, _text: str, _asked: Asked, _language: Language, /
    ) -> dict[M, float]:
        return {meaning: log(share) for meaning, share in self._shares.items()}

    def knows(self, word: str, /) -> bool:
        return word == "joo"


def read(
    shares: Mapping[Meaning, float], vector: tuple[float, float]
) -> tuple[Mapping[Meaning, float], int]:
    encoder = Encodes({"offer erasure: joo": vector})
    head = Head(labels=(M.AGREE, M.REFUSE), weights=np.eye(2), bias=np.zeros(2))
    both = ReplyScores(Says(shares), TextScores(encoder=encoder, topics=head, meanings=head))
    logs = both.log_probabilities("joo", ASKED, Language.FI)
    return {meaning: exp(logarithm) for meaning, logarithm in logs.items()}, len(encoder.asked)


def test_where_the_model_is_sure_the_encoder_is_not_asked() -> None:
    likely, asked = read({M.AGREE: 0.99, M.REFUSE: 0.01}, (0.0, 9.0))
    assert asked == 0
    assert likely[M.AGREE] == pytest.approx(0.99)


def test_a_meaning_that_makes_no_sense_at_the_stage_makes_nothing_less_sure() -> None:
    _, asked = read({M.AGREE: 0.39, M.REFUSE: 0.01, M.CHASE: 0.6}, (0.0, 9.0))
    assert asked == 0


def test_where_the_model_is_not_sure_both_are_asked() -> None:
    likely, asked = read({M.AGREE: 0.6, M.REFUSE: 0.4}, (0.0, 9.0))
    assert asked == 1
    assert likely[M.REFUSE] > 0.9
    assert sum(likely.values()) == pytest.approx(1)


def test_a_meaning_that_is_new_to_the_encoder_is_as_likely_as_its_words_are() -> None:
    before = {M.AGREE: log(0.5), M.CODE: log(0.5)}
    after = joined(before, {M.AGREE: log(0.5)})
    assert after[M.AGREE] == pytest.approx(after[M.CODE])


def test_a_word_is_known_when_the_model_knows_it() -> None:
    head = Head(labels=(M.AGREE,), weights=np.eye(1), bias=np.zeros(1))
    scores = TextScores(encoder=Encodes({"": (0.0,)}), topics=head, meanings=head)
    both = ReplyScores(Says({M.AGREE: 1.0}), scores)
    assert (both.knows("joo"), both.knows("ei")) == (True, False)
