"""Answers are a short frame and quotations, with the way to more of the notice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import ChooseIntent, No, NoneOfThese, ShowOriginal, ShowSection, Yes
from bot.core.catalog import Catalog, Intent, Kind, Language, Passage, Right
from bot.core.conversation import answers
from bot.core.effects import Choice, Quote, Text
from bot.core.understanding.topics.match import STATED, Match, Outcome
from tests.core.conversation.worlds import CATALOG, NOTICE, keys, named, pressable

COOKIES = CATALOG.intents["question.cookies"]
BOTH = replace(COOKIES, passages=("cookies-1", "rights-1"))


def match(intent: str, outcome: Outcome, options: tuple[str, ...] = ()) -> Match:
    return Match(language=Language.FI, outcome=outcome, intent=intent, options=options)


def long(*lengths: int) -> tuple[str, ...]:
    notice_passages = {
        f"long-{n}": Passage(id=f"long-{n}", section="rights", text="x" * length)
        for n, length in enumerate(lengths)
    }
    intent = Intent(id="question.long", kind=Kind.QUESTION, passages=tuple(notice_passages))
    return answers.quoted(intent, replace(NOTICE, passages=notice_passages))


def test_at_most_three_passages_are_quoted() -> None:
    assert long(10, 10, 10, 10) == ("long-0", "long-1", "long-2")


def test_no_more_than_900_characters_are_quoted_but_always_one_passage() -> None:
    assert long(450, 450, 1) == ("long-0", "long-1")
    assert long(2000, 10) == ("long-0",)


def test_an_answer_quotes_and_offers_the_rest_of_the_section() -> None:
    reply = answers.answer(COOKIES, CATALOG, NOTICE, Language.FI)
    assert reply.parts == (Text(key="answer.intro"), Quote(passage="cookies-1"))
    assert pressable(reply) == [ShowSection("cookies")]


@pytest.mark.parametrize(
    ("confidence", "key"), [(STATED, "answer.intro"), (STATED - 0.01, "answer.perhaps")]
)
def test_what_is_not_sure_is_offered_and_not_stated(confidence: float, key: str) -> None:
    unsure = replace(match(COOKIES.id, Outcome.ANSWER), confidence=confidence)
    assert keys(answers.respond(unsure, CATALOG, NOTICE))[0] == key


@pytest.mark.parametrize("kind", [Kind.QUESTION, Kind.NOT_IN_NOTICE])
def test_which_version_this_is_is_answered_whether_the_notice_says_it_or_not(kind: Kind) -> None:
    asked = Intent(id=f"{kind}.notice-version", kind=kind, passages=("cookies-1",))
    if kind is Kind.QUESTION:
        reply = answers.answer(asked, CATALOG, NOTICE, Language.FI)
    else:
        reply = answers.not_in_notice(asked, NOTICE, Language.FI)
    said = Text(key="answer.version", values={"version": NOTICE.version, "date": NOTICE.date})
    assert reply.parts[0] == said
    assert "not_in_notice.reply" not in keys(reply)
    assert Quote(passage="cookies-1") in reply.parts


def test_of_a_section_that_was_quoted_whole_no_more_is_offered() -> None:
    whole = replace(COOKIES, passages=("cookies-1", "cookies-2"))
    assert pressable(answers.answer(whole, CATALOG, NOTICE, Language.FI)) == []


def test_after_an_answer_about_a_right_the_right_can_be_asked_for() -> None:
    access = replace(CATALOG.request(Right.ACCESS), passages=("rights-1",))
    catalog = Catalog(intents={access.id: access}, phrases=())
    offered = Choice(
        button=ChooseIntent(access.id), key="choice.request", values={"right": Right.ACCESS}
    )
    assert answers.answer(BOTH, catalog, NOTICE, Language.FI).choices[0] == offered
    assert offered not in answers.answer(COOKIES, catalog, NOTICE, Language.FI).choices


def test_a_passage_on_all_rights_at_once_offers_none_of_them() -> None:
    reply = answers.answer(BOTH, CATALOG, NOTICE, Language.FI)
    assert not [button for button in pressable(reply) if isinstance(button, ChooseIntent)]


def test_several_sections_are_offered_by_their_names() -> None:
    longer = dict(NOTICE.sections)
    longer["rights"] = replace(longer["rights"], passages=("rights-1", "cookies-2"))
    reply = answers.answer(BOTH, CATALOG, replace(NOTICE, sections=longer), Language.FI)
    assert [(choice.key, choice.section) for choice in reply.choices] == [
        ("choice.section_named", "cookies"),
        ("choice.section_named", "rights"),
    ]


def test_beside_a_translation_the_original_is_offered() -> None:
    reply = answers.answer(COOKIES, CATALOG, NOTICE, Language.EN)
    offered = next(c for c in reply.choices if c.button == ShowOriginal(COOKIES.id))
    assert offered.key == "choice.original.fi"


def test_the_best_passages_are_quoted_and_their_original_is_offered() -> None:
    best = ("cookies-1", "rights-1")
    matched = Match(language=Language.EN, outcome=Outcome.ANSWER, intent=COOKIES.id, passages=best)
    reply = answers.respond(matched, CATALOG, NOTICE)
    assert [part for part in reply.parts if isinstance(part, Quote)] == [
        Quote(passage=passage) for passage in best
    ]
    assert ShowOriginal("cookies-1,rights-1") in pressable(reply)


def test_an_original_is_offered_of_as_many_passages_as_a_button_can_name() -> None:
    long = f"cookies-{'x' * 40}"
    passages = dict(NOTICE.passages)
    passages[long] = replace(passages["cookies-1"], id=long)
    notice = replace(NOTICE, passages=passages)
    reply = answers.answer(COOKIES, CATALOG, notice, Language.EN, ("cookies-1", long, "rights-1"))
    assert ShowOriginal("cookies-1") in pressable(reply)


def test_what_is_not_in_the_catalogue_is_not_answered() -> None:
    unknown = Match(language=Language.EN, outcome=Outcome.ANSWER, intent="question.unknown")
    with pytest.raises(ValueError, match=r"question\.unknown"):
        answers.respond(unknown, CATALOG, NOTICE)


@pytest.mark.parametrize("language", [Language.FI, Language.SV])
def test_where_nothing_was_translated_no_original_is_offered(language: Language) -> None:
    reply = answers.answer(COOKIES, CATALOG, NOTICE, language)
    assert ShowOriginal(COOKIES.id) not in pressable(reply)


def test_a_right_is_offered_with_what_the_notice_says_of_it() -> None:
    reply = answers.offer(CATALOG.intents["request.erasure"], NOTICE)
    assert keys(reply) == ["offer.erasure", "offer.question"]
    assert Quote(passage="rights-1") in reply.parts
    assert pressable(reply) == [Yes(), No()]


def test_what_asks_for_no_right_cannot_be_offered() -> None:
    with pytest.raises(ValueError, match=r"question\.cookies asks for no right"):
        answers.offer(COOKIES, NOTICE)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        (
            "not_in_notice.officer",
            ["not_in_notice.reply", "not_in_notice.nearest", "not_in_notice.contact"],
        ),
        ("not_in_notice.nothing", ["not_in_notice.reply", "not_in_notice.contact"]),
        ("not_in_notice.robot", ["own.robot"]),
        (
            "not_in_notice.fee",
            ["not_in_notice.reply", "law.fee", "not_in_notice.nearest", "not_in_notice.contact"],
        ),
    ],
)
def test_what_the_notice_leaves_open_is_said_honestly(intent: str, said: list[str]) -> None:
    reply = answers.not_in_notice(CATALOG.intents[intent], NOTICE, Language.FI)
    assert keys(reply) == said


def test_what_the_law_itself_answers_stands_below_what_the_notice_says() -> None:
    reply = answers.answer(CATALOG.intents["question.consent"], CATALOG, NOTICE, Language.FI)
    assert reply.parts == (
        Text(key="answer.intro"),
        Quote(passage="rights-1"),
        Text(key="law.consent"),
    )


def test_of_several_meanings_one_can_be_chosen_or_none() -> None:
    reply = answers.clarify(("question.cookies", "question.rights"))
    assert pressable(reply) == [
        ChooseIntent("question.cookies"),
        ChooseIntent("question.rights"),
        NoneOfThese(),
    ]
    assert named(reply, ChooseIntent("question.rights")).intent == "question.rights"


def test_what_else_may_have_been_meant_can_be_chosen_beside_the_answer() -> None:
    sure = match("question.cookies", Outcome.ANSWER)
    unsure = replace(sure, also=("question.rights", "request.access"))
    reply = answers.respond(unsure, CATALOG, NOTICE)
    before = answers.respond(sure, CATALOG, NOTICE)
    assert reply.parts == (*before.parts, answers.ALSO)
    beside = [ChooseIntent("question.rights"), ChooseIntent("request.access")]
    assert pressable(reply) == [*beside, *pressable(before)]
    assert answers.without_also(reply) == before
    chosen = named(reply, ChooseIntent("question.rights"))
    assert (chosen.key, chosen.intent) == ("choice.also", "question.rights")


def test_below_an_offer_the_answer_to_the_offer_comes_first() -> None:
    unsure = replace(match("request.access", Outcome.REQUEST), also=("question.rights",))
    reply = answers.respond(unsure, CATALOG, NOTICE)
    assert pressable(reply) == [Yes(), No(), ChooseIntent("question.rights")]


@pytest.mark.parametrize(
    ("matched", "said"),
    [
        (match("question.cookies", Outcome.ANSWER), "answer.intro"),
        (match("request.access", Outcome.REQUEST), "offer.access"),
        (match("not_in_notice.officer", Outcome.NOT_IN_NOTICE), "not_in_notice.reply"),
        (match("smalltalk.hello", Outcome.SMALLTALK), "smalltalk.hello"),
        (match("human", Outcome.HUMAN), "human.reply"),
        (match("out_of_scope.chatter", Outcome.OUT_OF_SCOPE), "out_of_scope.reply"),
        (match("x", Outcome.CLARIFY, ("question.cookies",)), "clarify.question"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.outcome,
)
def test_a_message_is_answered_by_its_kind(matched: Match, said: str) -> None:
    assert keys(answers.respond(matched, CATALOG, NOTICE))[0] == said


def test_a_section_is_shown_whole_with_its_original() -> None:
    reply = answers.section("cookies", NOTICE, Language.EN)
    assert reply.parts[1:] == (Quote(passage="cookies-1"), Quote(passage="cookies-2"))
    assert pressable(reply) == [ShowOriginal("cookies")]


def test_an_original_is_quoted_as_such() -> None:
    reply = answers.original(("cookies-1",))
    assert reply.parts[1:] == (Quote(passage="cookies-1", original=True),)


def asking_besides(first: Match, *others: Match) -> Match:
    return replace(first, language=Language.EN, besides=others)


def test_several_questions_are_answered_one_after_the_other() -> None:
    both = asking_besides(
        match("question.cookies", Outcome.ANSWER), match("question.rights", Outcome.ANSWER)
    )
    reply = answers.respond(both, CATALOG, NOTICE)
    assert reply.parts == (
        *(Text(key="answer.intro"), Quote(passage="cookies-1"), Text(key="answer.other")),
        *(Text(key="answer.intro"), Quote(passage="rights-1")),
    )
    assert pressable(reply) == [ShowSection("cookies"), ShowOriginal("cookies-1,rights-1")]


def test_the_one_of_two_questions_that_the_notice_does_not_answer_is_said_to_be_so() -> None:
    both = asking_besides(
        match("not_in_notice.nothing", Outcome.NOT_IN_NOTICE),
        match("question.rights", Outcome.ANSWER),
    )
    assert keys(answers.respond(both, CATALOG, NOTICE)) == [
        *("not_in_notice.reply", "not_in_notice.contact", "answer.other", "answer.intro")
    ]


def test_a_right_that_both_of_two_questions_are_about_is_offered_once() -> None:
    access = replace(CATALOG.request(Right.ACCESS), passages=("rights-1",))
    catalog = Catalog(intents={access.id: access, BOTH.id: BOTH}, phrases=())
    both = asking_besides(match(BOTH.id, Outcome.ANSWER), match(BOTH.id, Outcome.ANSWER))
    offered = [one for one in answers.respond(both, catalog, NOTICE).choices if one.values]
    assert [one.button for one in offered] == [ChooseIntent(access.id)]


def test_a_request_is_offered_after_what_is_asked_besides_it() -> None:
    both = asking_besides(
        match("request.erasure", Outcome.REQUEST), match("question.cookies", Outcome.ANSWER)
    )
    reply = answers.respond(both, CATALOG, NOTICE)
    assert keys(reply) == ["answer.intro", "offer.erasure", "offer.question"]
    assert pressable(reply) == [Yes(), No()]


def test_where_a_passage_may_answer_it_is_not_said_that_the_notice_does_not() -> None:
    unsaid = match("not_in_notice.officer", Outcome.NOT_IN_NOTICE)
    found = replace(unsaid, passages=("cookies-1",), language=Language.EN)
    reply = answers.respond(found, CATALOG, NOTICE)
    assert reply.parts == (
        *(Text(key="not_in_notice.perhaps"), Quote(passage="cookies-1")),
        Text(key="not_in_notice.contact"),
    )
    assert pressable(reply) == [ShowSection("cookies"), ShowOriginal("cookies-1")]
