"""A request that was left half way: brought to mind once, then handed to staff."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.core.buttons import No, Withdraw, Yes
from bot.core.catalog import Language, Right
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Idle,
    Offered,
    Sending,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.reply import NOTHING
from bot.core.conversation.request_fields import Field
from bot.core.conversation.step import Step, handed_over, reminded, step
from bot.core.conversation.unfinished import (
    Due,
    due,
    hand_over,
    may_write,
    remind,
    request_of,
    subject_of,
)
from bot.core.effects import Say, ShowInquiry, ShowTicket, Text
from bot.core.events import Said
from bot.core.pace import Pace
from bot.core.tickets.quotas import Quotas
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import THE_SYSTEM, Action
from bot.core.tickets.ticket import State as TicketState
from tests.core.conversation.worlds import (
    EMAIL,
    KNOWLEDGE,
    MATTI,
    NOW,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    filled,
    keys,
    pressable,
)

RULES = Rules()
CLEAR = a_request(Right.ERASURE, opening="poistakaa tietoni", clear=True)
REMINDED = replace(CLEAR, reminded_at=NOW)
OFFERED = a_dialogue(Offered(CLEAR), person=MATTI)
OF_NO_REQUEST = (Idle(), Answering("id-1"), Withdrawing("id-1"), Correcting("id-1"))


def said(made: Step) -> Say:
    [say] = [effect for effect in made.effects if isinstance(effect, Say)]
    return say


# What is unfinished


def test_an_offer_upon_clear_words_is_a_request_and_one_upon_others_is_none() -> None:
    assert request_of(Offered(CLEAR)) == CLEAR
    assert request_of(Offered(a_request())) is None


@pytest.mark.parametrize("state", [Filling(a_request(), Field("name")), Summary(filled())])
def test_what_was_agreed_to_is_a_request_whatever_led_to_it(state: Filling | Summary) -> None:
    assert request_of(state) == state.request


@pytest.mark.parametrize("state", OF_NO_REQUEST)
def test_elsewhere_nothing_is_unfinished(state: State) -> None:
    assert request_of(state) is None
    dialogue = a_dialogue(state, person=MATTI)
    assert due(dialogue, NOW, NOW + timedelta(days=3), RULES) is None
    assert remind(dialogue, a_world()) == hand_over(dialogue, a_world()) == NOTHING


def test_of_a_dialogue_of_an_earlier_version_nobody_knows_whom_to_remind() -> None:
    unknown = replace(OFFERED, person=None)
    assert due(unknown, NOW, NOW + timedelta(days=3), RULES) is None


# When something is due


@pytest.mark.parametrize(
    ("request_reminded", "hours", "what"),
    [
        (None, 3.9, None),
        (None, 4, Due.REMINDER),
        (None, 30, Due.REMINDER),  # as after a standstill: first of all a reminder
        (4, 23.9, None),
        (4, 24, Due.HAND_OVER),
        (23, 24, None),  # there is some time to answer
        (23, 27, Due.HAND_OVER),
    ],
)
def test_it_is_brought_to_mind_once_and_later_handed_over(
    request_reminded: float | None, hours: float, what: Due | None
) -> None:
    at = None if request_reminded is None else NOW + timedelta(hours=request_reminded)
    dialogue = a_dialogue(Offered(replace(CLEAR, reminded_at=at)), person=MATTI)
    assert due(dialogue, NOW, NOW + timedelta(hours=hours), RULES) is what


@pytest.mark.parametrize(("hour", "may"), [(7, False), (8, True), (20, True), (21, False)])
def test_nobody_is_written_to_at_night_where_they_live(hour: int, may: bool) -> None:
    local = datetime(2026, 11, 6, hour, 30, tzinfo=RULES.timezone)
    assert may_write(local.astimezone(UTC), RULES) is may


# The reminder


def test_the_reminder_of_an_offer_offers_it_again() -> None:
    made = reminded(OFFERED, a_world())
    assert keys(said(made).parts) == ["unfinished.reminder"]
    asked = OFFERED.asked + 1
    assert [choice.button for choice in said(made).choices] == [Yes(asked), No(asked)]
    assert made.dialogue.state == Offered(REMINDED)
    assert (made.tickets, made.records) == ((), ())


def test_the_reminder_of_a_form_puts_its_question_again() -> None:
    form = Filling(a_request(), Field("name"))
    made = reminded(a_dialogue(form, person=MATTI), a_world())
    assert keys(said(made).parts) == ["unfinished.reminder", "field.name.ask"]
    assert request_of(made.dialogue.state) == a_request(reminded_at=NOW)


def test_a_reminder_counts_for_no_message_of_the_person() -> None:
    before = replace(OFFERED, pace=Pace(), unanswered="Kuka vastaa?")
    made = reminded(before, a_world())
    assert (made.dialogue.pace, made.dialogue.unanswered) == (before.pace, before.unanswered)
    assert made.dialogue.person == MATTI


def test_whoever_goes_on_after_the_reminder_is_not_reminded_again() -> None:
    went_on = step(reminded(OFFERED, a_world()).dialogue, Said(text="kyllä"), a_world()).dialogue
    assert isinstance(went_on.state, Filling)
    assert due(went_on, NOW, NOW + timedelta(hours=23), RULES) is None


def test_a_no_ends_it() -> None:
    stopped = step(reminded(OFFERED, a_world()).dialogue, Said(text="ei kiitos"), a_world())
    assert stopped.dialogue.state == Idle()
    assert stopped.dialogue.person is None


# The hand-over


def test_it_is_handed_over_as_received_on_the_day_of_the_first_message() -> None:
    asked_at = NOW - timedelta(days=2)
    offered = a_dialogue(Offered(replace(REMINDED, asked_at=asked_at)), person=MATTI)
    made = handed_over(offered, a_world())
    [ticket] = made.tickets
    assert (ticket.state, ticket.right) == (TicketState.AWAITING_IDENTITY, Right.ERASURE)
    assert (ticket.opening, ticket.unfinished) == ("poistakaa tietoni", True)
    assert ticket.clock.received == RULES.today(asked_at) == date(2026, 11, 4)
    assert [record.actor for record in made.records] == [THE_SYSTEM.key]
    assert any(isinstance(effect, ShowTicket) and effect.new for effect in made.effects)
    assert keys(said(made).parts) == ["unfinished.handed_over"]
    assert [choice.button for choice in said(made).choices] == [Withdraw(ticket.id)]
    assert (made.dialogue.state, made.dialogue.person) == (Idle(), None)


def test_what_was_said_so_far_goes_along_and_a_code_can_be_had() -> None:
    state = Summary(filled(Right.ERASURE, reminded_at=NOW))
    reply = hand_over(a_dialogue(state, person=MATTI), a_world())
    [ticket] = reply.tickets
    assert (ticket.person.name, ticket.person.email) == ("Matti", EMAIL)
    assert ticket.details == "kaikki"
    assert ticket.challenge is None  # nobody is there to give a code
    assert len(pressable(reply)) == 3


def later(dialogue: Dialogue) -> Dialogue:
    made = handed_over(dialogue, a_world())
    assert made.tickets
    return made.dialogue


def test_the_other_rights_of_a_clear_message_follow_one_by_one() -> None:
    request = replace(REMINDED, later=(Right.ACCESS,), fields={"name": "Matti", "details": "x"})
    after = later(a_dialogue(Offered(request), person=MATTI))
    following = replace(REMINDED, right=Right.ACCESS, fields={"name": "Matti"})
    assert (after.state, after.person) == (Offered(following), MATTI)
    assert due(after, NOW, NOW + timedelta(hours=24), RULES) is Due.HAND_OVER
    assert later(after).state == Idle()


def test_the_reminder_names_every_right_that_will_be_handed_over() -> None:
    request = replace(CLEAR, later=(Right.ACCESS, Right.RESTRICTION))
    made = reminded(a_dialogue(Offered(request), person=MATTI), a_world())
    also = ["unfinished.also"] * 2
    assert keys(said(made).parts) == ["unfinished.reminder", *also]
    assert [part.values["right"] for part in said(made).parts if isinstance(part, Text)] == [
        *(Right.ERASURE, Right.ACCESS, Right.RESTRICTION)
    ]
    unclear = replace(request, clear=False)
    agreed = Filling(unclear, Field("name"))
    made = reminded(a_dialogue(agreed, person=MATTI), a_world())
    assert keys(said(made).parts) == ["unfinished.reminder", "field.name.ask"]


def test_whoever_comes_to_the_next_right_is_reminded_of_it_in_its_turn() -> None:
    request = replace(REMINDED, later=(Right.ACCESS,))
    refused = step(a_dialogue(Offered(request), person=MATTI), Said(text="ei"), a_world())
    assert request_of(refused.dialogue.state) == replace(CLEAR, right=Right.ACCESS)
    assert due(refused.dialogue, NOW, NOW + timedelta(hours=24), RULES) is Due.REMINDER


def test_of_a_message_that_was_not_clear_only_what_was_agreed_to_is_handed_over() -> None:
    agreed = Summary(filled(later=(Right.ERASURE,)))
    assert later(a_dialogue(agreed, person=MATTI)).state == Idle()


def test_where_a_ticket_of_the_right_is_open_no_second_one_is_opened() -> None:
    made = handed_over(OFFERED, a_world(a_ticket(Right.ERASURE)))
    assert (made.tickets, made.effects, made.dialogue.state) == ((), (), Idle())


def over_the_quota(waiting: int = 0) -> Step:
    rules = Rules(quotas=Quotas(requests=0))
    world = a_world(knowledge=replace(KNOWLEDGE, rules=rules), open_inquiries=lambda: waiting)
    return handed_over(OFFERED, world)


def test_over_the_quota_of_tickets_the_words_go_to_staff_as_a_question() -> None:
    made = over_the_quota()
    assert made.tickets == ()
    assert made.inquiry
    assert made.inquiry.question == "poistakaa tietoni"
    assert any(isinstance(effect, ShowInquiry) for effect in made.effects)
    assert keys(said(made).parts) == ["inquiry.passed"]


def test_over_both_quotas_staff_are_not_flooded() -> None:
    made = over_the_quota(waiting=Quotas().open_inquiries)
    assert (made.tickets, made.inquiry, made.effects) == ((), None, ())


def test_the_language_is_that_of_the_conversation() -> None:
    made = handed_over(replace(OFFERED, language=Language.SV), a_world())
    assert (said(made).language, made.tickets[0].language) == (Language.SV, Language.SV)


# Words for staff that were not sent

UNSENT = Sending("id-1", Action.ANSWER, "Se toinen.")


def test_words_that_were_not_sent_are_brought_to_mind_once_and_never_sent_unasked() -> None:
    dialogue, later = a_dialogue(UNSENT, person=MATTI), NOW + RULES.remind_after
    assert due(dialogue, NOW, later, RULES) is Due.REMINDER
    assert due(dialogue, NOW, later - timedelta(minutes=1), RULES) is None
    assert due(replace(dialogue, person=None), NOW, later, RULES) is None
    again = replace(dialogue, state=replace(UNSENT, reminded_at=NOW))
    assert due(again, NOW, NOW + timedelta(days=9), RULES) is None


def test_who_is_reminded_can_send_them_still() -> None:
    asked = a_ticket(question="Mikä tilaus?")
    reply = remind(a_dialogue(UNSENT), a_world(asked))
    assert keys(reply) == ["unfinished.unsent", "status.question", "to_staff.answer"]
    assert Yes() in pressable(reply)
    assert reply.state == replace(UNSENT, reminded_at=NOW)
    assert remind(a_dialogue(UNSENT), a_world()) == NOTHING


def test_of_whom_it_is_to_be_brought_to_mind_is_kept_for_as_long_as_it_is_not_sent() -> None:
    world = a_world(a_ticket(question="Mikä tilaus?"))
    unsent = step(a_dialogue(), Said(text="Se toinen, ei muita"), world).dialogue
    assert (type(unsent.state), unsent.person) == (Sending, MATTI)
    assert step(unsent, Said(text="kyllä"), world).dialogue.person is None


def test_a_reminder_of_staff_that_was_not_sent_is_left_alone() -> None:
    chasing = a_dialogue(replace(UNSENT, action=Action.CHASE), person=MATTI)
    assert due(chasing, NOW, NOW + timedelta(days=9), RULES) is None


@pytest.mark.parametrize(
    ("state", "subject"), [(UNSENT, "id-1"), (Offered(CLEAR), "erasure"), (Idle(), "")]
)
def test_what_is_unfinished_is_told_apart(state: State, subject: str) -> None:
    assert subject_of(state) == subject


def test_a_request_that_waits_beside_a_ticket_is_reminded_of_and_handed_over() -> None:
    waiting = a_dialogue(Answering("id-1"), form=Offered(CLEAR), person=MATTI)
    assert due(waiting, NOW, NOW + timedelta(hours=5), RULES) is Due.REMINDER
    reminded_of = reminded(waiting, a_world())
    assert isinstance(reminded_of.dialogue.state, Offered)
    assert reminded_of.dialogue.form is None
    done = handed_over(replace(waiting, form=Offered(CLEAR)), a_world())
    assert [ticket.right for ticket in done.tickets] == [CLEAR.right]
    assert (done.dialogue.state, done.dialogue.form) == (Idle(), None)
