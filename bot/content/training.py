"""Trains the linear model from the phrases, with scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from bot.core.catalog import Catalog, Kind, Language
from bot.core.understanding.models.features import features
from bot.core.understanding.models.model import Model
from bot.core.understanding.models.weights import Array, packed

# Chosen by cross-validation on the phrases.
_PENALTY = 0.5
_RAREST = 3

# Classes learnt in one go: small enough that two cores have work, large enough to share the data.
_GROUP = 22
_OTHERS = ""
_THREADS = 4
_TOLERANCE = 1e-3

Progress = Callable[[str, float], None]
Labels = tuple[Sequence[str], Sequence[str]]


def train(catalog: Catalog, progress: Progress | None = None) -> Model:
    """Return the model of a catalogue; the same catalogue gives the same model, but for rounding.

    `progress` is told what is being done and how much of it (0 to 1).
    """
    tell = progress or (lambda _what, _share: None)
    phrases = catalog.phrases
    tell("reading phrases", 0.0)
    counted = [features(phrase.text) for phrase in phrases]
    tell("weighing words", 0.25)
    seen = Counter(name for counts in counted for name in counts)
    vocabulary = {n: i for i, n in enumerate(sorted(n for n, c in seen.items() if c >= _RAREST))}
    total = len(counted)
    rarity = np.array([np.log((1 + total) / (1 + seen[name])) + 1 for name in vocabulary])
    matrix = _matrix(counted, vocabulary, rarity)
    tell("learning", 0.35)
    intents = sorted({phrase.intent for phrase in phrases})
    present = {catalog.intents[intent].kind for intent in intents}
    kinds = [str(kind) for kind in Kind if kind in present]
    languages = [str(language) for language in Language]
    labels = [
        ([phrase.intent for phrase in phrases], intents),
        ([str(catalog.intents[phrase.intent].kind) for phrase in phrases], kinds),
        ([str(phrase.language) for phrase in phrases], languages),
    ]
    fitted = _fit_all(matrix, labels, lambda share: tell("learning", 0.35 + 0.65 * share))
    (weights, bias), (kind_weights, kind_bias), of_language = fitted
    return Model(
        vocabulary=vocabulary,
        rarity=rarity.astype(np.float32),
        intents=tuple(intents),
        kinds=tuple(kinds),
        wanted=packed(
            np.concatenate([weights, kind_weights], axis=1), np.concatenate([bias, kind_bias])
        ),
        language=packed(*of_language),
    )


def _matrix(counted: Sequence[Counter[str]], vocabulary: dict[str, int], rarity: Array) -> Any:
    """Return the TF-IDF rows of the phrases, each of length 1."""
    from scipy.sparse import csr_matrix
    from sklearn.preprocessing import normalize

    known = [
        [(vocabulary[name], count) for name, count in counts.items() if name in vocabulary]
        for counts in counted
    ]
    columns = np.array([column for row in known for column, _ in row])
    counts = np.array([count for row in known for _, count in row])
    ends = np.cumsum([0, *map(len, known)])
    values = (1 + np.log(counts)) * rarity[columns]
    return normalize(csr_matrix((values, columns, ends), shape=(len(counted), len(vocabulary))))


def _fit_all(
    matrix: Any, labels: Sequence[Labels], tell: Callable[[float], None]
) -> list[tuple[Array, Array]]:
    """Return weights (features x classes) and bias (classes) for each kind of labels.

    A class is learnt against all others, so groups of classes can be learnt at the same time. The
    solver draws its order from one generator for all threads: models differ in the last digits.
    """
    work = [
        (own, classes[start : start + _GROUP])
        for own, classes in labels
        for start in range(0, len(classes), _GROUP)
    ]
    parts: list[tuple[Array, Array]] = []
    with ThreadPoolExecutor(_THREADS) as pool:
        for part in pool.map(lambda job: _fit(matrix, *job), work):
            parts.append(part)
            tell(len(parts) / len(work))
    fitted = []
    for _, classes in labels:
        own, parts = parts[: -(-len(classes) // _GROUP)], parts[-(-len(classes) // _GROUP) :]
        weights = np.concatenate([weights for weights, _ in own], axis=1)
        fitted.append((np.ascontiguousarray(weights), np.concatenate([bias for _, bias in own])))
    return fitted


def _fit(matrix: Any, labels: Sequence[str], group: Sequence[str]) -> tuple[Array, Array]:
    """Return weights and bias of one-against-rest linear SVMs for a group of classes."""
    from sklearn.svm import LinearSVC

    wanted = set(group)
    own = [label if label in wanted else _OTHERS for label in labels]
    machine = LinearSVC(C=_PENALTY, tol=_TOLERANCE, random_state=0).fit(matrix, own)
    weights, bias = machine.coef_, machine.intercept_
    if len(weights) == 1:  # of two classes there is one boundary, and it belongs to the second
        weights, bias = np.concatenate([-weights, weights]), np.concatenate([-bias, bias])
    order = [list(machine.classes_).index(name) for name in group]
    return weights[order].T.astype(np.float32), bias[order].astype(np.float32)
