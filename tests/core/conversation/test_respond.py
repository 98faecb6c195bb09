"""An understood message is answered, with what the dialogue adds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import ChooseIntent, PassToStaff
from bot.core.catalog import Language, Right
from bot.core.conversation import incident, pass_to_staff, respond
from bot.core.conversation.dialogue import Idle, Offered, Withdrawing
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.core.tickets.ticket import State, Ticket
from bot.core.understanding.topics.match import STATED, Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from tests.core.conversation.worlds import a_dialogue, a_request, a_ticket, a_world, keys, pressable


def match(intent: str, outcome: Outcome) -> Match:
    return Match(language=Language.FI, outcome=outcome, intent=intent)


@pytest.mark.parametrize(
    ("matched", "said"),
    [
        (match("status", Outcome.STATUS), "status.none"),
        (match("cancel", Outcome.CANCEL), "cancel.nothing"),
        (match("question.cookies", Outcome.ANSWER), "answer.intro"),
        (match("incident", Outcome.INCIDENT), "incident.received"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.intent,
)
def test_tickets_are_looked_at_and_everything_else_is_answered(matched: Match, said: str) -> None:
    assert keys(respond.to_match(matched, "x", Idle(), a_world()))[0] == said


def test_what_has_two_meanings_is_remembered_until_one_is_chosen() -> None:
    intents = ("question.cookies", "incident")
    unclear = Match(
        language=Language.FI, outcome=Outcome.CLARIFY, intent=intents[0], options=intents
    )
    assert respond.to_match(unclear, "vuotiko?", Idle(), a_world()).unanswered == "vuotiko?"


@pytest.mark.parametrize(
    ("also", "kept"), [(("request.access",), "näytä"), (("question.rights",), ""), ((), "")]
)
def test_where_a_right_may_have_been_meant_the_words_that_ask_for_it_are_kept(
    also: tuple[str, ...], kept: str
) -> None:
    unsure = replace(match("question.cookies", Outcome.ANSWER), also=also)
    assert respond.to_match(unsure, "näytä", Idle(), a_world()).unanswered == kept


@pytest.mark.parametrize(("text", "offered"), [("Kuka vastaa?", True), ("", False)])
def test_a_question_in_words_can_be_passed_to_staff(text: str, offered: bool) -> None:
    matched = match("not_in_notice.officer", Outcome.NOT_IN_NOTICE)
    reply = respond.to_match(matched, text, Idle(), a_world())
    assert (PassToStaff() in pressable(reply)) is offered
    assert reply.unanswered == text


@pytest.mark.parametrize(("confidence", "offered"), [(STATED, False), (STATED - 0.01, True)])
def test_what_may_not_be_the_answer_can_be_passed_to_staff(
    confidence: float, offered: bool
) -> None:
    matched = replace(match("question.cookies", Outcome.ANSWER), confidence=confidence)
    reply = respond.to_match(matched, "entä ne keksit?", Idle(), a_world())
    assert (PassToStaff() in pressable(reply)) is offered


def test_what_the_law_lets_a_person_do_can_be_passed_to_staff() -> None:
    matched = match("question.consent", Outcome.ANSWER)
    reply = respond.to_match(matched, "peruutan suostumukseni", Idle(), a_world())
    assert PassToStaff() in pressable(reply)
    assert reply.unanswered == "peruutan suostumukseni"


@pytest.mark.parametrize(("text", "offered"), [("Bitte löschen Sie das", True), ("", False)])
def test_a_message_in_another_language_can_be_passed_to_staff_as_it_is(
    text: str, offered: bool
) -> None:
    reply = respond.to_match(match(OTHER_LANGUAGE, Outcome.SMALLTALK), text, Idle(), a_world())
    assert keys(reply) == ["other_language.reply"]
    assert (PassToStaff() in pressable(reply)) is offered
    assert reply.unanswered == text


def test_the_words_of_a_choice_are_kept_until_something_is_chosen() -> None:
    options = ("question.rights", "question.cookies")
    asked = Match(language=Language.FI, outcome=Outcome.CLARIFY, intent=options[0], options=options)
    assert respond.to_match(asked, "oikeudet vai?", Idle(), a_world()).unanswered == "oikeudet vai?"


def test_the_words_above_a_button_that_makes_a_request_go_with_it() -> None:
    asked = replace(match("question.rights", Outcome.ANSWER), also=("request.erasure",))
    reply = respond.to_match(asked, "ettekö voi edes poistaa?", Idle(), a_world())
    assert ChooseIntent("request.erasure") in pressable(reply)
    assert reply.unanswered == "ettekö voi edes poistaa?"


@pytest.mark.parametrize(
    ("text", "tickets", "offered"),
    [
        ("tein pyynnön viime kuussa, missä vastaus", (), True),
        ("missä pyyntöni", (), False),
        ("tein pyynnön viime kuussa, missä vastaus", (a_ticket(),), False),
    ],
)
def test_who_asks_after_a_request_that_is_not_known_here_may_have_it_passed_on(
    text: str, tickets: tuple[Ticket, ...], *, offered: bool
) -> None:
    chased = replace(match("status", Outcome.STATUS), confidence=0.8)
    reply = respond.to_match(chased, text, Idle(), a_world(*tickets))
    assert (PassToStaff() in pressable(reply)) is offered
    assert reply.unanswered == (text if offered else "")


@pytest.mark.parametrize(("text", "result"), [("keksit?", "answered"), ("", "chosen")])
def test_a_question_is_counted_by_topic_in_words_and_by_a_button(text: str, result: str) -> None:
    reply = respond.to_match(match("question.cookies", Outcome.ANSWER), text, Idle(), a_world())
    assert reply.asked == (AskedTopic(topic="topic.cookies", result=QuestionResult(result)),)


def test_what_is_no_question_of_the_notice_is_not_counted() -> None:
    assert respond.to_match(match("status", Outcome.STATUS), "x", Idle(), a_world()).asked == ()


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (match("question.rights", Outcome.ANSWER), ""),
        (match("not_in_notice.officer", Outcome.NOT_IN_NOTICE), "x"),
        (replace(match("question.rights", Outcome.ANSWER), confidence=STATED - 0.01), "x"),
    ],
)
def test_what_a_further_question_leaves_open_can_be_passed_to_staff(
    second: Match, kept: str
) -> None:
    both = replace(match("question.cookies", Outcome.ANSWER), besides=(second,))
    assert respond.to_match(both, "x", Idle(), a_world()).unanswered == kept


def test_what_is_asked_besides_a_request_is_answered_without_buttons() -> None:
    asked = (match("question.cookies", Outcome.ANSWER), match("question.rights", Outcome.ANSWER))
    both = replace(match("request.erasure", Outcome.REQUEST), besides=asked)
    reply = respond.besides(both, a_world())
    assert keys(reply) == ["answer.intro", "answer.other", "answer.intro"]
    assert (reply.choices, reply.topic) == ((), "")
    assert [one.topic for one in reply.asked] == ["topic.cookies", "topic.rights"]


def test_when_an_answer_comes_is_told_of_ones_own_request_or_report_first() -> None:
    asked = match("not_in_notice.response-time", Outcome.NOT_IN_NOTICE)
    one = a_world(a_ticket())
    assert keys(respond.to_match(asked, "när?", Idle(), one)) == ["status.awaiting_code"]
    report = incident.report("vuoti", Language.FI, one).inquiry
    assert report is not None
    reported = replace(one, waiting_inquiries=lambda: (report,))
    assert keys(respond.to_match(asked, "när?", Idle(), reported)) == ["incident.waiting"]
    for world in (a_world(), a_world(replace(a_ticket(), state=State.WITHDRAWN))):
        assert "status.awaiting_code" not in keys(respond.to_match(asked, "när?", Idle(), world))


@pytest.mark.parametrize(
    "text", ["keep sending me offers", "haluan tarjouksia", "jag vill ha reklam"]
)
def test_who_wants_offers_is_led_to_staff_and_asked_nothing(text: str) -> None:
    matched = match("out_of_scope.company", Outcome.OUT_OF_SCOPE)
    reply = respond.to_match(matched, text, Idle(), a_world())
    assert (keys(reply), reply.state) == (["offers.wanted", "inquiry.offer"], None)
    assert pressable(reply) == [PassToStaff()]
    beside = respond.to_match(matched, text, Offered(a_request()), a_world())
    assert (keys(beside), pressable(beside)) == (["offers.wanted"], [])


def test_who_wants_offers_after_all_may_take_their_objection_back() -> None:
    matched = match("out_of_scope.company", Outcome.OUT_OF_SCOPE)
    objected = a_ticket(Right.MARKETING_OBJECTION)
    reply = respond.to_match(matched, "haluan sittenkin tarjouksia", Idle(), a_world(objected))
    assert reply.state == Withdrawing(objected.id)
    other = a_world(a_ticket(Right.ACCESS))
    assert respond.to_match(matched, "haluan tarjouksia", Idle(), other).state is None


def test_who_asks_for_their_question_is_told_that_staff_have_it() -> None:
    question = pass_to_staff.take(a_dialogue(unanswered="Kuka?"), a_world()).inquiry
    assert question is not None
    waiting = a_world(waiting_inquiries=lambda: (question,))
    asked = match("status", Outcome.STATUS)
    reply = respond.to_match(asked, "missä minun kysymykseni on", Idle(), waiting)
    assert (keys(reply), pressable(reply)) == (["inquiry.waiting"], [])


STORY = (
    "I have been a customer for eleven years and I am fed up. You sent my bill to my old address, "
    "although I told you twice to change it. Then I got texts that I never agreed to, and nobody "
    "knew where you had got my number. In June I asked how long you keep the photos of deliveries, "
    "and never got an answer. What are you going to do about it?"
)


def test_of_a_long_story_one_part_is_answered_and_the_rest_has_a_way() -> None:
    asked = match("question.cookies", Outcome.ANSWER)
    reply = respond.to_match(replace(asked, also=("question.rights",)), STORY, Idle(), a_world())
    assert keys(reply) == ["answer.intro", "answer.one_part", "answer.also"]
    assert PassToStaff() in pressable(reply)
    assert reply.unanswered == STORY
    beside = respond.to_match(asked, STORY, Offered(a_request()), a_world())
    assert "answer.one_part" not in keys(beside)
    assert "answer.one_part" not in keys(respond.to_match(asked, STORY[:57], Idle(), a_world()))
