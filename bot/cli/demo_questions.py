"""Made-up questions of a year, as they are counted: by day, language and topic.

The same seed makes the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from bot.core.catalog import Language
from bot.core.question_counts import AskedTopic, QuestionResult

# How many of a hundred questions are about a topic, and how many of these the notice answers.
_TOPICS = {
    "topic.retention": (17, 0.95),
    "topic.cookies": (14, 0.95),
    "topic.sharing": (11, 0.9),
    "topic.who-has-access": (9, 0.9),
    "topic.security": (8, 0.85),
    "topic.printed-material": (8, 0.5),
    "topic.dpo": (7, 0.0),
    "topic.ai": (6, 0.0),
    "topic.call-recordings": (4, 0.0),
    "out_of_scope.orders": (11, 0.0),
    "out_of_scope.chatter": (5, 0.0),
}
_LANGUAGES = {Language.FI: 72, Language.EN: 16, Language.SV: 12}
_DAYS = 365


def planned_questions(
    number: int, last: date, seed: int
) -> Iterator[tuple[date, Language, AskedTopic]]:
    """Yield what is counted of so many questions of the year that ends on a day."""
    chance = Random(seed)  # noqa: S311 - nothing is kept secret with it
    weights = [often for often, _ in _TOPICS.values()]
    for _ in range(number):
        day = last - timedelta(days=chance.randrange(_DAYS))
        language = chance.choices(list(_LANGUAGES), list(_LANGUAGES.values()))[0]
        topic = chance.choices(list(_TOPICS), weights)[0]
        for result in _results(chance, topic):
            yield day, language, AskedTopic(topic=topic, result=result)


def _results(chance: Random, topic: str) -> Iterator[QuestionResult]:
    """Yield what came of a question, at first and then."""
    answered = _TOPICS[topic][1]
    if topic.startswith(QuestionResult.OUT_OF_SCOPE):
        yield QuestionResult.OUT_OF_SCOPE
    elif answered and chance.random() < answered:
        yield QuestionResult.ANSWERED
    elif answered:
        yield QuestionResult.OFFERED
        if chance.random() < 0.6:
            yield QuestionResult.CHOSEN
    else:
        yield QuestionResult.NOT_IN_NOTICE
        if chance.random() < 0.15:
            yield QuestionResult.PASSED
