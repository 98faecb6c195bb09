"""People see how their tickets go, and withdraw."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import (
    AnswerStaff,
    ChooseIntent,
    CorrectAddress,
    No,
    Resend,
    Withdraw,
    WithdrawReally,
)
from bot.core.conversation import decisions, my_tickets, pass_to_staff
from bot.core.conversation.dialogue import Filling, Idle, Offered, Sending, State, Withdrawing
from bot.core.conversation.on_text import on_text
from bot.core.conversation.request_fields import Field
from bot.core.effects import StaffWords
from bot.core.events import Said
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.ticket import Action
from bot.core.tickets.ticket import State as TicketState
from tests.core.conversation.worlds import (
    NOW,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    keys,
    named,
    pressable,
    proved,
    withdrawn,
)

ASKED = a_ticket(question="Mikä tilaus?")
SECOND = a_ticket(id="id-2", number="T-2026-0002")


def test_without_tickets_there_is_nothing_to_tell() -> None:
    assert keys(my_tickets.status(a_world())) == ["status.none"]


def test_each_ticket_is_told_with_what_can_be_done() -> None:
    reply = my_tickets.status(a_world(a_ticket(), proved(SECOND), withdrawn(a_ticket(id="id-3"))))
    assert keys(reply) == ["status.awaiting_code", "status.with_staff", "status.withdrawn"]
    assert pressable(reply) == [
        Resend("id-1"),
        CorrectAddress("id-1"),
        Withdraw("id-1"),
        Withdraw("id-2"),
    ]


def test_a_question_of_staff_is_shown_as_theirs_and_can_be_answered() -> None:
    reply = my_tickets.status(a_world(ASKED))
    assert StaffWords(text="Mikä tilaus?") in reply.parts
    assert named(reply, AnswerStaff("id-1")).values == {"number": "T-2026-0001"}


def test_in_the_middle_of_something_a_cancel_stops_that() -> None:
    filling = Filling(a_request(), Field("name"))
    reply = my_tickets.cancel(filling, "peruuta", a_world(a_ticket()))
    assert (keys(reply), reply.state) == (["stopped"], Idle())


def test_with_nothing_open_there_is_nothing_to_cancel() -> None:
    reply = my_tickets.cancel(Idle(), "peruuta", a_world(withdrawn(a_ticket())))
    assert keys(reply) == ["cancel.nothing"]


@pytest.mark.parametrize("text", ["unohda koko juttu", "forget it", "glöm det", "/cancel"])
def test_who_speaks_of_no_marketing_is_shown_no_button_for_it(text: str) -> None:
    assert pressable(my_tickets.cancel(Idle(), text, a_world())) == []


def test_with_nothing_open_a_stop_may_be_meant_for_marketing() -> None:
    reply = my_tickets.cancel(Idle(), "STOP", a_world())
    assert pressable(reply) == [ChooseIntent("request.marketing_objection")]


@pytest.mark.parametrize(
    "state", [Idle(), Withdrawing("id-2"), Sending("id-1", Action.ADD, "Myös laskut.")]
)
def test_the_only_open_ticket_is_withdrawn_after_one_more_question(state: State) -> None:
    reply = my_tickets.cancel(state, "peruuta", a_world(a_ticket(), withdrawn(SECOND)))
    assert keys(reply) == ["withdraw.sure"]
    assert reply.state == Withdrawing("id-1")
    assert pressable(reply) == [WithdrawReally("id-1"), No()]


def test_of_several_open_tickets_one_is_to_be_chosen() -> None:
    reply = my_tickets.cancel(Idle(), "peruuta", a_world(a_ticket(), SECOND))
    assert keys(reply) == ["withdraw.which"]
    assert pressable(reply) == [Withdraw("id-1"), Withdraw("id-2")]
    assert reply.state is None


def test_a_ticket_may_be_named_by_its_number() -> None:
    reply = my_tickets.cancel(Idle(), "peruuta t-2026-0002", a_world(a_ticket(), SECOND))
    assert reply.state == Withdrawing("id-2")


def test_an_ended_ticket_is_not_withdrawn() -> None:
    ended = withdrawn(a_ticket())
    assert keys(my_tickets.withdraw(ended, a_world(ended))) == ["withdraw.ended"]
    really = my_tickets.withdraw_really(ended, a_world(ended))
    assert (keys(really), really.state, really.tickets) == (["withdraw.ended"], Idle(), ())


def test_a_ticket_is_withdrawn() -> None:
    reply = my_tickets.withdraw_really(a_ticket(), a_world(a_ticket()))
    assert keys(reply) == ["withdraw.done"]
    assert reply.tickets[0].state is TicketState.WITHDRAWN
    assert reply.state == Idle()


def test_tickets_are_known_by_the_numbers_in_a_text() -> None:
    tickets = [a_ticket(), SECOND]
    assert my_tickets.named("mikä on t-2026-0002:n tila", tickets) == [SECOND]
    assert my_tickets.named("T-2026-0009", tickets) == []


def a_question() -> Inquiry:
    inquiry = pass_to_staff.take(a_dialogue(unanswered="Kuka?"), a_world()).inquiry
    assert inquiry is not None
    return inquiry


def test_what_was_passed_to_staff_is_told_with_the_tickets() -> None:
    asked = a_question()
    reported = replace(asked, kind=InquiryKind.INCIDENT)
    waiting = a_world(waiting_inquiries=lambda: (asked, reported))
    assert keys(my_tickets.status(waiting)) == ["inquiry.waiting", "incident.waiting"]
    both = a_world(a_ticket(), waiting_inquiries=lambda: (asked,))
    assert keys(my_tickets.status(both)) == ["status.awaiting_code", "inquiry.waiting"]


def test_that_an_answer_is_late_is_said_as_long_as_it_is_awaited() -> None:
    ticket = proved(a_ticket())
    late = a_world(ticket, now=NOW + timedelta(days=40))
    assert keys(my_tickets.status(late)) == ["status.with_staff", "status.late"]
    others = (
        a_world(ticket, now=NOW + timedelta(days=20)),
        a_world(a_ticket(), now=NOW + timedelta(days=40)),  # it waits for the customer's code
        a_world(withdrawn(ticket), now=NOW + timedelta(days=40)),
    )
    assert all("status.late" not in keys(my_tickets.status(other)) for other in others)


@pytest.mark.parametrize("state", [Offered(a_request()), Filling(a_request(), Field("name"))])
def test_who_stops_is_told_what_staff_have_nevertheless(state: State) -> None:
    asked = a_question()
    waiting = a_world(waiting_inquiries=lambda: (asked,))
    reply = decisions.take(a_dialogue(state), No(), waiting)
    assert keys(reply) == ["stopped", "inquiry.waiting"]


def test_who_only_asked_is_told_that_staff_have_the_question() -> None:
    asked = a_question()
    waiting = a_world(waiting_inquiries=lambda: (asked,))
    reply = on_text(a_dialogue(), Said(text="se oli vain kysymys"), waiting)
    assert keys(reply) == ["inquiry.waiting", "nothing_open"]
