"""What the linear model and the encoder say together."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bot.core.understanding.topics.chances import Chances, joined
from tests.core.factories import catalog_of
from tests.core.understanding.factories import Encodes, knowing, model

CATALOG = catalog_of()
LINEAR = {"human": 0.6, "cancel": 0.3, "status": 0.1}


def test_both_count() -> None:
    sure_of_cancel = {"human": math.log(0.05), "cancel": math.log(0.9), "status": math.log(0.05)}
    both = joined(LINEAR, sure_of_cancel)
    assert max(both, key=both.__getitem__) == "cancel"
    undecided = dict.fromkeys(LINEAR, math.log(1 / 3))
    both = joined(LINEAR, undecided)
    assert max(both, key=both.__getitem__) == "human"
    assert sum(both.values()) == pytest.approx(1)


def test_an_intent_that_is_new_to_the_encoder_is_as_likely_as_its_words_are() -> None:
    both = joined(LINEAR, {"cancel": math.log(0.3), "status": math.log(0.1)})
    assert max(both, key=both.__getitem__) == "human"


def test_what_the_linear_model_rules_out_can_be_said_all_the_same() -> None:
    both = joined({"human": 1.0, "cancel": 0.0}, {"human": -60.0, "cancel": 0.0})
    assert both["cancel"] > both["human"]


def test_a_model_of_another_library_is_refused() -> None:
    other = replace(model(), intents=tuple(f"topic.{n}" for n in range(len(model().intents))))
    with pytest.raises(ValueError, match=r"topic\.0"):
        Chances(CATALOG, other)


def test_without_an_encoder_the_linear_model_speaks_alone() -> None:
    chances = Chances(CATALOG, model())
    linear = chances.of("delete", model().nothing_seen())
    assert chances.with_encoder("delete", linear) is linear


def test_with_an_encoder_both_do() -> None:
    chances = Chances(CATALOG, model(), knowing({"delete": "request.access"}))
    linear = chances.of("delete", model().nothing_seen())
    both = chances.with_encoder("delete", linear)
    assert both["request.access"] > linear["request.access"]
    assert both["request.erasure"] < linear["request.erasure"]


def test_of_a_letter_the_encoder_is_not_asked() -> None:
    letter = "delete " * 200
    chances = Chances(CATALOG, model(), knowing({letter: "request.access"}))
    linear = chances.of(letter, model().nothing_seen())
    assert chances.with_encoder(letter, linear) is linear


def test_a_short_text_is_read_without_its_typing_mistakes() -> None:
    chances = Chances(CATALOG, model(), knowing({"complain": "human"}))
    linear = chances.of("compalin", model().nothing_seen())
    both = chances.with_encoder("compalin", linear)
    assert max(both, key=both.__getitem__) == "human"


def test_what_may_want_a_right_is_told_without_the_encoder() -> None:
    scores = knowing({"complain": "request.access"})
    chances = Chances(CATALOG, model(), scores)
    assert chances.may_want_a_right("delete, or complain")
    assert not chances.may_want_a_right("complain")
    assert isinstance(scores.encoder, Encodes)
    assert scores.encoder.asked == []
