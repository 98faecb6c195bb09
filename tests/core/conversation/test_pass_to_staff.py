"""A question that the notice does not answer goes to staff, at the person's wish."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import PassToStaff
from bot.core.catalog import Language
from bot.core.conversation import pass_to_staff
from bot.core.conversation.dialogue import LastTopic, Offered
from bot.core.conversation.on_text import on_text
from bot.core.effects import ShowInquiry
from bot.core.events import Said
from bot.core.question_counts import AskedTopic, QuestionResult
from bot.core.tickets.quotas import Quotas
from bot.core.understanding.words.text import KEPT
from tests.core.conversation.worlds import a_dialogue, a_request, a_world, keys, pressable

ASKED = a_dialogue(unanswered="Kuka vastaa?", language=Language.SV)


def test_a_question_can_be_passed_until_the_next_message() -> None:
    reply = pass_to_staff.offer("Kuka vastaa?")
    assert pressable(reply) == [PassToStaff()]
    assert reply.unanswered == "Kuka vastaa?"


def test_a_very_long_question_is_passed_whole() -> None:
    assert pass_to_staff.offer("x" * KEPT).unanswered == "x" * KEPT


def test_a_question_is_passed_with_the_person_and_their_language() -> None:
    reply = pass_to_staff.take(ASKED, a_world())
    inquiry = reply.inquiry
    assert inquiry is not None
    assert (inquiry.number, inquiry.question) == ("Q-2026-0009", "Kuka vastaa?")
    assert inquiry.language is Language.SV
    assert inquiry.person.thread == ""
    assert reply.effects == (ShowInquiry(inquiry="id-new", number="Q-2026-0009", new=True),)
    assert [record.action for record in reply.records] == ["pass"]
    assert keys(reply) == ["inquiry.passed"]


def test_what_was_not_asked_cannot_be_passed() -> None:
    reply = pass_to_staff.take(a_dialogue(), a_world())
    assert (keys(reply), reply.inquiry) == (["stale_button"], None)


def test_one_person_cannot_flood_the_desk_with_questions() -> None:
    most = Quotas().open_inquiries
    assert pass_to_staff.take(ASKED, a_world(open_inquiries=lambda: most - 1)).inquiry
    reply = pass_to_staff.take(ASKED, a_world(open_inquiries=lambda: most))
    assert (keys(reply), reply.inquiry) == (["inquiry.too_many"], None)


@pytest.mark.parametrize(("ago", "topic"), [(0, "topic.officer"), (1, "")])
def test_a_passed_question_is_counted_by_the_topic_of_the_answer_above(
    ago: int, topic: str
) -> None:
    below = replace(ASKED, topic=LastTopic(intent="not_in_notice.officer", ago=ago))
    reply = pass_to_staff.take(below, a_world())
    assert reply.asked == (AskedTopic(topic=topic, result=QuestionResult.PASSED),)


@pytest.mark.parametrize("text", ["kyllä", "yes please ask them", "välitä kysymys henkilökunnalle"])
def test_who_says_what_the_button_does_presses_it(text: str) -> None:
    shown = replace(ASKED, may_pass=True, language=Language.FI)
    assert pass_to_staff.is_wanted(shown, text)
    assert not pass_to_staff.is_wanted(replace(shown, may_pass=False), text)
    reply = on_text(shown, Said(text=text), a_world())
    assert (keys(reply), reply.inquiry is None) == (["inquiry.passed"], False)


def test_a_yes_is_to_the_offer_as_long_as_that_is_put() -> None:
    offered = Offered(a_request())
    shown = replace(ASKED, may_pass=True, language=Language.FI)
    assert not pass_to_staff.is_wanted(replace(shown, state=offered), "kyllä")
    assert pass_to_staff.is_wanted(replace(shown, state=offered), "kysy henkilökunnalta")
    assert pass_to_staff.is_wanted(replace(shown, state=offered.quiet()), "kyllä")
