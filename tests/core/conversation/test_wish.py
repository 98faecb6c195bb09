"""Keywords, short forms and wishes with an exception are taken for what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import ChooseIntent, PassToStaff
from bot.core.catalog import Language, Right
from bot.core.conversation import wish
from bot.core.conversation.dialogue import LastTopic, Offered
from bot.core.conversation.reply import Reply
from bot.core.conversation.world import World
from bot.core.understanding.topics.match import Match, Outcome
from tests.core.conversation.worlds import (
    EMAIL,
    KNOWLEDGE,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    keys,
    pressable,
)

FI, EN, SV = Language


def few(text: str, world: World | None = None, outcome: Outcome = Outcome.CLARIFY) -> Reply | None:
    match = Match(language=FI, outcome=outcome, intent="")
    return wish.in_few_words(a_dialogue(), text, match, world or a_world())


def asked(reply: Reply | None) -> Right:
    assert reply is not None
    assert isinstance(reply.state, Offered)
    return reply.state.request.right


@pytest.mark.parametrize(
    ("text", "language"), [("STOP", None), ("Unsubscribe!", EN), ("LOPETA", FI), ("stopp", SV)]
)
def test_a_keyword_of_newsletters_offers_to_refuse_marketing(
    text: str, language: Language | None
) -> None:
    reply = few(text)
    assert asked(reply) is Right.MARKETING_OBJECTION
    assert reply is not None
    assert reply.language is language


def test_where_a_request_is_open_stop_may_mean_that_one() -> None:
    assert few("STOP", a_world(a_ticket()), Outcome.CANCEL) is None


def test_in_the_middle_of_something_keywords_answer_that() -> None:
    match = Match(language=FI, outcome=Outcome.CANCEL, intent="cancel")
    assert wish.in_few_words(a_dialogue(Offered(a_request())), "STOP", match, a_world()) is None


def test_a_short_form_asks_for_its_right() -> None:
    assert asked(few("SAR")) is Right.ACCESS


def test_who_names_no_right_chooses_one_and_the_words_stay() -> None:
    reply = few("GDPR request")
    assert reply is not None
    assert keys(reply) == ["clarify.right"]
    assert len(pressable(reply)) == len(Right)
    assert all(isinstance(button, ChooseIntent) for button in pressable(reply))
    assert reply.unanswered == "GDPR request"


@pytest.mark.parametrize("text", ["joo", "more", "Mer", "lisää!", "test", "nej"])
def test_a_bare_word_with_nothing_open_is_told_so(text: str) -> None:
    reply = few(text)
    assert reply is not None
    assert keys(reply) == ["nothing_open"]
    assert few("peruuta", outcome=Outcome.CANCEL) is None
    assert few("evästeet?") is None


@pytest.mark.parametrize(("text", "language"), [("GDPR-begäran", SV), ("access request", EN)])
def test_a_short_form_is_answered_in_its_own_language(text: str, language: Language) -> None:
    reply = few(text)
    assert reply is not None
    assert reply.language is language
    spoken = replace(KNOWLEDGE, rules=replace(KNOWLEDGE.rules, languages=(FI,)))
    unspoken = few(text, a_world(knowledge=spoken))
    assert unspoken is not None
    assert unspoken.language is None


@pytest.mark.parametrize("outcome", [Outcome.OUT_OF_SCOPE, Outcome.CLARIFY, Outcome.REQUEST])
def test_of_the_dead_the_law_is_told_and_nothing_is_offered_that_was_not_asked(
    outcome: Outcome,
) -> None:
    reply = few("isäni kuoli", outcome=outcome)
    assert reply is not None
    assert keys(reply) == ["law.deceased", "inquiry.offer"]
    assert pressable(reply) == [PassToStaff()]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("isäni kuoli, poistakaa hänen tietonsa", Outcome.REQUEST),
        ("isäni kuoli keväällä eikä kukaan meistä ehtinyt ilmoittaa siitä", Outcome.REQUEST),
        ("isäni kuoli, kauanko tietoja säilytetään", Outcome.ANSWER),
        ("isäni kuoli, poistakaa minun tietoni", Outcome.CLARIFY),
    ],
)
def test_what_is_asked_beside_is_not_lost(text: str, outcome: Outcome) -> None:
    assert few(text, outcome=outcome) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("GDPR", "smalltalk.help"),
        ("Hei, olen Matti Meikäläinen", "smalltalk.hello"),
        ("väärä firma, anteeksi", "nothing_open"),
    ],
)
def test_who_names_no_matter_is_told_what_can_be_asked(text: str, said: str) -> None:
    reply = few(text)
    assert reply is not None
    assert keys(reply) == [said]


def test_what_is_about_another_or_answered_is_left_alone() -> None:
    assert few("this isn't about me, my mother has died, erase her data") is None
    assert few("tietosuoja", outcome=Outcome.ANSWER) is None


@pytest.mark.parametrize(
    ("last", "taken_up"),
    [
        (LastTopic(intent="question.portability"), True),
        (LastTopic(intent="question.portability", ago=1), False),
        (LastTopic(intent="question.cookies"), False),
        (None, False),
    ],
)
def test_yes_do_that_takes_up_the_right_of_the_answer_just_before(
    last: LastTopic | None, *, taken_up: bool
) -> None:
    dialogue = replace(a_dialogue(), topic=last, language=SV)
    match = Match(language=SV, outcome=Outcome.SMALLTALK, intent="")
    reply = wish.in_few_words(dialogue, "ja gör det", match, a_world())
    if taken_up:
        assert asked(reply) is Right.PORTABILITY
    else:
        assert reply is None
    assert wish.in_few_words(dialogue, "nej", match, a_world()) != reply


@pytest.mark.parametrize("text", ["send it", "lähetä", EMAIL, "040 1234567"])
def test_an_answer_or_a_contact_where_nothing_was_asked_is_told_so(text: str) -> None:
    reply = few(text)
    assert reply is not None
    assert keys(reply) == ["nothing_open"]
    assert few(text, a_world(a_ticket())) is None


def test_a_name_alone_asks_for_nothing() -> None:
    match = Match(language=FI, outcome=Outcome.CLARIFY, intent="", confidence=0.3)
    reply = wish.in_few_words(a_dialogue(), "Kim Sisko", match, a_world())
    assert reply is not None
    assert keys(reply) == ["nothing_open"]
    sure = replace(match, confidence=0.9)
    assert wish.in_few_words(a_dialogue(), "Kim Sisko", sure, a_world()) is None


@pytest.mark.parametrize("text", ["whatever", "ihan sama", "strunt samma"])
def test_a_shrug_asks_for_nothing(text: str) -> None:
    reply = few(text)
    assert reply is not None
    assert keys(reply) == ["nothing_open"]


@pytest.mark.parametrize("text", ["ei", "no", "nej"])
def test_a_no_beside_an_open_request_is_no_wish(text: str) -> None:
    reply = few(text, a_world(a_ticket()), Outcome.REQUEST)
    assert reply is not None
    assert keys(reply) == ["nothing_open"]
