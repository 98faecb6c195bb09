"""A head learns what vectors mean, and keeps what it knew of labels that stay."""

from __future__ import annotations

import numpy as np
import pytest

from bot.content.head_training import train_head
from bot.core.understanding.models.encoder import Head

RANDOM = np.random.default_rng(3)
PLACES = {"cookies": [8.0, 0, 0], "newsletter": [0, 8.0, 0], "photos": [0, 0, 8.0]}
LABELS = [label for label in PLACES for _ in range(30)]
VECTORS = (np.array([PLACES[label] for label in LABELS]) + RANDOM.normal(size=(90, 3))).astype("f4")
EMPTY = Head(labels=(), weights=np.zeros((3, 0), np.float32), bias=np.zeros(0, np.float32))


def nothing(_share: float) -> None:
    """Where nobody looks how far it has come."""


def best(head: Head, vector: list[float]) -> str:
    logs = head.logs(np.array(vector, np.float32))
    return max(logs, key=logs.__getitem__)


def test_labels_are_told_apart() -> None:
    head = train_head(VECTORS, LABELS, EMPTY, nothing)
    assert head.labels == tuple(sorted(PLACES))
    assert [best(head, place) for place in PLACES.values()] == list(PLACES)


def test_nothing_is_quite_sure() -> None:
    """Labels are smoothed: what is learnt by heart must not drown what the linear model says."""
    head = train_head(VECTORS, LABELS, EMPTY, nothing)
    assert np.exp(max(head.logs(np.array([8.0, 0, 0], np.float32)).values())) < 0.97


def test_a_label_that_is_new_is_learnt_beside_those_that_were_known() -> None:
    old = [label != "photos" for label in LABELS]
    before = train_head(
        VECTORS[old], [label for label in LABELS if label != "photos"], EMPTY, nothing
    )
    after = train_head(VECTORS, LABELS, before, nothing)
    assert [best(after, place) for place in PLACES.values()] == list(PLACES)


def test_a_label_that_is_gone_is_forgotten() -> None:
    before = train_head(VECTORS, LABELS, EMPTY, nothing)
    after = train_head(VECTORS[:60], LABELS[:60], before, nothing)
    assert after.labels == ("cookies", "newsletter")


def test_the_same_vectors_give_the_same_head() -> None:
    one, other = (train_head(VECTORS, LABELS, EMPTY, nothing) for _ in range(2))
    assert (one.weights == other.weights).all()


def test_what_was_learnt_well_hardly_moves() -> None:
    before = train_head(VECTORS, LABELS, EMPTY, nothing)
    after = train_head(VECTORS, LABELS, before, nothing)
    assert np.abs(after.weights - before.weights).max() == pytest.approx(0, abs=0.05)


def test_how_far_it_has_come_is_told() -> None:
    shares: list[float] = []
    train_head(VECTORS, LABELS, EMPTY, shares.append)
    assert shares == sorted(shares)
    assert 0 < shares[0] <= shares[-1] <= 1


def test_of_two_labels_for_one_place_the_one_whose_texts_are_new_to_the_encoder_weighs_more() -> (
    None
):
    vectors = np.array([PLACES["photos"]] * 30, np.float32)
    labels = ["cookies"] * 20 + ["newsletter"] * 10
    new = np.array([label == "newsletter" for label in labels])
    assert best(train_head(vectors, labels, EMPTY, nothing), PLACES["photos"]) == "cookies"
    told = train_head(vectors, labels, EMPTY, nothing, seen=~new)
    assert best(told, PLACES["photos"]) == "newsletter"
