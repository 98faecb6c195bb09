"""What is counted of a question: its topic and what came of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core import question_counts
from bot.core.catalog import Language
from bot.core.question_counts import AskedTopic, QuestionResult, by_topic, together
from bot.core.understanding.topics.match import STATED, Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE

R = QuestionResult
COOKIES = Match(language=Language.FI, outcome=Outcome.ANSWER, intent="question.cookies")
UNSURE = replace(COOKIES, confidence=STATED - 0.01)
CHOICE = replace(COOKIES, outcome=Outcome.CLARIFY, intent="request.access")
NO_ANSWER = Match(language=Language.FI, outcome=Outcome.NOT_IN_NOTICE, intent="not_in_notice.dpo")
WEATHER = Match(language=Language.FI, outcome=Outcome.OUT_OF_SCOPE, intent="out_of_scope.weather")
GERMAN = Match(language=Language.FI, outcome=Outcome.SMALLTALK, intent=OTHER_LANGUAGE)
REQUEST = replace(COOKIES, outcome=Outcome.REQUEST, intent="request.erasure")


def asked(topic: str, result: R) -> AskedTopic:
    return AskedTopic(topic=topic, result=result)


@pytest.mark.parametrize(
    ("match", "counted"),
    [
        (COOKIES, asked("topic.cookies", R.ANSWERED)),
        (UNSURE, asked("topic.cookies", R.OFFERED)),
        (CHOICE, asked("request.access", R.OFFERED)),
        (NO_ANSWER, asked("topic.dpo", R.NOT_IN_NOTICE)),
        (WEATHER, asked("out_of_scope.weather", R.OUT_OF_SCOPE)),
        (GERMAN, None),
        (REQUEST, None),
    ],
    ids=lambda value: value.outcome if isinstance(value, Match) else "",
)
def test_a_question_counts_by_what_came_of_it(match: Match, counted: AskedTopic | None) -> None:
    assert question_counts.asked_in(match) == ((counted,) if counted else ())


@pytest.mark.parametrize(
    ("match", "counted"),
    [
        (COOKIES, ("topic.cookies", "topic.dpo")),
        (REQUEST, ("topic.dpo",)),
        (NO_ANSWER, ("topic.dpo",)),
    ],
    ids=["two questions", "beside a request", "the same twice"],
)
def test_each_question_of_a_message_counts_once(match: Match, counted: tuple[str, ...]) -> None:
    found = question_counts.asked_in(replace(match, besides=(NO_ANSWER,)))
    assert tuple(one.topic for one in found) == counted


def test_a_tap_counts_as_one_whatever_is_said_then() -> None:
    assert question_counts.chosen(NO_ANSWER) == (asked("topic.dpo", R.CHOSEN),)
    assert question_counts.chosen(REQUEST) == ()


def test_what_goes_to_staff_counts_even_where_its_topic_is_unknown() -> None:
    assert question_counts.passed("not_in_notice.dpo") == (asked("topic.dpo", R.PASSED),)
    assert question_counts.passed("") == (asked("", R.PASSED),)


def test_topics_with_the_most_unanswered_questions_come_first() -> None:
    counts = {
        asked("topic.cookies", R.ANSWERED): 90,
        asked("topic.dpo", R.NOT_IN_NOTICE): 3,
        asked("topic.dpo", R.PASSED): 2,
        asked("topic.ai", R.OFFERED): 4,
        asked("topic.ai", R.CHOSEN): 4,
        asked("out_of_scope.weather", R.OUT_OF_SCOPE): 5,
        asked("out_of_scope.orders", R.OUT_OF_SCOPE): 6,
    }
    found = by_topic(counts)
    assert [(one.topic, one.asked, one.unanswered) for one in found] == [
        ("topic.ai", 4, 4),
        ("topic.dpo", 3, 3),
        ("topic.cookies", 90, 0),
        ("out_of_scope", 11, 0),
    ]
    assert found[1].times(R.PASSED) == 2


def test_counts_of_languages_add_up() -> None:
    one, other = asked("topic.ai", R.OFFERED), asked("topic.dpo", R.PASSED)
    assert together([{one: 2}, {one: 3, other: 1}]) == {one: 5, other: 1}
