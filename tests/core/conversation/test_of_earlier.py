"""What is said of requests that were made, or that somebody denies having made."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import PassToStaff, Withdraw
from bot.core.catalog import Right
from bot.core.conversation import of_earlier
from bot.core.conversation.dialogue import Offered, Sending, State, Summary
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.effects import Text
from bot.core.events import Said
from bot.core.tickets.ticket import Action, Ticket
from bot.core.tickets.ticket import State as TicketState
from tests.core.conversation.worlds import (
    KNOWLEDGE,
    WORDS,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    coded,
    filled,
    keys,
    pressable,
    proved,
    withdrawn,
)
from tests.core.tickets.factories import in_state

DENIAL = "en ole koskaan pyytänyt poistamaan tietojani"
WHO = "kuka tästä päätti"
WITH_STAFF = proved(a_ticket(Right.ERASURE))
CONFIRMED = replace(in_state(TicketState.CONFIRMED), id="id-2", number="T-2026-0002")
REFUSED = replace(in_state(TicketState.REFUSED), id="id-3", number="T-2026-0003")
FULFILLED = replace(in_state(TicketState.FULFILLED), id="id-4", number="T-2026-0004")
WITHDRAWN = withdrawn(a_ticket())
# As a matcher might take them that knows the words of a request, or of the notice.
MISLEADING = replace(
    KNOWLEDGE,
    matcher=replace(WORDS, intents={DENIAL: "request.erasure", WHO: "question.rights"}),
)


def said(text: str, *tickets: Ticket, state: State | None = None) -> Reply:
    return on_text(a_dialogue(state), Said(text=text), a_world(*tickets, knowledge=MISLEADING))


def number(reply: Reply) -> object:
    [text] = [part for part in reply.parts if isinstance(part, Text)][:1]
    return text.values["number"]


# Denied


@pytest.mark.parametrize("ticket", [WITH_STAFF, coded(a_ticket()), CONFIRMED])
def test_who_denies_an_open_request_can_tell_staff_so_or_withdraw_it(ticket: Ticket) -> None:
    reply = said(DENIAL, ticket)
    assert keys(reply) == ["denied.open", "to_staff.add"]
    assert reply.state == Sending(ticket.id, Action.ADD, DENIAL)
    assert Withdraw(ticket.id) in pressable(reply)
    assert reply.tickets == ()


def test_of_an_ended_request_staff_are_told_too() -> None:
    reply = said(DENIAL, FULFILLED)
    assert keys(reply) == ["to_staff.dispute"]
    assert reply.state == Sending(FULFILLED.id, Action.DISPUTE, DENIAL)


def test_where_no_request_is_known_a_person_is_told_and_none_is_offered() -> None:
    reply = said(DENIAL)
    assert keys(reply) == ["denied.none", "inquiry.offer"]
    assert pressable(reply) == [PassToStaff()]
    assert (reply.state, reply.unanswered) == (None, DENIAL)


@pytest.mark.parametrize(
    "state", [Offered(a_request(Right.ERASURE)), Summary(filled(Right.ERASURE))]
)
def test_at_an_offer_or_a_summary_a_denial_ends_it(state: State) -> None:
    reply = said(DENIAL, state=state)
    assert keys(reply) == ["stopped"]
    assert reply.tickets == ()


# Decided


@pytest.mark.parametrize("ticket", [REFUSED, FULFILLED])
def test_who_decided_is_a_person_on_a_day_whose_name_staff_can_tell(ticket: Ticket) -> None:
    reply = said(WHO, ticket)
    assert keys(reply) == ["decided.by", "to_staff.dispute"]
    told = reply.parts[0]
    assert isinstance(told, Text)
    assert ticket.closed_at is not None
    assert told.values["on"] == ticket.closed_at.date().isoformat()
    assert isinstance(reply.state, Sending)


def test_what_was_approved_has_been_decided_and_no_day_is_made_up() -> None:
    reply = said(WHO, CONFIRMED)
    told = reply.parts[0]
    assert isinstance(told, Text)
    assert (told.key, told.values["on"]) == ("decided.by", "")


def test_what_is_with_staff_is_decided_by_a_person_too() -> None:
    assert keys(said(WHO, WITH_STAFF)) == ["decided.not_yet", "to_staff.add"]


def test_of_several_the_one_is_meant_that_is_asked_about() -> None:
    assert number(said(WHO, REFUSED, FULFILLED)) == FULFILLED.number
    assert number(said("kuka päätti ekasta", REFUSED, FULFILLED)) == REFUSED.number
    assert number(said(WHO, REFUSED, WITH_STAFF)) == REFUSED.number
    assert number(said("kuka asiaani hoitaa", REFUSED, WITH_STAFF)) == WITH_STAFF.number


def test_what_nobody_decided_is_answered_from_the_notice() -> None:
    assert keys(said(WHO, WITHDRAWN)) == ["answer.intro"]


def test_beside_what_is_to_be_sent_it_is_answered_and_that_stays() -> None:
    sending = Sending(REFUSED.id, Action.DISPUTE, "olen eri mieltä")
    reply = said(WHO, REFUSED, state=sending)
    assert keys(reply) == ["decided.by", "to_staff.dispute"]
    assert reply.state == sending


def test_nothing_of_the_kind_is_none_of_the_own() -> None:
    assert of_earlier.is_of_own(DENIAL)
    assert of_earlier.is_of_own(WHO)
    assert not of_earlier.is_of_own("poistakaa tietoni")
    assert of_earlier.who_decides("poistakaa tietoni", a_world(REFUSED)) is None


# After it was sent


def test_who_wants_it_sent_hears_that_it_is() -> None:
    assert keys(said("ok lähetä jo", WITH_STAFF))[0] == "status.sent"
    assert "status.sent" not in keys(said("ok lähetä jo", WITHDRAWN))
    assert "status.sent" not in keys(said("ok lähetä jo"))


def test_the_same_for_another_person_is_a_request_of_its_own() -> None:
    assert keys(said("och min mans då", WITH_STAFF)) == ["on_behalf.own_request"]
    assert keys(said("och min mans då", WITHDRAWN)) != ["on_behalf.own_request"]


def test_what_staff_wait_for_is_heard_before() -> None:
    asked = replace(WITH_STAFF, question="Which orders?")
    assert "status.sent" not in keys(said("send", asked))
