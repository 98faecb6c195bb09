"""Messages that say more than one thing, with a model of some words."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Right
from bot.core.understanding.topics.compound import CompoundMatcher
from bot.core.understanding.topics.match import Outcome
from bot.core.understanding.topics.matching import Matcher
from bot.core.understanding.topics.passage_ranks import PassageRanks
from tests.core.factories import NOTICE, catalog_of
from tests.core.understanding.factories import Encodes, knowing, model

EN = Language.EN
CATALOG = catalog_of(("question.complaint", EN, "Can I complain and what is tiedoistani?"))
RETENTION, COMPLAINT, ACCESS = (
    "not_in_notice.retention",
    "question.complaint",
    "question.access",
)
STORY = "It was a day like any other and the copper kettle stood on the stove all morning. " * 2


MATCHER = CompoundMatcher(Matcher(CATALOG, model()), CATALOG)


def besides(text: str) -> tuple[str, ...]:
    return tuple(one.intent for one in MATCHER.match(text, EN).besides)


def test_two_questions_get_two_answers_in_the_order_of_asking() -> None:
    match = MATCHER.match("What is the säilytysaika, and where can I complain?", EN)
    assert (match.outcome, match.intent) == (Outcome.NOT_IN_NOTICE, RETENTION)
    assert [(one.outcome, one.intent) for one in match.besides] == [(Outcome.ANSWER, COMPLAINT)]
    assert match.also == ()  # what is answered is not offered


def test_what_stands_beside_two_questions_and_wants_nothing_changes_nothing() -> None:
    text = "Nice weather. What is the säilytysaika, and where can I complain?"
    assert MATCHER.match(text, EN).intent == RETENTION
    assert besides(text) == (COMPLAINT,)


def test_at_most_three_questions_are_answered_each_once() -> None:
    text = "Can I complain? What is tiedoistani? Where can I complain? What is säilytysaika?"
    match = MATCHER.match(text, EN)
    assert (match.intent, besides(text)) == (COMPLAINT, (ACCESS, RETENTION))


@pytest.mark.parametrize(
    "text",
    [
        "Where can I complain?",
        "Where can I complain, and how do I complain?",
        "Where can I complain, and is the weather nice?",
        "Can I complain and what is tiedoistani?",  # a known wording means what it means
        "What on earth is this? Where can I complain?",
    ],
)
def test_one_question_gets_one_answer(text: str) -> None:
    assert besides(text) == ()
    assert MATCHER.match(text, EN).intent == COMPLAINT


def test_a_letter_of_many_pages_is_read_as_a_whole() -> None:
    assert besides(f"Can I complain? What is tiedoistani?{' Yes.' * 300}") == ()


def test_what_is_asked_besides_a_request_is_answered_too() -> None:
    match = MATCHER.match("Delete it. Where can I complain?", EN)
    assert (match.outcome, match.rights) == (Outcome.REQUEST, (Right.ERASURE,))
    assert besides("Delete it. Where can I complain?") == (COMPLAINT,)


def test_a_question_about_the_right_that_is_asked_for_is_answered_by_the_offer() -> None:
    assert MATCHER.match("Delete it. Miten poistaminen sujuu?", EN).right is Right.ERASURE
    assert besides("Delete it. Miten poistaminen sujuu?") == ()


def test_a_request_that_stands_beside_a_question_is_not_lost() -> None:
    text = "Copy. Where can I complain complain?"
    assert MATCHER.match(text, EN).rights == (Right.ACCESS,)
    assert besides(text) == (COMPLAINT,)


@pytest.mark.parametrize(
    ("told", "outcome", "intent"),
    [
        ("Vastustan poista copy. Where can I complain?", Outcome.ANSWER, COMPLAINT),
        ("Tiedoistani complain. I want the human.", Outcome.ANSWER, ACCESS),
        ("Complain.", Outcome.ANSWER, COMPLAINT),
        ("Complain, säilytysaika. I want the copy.", Outcome.REQUEST, "request.access"),
        ("It leaked. Where can I complain?", Outcome.INCIDENT, "incident"),
        ("Delete it, delete. Where can I complain?", Outcome.REQUEST, "request.erasure"),
    ],
)
def test_a_story_comes_to_its_only_question_or_wish(
    told: str, outcome: Outcome, intent: str
) -> None:
    match = MATCHER.match(STORY + told, EN)
    assert (match.outcome, match.intent) == (outcome, intent)


def test_what_a_story_seems_to_be_about_is_offered_beside_its_point() -> None:
    match = MATCHER.match(f"{STORY}Vastustan poista copy. Where can I complain?", EN)
    assert match.also == ("request.access",)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Nice weather. Can you complain human?", []),  # one question, and no wish beside it
        ("It leaked in May. Where can I complain?", []),  # what was reported is not parted
        (
            "Nice weather. Can you complain human? Is it säilytysaika complain?",
            ["Can you complain human?", "Is it säilytysaika complain?"],
        ),
        ("Thus complain säilytysaika. It is human weather.", []),  # nothing is asked
        ("Delete copy it. Can you complain human?", ["Can you complain human?"]),
    ],
)
def test_parts_are_read_only_where_they_can_say_what_the_whole_does_not(
    text: str, read: list[str]
) -> None:
    scores = knowing({"nothing": "human"})
    CompoundMatcher(Matcher(CATALOG, model(), scores=scores), CATALOG).match(text, EN)
    assert isinstance(scores.encoder, Encodes)
    assert [asked for asked in scores.encoder.asked if asked != text] == read


def test_warming_up_works_out_what_the_notice_says() -> None:
    scores = knowing({"nothing": "human"})
    ranks = PassageRanks(NOTICE, model(), scores.encoder)
    matcher = CompoundMatcher(Matcher(CATALOG, model(), scores=scores, ranks=ranks), CATALOG)
    assert len(list(matcher.warm_up())) > len(NOTICE.passages)
    assert list(MATCHER.warm_up()) == []


def test_the_language_is_told_as_the_matcher_tells_it() -> None:
    assert MATCHER.language_of("delete") == Matcher(CATALOG, model()).language_of("delete")
