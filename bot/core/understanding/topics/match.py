"""What the matcher makes of a message: its outcome, how sure that is, and what goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.catalog import Intent, Kind, Language, Right

SHORT_FORM = 0.95  # the confidence where a rule knows what a short form means
STATED = 0.5  # what is less sure is offered as an answer: about half of it is one
KNOWN_WORDING = 1.0  # the confidence where a message is a phrase of the catalogue


class Outcome(StrEnum):
    """What the assistant makes of a message."""

    ANSWER = "answer"
    REQUEST = "request"
    CLARIFY = "clarify"
    NOT_IN_NOTICE = "not_in_notice"
    OUT_OF_SCOPE = "out_of_scope"
    SMALLTALK = "smalltalk"
    INCIDENT = "incident"
    HUMAN = "human"
    STATUS = "status"
    CANCEL = "cancel"


def outcome_of(intent: Intent) -> Outcome:
    """Return what becomes of a message that wants this."""
    return Outcome.ANSWER if intent.kind is Kind.QUESTION else Outcome(intent.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A message understood. `rights` are all rights asked for, `options` what to choose from.

    `also` is what else may have been meant, where that is not sure. `reported` tells that the
    message reports an incident, too. `served` are topics that may as fairly be meant as
    `intent`. `passages` answer best, where that is not simply the first of the topic; where
    the notice seems not to answer, one that may. `besides` is what else the message asks.
    """

    language: Language
    outcome: Outcome
    intent: str
    right: Right | None = None
    rights: tuple[Right, ...] = ()
    confidence: float = 1.0
    options: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    reported: bool = False
    served: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    besides: tuple[Match, ...] = ()
