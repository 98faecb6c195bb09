"""Of what was asked in vain, only words that everybody uses are kept, and nobody's."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language, Phrase
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.core.unanswered import LONGEST, Unanswered, kept, mask, words_of

WORDS = frozenset("do you film the customers at night with a rose for how many days GDPR".split())
DPO = "topic.dpo"


def asked(result: QuestionResult) -> AskedTopic:
    return AskedTopic(topic=DPO, result=result)


def phrase(text: str) -> Phrase:
    return Phrase(intent=DPO, language=Language.EN, text=text, learnt=text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Do you film at night?", "Do you film at night?"),
        ("do you film Matti at night", "do you film … at night"),
        ("do you film Rose at night", "do you film … at night"),
        ("You film at night. Do you?", "You film at night. Do you?"),
        ("do you film with a GDPR?", "do you film with a GDPR?"),
        ("film for 30 days or 2", "film for # days … #"),
        ("do you film the\ncustomers", "do you film the customers"),
        ("do you film ⓜⓐⓣⓣⓘ at night", "do you film at night"),
        ("do you film 🅼🅰🆃🆃🅸 at night ①", "do you film at night …"),
        ("do you film at night (GDPR)? 5 €!", "do you film at night (GDPR)? # €!"),
    ],
)
def test_what_nobody_else_says_is_a_gap(text: str, masked: str) -> None:
    assert mask(text, WORDS) == masked


@pytest.mark.parametrize(
    "text",
    [
        "do you film Matti Virtanen Oy",
        "film customers",
        "do you film at night, matti@example.com",
        "do you film https",
        "do you film at night http://a",
        "do you film at night www.a",
        "do you film at night 12345",
        "do you film at night ****",
        "My name is Rose: do you film at night",
        "nimeni on Rose, do you film at night",
        "Jag heter Rose do you film at night",
        "do you film at night? Regards, Rose",
        "do you film at night, terveisin rose",
        "do you film at night. mvh rose",
        "DO YOU FILM ROSE AT NIGHT",
        "do you film " * (LONGEST // 12 + 1),
    ],
)
def test_what_may_tell_who_wrote_it_is_not_kept_at_all(text: str) -> None:
    kept_at_all = mask(text, WORDS)
    if text == "do you film https":  # a word like any other
        assert kept_at_all == "do you film …"
    else:
        assert kept_at_all == ""


def test_the_words_are_those_that_several_phrases_hold_and_no_names() -> None:
    phrases = [
        *("ask anna why", "ask anna why", "ask Matti why", "ask Matti why", "ask Anna"),
        *("maija asks", "maija asks", "did Maija ask", "did Maija ask", "did Maija ask"),
        *["What does GDPR say, I'm new to LinkedIn and Google"] * 5,
        "once",
    ]
    words = words_of(map(phrase, phrases))
    assert {"ask", "anna", "why", "GDPR", "LinkedIn", "I'm"} <= words
    assert not words & {"Matti", "matti", "Anna", "maija", "Maija", "Google", "once", "What"}


@pytest.mark.parametrize("result", [QuestionResult.NOT_IN_NOTICE, QuestionResult.OFFERED])
def test_a_question_that_was_not_answered_is_kept(result: QuestionResult) -> None:
    found = kept("do you film at night", Language.EN, asked(result), WORDS, ())
    assert found == Unanswered(
        text="do you film at night", language=Language.EN, topic=DPO, result=result
    )


@pytest.mark.parametrize("result", [QuestionResult.ANSWERED, QuestionResult.OUT_OF_SCOPE, None])
def test_what_was_answered_or_is_about_something_else_is_not(result: QuestionResult | None) -> None:
    about = asked(result) if result else None
    assert kept("do you film at night", Language.EN, about, WORDS, ()) is None


def test_a_persons_own_name_is_a_gap_though_it_be_a_common_word() -> None:
    found = kept(
        "do you film the rose", Language.EN, asked(QuestionResult.OFFERED), WORDS, ("Rose Night",)
    )
    assert found is not None
    assert found.text == "do you film the …"


def test_what_must_not_be_kept_is_not() -> None:
    offered = asked(QuestionResult.OFFERED)
    assert kept("do you film at a@b.c", Language.EN, offered, WORDS, ()) is None
