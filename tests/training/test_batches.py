"""Texts are learnt in the same order in every run, each once an epoch."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from training.batches import BATCH, LENGTHS, batches, padded

EPOCH = 100
LENGTHS_OF_TEXTS = [5 + n * 7 % 40 for n in range(EPOCH * BATCH)]


def test_a_run_that_goes_on_meets_the_batches_that_it_would_have_met() -> None:
    long = list(batches(LENGTHS_OF_TEXTS, EPOCH + 20))
    assert len(long) == EPOCH + 20
    assert long[:30] == list(batches(LENGTHS_OF_TEXTS, 30))


def test_each_text_is_met_once_an_epoch_beside_others_of_like_length() -> None:
    epoch = list(batches(LENGTHS_OF_TEXTS, EPOCH))
    assert set(Counter(place for own in epoch for place in own).values()) == {1}
    spread = [
        max(LENGTHS_OF_TEXTS[i] for i in own) - min(LENGTHS_OF_TEXTS[i] for i in own)
        for own in epoch
    ]
    assert np.mean(spread) < 4


def test_the_next_epoch_has_an_order_of_its_own() -> None:
    both = list(batches(LENGTHS_OF_TEXTS, 2 * EPOCH))
    assert both[:EPOCH] != both[EPOCH:]


def test_rows_are_filled_up_to_one_of_few_lengths() -> None:
    values, mask = padded([np.array([1, 2, 3]), np.arange(1, 11)])
    assert values.shape == mask.shape == (2, 12)
    assert list(mask.sum(axis=1)) == [3, 10]
    assert not values[mask == 0].any()


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(StopIteration):
        padded([np.zeros(LENGTHS[-1] + 1)])
