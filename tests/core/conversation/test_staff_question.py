"""Questions of staff: which wait, in which order, and that each is put in their own words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.buttons import AnswerStaff, No
from bot.core.catalog import Language
from bot.core.conversation import staff_question
from bot.core.conversation.dialogue import Answering
from bot.core.effects import StaffWords
from bot.core.tickets.ticket import Action, Note, Ticket
from tests.core.conversation.worlds import (
    NOW,
    a_ticket,
    a_world,
    keys,
    pressable,
    withdrawn,
)

ASKED = a_ticket(question="Mikä tilaus?")
QUOTED = "Sinulle on kysymys pyynnöstäsi T-2026-0001. Mikä\ntilaus?"


def noted(action: Action, text: str = "Mikä tilaus?", ago: timedelta = timedelta()) -> Note:
    return Note(at=NOW - ago, by="staff:sari", action=action, text=text)


def test_the_question_that_was_put_last_is_the_last_of_those_that_wait() -> None:
    first = a_ticket(question="a?", notes=(noted(Action.SUSPEND),))
    second = a_ticket(id="id-2", question="b?", notes=(noted(Action.ASK, ago=timedelta(days=1)),))
    assert staff_question.waiting([first, a_ticket(id="id-3"), second]) == [second, first]


def test_a_question_of_which_no_note_was_kept_waits_too() -> None:
    assert staff_question.waiting([ASKED]) == [ASKED]


def test_the_last_question_is_known_after_it_was_answered() -> None:
    notes = (noted(Action.ASK, "a?"), noted(Action.ASK, "b?"), noted(Action.ANSWER, "se"))
    assert staff_question.of(a_ticket(notes=notes)) == "b?"
    assert staff_question.of(a_ticket(question="c?", notes=notes)) == "c?"
    assert staff_question.of(a_ticket()) == ""


def test_what_was_answered_within_the_hour_was_answered_lately() -> None:
    now, before = noted(Action.ANSWER), noted(Action.ANSWER, ago=timedelta(hours=1))
    fresh, old = a_ticket(notes=(now,)), a_ticket(id="id-2", notes=(before,))
    assert staff_question.lately_answered([fresh, old], NOW) is fresh
    assert staff_question.lately_answered([old], NOW) is None
    assert staff_question.lately_answered([withdrawn(fresh)], NOW) is None


def test_a_reply_to_the_message_with_the_question_is_known() -> None:
    assert staff_question.replied_to(QUOTED, [a_ticket(id="id-2"), ASKED]) is ASKED


@pytest.mark.parametrize("quoted", ["Pyynnön numero on T-2026-0001.", "Mikä tilaus?", ""])
def test_a_reply_to_anything_else_is_none_to_the_question(quoted: str) -> None:
    assert staff_question.replied_to(quoted, [ASKED]) is None


def test_a_question_is_shown_as_that_of_staff_before_it_is_answered() -> None:
    reply = staff_question.begin_answer(ASKED, a_world(ASKED))
    assert reply.state == Answering("id-1")
    assert StaffWords(text="Mikä tilaus?") in reply.parts
    assert pressable(reply) == [No()]


@pytest.mark.parametrize("ticket", [a_ticket(), withdrawn(ASKED)])
def test_what_staff_did_not_ask_cannot_be_answered(ticket: Ticket) -> None:
    assert keys(staff_question.begin_answer(ticket, a_world())) == ["stale_button"]


def test_a_question_that_waits_is_brought_up_again() -> None:
    reply = staff_question.reminder([ASKED])
    assert StaffWords(text="Mikä tilaus?") in reply.parts
    assert pressable(reply) == [AnswerStaff("id-1")]
    assert staff_question.reminder([a_ticket()]).parts == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [("se viimeinen tilaus", True), ("joo", False), ("kyllä kiitos, lähetä", False), ("👍", False)],
)
def test_what_agrees_in_no_words_may_be_meant_for_staff(text: str, *, meant: bool) -> None:
    asked = a_ticket(question="Mikä tilaus?")
    assert staff_question.may_be_meant(text, Language.FI, a_world(asked)) is meant
    assert not staff_question.may_be_meant(text, Language.FI, a_world(a_ticket()))
