"""How often which topic was asked about, and what came of it: without any text or person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.catalog import Kind, in_library
from bot.core.understanding.topics.match import STATED, Match, Outcome


class QuestionResult(StrEnum):
    """What came of a question.

    One that was `OFFERED` an answer, or told that the notice does not say, may later count as
    `CHOSEN` by a tap on what was meant, or as `PASSED` to staff, too.
    """

    ANSWERED = "answered"
    OFFERED = "offered"
    NOT_IN_NOTICE = "not_in_notice"
    OUT_OF_SCOPE = "out_of_scope"
    CHOSEN = "chosen"
    PASSED = "passed"


_RESULTS = {
    Outcome.CLARIFY: QuestionResult.OFFERED,
    Outcome.NOT_IN_NOTICE: QuestionResult.NOT_IN_NOTICE,
    Outcome.OUT_OF_SCOPE: QuestionResult.OUT_OF_SCOPE,
}
_UNANSWERED = (QuestionResult.NOT_IN_NOTICE, QuestionResult.OFFERED)
_AT_FIRST = (QuestionResult.ANSWERED, *_UNANSWERED, QuestionResult.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedTopic:
    """What a question was about, as the library calls it, and what came of it.

    `topic` is empty where nobody knows which it was.
    """

    topic: str
    result: QuestionResult


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicResults:
    """How often a topic was asked about, by what came of it."""

    topic: str
    results: Mapping[QuestionResult, int]

    def times(self, *results: QuestionResult) -> int:
        """Return how often one of these came of it."""
        return sum(self.results.get(result, 0) for result in results)

    @property
    def asked(self) -> int:
        """How often it was asked about in words."""
        return self.times(*_AT_FIRST)

    @property
    def unanswered(self) -> int:
        """How often the notice was not quoted as the answer."""
        return self.times(*_UNANSWERED)


def asked_in(match: Match) -> tuple[AskedTopic, ...]:
    """Return what is counted of a message: each question of it, or nothing where it asks none."""
    each = (_asked(one) for one in (match, *match.besides))
    return tuple(dict.fromkeys(one for one in each if one))


def _asked(match: Match) -> AskedTopic | None:
    topic = in_library(match.intent)
    if match.outcome is Outcome.ANSWER:
        stated = match.confidence >= STATED
        result = QuestionResult.ANSWERED if stated else QuestionResult.OFFERED
        return AskedTopic(topic=topic, result=result)
    found = _RESULTS.get(match.outcome)
    return AskedTopic(topic=topic, result=found) if found else None


def chosen(match: Match) -> tuple[AskedTopic, ...]:
    """Return what is counted of a choice by a button: nothing where it asks none of the notice."""
    return tuple(replace(one, result=QuestionResult.CHOSEN) for one in asked_in(match))


def passed(intent: str) -> tuple[AskedTopic, ...]:
    """Return what is counted where a question was passed to staff; of which intent, if known."""
    return (AskedTopic(topic=in_library(intent), result=QuestionResult.PASSED),)


def together(counts: Iterable[Mapping[AskedTopic, int]]) -> Mapping[AskedTopic, int]:
    """Return counts, such as those of all languages, as one."""
    found: Counter[AskedTopic] = Counter()
    for some in counts:
        found.update(some)
    return found


def by_topic(counts: Mapping[AskedTopic, int]) -> Sequence[TopicResults]:
    """Return the topics, those with the most questions that were not answered first.

    All that is not about privacy is one of them.
    """
    results: dict[str, Counter[QuestionResult]] = {}
    for asked, number in sorted(counts.items(), key=lambda one: one[0].topic):
        about, _, _ = asked.topic.partition(".")
        topic = about if about == Kind.OUT_OF_SCOPE else asked.topic
        results.setdefault(topic, Counter())[asked.result] += number
    found = [TopicResults(topic=topic, results=counted) for topic, counted in results.items()]
    return sorted(found, key=lambda one: (-one.unanswered, -one.asked))
