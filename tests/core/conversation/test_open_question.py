"""What is open stays open while something else is said, and is asked again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import No
from bot.core.catalog import Language
from bot.core.conversation import open_question
from bot.core.conversation.answers import ALSO, MAKE
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Filling,
    Idle,
    Offered,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.open_question import after_aside, ask_again, then_again
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.request_fields import Field
from bot.core.tickets.ticket import Action
from bot.core.understanding.topics.match import Match, Outcome
from tests.core.conversation.worlds import (
    a_request,
    a_ticket,
    a_world,
    filled,
    keys,
    pressable,
    withdrawn,
)

FILLING = Filling(a_request(), Field("name"))


def match(outcome: Outcome) -> Match:
    return Match(language=Language.EN, outcome=outcome, intent="")


ASIDE = Reply(choices=(MAKE,), unanswered="Kuka?") + say("aside")


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Idle(), []),
        (Offered(a_request()), ["offer.again"]),
        (FILLING, ["field.name.ask"]),
        (Summary(filled()), ["summary.text"]),
        (Answering("id-1"), ["answer_staff.prompt"]),
        (Correcting("id-1"), ["correct.prompt"]),
        (Withdrawing("id-1"), []),
        (Answering("of-nobody"), []),
        (Correcting("of-nobody"), []),
        (Sending("id-1", Action.ADD, "Myös laskut."), ["to_staff.add"]),
        (Sending("of-nobody", Action.ADD, "Myös laskut."), []),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_open_question_is_asked_again(state: State, said: list[str]) -> None:
    assert keys(ask_again(state, a_world(a_ticket()))) == said


def test_what_a_reply_has_left_is_not_asked_again() -> None:
    assert keys(then_again(say("stopped").then(Idle()), FILLING, a_world())) == ["stopped"]


def test_a_ticket_that_the_reply_changed_is_asked_about_as_it_now_is() -> None:
    asked = a_ticket(question="Mikä?")
    reply = say("x") + Reply(tickets=(withdrawn(asked),))
    world = a_world(asked)
    again = then_again(reply, Answering("id-1"), world)
    assert (
        again.parts[-1]
        == open_question.ask_again(Answering("id-1"), world.changed(reply.tickets)).parts[-1]
    )
    assert "Mikä?" not in repr(again.parts)


@pytest.mark.parametrize("outcome", [Outcome.CLARIFY, Outcome.CANCEL])
def test_one_question_at_a_time(outcome: Outcome) -> None:
    assert after_aside(ASIDE, outcome, FILLING, a_world()) == ASIDE


def test_in_a_form_only_its_own_buttons_stand_below() -> None:
    reply = after_aside(ASIDE, Outcome.ANSWER, FILLING, a_world())
    assert keys(reply) == ["aside", "field.name.ask"]
    assert pressable(reply) == [No()]
    assert reply.unanswered == ""


@pytest.mark.parametrize("state", [FILLING, Offered(a_request()), Correcting("id-1")])
def test_what_else_may_have_been_meant_is_not_asked_beside_an_open_question(state: State) -> None:
    unsure = replace(ASIDE, parts=(*ASIDE.parts, ALSO))
    reply = after_aside(unsure, Outcome.ANSWER, state, a_world(a_ticket()))
    assert reply == after_aside(ASIDE, Outcome.ANSWER, state, a_world(a_ticket()))


def test_beside_an_offer_the_answer_keeps_its_buttons() -> None:
    reply = after_aside(ASIDE, Outcome.ANSWER, Offered(a_request()), a_world())
    assert len(reply.choices) == 3
    assert reply.unanswered == "Kuka?"


def test_who_speaks_of_something_else_does_not_withdraw() -> None:
    reply = after_aside(ASIDE, Outcome.ANSWER, Withdrawing("id-1"), a_world(a_ticket()))
    assert reply.state == Idle()


@pytest.mark.parametrize("state", [Offered(a_request()), FILLING])
def test_whether_it_is_done_is_answered_by_what_is_still_to_be_sent(state: State) -> None:
    asked = match(Outcome.STATUS)
    assert open_question.answers(state, asked, "is it done", a_world())
    assert not open_question.answers(state, asked, "is it done", a_world(a_ticket()))
    assert not open_question.answers(Idle(), asked, "is it done", a_world())


def test_what_that_is_is_answered_by_what_is_asked_for() -> None:
    asked = match(Outcome.OUT_OF_SCOPE)
    filling = FILLING
    assert open_question.answers(filling, asked, "what's that love", a_world())
    assert not open_question.answers(filling, asked, "what is the weather like today", a_world())
    assert not open_question.answers(Offered(a_request()), asked, "what's that", a_world())


def test_an_offer_is_put_again_once_and_stands_then_unrepeated() -> None:
    first = after_aside(ASIDE, Outcome.ANSWER, Offered(a_request()), a_world())
    assert keys(first) == ["aside", "offer.again"]
    assert isinstance(first.state, Offered)
    second = after_aside(ASIDE, Outcome.ANSWER, first.state, a_world())
    assert keys(second) == ["aside"]
    assert isinstance(second.state, Offered)
    assert (first.state.is_quiet, second.state.is_quiet) == (False, True)
    assert second.state.quieter() == second.state == first.state.quiet()
