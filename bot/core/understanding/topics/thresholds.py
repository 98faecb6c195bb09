"""The thresholds between verdicts on a message."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Where a verdict turns; probabilities of 0 to 1.

    Below `sure` nothing is said without a question, and below `stated` neighbours of at least
    `beside` are offered beside the answer. From `alone` on the linear model needs no encoder. A
    topic beside is served too where it is at least `served` times as likely as the answer, or
    `fair` times where the answer is stated.
    """

    sure: float = 0.15
    near: float = 0.75
    stated: float = 0.85
    beside: float = 0.04
    alone: float = 0.9
    another: float = 0.6
    same: float = 95.0
    served: float = 0.15
    fair: float = 0.5


# What both say together is surer than what the linear model says alone.
WITH_ENCODER = Thresholds(sure=0.15, stated=0.9, beside=0.02)
