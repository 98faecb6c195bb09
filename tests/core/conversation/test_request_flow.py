"""A right is offered, filled in field by field, summed up, and opened as a ticket."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.buttons import (
    AddTo,
    Another,
    Change,
    No,
    Skip,
    UseVouchedAddress,
    Withdraw,
    Yes,
)
from bot.core.catalog import Language, Right
from bot.core.conversation import request_flow
from bot.core.conversation.dialogue import Filling, Idle, Offered, Request, Summary
from bot.core.conversation.request_fields import Field
from bot.core.effects import SendCode, ShowTicket, Text
from bot.core.events import Requested
from bot.core.tickets.quotas import Quotas
from bot.core.tickets.representation import OnBehalf
from bot.core.tickets.ticket import Ticket
from tests.core.conversation.worlds import (
    EMAIL,
    NOW,
    a_request,
    a_ticket,
    a_world,
    filled,
    keys,
    pressable,
    proved,
    withdrawn,
)

OTHER = "other@example.com"
FORM = Requested(
    right=Right.ACCESS,
    name=" Matti  Meikäläinen ",
    email=EMAIL,
    details="kaikki",
    language=Language.SV,
)
NAME, ADDRESS, DETAILS = Field("name"), Field("email", optional=True), Field("details")
QUOTA = Quotas().requests


def over_the_quota() -> list[Ticket]:
    ended = replace(withdrawn(a_ticket()), received_at=NOW, closed_at=NOW - timedelta(days=2))
    return [replace(ended, id=f"id-{number}") for number in range(QUOTA)]


NAMED = a_request(fields={"name": "Matti"})


# Offering


def test_a_right_is_offered_from_the_moment_when_it_was_asked_for() -> None:
    world = a_world()
    reply = request_flow.offer((Right.ACCESS,), "näytä", world)
    assert keys(reply) == ["offer.access", "offer.question"]
    assert reply.state == Offered(
        Request(right=Right.ACCESS, asked_at=world.received_at, opening="näytä")
    )


def test_other_rights_of_the_message_come_after_the_first() -> None:
    reply = request_flow.offer((Right.ACCESS, Right.ERASURE), "", a_world())
    assert keys(reply)[-1] == "offer.also"
    assert isinstance(reply.state, Offered)
    assert reply.state.request.later == (Right.ERASURE,)


def test_what_is_open_already_is_not_offered_again() -> None:
    reply = request_flow.offer((Right.ACCESS,), "", a_world(a_ticket()))
    assert keys(reply) == ["ticket.already"]
    assert pressable(reply) == [Another("id-1"), Withdraw("id-1")]
    assert reply.state is None


def test_what_was_written_can_be_added_to_what_is_open() -> None:
    reply = request_flow.offer((Right.ACCESS,), "Näyttäkää myös laskut", a_world(a_ticket()))
    assert AddTo("id-1") in pressable(reply)
    assert reply.unanswered == "Näyttäkää myös laskut"


def test_a_wish_with_another_address_in_it_is_a_request_of_its_own() -> None:
    text = f"Näyttäkää tietoni, sähköpostini on {OTHER}"
    reply = request_flow.offer((Right.ACCESS,), text, a_world(a_ticket()))
    assert isinstance(reply.state, Offered)
    same = request_flow.offer((Right.ACCESS,), text.replace(OTHER, EMAIL), a_world(a_ticket()))
    assert keys(same) == ["ticket.already"]


def test_for_other_contacts_the_right_is_offered_once_more() -> None:
    reply = request_flow.offer_another(a_ticket(), "Myös työosoite", a_world(a_ticket()))
    assert isinstance(reply.state, Offered)
    assert reply.state.request.opening == "Myös työosoite"
    over = request_flow.offer_another(a_ticket(), "", a_world(*over_the_quota()))
    assert (keys(over), over.state) == (["ticket.too_many"], None)


def test_for_other_contacts_what_is_known_is_not_asked_again() -> None:
    opening = f"mainontaa ei myöskään tänne: {OTHER}"
    reply = request_flow.offer_another(a_ticket(), opening, a_world(a_ticket()))
    assert isinstance(reply.state, Offered)
    assert reply.state.request.fields == {"name": "Matti", "email": OTHER}


def test_with_another_address_the_same_right_is_opened_and_with_the_same_it_is_not() -> None:
    given = filled(Right.ACCESS, fields={"name": "Matti", "email": OTHER, "details": ""})
    opened = request_flow.open_ticket(given, Language.FI, a_world(a_ticket()))
    assert [ticket.person.email for ticket in opened.tickets[:1]] == [OTHER]
    nameless = filled(Right.ACCESS, fields={"name": "Matti", "email": "", "details": ""})
    assert not request_flow.open_ticket(nameless, Language.FI, a_world(a_ticket())).tickets


def test_over_the_quota_nothing_is_offered_and_it_is_told_how_to_reach_people() -> None:
    reply = request_flow.offer((Right.ERASURE,), "", a_world(*over_the_quota()))
    assert keys(reply) == ["ticket.too_many"]
    assert reply.state is None


def test_beside_what_is_open_the_rest_is_offered() -> None:
    reply = request_flow.offer((Right.ACCESS, Right.ERASURE), "", a_world(a_ticket()))
    assert keys(reply) == ["ticket.already", "offer.erasure", "offer.question"]


def test_what_has_ended_can_be_asked_for_again() -> None:
    reply = request_flow.offer((Right.ACCESS,), "", a_world(withdrawn(a_ticket())))
    assert isinstance(reply.state, Offered)


def test_what_was_said_when_asking_is_not_asked_again() -> None:
    text = "My name is Anna Berg. Erase everything but the invoices."
    offered = request_flow.offer((Right.ERASURE,), text, a_world()).state
    assert isinstance(offered, Offered)
    asked = request_flow.ask_next(offered.request, a_world())
    assert keys(asked) == ["field.email.ask"]


def test_the_words_that_asked_are_summed_up_and_go_into_the_ticket() -> None:
    text = "Erase everything " + "you have " * 100
    summed_up = request_flow.ask_next(filled(opening=text), a_world())
    (told,) = (part for part in summed_up.parts if isinstance(part, Text))
    assert str(told.values["opening"]).startswith("Erase everything you have")
    assert len(str(told.values["opening"])) <= 300
    opened = request_flow.open_ticket(filled(opening=text), Language.EN, a_world())
    assert opened.tickets[0].opening == text


def test_for_the_next_right_name_and_address_are_known_already() -> None:
    reply = request_flow.offer_next(filled(later=(Right.ERASURE, Right.OBJECTION)), a_world())
    assert reply.state == Offered(
        a_request(Right.ERASURE, later=(Right.OBJECTION,), fields={"name": "Matti", "email": EMAIL})
    )


# Filling in


def test_a_field_that_is_needed_cannot_be_skipped() -> None:
    reply = request_flow.ask_next(a_request(), a_world())
    assert reply.state == Filling(a_request(), NAME)
    assert pressable(reply) == [No()]


def test_an_address_can_be_left_out() -> None:
    reply = request_flow.ask_next(NAMED, a_world())
    assert pressable(reply) == [Skip(), No()]
    assert [choice.key for choice in reply.choices] == ["choice.no_email", "choice.stop"]


def test_the_address_that_the_workspace_vouches_for_can_be_taken() -> None:
    reply = request_flow.ask_next(NAMED, a_world(vouched=EMAIL))
    assert pressable(reply) == [UseVouchedAddress(), Skip(), No()]


def test_what_a_right_concerns_is_asked_in_its_own_words() -> None:
    request = a_request(Right.RECTIFICATION, fields={"name": "Matti", "email": EMAIL})
    assert keys(request_flow.ask_next(request, a_world())) == ["field.details.rectification"]


def test_a_value_is_taken_in_its_normal_form() -> None:
    filling = Filling(NAMED, ADDRESS)
    reply = request_flow.fill_in(filling, f"se on <{EMAIL}>", a_world())
    assert isinstance(reply.state, Filling)
    assert reply.state.request.fields == {"name": "Matti", "email": EMAIL}


def test_what_is_wrong_with_a_value_is_said_and_the_field_asked_for_again() -> None:
    reply = request_flow.fill_in(Filling(NAMED, ADDRESS), "matti", a_world())
    assert keys(reply) == ["field.email.invalid", "field.email.ask"]
    assert reply.state == Filling(NAMED, ADDRESS)


def test_what_was_filled_in_is_summed_up() -> None:
    reply = request_flow.ask_next(filled(), a_world())
    assert keys(reply) == ["summary.text"]
    assert pressable(reply) == [Yes(), Change(), No()]
    assert reply.state == Summary(filled())


# Opening the ticket


def test_a_ticket_is_opened_with_all_that_the_person_wrote() -> None:
    reply = request_flow.open_ticket(filled(), Language.SV, a_world())
    ticket = reply.tickets[0]
    assert (ticket.id, ticket.number) == ("id-new", "T-2026-0009")
    assert (ticket.person.name, ticket.person.email) == ("Matti", EMAIL)
    assert (ticket.details, ticket.language) == ("kaikki", Language.SV)
    assert ticket.person.thread == ""
    assert keys(reply) == ["ticket.opened", "code.sent"]
    assert ShowTicket(ticket="id-new", number="T-2026-0009", new=True) in reply.effects
    assert reply.state == Idle()


def test_the_clock_starts_when_the_right_was_asked_for() -> None:
    asked_at = NOW - timedelta(days=1)
    reply = request_flow.open_ticket(filled(asked_at=asked_at), Language.FI, a_world())
    assert reply.tickets[0].clock.received == asked_at.date()


def test_after_the_ticket_the_next_right_is_the_only_question() -> None:
    reply = request_flow.open_ticket(filled(later=(Right.ERASURE,)), Language.FI, a_world())
    assert keys(reply)[-2:] == ["offer.erasure", "offer.question"]
    assert pressable(reply) == [Yes(), No()]


# A form filled in at once


def test_a_form_opens_the_ticket_in_its_own_language() -> None:
    reply = request_flow.take_form(FORM, a_world())
    ticket = reply.tickets[0]
    assert ticket.person.name == "Matti Meikäläinen"
    assert ticket.language is Language.SV
    assert reply.language is Language.SV
    assert ticket.received_at == a_world().received_at


def test_a_form_for_what_is_open_opens_nothing_and_its_details_go_to_staff() -> None:
    reply = request_flow.take_form(FORM, a_world(a_ticket()))
    assert keys(reply) == ["ticket.already", "to_staff.sent"]
    assert [(t.id, t.notes[-1].text) for t in reply.tickets] == [("id-1", "kaikki")]
    without = request_flow.take_form(replace(FORM, details=""), a_world(a_ticket()))
    assert (keys(without), without.tickets) == (["ticket.already"], ())


def test_a_form_corrects_the_address_of_a_ticket_that_awaits_its_code() -> None:
    world = a_world(a_ticket())
    reply = request_flow.take_form(replace(FORM, email=OTHER), world)
    assert reply.tickets[-1].id == "id-1"
    assert [e.email for e in reply.effects if isinstance(e, SendCode)] == [OTHER]
    kept = reply.tickets[-1]
    assert (kept.person.email, kept.notes[-1].text) == (OTHER, "kaikki")  # nothing told is lost


def test_a_form_does_not_move_what_was_proved_but_opens_a_ticket_of_its_own() -> None:
    world = a_world(proved(a_ticket()))
    reply = request_flow.take_form(replace(FORM, email=OTHER), world)
    assert {(ticket.id, ticket.person.email) for ticket in reply.tickets} == {("id-new", OTHER)}


@pytest.mark.parametrize(
    "fault", [{"name": "123"}, {"email": "matti"}, {"details": "x" * 2001}], ids=str
)
def test_a_form_that_was_forged_opens_nothing(fault: dict[str, Any]) -> None:
    reply = request_flow.take_form(replace(FORM, **fault), a_world())
    assert (keys(reply), reply.tickets) == (["empty"], ())


# Where tickets are opened


def test_a_form_for_somebody_else_says_whom_it_concerns() -> None:
    form = replace(FORM, concerned="Anna  Berg")
    reply = request_flow.take_form(form, a_world(a_ticket()))
    assert reply.tickets[0].on_behalf == OnBehalf(name="Anna Berg")
    assert "on_behalf.next" in keys(reply)
    wrong = request_flow.take_form(replace(FORM, concerned="1234"), a_world())
    assert (keys(wrong), wrong.tickets) == (["empty"], ())


def test_a_ticket_of_a_right_that_is_open_is_not_opened_again() -> None:
    """A right may have become open since it was offered: over another way, or while it waited."""
    reply = request_flow.open_ticket(filled(Right.ACCESS), Language.FI, a_world(a_ticket()))
    assert {ticket.id for ticket in reply.tickets} == {"id-1"}
    assert keys(reply) == ["ticket.already", "to_staff.sent"]
    assert reply.state == Idle()


def test_after_a_right_that_is_open_the_next_one_is_offered() -> None:
    request = filled(Right.ACCESS, later=(Right.ERASURE,))
    reply = request_flow.open_ticket(request, Language.FI, a_world(a_ticket()))
    assert keys(reply)[:3] == ["ticket.already", "to_staff.sent", "offer.erasure"]
    assert isinstance(reply.state, Offered)
    assert Withdraw("id-1") not in pressable(reply)  # one question at a time


def test_over_the_quota_no_ticket_is_opened() -> None:
    request = filled(Right.ACCESS, later=(Right.ERASURE,))
    reply = request_flow.open_ticket(request, Language.FI, a_world(*over_the_quota()))
    assert (reply.tickets, reply.effects, keys(reply)) == ((), (), ["ticket.too_many"])
    assert reply.state == Idle()


def test_rights_are_added_to_a_request_but_for_those_that_are_open() -> None:
    request = filled(Right.ERASURE)
    rights = Right.ACCESS, Right.OBJECTION
    reply = request_flow.add(rights, "ja nämä", request, a_world(a_ticket()))
    assert keys(reply)[:2] == ["ticket.already", "offer.also"]
    assert isinstance(reply.state, Summary)
    assert reply.state.request.later == (Right.OBJECTION,)


def test_the_next_right_is_offered_with_what_limits_it() -> None:
    text = "erase all and stop the mails but keep the sms"
    both = filled(Right.ERASURE, later=(Right.MARKETING_OBJECTION,), opening=text)
    reply = request_flow.offer_next(both, a_world())
    assert isinstance(reply.state, Offered)
    assert reply.state.request.fields["details"] == "stop the mails but keep the sms"
