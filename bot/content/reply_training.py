"""Trains the model of replies, with scikit-learn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np

from bot.core.understanding.asked import Meaning, ReplyPhrase, Stage
from bot.core.understanding.models.weights import packed
from bot.core.understanding.replies.decision import POSSIBLE_AT
from bot.core.understanding.replies.reply_features import signs_of, words_of
from bot.core.understanding.replies.reply_model import LEARNT_AS, ReplyModel, vector

# Chosen by cross-validation on the phrases, each writer left out in turn.
_PENALTY = 0.5
_RAREST = 2


def train_replies(phrases: Sequence[ReplyPhrase]) -> ReplyModel:
    """Return the model of replies; the same phrases give the same model, but for rounding."""
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    learnt = [phrase for phrase in phrases if is_learnt(phrase)]
    seen = Counter(chain.from_iterable(_worded(phrase) for phrase in learnt))
    signed = Counter(chain.from_iterable(_signed(phrase) for phrase in learnt))
    names = [*_common(seen), *_common(signed)]
    vocabulary = {name: column for column, name in enumerate(names)}
    total = len(learnt)
    rarity = np.array([np.log((1 + total) / (1 + seen.get(n, total))) + 1 for n in names])
    rows = [vector(p.text, p.asked, p.language, vocabulary, rarity) for p in learnt]
    ends = np.cumsum([0, *(len(columns) for columns, _ in rows)])
    columns = np.concatenate([columns for columns, _ in rows])
    values = np.concatenate([values for _, values in rows])
    matrix = csr_matrix((values, columns, ends), shape=(total, len(names)))
    machine = LinearSVC(C=_PENALTY, random_state=0)
    machine.fit(matrix, [str(learnt_meaning(phrase)) for phrase in learnt])
    return ReplyModel(
        vocabulary=vocabulary,
        rarity=rarity.astype(np.float32),
        meanings=tuple(map(Meaning, machine.classes_)),
        weights=packed(machine.coef_.T, machine.intercept_),
    )


def is_learnt(phrase: ReplyPhrase) -> bool:
    """Tell whether the model learns a phrase: for whom one writes, only where that may be said."""
    said_at = POSSIBLE_AT[Meaning.ON_BEHALF] | {Stage.NAME}
    return phrase.means is not Meaning.ON_BEHALF or phrase.asked.stage in said_at


def learnt_meaning(phrase: ReplyPhrase) -> Meaning:
    at_email = phrase.asked.stage is Stage.EMAIL
    if phrase.means is Meaning.ON_BEHALF and phrase.asked.stage is Stage.NAME:
        return Meaning.VALUE
    if phrase.means is Meaning.DECLINE_VALUE and at_email:
        return Meaning.NO_EMAIL
    return LEARNT_AS.get(phrase.means, phrase.means)


def _worded(phrase: ReplyPhrase) -> list[str]:
    return list(words_of(phrase.text, phrase.asked))


def _signed(phrase: ReplyPhrase) -> set[str]:
    return signs_of(phrase.text, phrase.asked, phrase.language)


def _common(counts: Counter[str]) -> list[str]:
    return sorted(name for name, count in counts.items() if count >= _RAREST)
