"""Trains the linear model from the phrases. The only module that needs scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from bot.core.catalog import Catalog, Kind, Language
from bot.core.features import features
from bot.core.model import Model

# Chosen by cross-validation on the phrases.
_PENALTY = 0.5
_RAREST = 2

Progress = Callable[[str, float], None]


def train(catalog: Catalog, progress: Progress | None = None) -> Model:
    """Return the model of a catalogue; the same catalogue always gives the same model.

    `progress` is told what is being done and how much of it (0 to 1).
    """
    tell = progress or (lambda _what, _share: None)
    tell("reading phrases", 0.0)
    counted = [features(phrase.text) for phrase in catalog.phrases]
    seen = Counter(name for counts in counted for name in counts)
    vocabulary = {n: i for i, n in enumerate(sorted(n for n, c in seen.items() if c >= _RAREST))}
    total = len(counted)
    rarity = np.array([np.log((1 + total) / (1 + seen[name])) + 1 for name in vocabulary])
    tell("weighing words", 0.2)
    matrix = _matrix(counted, vocabulary, rarity)
    intents = sorted({phrase.intent for phrase in catalog.phrases})
    tell("learning intents", 0.3)
    weights, bias = _fit(matrix, [phrase.intent for phrase in catalog.phrases], intents)
    tell("learning kinds", 0.8)
    kinds = [str(kind) for kind in Kind]
    kind_of = [str(catalog.intents[phrase.intent].kind) for phrase in catalog.phrases]
    of_kind = _fit(matrix, kind_of, kinds)
    tell("learning languages", 0.9)
    languages = [str(language) for language in Language]
    of_language = _fit(matrix, [str(phrase.language) for phrase in catalog.phrases], languages)
    tell("done", 1.0)
    return Model(
        vocabulary=vocabulary,
        rarity=rarity.astype(np.float32),
        intents=tuple(intents),
        weights=weights,
        bias=bias,
        kinds=tuple(kinds),
        kind_weights=of_kind[0],
        kind_bias=of_kind[1],
        language_weights=of_language[0],
        language_bias=of_language[1],
    )


def _matrix(
    counted: Sequence[Counter[str]], vocabulary: dict[str, int], rarity: np.ndarray[Any, Any]
) -> Any:
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    rows, columns, values = [], [], []
    for row, counts in enumerate(counted):
        for name, count in counts.items():
            column = vocabulary.get(name)
            if column is not None:
                rows.append(row)
                columns.append(column)
                values.append((1 + np.log(count)) * rarity[column])
    shape = (len(counted), len(vocabulary))
    return normalize(csr_matrix((values, (rows, columns)), shape=shape))


def _fit(
    matrix: Any, labels: Sequence[str], classes: Sequence[str]
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return weights (features x classes) and bias (classes) of one-against-rest linear SVMs."""
    from sklearn.svm import LinearSVC

    machine = LinearSVC(C=_PENALTY, random_state=0).fit(matrix, labels)
    order = [list(machine.classes_).index(name) for name in classes]
    weights = np.ascontiguousarray(machine.coef_[order].T.astype(np.float16))
    return weights, machine.intercept_[order].astype(np.float32)
