"""Finds rights that a message names without asking for them: "do not delete my data"."""

from __future__ import annotations

from bot.core.catalog import Catalog
from bot.core.understanding.recognisers.demands import asks_for_it
from bot.core.understanding.topics.chances import Probabilities


def weighed(
    text: str, linear: Probabilities, both: Probabilities, catalog: Catalog
) -> Probabilities:
    """Return what a message wants, by the linear model's words and by both models together.

    What the right named weighs goes to the question about it, which is what is meant more likely
    than not: a refused erasure is no objection either.
    """
    surest = max(linear, key=linear.__getitem__)
    named = [catalog.intents[i] for i in (surest, max(both, key=both.__getitem__))]
    refused = [i for i in named if i.right and not asks_for_it(text, i.right)]
    if not refused:
        return both
    shares, meant = dict(both), surest
    for intent in refused:
        if topic := catalog.topic_of(intent):
            shares[topic.id] = shares.get(topic.id, 0.0) + shares.pop(intent.id, 0.0)
            meant = topic.id
    return {i: (share + (i == meant)) / 2 for i, share in shares.items()}
