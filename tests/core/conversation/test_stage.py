"""Each state of a conversation, and each ticket of one that is idle, is a stage of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.catalog import Right
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Filling,
    Idle,
    Offered,
    State,
    Summary,
)
from bot.core.conversation.request_fields import Field
from bot.core.conversation.stage import asked
from bot.core.tickets.ticket import Action, Note
from bot.core.tickets.ticket import State as TicketState
from bot.core.understanding.asked import Asked, Stage
from tests.core.conversation.worlds import NOW, a_request, a_ticket, filled, proved


@pytest.mark.parametrize(
    ("state", "stage"),
    [
        (Offered(a_request()), Stage.OFFER),
        (Filling(a_request(), Field("name")), Stage.NAME),
        (Summary(filled()), Stage.SUMMARY),
    ],
)
def test_a_request_under_way_is_a_stage_with_its_right(state: State, stage: Stage) -> None:
    assert asked(state, (), NOW) == Asked(stage=stage, right=Right.ACCESS)


def test_another_address_is_asked_for_like_the_first() -> None:
    assert asked(Correcting("id-1"), (a_ticket(),), NOW).stage is Stage.EMAIL


def test_the_question_of_staff_is_known() -> None:
    ticket = a_ticket(question="Kumpi?")
    assert asked(Answering("id-1"), (ticket,), NOW) == Asked(
        stage=Stage.STAFF_QUESTION, right=ticket.right, question="Kumpi?"
    )
    assert asked(Answering("of-nobody"), (), NOW) == Asked(stage=Stage.STAFF_QUESTION)


def test_while_idle_the_ticket_that_waits_for_a_code_comes_first() -> None:
    waiting, shown = a_ticket(), proved(a_ticket())
    assert asked(Idle(), (waiting, replace(shown, id="id-2")), NOW).stage is Stage.CODE
    assert asked(Idle(), (shown,), NOW).stage is Stage.OPEN


def test_the_last_ticket_that_ended_is_known_with_its_end() -> None:
    ended = replace(a_ticket(), state=TicketState.WITHDRAWN)
    assert asked(Idle(), (ended,), NOW) == Asked(
        stage=Stage.CLOSED, right=ended.right, state="withdrawn"
    )


def test_where_nothing_is_open_nothing_was_asked() -> None:
    assert asked(Idle(), (), NOW) == Asked(stage=Stage.IDLE)


def test_while_idle_a_question_of_staff_comes_before_all_else() -> None:
    ticket = a_ticket(question="Kumpi?")
    assert asked(Idle(), (ticket, proved(a_ticket(id="id-2"))), NOW) == Asked(
        stage=Stage.STAFF_QUESTION, right=ticket.right, question="Kumpi?"
    )


def test_just_after_an_answer_more_of_it_may_follow() -> None:
    notes = (
        Note(at=NOW, by="staff:sari", action=Action.ASK, text="Kumpi?"),
        Note(at=NOW, by="customer", action=Action.ANSWER, text="Toinen."),
    )
    answered = a_ticket(notes=notes)
    assert asked(Idle(), (answered,), NOW + timedelta(minutes=59)).question == "Kumpi?"
    assert asked(Idle(), (answered,), NOW + timedelta(hours=1)).stage is Stage.CODE
