"""From the probabilities of meanings to the cheapest one to act on: errors cost unequally."""

from __future__ import annotations

from collections.abc import Mapping, Set
from math import exp

from bot.core.understanding.asked import Meaning, Stage

M, S = Meaning, Stage
LogProbabilities = Mapping[Meaning, float]

FORM = frozenset({S.NAME, S.EMAIL, S.DETAILS})
ENDABLE = frozenset({S.OFFER, S.SUMMARY}) | FORM
TICKET = frozenset({S.CODE, S.OPEN, S.CLOSED, S.STAFF_QUESTION, S.IDLE})
# Where a meaning makes sense; what is not named does everywhere.
POSSIBLE_AT: Mapping[Meaning, frozenset[Stage]] = {
    M.AGREE: frozenset({S.OFFER, S.SUMMARY}),
    M.REFUSE: ENDABLE,
    M.LIMIT: frozenset({S.OFFER, S.SUMMARY, S.DETAILS, S.OPEN}),
    M.VALUE: FORM,
    M.SKIP: FORM | {S.STAFF_QUESTION, S.CODE},
    M.NO_EMAIL: frozenset({S.EMAIL}),
    M.CHANGE: ENDABLE | {S.STAFF_QUESTION, S.OPEN},
    M.ANSWER: frozenset({S.STAFF_QUESTION}),
    M.ON_BEHALF: frozenset({S.OFFER, S.IDLE}),
    M.CODE: frozenset(),  # by its digits alone
    M.CODE_MISSING: TICKET,
    M.CODE_EXPIRED: TICKET,
    M.CODE_ELSEWHERE: TICKET,
    M.CHASE: TICKET,
    M.ADD: TICKET,
    M.WITHDRAW: TICKET,
    M.DISPUTE: TICKET,
}
# Meanings that lead to the same thing at some stages, so that either is right.
ALIKE_AT: tuple[tuple[frozenset[Meaning], frozenset[Stage]], ...] = (
    (frozenset({M.STOP, M.REFUSE}), frozenset({S.OFFER, S.NAME, S.SUMMARY})),
    (frozenset({M.LIMIT, M.VALUE}), frozenset({S.DETAILS})),
    (frozenset({M.CHASE, M.CODE_MISSING}), frozenset({S.CODE})),
    (frozenset({M.CODE_EXPIRED, M.CODE_MISSING}), TICKET),
    (frozenset({M.NO_EMAIL, M.SKIP}), frozenset({S.EMAIL})),
    (frozenset({M.WITHDRAW, M.STOP}), frozenset({S.CODE, S.STAFF_QUESTION, S.OPEN})),
)
_ALIKE: Mapping[tuple[Stage, Meaning], frozenset[Meaning]] = {
    (stage, means): frozenset({means}).union(
        *(alike for alike, where in ALIKE_AT if means in alike and stage in where)
    )
    for stage in Stage
    for means in Meaning
}
# What it costs to act on a meaning that is another, beside asking with buttons, which costs 1 (a
# tap): to agree to what nobody agreed to is far dearer than to miss a yes.
ASKING, MISREADING = 1.0, 1.2
MISREADING_AS: Mapping[Meaning, float] = {
    M.REFUSE: 1.6,
    M.STOP: 1.6,
    M.WITHDRAW: 1.6,
}
# A yes to an offer only begins a form, which can be left; a yes to a summary sends it.
AGREEING_AT: Mapping[Stage, float] = {S.OFFER: 3.5, S.SUMMARY: 5.0}
UNSAID = 3.0  # times as much, where no word of a reply says what it is taken for
SAID_ALONE = 0.1  # times as much, where no word says anything else


def by_cost(
    log_probabilities: LogProbabilities,
    stage: Stage,
    unsaid: Set[Meaning] = frozenset(),
    said_alone: Set[Meaning] = frozenset(),
) -> list[Meaning]:
    """Return the meanings that cost less than asking, the cheapest first, then the likeliest.

    `unsaid` are those that no word of the reply says, `said_alone` those that all its words say.
    """
    likely = probabilities(log_probabilities, stage)
    asking = ASKING * (1 - likely.get(M.UNCLEAR, 0.0))
    costs: dict[Meaning, float] = {
        means: _cost(means, likely, stage)
        * (UNSAID if means in unsaid else SAID_ALONE if means in said_alone else 1)
        for means in likely
        if means is not M.UNCLEAR
    }
    cheaper = (means for means in costs if costs[means] < asking)
    return sorted(cheaper, key=lambda means: (round(costs[means], 6), -likely[means]))


def probabilities(log_probabilities: LogProbabilities, stage: Stage) -> dict[Meaning, float]:
    """Return how likely each meaning is that makes sense at a stage, 1 in all."""
    everywhere = frozenset(Stage)
    possible = {
        means: exp(logarithm)
        for means, logarithm in log_probabilities.items()
        if stage in POSSIBLE_AT.get(means, everywhere)
    }
    whole = sum(possible.values())
    return {means: share / whole for means, share in possible.items()}


def _cost(means: Meaning, likely: Mapping[Meaning, float], stage: Stage) -> float:
    right = sum(likely.get(other, 0.0) for other in _ALIKE[stage, means])
    dear = AGREEING_AT if means is M.AGREE else {}
    return (1 - right) * dear.get(stage, MISREADING_AS.get(means, MISREADING))
