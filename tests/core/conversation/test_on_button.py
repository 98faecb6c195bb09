"""A button does what it says for as long as that makes sense, and then says that it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import (
    AddTo,
    Another,
    AnswerStaff,
    Button,
    ChooseIntent,
    CorrectAddress,
    Instead,
    NoneOfThese,
    OpenPrivateChat,
    PassToStaff,
    ProveByPhone,
    Resend,
    Restart,
    SharePhone,
    ShowOriginal,
    ShowSection,
    SomethingElse,
    Withdraw,
    WithdrawReally,
    Yes,
)
from bot.core.catalog import Language
from bot.core.conversation.dialogue import Filling, Idle, Offered, Sending
from bot.core.conversation.on_button import on_button
from bot.core.conversation.request_fields import Field
from bot.core.effects import Quote
from bot.core.tickets.ticket import Action
from tests.core.conversation.worlds import (
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    keys,
    pressable,
    proved,
)

OFFERED = a_dialogue(Offered(a_request()))
FILLING = a_dialogue(Filling(a_request(), Field("name")))
TICKET = a_ticket(question="Mikä?")


@pytest.mark.parametrize(("question", "fresh"), [(2, False), (3, True), (4, False)])
def test_a_button_answers_only_the_question_that_was_asked_last(question: int, fresh: bool) -> None:
    reply = on_button(OFFERED, Yes(question), a_world())
    assert keys(reply) == (["field.name.ask"] if fresh else ["stale_button"])


def test_a_button_from_before_questions_were_numbered_is_stale() -> None:
    unnumbered = replace(OFFERED, asked=0)
    assert keys(on_button(unnumbered, Yes(), a_world())) == ["stale_button"]


def test_a_section_is_shown_and_what_was_open_is_still_open() -> None:
    dialogue = replace(FILLING, unanswered="Kuka?")
    reply = on_button(dialogue, ShowSection("cookies"), a_world())
    assert keys(reply) == ["section.intro", "field.name.ask"]
    assert reply.unanswered == "Kuka?"


@pytest.mark.parametrize(
    ("source", "passages"),
    [
        ("cookies", ["cookies-1", "cookies-2"]),
        ("question.cookies", ["cookies-1"]),
        ("rights-1,cookies-2", ["rights-1", "cookies-2"]),
    ],
)
def test_the_original_of_an_answer_or_a_section_is_shown(source: str, passages: list[str]) -> None:
    dialogue = a_dialogue(language=Language.EN)
    reply = on_button(dialogue, ShowOriginal(source), a_world())
    assert [part.passage for part in reply.parts if isinstance(part, Quote)] == passages


@pytest.mark.parametrize(
    "button",
    [
        None,
        ShowSection("of-another-notice"),
        ShowOriginal("of-another-notice"),
        ChooseIntent("question.of_another_catalogue"),
        SharePhone(),
        OpenPrivateChat(),
        PassToStaff(3),
        *(kind("of-nobody") for kind in (Resend, CorrectAddress, Withdraw, WithdrawReally)),
        *(kind("of-nobody") for kind in (AnswerStaff, ProveByPhone, Instead)),
        Instead("id-1"),
        AddTo("id-1"),
        SomethingElse(3),
    ],
    ids=repr,
)
def test_a_button_that_means_nothing_here_says_so(button: Button | None) -> None:
    reply = on_button(a_dialogue(), button, a_world(a_ticket()))
    assert (keys(reply), reply.tickets, reply.state) == (["stale_button"], (), None)


@pytest.mark.parametrize(
    ("button", "said"),
    [
        (Resend("id-1"), "code.sent"),
        (CorrectAddress("id-1"), "correct.prompt"),
        (ProveByPhone("id-1"), "phone.prompt"),
        (AnswerStaff("id-1"), "answer_staff.prompt"),
        (Withdraw("id-1"), "withdraw.sure"),
        (WithdrawReally("id-1"), "withdraw.done"),
    ],
    ids=repr,
)
def test_a_button_of_a_ticket_is_good_for_as_long_as_the_ticket_allows(
    button: Button, said: str
) -> None:
    assert keys(on_button(OFFERED, button, a_world(TICKET, shares_phone=True)))[0] == said


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        ("question.cookies", ["answer.intro"]),
        ("request.access", ["offer.access", "offer.question"]),
        ("smalltalk.help", ["smalltalk.help"]),
        ("status", ["status.none"]),
    ],
)
def test_what_was_meant_is_answered(intent: str, said: list[str]) -> None:
    assert keys(on_button(a_dialogue(), ChooseIntent(intent), a_world())) == said


def test_a_chosen_question_cannot_be_passed_to_staff_in_nobody_s_words() -> None:
    reply = on_button(a_dialogue(), ChooseIntent("not_in_notice.officer"), a_world())
    assert reply.unanswered == ""
    assert PassToStaff() not in pressable(reply)


def test_a_chosen_right_was_asked_for_in_the_words_that_had_two_meanings() -> None:
    unclear = a_dialogue(unanswered="Tietoni!")
    state = on_button(unclear, ChooseIntent("request.access"), a_world()).state
    assert isinstance(state, Offered)
    assert state.request.opening == "Tietoni!"


def test_who_says_that_a_report_was_meant_has_it_taken_with_what_was_written() -> None:
    asked = replace(a_dialogue(), unanswered="I got a bill that is not mine")
    reply = on_button(asked, ChooseIntent("incident"), a_world())
    assert keys(reply) == ["incident.received"]
    assert reply.inquiry is not None
    assert reply.inquiry.question == "I got a bill that is not mine"
    assert keys(on_button(a_dialogue(), ChooseIntent("incident"), a_world())) == ["incident.reply"]


def test_after_a_choice_in_the_middle_of_a_form_the_form_goes_on() -> None:
    reply = on_button(FILLING, ChooseIntent("question.cookies"), a_world())
    assert keys(reply) == ["answer.intro", "field.name.ask"]


def test_none_of_several_meanings_may_be_meant() -> None:
    assert keys(on_button(a_dialogue(), NoneOfThese(), a_world())) == ["clarify.none"]


def test_a_restart_leaves_what_was_under_way_and_greets() -> None:
    reply = on_button(FILLING, Restart(), a_world())
    assert (keys(reply), reply.state) == (["smalltalk.hello"], Idle())


def test_what_was_not_for_staff_is_read_like_any_other_message() -> None:
    sending = a_dialogue(Sending("id-1", Action.ADD, "evästeet?"))
    reply = on_button(sending, SomethingElse(3), a_world(proved(a_ticket())))
    assert (keys(reply), reply.state) == (["answer.intro"], Idle())


def test_what_was_offered_of_one_ticket_is_offered_of_another() -> None:
    sending = a_dialogue(Sending("id-1", Action.ADD, "Myös laskut."))
    other = a_ticket(id="id-2", number="T-2026-0002")
    reply = on_button(sending, Instead("id-2"), a_world(a_ticket(), other))
    assert reply.state == Sending("id-2", Action.ADD, "Myös laskut.")


def test_what_was_written_is_added_to_the_ticket_that_is_open() -> None:
    reply = on_button(a_dialogue(unanswered="Myös laskut."), AddTo("id-1"), a_world(a_ticket()))
    assert keys(reply) == ["to_staff.sent"]
    assert reply.tickets[0].notes[-1].text == "Myös laskut."


def test_the_same_right_is_asked_for_with_other_contacts() -> None:
    asked = a_dialogue(unanswered="Myös työosoite.")
    state = on_button(asked, Another("id-1"), a_world(a_ticket())).state
    assert isinstance(state, Offered)
    assert state.request.opening == "Myös työosoite."
