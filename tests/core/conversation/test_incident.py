"""A report of leaked or misdirected data: who hears of it, and what its writer is promised."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import ChooseIntent
from bot.core.catalog import Language
from bot.core.conversation import incident
from bot.core.conversation.reply import NOTHING
from bot.core.effects import ShowInquiry
from bot.core.tickets.inquiries import InquiryKind
from bot.core.tickets.quotas import Quotas
from bot.core.understanding.topics.match import Match, Outcome
from tests.core.conversation.worlds import NOW, a_world, keys, pressable

TEXT = "I got somebody else's invoice"
MOST = Quotas().open_inquiries


def understood(confidence: float) -> Match:
    return Match(
        language=Language.EN, outcome=Outcome.INCIDENT, intent="incident", confidence=confidence
    )


def test_a_sure_report_is_with_staff_at_once_under_a_number() -> None:
    received = NOW - timedelta(minutes=5)
    reply = incident.take(understood(incident.SURE), TEXT, a_world(received_at=received))
    assert keys(reply) == ["incident.received"]
    assert reply.inquiry is not None
    assert (reply.inquiry.kind, reply.inquiry.question) == (InquiryKind.INCIDENT, TEXT)
    assert reply.inquiry.notify_until == received + timedelta(hours=72)
    [shown] = reply.effects
    assert isinstance(shown, ShowInquiry)
    assert (shown.new, shown.urgent) == (True, True)
    assert [record.action for record in reply.records] == ["report"]


@pytest.mark.parametrize(
    "question",
    [
        "That bill, was it mine?",
        "can somebody else see my orders",
        "Hi, would you tell me of a leak",
        "kerrotteko jos tietoja vuotaa",
        "mitä jos laskuni menee väärälle ihmiselle",
        "berättar ni om det sker en läcka",
    ],
)
def test_a_question_is_no_report_until_its_writer_says_so(question: str) -> None:
    assert keys(incident.take(understood(0.9), question, a_world())) == ["incident.offer"]
    # But for the wordings of the catalogue.
    assert keys(incident.take(understood(1.0), question, a_world())) == ["incident.received"]


def test_what_is_reported_beside_a_request_is_with_staff_too() -> None:
    request = Match(language=Language.EN, outcome=Outcome.REQUEST, intent="request.erasure")
    assert incident.beside(request, TEXT, a_world()) == NOTHING
    told = incident.beside(replace(request, reported=True), TEXT, a_world())
    assert keys(told) == ["incident.received"]
    assert keys(incident.beside(understood(0.9), TEXT, a_world())) == ["incident.received"]


def test_words_that_may_mean_something_else_are_asked_about_and_remembered() -> None:
    reply = incident.take(understood(incident.SURE - 0.01), TEXT, a_world())
    assert (keys(reply), reply.inquiry, reply.effects) == (["incident.offer"], None, ())
    assert pressable(reply) == [ChooseIntent("incident")]
    assert reply.unanswered == TEXT


@pytest.mark.parametrize(
    ("waiting", "taken"), [(MOST, True), (2 * MOST - 1, True), (2 * MOST, False)]
)
def test_who_has_asked_much_can_still_report_and_nobody_floods_the_desk(
    waiting: int, taken: bool
) -> None:
    reply = incident.report(TEXT, Language.EN, a_world(open_inquiries=lambda: waiting))
    assert (reply.inquiry is not None) is taken
    assert keys(reply) == ["incident.received" if taken else "incident.reply"]


def test_a_button_without_words_says_how_to_reach_a_person() -> None:
    assert keys(incident.report("", Language.EN, a_world())) == ["incident.reply"]


def test_a_second_message_on_the_same_incident_is_added_to_the_same_number() -> None:
    first = incident.report(TEXT, Language.EN, a_world()).inquiry
    assert first is not None
    waiting = a_world(waiting_inquiries=lambda: (first,))
    reply = incident.report("And a second bill", Language.EN, waiting)
    assert keys(reply) == ["incident.added"]
    assert reply.inquiry is not None
    assert reply.inquiry.question == f"{TEXT}\nAnd a second bill"
    [shown] = reply.effects
    assert isinstance(shown, ShowInquiry)
    assert (shown.new, shown.urgent) == (False, True)
    assert [record.action for record in reply.records] == ["add"]


def test_another_incident_gets_a_number_of_its_own() -> None:
    first = incident.report(TEXT, Language.EN, a_world(now=NOW - timedelta(days=2))).inquiry
    assert first is not None
    old = replace(first, asked_at=NOW - timedelta(days=2))
    reply = incident.report("Another bill", Language.EN, a_world(waiting_inquiries=lambda: (old,)))
    assert keys(reply) == ["incident.received"]
