"""What linear heads read in the vector of a text."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bot.core.catalog import Right
from bot.core.understanding.asked import Asked, Stage
from bot.core.understanding.models.encoder import Head, TextScores, said_at
from tests.core.understanding.factories import Encodes


def head(*labels: str) -> Head:
    return Head(
        labels=labels,
        weights=np.eye(2, len(labels), dtype=np.float32),
        bias=np.zeros(len(labels), np.float32),
    )


def test_a_head_gives_the_logarithms_of_probabilities() -> None:
    logs = head("a", "b").logs(np.array([2.0, 0.0], np.float32))
    assert sum(map(math.exp, logs.values())) == pytest.approx(1)
    assert logs["a"] - logs["b"] == pytest.approx(2)


def test_a_vector_of_any_length_gives_numbers() -> None:
    logs = head("a", "b").logs(np.array([1e4, -1e4], np.float32))
    assert logs == {"a": pytest.approx(0), "b": pytest.approx(-2e4)}


def test_messages_and_replies_have_a_head_each() -> None:
    encoder = Encodes({"delete": (5.0, 0.0), "offer erasure: delete": (0.0, 5.0)})
    scores = TextScores(encoder=encoder, topics=head("x", "y"), meanings=head("agree", "refuse"))
    assert max(scores.of_message("delete").items(), key=lambda item: item[1])[0] == "x"
    reply = scores.of_reply("delete", Asked(stage=Stage.OFFER, right=Right.ERASURE))
    assert max(reply.items(), key=lambda item: item[1])[0] == "refuse"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(stage=Stage.OFFER, right=Right.ACCESS), "offer access: ok"),
        (Asked(stage=Stage.CLOSED, state="fulfilled"), "closed fulfilled: ok"),
        (Asked(stage=Stage.STAFF_QUESTION, question="When?"), "staff_question  When?: ok"),
        (Asked(stage=Stage.IDLE), "idle : ok"),
    ],
)  # fmt: skip
def test_a_reply_is_read_with_what_it_replies_to(asked: Asked, said: str) -> None:
    assert said_at("ok", asked) == said


def test_of_a_long_question_of_staff_the_beginning_is_read() -> None:
    asked = Asked(stage=Stage.STAFF_QUESTION, question="x" * 300)
    assert len(said_at("ok", asked)) < 120
