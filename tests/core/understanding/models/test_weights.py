"""Weights in whole steps say nearly what they said before."""

from __future__ import annotations

import numpy as np
import pytest

from bot.core.understanding.models.weights import packed

RANDOM = np.random.default_rng(1)


def test_whole_steps_are_kept() -> None:
    weights = RANDOM.integers(-31, 32, (3, 5)) * np.array([[0.5], [1.0], [2.0]])
    weights[:, 0] = [-15.5, 31, 62]
    bias, values = RANDOM.normal(size=5), np.array([0.5, 1.0, -2.0])
    scores = packed(weights, bias).scores(np.arange(3), values)
    assert scores == pytest.approx(values @ weights + bias, abs=1e-5)


def test_a_weight_is_off_by_half_a_step_at_most() -> None:
    weights = RANDOM.normal(size=(200, 9))
    small = packed(weights, np.zeros(9))
    kept = np.array([small.scores(np.array([n]), np.ones(1)) for n in range(200)])
    half_a_step = np.abs(weights).max(axis=1) / 31 / 2
    assert (np.abs(kept - weights).max(axis=1) <= half_a_step + 1e-5).all()


def test_only_the_features_that_are_given_count() -> None:
    small = packed(np.array([[1.0, 0], [0, 1.0], [1.0, 1.0]]), np.array([0.0, 0.5]))
    assert small.scores(np.array([1]), np.array([2.0])) == pytest.approx([0, 2.5])
    none = small.scores(np.array([], np.int64), np.array([], np.float32))
    assert list(none) == [0, 0.5]


def test_features_that_say_the_same_share_a_row() -> None:
    small = packed(np.array([[1.0, -0.5, 0.0], [3.0, 0.0, 1.0], [2.0, -1.0, 0.0]]), np.zeros(3))
    assert (len(small.steps), small.row[0] == small.row[2]) == (2, True)
    assert small.scores(np.array([2]), np.ones(1)) == pytest.approx([2, -1, 0], abs=0.05)


def test_a_feature_that_says_nothing_says_nothing() -> None:
    assert list(packed(np.zeros((1, 3)), np.zeros(3)).scores(np.array([0]), np.ones(1))) == [0] * 3
